"""Dialogue: what a message is before it is a question to the articles.

Small talk is answered by what the bot can do, a question about an article's head from that head,
and a question that cannot stand alone is taken together with the one before it. Everything else
goes to `bot.core.conversation.asking` as it is, or to the one article that it names. What most
questions do without is imported where it is used: whoever asks one at a terminal waits for every
import.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.core import requests
from bot.core.answer import Answer, NearTitle
from bot.core.conversation.asking import ask, beginning_of, find
from bot.core.conversation.question_search import AskedArticle, AskedShelf, ScopedQuestion
from bot.core.light_typing import TYPE_CHECKING
from bot.core.requests import Ahead, Steps
from bot.core.seams import Analyzer, Following, HeadQuestion

if TYPE_CHECKING:
    from bot.core.conversation.kept_passages import KeptPassage
    from bot.core.conversation.named_article import NamedArticle
    from bot.core.seams.pairs import KeptPair

_MOST_EARLIER = 4
"""Earlier questions that are looked at."""


def respond(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    earlier: Sequence[str] = (),
    pairs: Sequence[KeptPair] = (),
) -> Steps[Answer]:
    """Answer a message; see `bot.core.library.Library.ask`. ``earlier`` are the questions before
    it, oldest first; ``pairs`` are those that editors keep, the first of one question counting."""
    answer = yield from _respond(shelves, analyzer, question, earlier, pairs)
    if question.scope is None and answer.kind in ("none", "unsure") and not answer.reply:
        talk = analyzer.remark(beginning_of(question.text))
        if talk is not None:
            from bot.core.conversation.talk_answers import small_talk_answer

            return (yield from small_talk_answer(shelves, analyzer, question.text, talk, None))
    return answer


def _respond(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    earlier: Sequence[str],
    pairs: Sequence[KeptPair],
) -> Steps[Answer]:
    """Answer a message, taken for small talk only where it is that beyond doubt."""
    text, scope = question.text, question.scope
    read = beginning_of(text)
    earlier = [beginning_of(each) for each in earlier if each.strip()]
    kept: Sequence[KeptPassage] = ()
    finding = Ahead(find(shelves, analyzer, question))
    plainly = partial(ask, shelves, analyzer, question, finding=finding)
    if pairs and read == text:  # the rest of a longer one may ask for something else
        from bot.core.conversation.kept_passages import kept_passages

        reading = kept_passages(shelves, analyzer, text, scope, pairs)
        kept = yield from finding.beside(reading)
        if any(each.is_answer for each in kept):
            languages = _languages(shelves, scope)
            if not earlier or all(analyzer.following(text, each) != "yes" for each in languages):
                return (yield from plainly(kept=kept))
            kept = ()  # in this conversation it asks for something else
    talk = analyzer.small_talk(read)
    if talk is not None:
        from bot.core.conversation.talk_answers import small_talk_answer

        return (yield from small_talk_answer(shelves, analyzer, text, talk, scope))
    languages = _languages(shelves, scope)
    asked = next(filter(None, (analyzer.head_question(read, lang) for lang in languages)), None)
    if asked is not None and not asked.only_follows:
        if asked.lists is None:
            heading = _head(shelves, analyzer, question, asked, earlier)
            answer = yield from finding.beside(heading)
        elif scope is None:
            from bot.core.conversation.listed_articles import listed_answer

            answer = yield from listed_answer(shelves, analyzer, question, asked)
        else:
            answer = None
        if answer is not None and (
            answer.kind == "none" or (asked.is_doubtful and answer.kind != "talk")
        ):
            told = yield from plainly(kept=kept)
            says_it = yield from _says_it(shelves, analyzer, told, asked.about)
            return told if says_it else answer
        if answer is not None:
            return answer
    if earlier:
        follows = max((analyzer.following(read, lang) for lang in languages), key=_RANK.index)
        if follows != "no":
            answer = yield from _follow(shelves, analyzer, question, earlier, follows)
            if (
                asked is not None
                and not asked.lists
                and not (yield from _says_it(shelves, analyzer, answer, read))
            ):
                head = yield from _head(shelves, analyzer, question, asked, earlier)
                return answer if head is None else head
            return answer
    if scope is None:
        credit = next(filter(None, (analyzer.credited(read, lang) for lang in languages)), None)
        if credit is not None:
            from bot.core.conversation.named_article import credited_answer

            naming = credited_answer(shelves, analyzer, question, credit)
            answer = yield from finding.beside(naming)
            if answer is not None:
                return answer
    if any(analyzer.asked(read, language).context for language in languages):
        from bot.core.conversation.successive_answers import with_or_without_story

        steps = with_or_without_story(shelves, analyzer, question, kept, finding, languages)
        return (yield from steps)
    return (yield from plainly(kept=kept))


_RANK: tuple[Following, ...] = ("no", "perhaps", "yes")


def _languages(shelves: Sequence[AskedShelf], scope: AskedArticle | None) -> list[str]:
    if scope is not None:
        return [scope.language]
    return list(dict.fromkeys(lang for shelf in shelves for lang in shelf.languages)) or ["en"]


# -- questions about an article's head ---------------------------------------------------------


def _head(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    asked: HeadQuestion,
    earlier: Sequence[str],
) -> Steps[Answer | None]:
    """Return the answer from an article's head; None if no article is meant."""
    from bot.core.conversation.article_about import answer_of_none, articles_about, only_such
    from bot.core.conversation.named_article import article_in_scope, dated_article, is_meant
    from bot.core.conversation.talk_replies import head_reply, is_known
    from bot.core.relevance.confidence import ANSWERED_FROM

    text, scope = question.text, question.scope
    languages = _languages(shelves, scope)
    if scope is not None:
        named = yield from article_in_scope(shelves, scope)
    elif asked.order is not None:
        named = yield from dated_article(shelves, asked.order)
    elif asked.about:
        named, nearest = yield from articles_about(shelves, analyzer, asked.about, languages)
        if named is None:
            return None if asked.is_doubtful else answer_of_none(text, nearest)
    else:
        named = yield from _meant(shelves, analyzer, earlier)
        if named is None and asked.work:
            named = yield from only_such(shelves, analyzer, asked.work, languages)
    if named is None:
        return None
    if asked.is_doubtful and not is_meant(named, asked.work, analyzer, languages):
        return None
    reply = head_reply(named.slug, named.head, asked.asks)
    known = any(is_known(named.head, part) for part in asked.asks)
    is_on_the_web = not {"url", "source"}.isdisjoint(asked.asks)
    if not (known or asked.about or scope is not None or is_on_the_web):
        return None  # perhaps the text itself says it
    near = NearTitle(named.slug, named.head.title)
    rests_on_earlier = earlier and not asked.about and asked.order is None and scope is None
    follows = earlier[-1] if rests_on_earlier else ""
    return Answer(
        text,
        "answer" if known else "none",
        ANSWERED_FROM + (1 - ANSWERED_FROM) * named.share if known else 0.0,
        (),
        (),
        (),
        None,
        reply=reply.text,
        nearest=(near,),
        follows=follows,
        said=reply.said,
    )


