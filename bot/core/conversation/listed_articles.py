"""Lists of the articles by an author, or about something, for who asks which there are."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import requests
from bot.core.answer import Answer, AnswerKind, NearTitle
from bot.core.article import Head
from bot.core.conversation.asking import NEAREST_ARTICLES, ask
from bot.core.conversation.named_article import titles_holding
from bot.core.conversation.question_search import AskedShelf, ScopedQuestion
from bot.core.conversation.successive_answers import doubted
from bot.core.conversation.talk_replies import TalkReply, listed_reply, no_author_reply
from bot.core.requests import Steps
from bot.core.seams import Analyzer, HeadQuestion
from bot.core.title_folding import fold

_Found = tuple[str, Head]
"""An article's slug, with its shelf's prefix, and its head."""


def listed_answer(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    asked: HeadQuestion,
) -> Steps[Answer | None]:
    """Return the answer to a question that asks for a list of articles; None if there are none and
    it may ask for something else."""
    if asked.lists == "by":
        return (yield from _by(shelves, question.text, asked))
    found = yield from _about(shelves, analyzer, asked.about)
    if found:
        return _listing(question.text, found, listed_reply(_near(found)), is_answer=False)
    if asked.is_doubtful:
        return None
    # no title says so: a text may
    answer = yield from ask(shelves, analyzer, question._replace(text=asked.about))
    return (doubted(answer) if answer.answered else answer)._replace(question=question.text)


def _by(shelves: Sequence[AskedShelf], question: str, asked: HeadQuestion) -> Steps[Answer | None]:
    wanted = _names(asked.about)
    found: list[_Found] = []
    for number, shelf in enumerate(shelves):
        entries = yield from requests.entries(number)
        found += [
            (shelf.prefix + slug, entry.head)
            for slug, entry in entries.items()
            if wanted and wanted <= _names(entry.head.author or "")
        ]
    if not found:
        return None if asked.is_doubtful else _listing(question, (), no_author_reply(asked.about))
    authors = {head.author for _, head in found}
    author = asked.about if len(authors) > 1 else str(authors.pop())
    return _listing(question, found, listed_reply(_near(found), author))


def _about(shelves: Sequence[AskedShelf], analyzer: Analyzer, words: str) -> Steps[list[_Found]]:
    """Return the articles whose titles hold all of some words."""
    shares = yield from titles_holding(shelves, analyzer, words)
    found: list[_Found] = []
    for number, shelf in enumerate(shelves):
        slugs = [slug for (of, slug), (share, _) in shares.items() if of == number and share == 1.0]
        if slugs:
            entries = yield from requests.entries(number, slugs)
            found += [(shelf.prefix + slug, entry.head) for slug, entry in entries.items()]
    return found


def _names(text: str) -> set[str]:
    """Return the words of a name."""
    return set("".join(c if c.isalnum() else " " for c in fold(text)).split())


def _near(found: Sequence[_Found]) -> list[NearTitle]:
    near = [NearTitle(slug, head.title) for slug, head in found]
    return sorted(near, key=lambda each: (each.title.casefold(), each.slug))


def _listing(
    question: str, found: Sequence[_Found], reply: TalkReply, is_answer: bool = True
) -> Answer:
    kind: AnswerKind = "talk" if not is_answer else "answer" if found else "none"
    return Answer(
        question,
        kind,
        1.0 if kind == "answer" else 0.0,
        (),
        (),
        (),
        None,
        reply=reply.text,
        nearest=tuple(_near(found))[:NEAREST_ARTICLES],
        said=reply.said,
    )
