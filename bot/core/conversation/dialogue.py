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

from bot.core.answer import Answer
from bot.core.conversation.asking import LOOKED_AT, ask, beginning_of, find
from bot.core.conversation.question_search import AskedShelf, ScopedQuestion, languages_of
from bot.core.light_typing import TYPE_CHECKING
from bot.core.requests import Ahead, Steps
from bot.core.seams import Analyzer, Following

if TYPE_CHECKING:
    from bot.core.conversation.kept_passages import KeptPassage
    from bot.core.conversation.successive_answers import Before
    from bot.core.seams.pairs import KeptPair

_MOST_EARLIER = 4
"""Earlier questions that are looked at."""


def before_it(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    earlier: Sequence[str],
    answer: Answer | None = None,
) -> Before | None:
    """Return the question before another one, if there is one; ``earlier`` are all of them, oldest
    first, and ``answer`` is the one to the last of them, where it is known. One with more matches
    may have looked at others."""
    if not earlier:
        return None
    from bot.core.conversation.successive_answers import Before, answered_before

    texts = [beginning_of(each) for each in earlier if each.strip()][-_MOST_EARLIER:]
    texts.append(beginning_of(question.text))
    is_known = answer is not None and len(answer.matches) + len(answer.further) <= LOOKED_AT
    before: Before | None = None
    for at, text in enumerate(texts[:-1]):
        contexts = _contexts(texts[: at + 1])
        later = range(at + 1, len(texts))
        followers = [(texts[n], context) for n in later for context in _contexts(texts[:n])]
        asked = ScopedQuestion(text, question.scope, 1, followers=followers)
        asking = respond(shelves, analyzer, asked, before)
        if is_known and answer is not None and at == len(texts) - 2:
            contexts = [" ".join(filter(None, (answer.follows, text)))]
            asking = answered_before(shelves, answer)
        before = Before(text, contexts, Ahead(asking), before)
    return before


def _contexts(earlier: Sequence[str]) -> list[str]:
    """Return what a question that follows others may be taken together with: the last of them
    alone, or with one before it."""
    last = earlier[-1]
    return [last, *(f"{each} {last}" for each in earlier[:-1])]


def respond(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    before: Before | None = None,
    pairs: Sequence[KeptPair] = (),
) -> Steps[Answer]:
    """Answer a message; see `bot.core.library.Library.ask`. ``before`` is the question before it;
    ``pairs`` are those that editors keep, the first of one question counting."""
    answer = yield from _respond(shelves, analyzer, question, before, pairs)
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
    before: Before | None,
    pairs: Sequence[KeptPair],
) -> Steps[Answer]:
    """Answer a message, taken for small talk only where it is that beyond doubt."""
    text, scope = question.text, question.scope
    read = beginning_of(text)
    kept: Sequence[KeptPassage] = ()
    finding = Ahead(find(shelves, analyzer, question))
    plainly = partial(ask, shelves, analyzer, question, finding=finding)
    if pairs and read == text:  # the rest of a longer one may ask for something else
        from bot.core.conversation.kept_passages import kept_passages

        reading = kept_passages(shelves, analyzer, text, scope, pairs)
        kept = yield from finding.beside(reading)
        if any(each.is_answer for each in kept):
            languages = languages_of(shelves, scope)
            if not before or all(analyzer.following(text, each) != "yes" for each in languages):
                return (yield from plainly(kept=kept))
            kept = ()  # in this conversation it asks for something else
    talk = analyzer.small_talk(read)
    if talk is not None:
        from bot.core.conversation.talk_answers import small_talk_answer

        return (yield from small_talk_answer(shelves, analyzer, text, talk, scope))
    languages = languages_of(shelves, scope)
    asked = next(filter(None, (analyzer.head_question(read, lang) for lang in languages)), None)
    if asked is not None and not asked.only_follows:
        told = (yield from plainly(kept=kept)) if asked.is_doubtful else None
        if told is not None:
            names_thing = asked.lists is None and not asked.work  # which the text tells of
            if names_thing and (told.answered or scope is not None):
                return told
            if (yield from _says_it(shelves, analyzer, told, asked.about)):
                return told
        if asked.lists is None:
            from bot.core.conversation.head_answers import head_answer

            heading = head_answer(shelves, analyzer, question, asked, before)
            answer = yield from finding.beside(heading)
        elif scope is None:
            from bot.core.conversation.listed_articles import listed_answer

            answer = yield from listed_answer(shelves, analyzer, question, asked)
        else:
            answer = None
        if answer is not None and answer.kind == "none" and told is None:
            told = yield from plainly(kept=kept)
            says_it = yield from _says_it(shelves, analyzer, told, asked.about)
            return told if says_it else answer
        if answer is not None:
            return answer
    if before is not None:
        follows = max((analyzer.following(read, lang) for lang in languages), key=_RANK.index)
        if follows != "no":
            answer = yield from _follow(shelves, analyzer, question, before, follows)
            if asked is None or asked.lists:
                return answer
            from bot.core.conversation.successive_answers import article_of

            told_of = article_of((yield from before.asking.result()))
            is_of_it = not asked.only_follows or told_of in (None, article_of(answer))
            if is_of_it and (yield from _says_it(shelves, analyzer, answer, read)):
                return answer
            from bot.core.conversation.head_answers import head_answer

            head = yield from head_answer(shelves, analyzer, question, asked, before)
            return answer if head is None else head
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


def _follow(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    before: Before,
    follows: Following,
) -> Steps[Answer]:
    from bot.core.conversation.successive_answers import follow

    followed = before.question
    asking = {
        context: Ahead(ask(shelves, analyzer, question._replace(followed=context)))
        for context in ("", *before.contexts)
    }
    steps = before.asking.result()
    for each in asking.values():
        steps = each.beside(steps)
    answer = yield from steps
    if answer.reply:
        from bot.core.conversation.head_answers import further_of_head

        goes_on = yield from further_of_head(shelves, analyzer, question, before)
        if goes_on is not None:
            return goes_on
    following, needs_it = question._replace(followed=followed), follows == "yes"
    together = yield from follow(shelves, analyzer, following, answer, needs_it, asking)
    if not together.follows:
        return together
    languages = languages_of(shelves, question.scope)
    has_words = all(analyzer.terms(followed, language) for language in languages)
    return together._replace(follows=followed if has_words else answer.follows or followed)


def _says_it(
    shelves: Sequence[AskedShelf], analyzer: Analyzer, answer: Answer, question: str
) -> Steps[bool]:
    """Return whether an answer points out a sentence with a word of the question."""
    from bot.core.conversation.named_article import scope_of
    from bot.core.conversation.successive_answers import article_of, holds_a_word

    slug = article_of(answer) if answer.answered else None
    article = None if slug is None else (yield from scope_of(shelves, slug))
    return article is not None and holds_a_word(answer, question, analyzer, article.language)