def _head_further(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    earlier: Sequence[str],
) -> Steps[Answer | None]:
    """Return the answer to a question that asks for more of the head which the one before it asked
    about, in words for that ("when was it written?") or without a word of its own ("and when?");
    None if it does not."""
    for language in _languages(shelves, question.scope):
        own = analyzer.head_question(question.text, language)
        if own is not None and own.only_follows:
            return (yield from _head(shelves, analyzer, question, own, earlier))
        if analyzer.terms(question.text, language):
            continue
        first = analyzer.head_question(earlier[-1], language)
        both = analyzer.head_question(f"{earlier[-1]} {question.text}", language)
        if first is not None and both is not None and set(both.asks) > set(first.asks):
            more = tuple(part for part in both.asks if part not in first.asks)
            asked = first._replace(asks=more)
            answer = yield from _head(shelves, analyzer, question, asked, earlier[:-1])
            return answer and answer._replace(follows=earlier[-1])
    return None


def _meant(
    shelves: Sequence[AskedShelf], analyzer: Analyzer, earlier: Sequence[str]
) -> Steps[NamedArticle | None]:
    """Return the article that is meant where none is named: that of the answer before, or the only
    one."""
    from bot.core.conversation.named_article import NamedArticle, article_in_scope, scope_of
    from bot.core.conversation.successive_answers import article_of

    if earlier:
        before = yield from respond(
            shelves, analyzer, ScopedQuestion(earlier[-1], None, 1), earlier[:-1]
        )
        slug = article_of(before)
        scope = None if slug is None else (yield from scope_of(shelves, slug))
        return None if scope is None else (yield from article_in_scope(shelves, scope))
    found: list[NamedArticle] = []
    for number, shelf in enumerate(shelves):
        for slug, entry in (yield from requests.entries(number)).items():
            if found:
                return None
            found.append(NamedArticle(shelf.prefix + slug, entry.head, 1.0, is_whole=True))
    return found[0] if found else None


# -- questions that follow ---------------------------------------------------------------------


def _follow(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    earlier: Sequence[str],
    follows: Following,
) -> Steps[Answer]:
    from bot.core.conversation.successive_answers import follow

    earlier = earlier[-_MOST_EARLIER:]
    followed = earlier[-1]
    following = question._replace(followed=followed)
    alone, both = (Ahead(ask(shelves, analyzer, each)) for each in (question, following))
    asking = respond(shelves, analyzer, ScopedQuestion(followed, question.scope, 1), earlier[:-1])
    before = yield from both.beside(alone.beside(asking))
    if before.reply:
        goes_on = yield from _head_further(shelves, analyzer, question, earlier)
        if goes_on is not None:
            return goes_on
    needs_it = follows == "yes"
    together = yield from follow(shelves, analyzer, following, before, needs_it, alone, both)
    if not together.follows:
        return together
    languages = _languages(shelves, question.scope)
    has_words = all(analyzer.terms(followed, language) for language in languages)
    return together._replace(follows=followed if has_words else before.follows or followed)


def _says_it(
    shelves: Sequence[AskedShelf], analyzer: Analyzer, answer: Answer, question: str
) -> Steps[bool]:
    """Return whether an answer points out a sentence with a word of the question."""
    from bot.core.conversation.named_article import scope_of
    from bot.core.conversation.successive_answers import article_of, holds_a_word

    slug = article_of(answer) if answer.answered else None
    article = None if slug is None else (yield from scope_of(shelves, slug))
    return article is not None and holds_a_word(answer, question, analyzer, article.language)
