"""Answers of one conversation, compared: to a question alone and together with what was said before
it, be that another question or the story of a longer message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core import requests
from bot.core.answer import Answer, NearTitle
from bot.core.conversation.asking import FoundForQuestion, ask, beginning_of
from bot.core.conversation.kept_passages import KeptPassage
from bot.core.conversation.named_article import scope_of
from bot.core.conversation.question_search import AskedShelf, ScopedQuestion
from bot.core.named_tuple import NamedTuple
from bot.core.questions.question_reading import read
from bot.core.relevance.confidence import ANSWERED_FROM
from bot.core.relevance.expectation import gives
from bot.core.relevance.sentence import read_sentence
from bot.core.requests import Ahead, Steps
from bot.core.seams import Analyzer

_ANOTHER_ARTICLE = 0.2
"""Confidence by which another article's passage must exceed the current one's for a question that
follows to be answered from there. One that may stand alone, and is answered so, needs none."""


class Before(NamedTuple):
    """The question before another one."""

    question: str
    contexts: Sequence[str]
    """The questions that one which follows it may be taken together with: it alone, or with one
    before it."""
    asking: Ahead[Answer]
    """Its answer, which is asked for once, wherever it is needed."""
    before: Before | None
    """The one before it."""


def with_or_without_story(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    kept: Sequence[KeptPassage],
    finding: Ahead[FoundForQuestion],
    languages: Sequence[str],
) -> Steps[Answer]:
    """Return the more certain of two answers to a longer message: to the whole, and to its question
    alone, unless that needs the rest to be understood in one of the ``languages`` that it is read
    in. The rest tells of which article it is asked, and both have to be from that. For ``kept``,
    and for ``finding``, which is for the whole, see `ask`."""
    message = beginning_of(question.text)
    whole = ask(shelves, analyzer, question, kept, finding)
    for language in languages:
        asking = analyzer.asked(message, language).asking
        words = " ".join(message[start:end] for start, end in asking)
        if analyzer.following(words, language) == "yes":
            return (yield from whole)
    asking_alone = Ahead(ask(shelves, analyzer, question._replace(is_alone=True), kept))
    answer = yield from asking_alone.beside(whole)
    alone = yield from asking_alone.result()
    if article_of(alone) != article_of(answer) or not alone.matches:
        return answer
    if alone.matches[0].citation.address == answer.matches[0].citation.address:
        is_better = alone.answered or alone.kind == answer.kind  # it tells which sentence
    else:
        is_better = alone.answered and alone.confidence > answer.confidence
    return alone if is_better else answer


def follow(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    before: Answer,
    needs_it: bool,
    asking: Mapping[str, Ahead[Answer]],
) -> Steps[Answer]:
    """Return the answer to a question that follows another, which ``before`` answers; ``needs_it``
    says that it cannot stand alone. ``asking`` asks it together with each context that it may have:
    the one before, or with that one what it follows itself; and with "", alone. The answer's
    ``follows`` is set if it rests on that question."""
    text, scope, followed = question.text, question.scope, question.followed
    slug = article_of(before)
    inside = None if slug is None or scope is not None else (yield from scope_of(shelves, slug))
    context = " ".join(filter(None, (before.follows, followed)))
    asking_both = asking[context]
    within_it = question._replace(scope=inside, followed=context)
    asking_inside = Ahead(ask(shelves, analyzer, within_it))
    steps = asking_both.beside(asking[""].result())
    alone = yield from (steps if inside is None else asking_inside.beside(steps))
    stands_alone = not needs_it and alone.answered
    if before.kind == "talk" or (stands_alone and slug in (None, article_of(alone))):
        return alone
    together = alone
    if not stands_alone:
        both = asking_both.result()
        together = yield from (both if inside is None else asking_inside.beside(both))
    if inside is not None:
        within = yield from asking_inside.result()
        ahead = 0.0 if stands_alone else _ANOTHER_ARTICLE
        if within.confidence + ahead > together.confidence:
            together = within
    if together is alone or (not needs_it and together.kind == "none"):
        return alone
    quoted = inside or scope
    if quoted is not None:
        language = quoted.language
        is_said = holds_a_word(together, text, analyzer, language)
        goes_on = together.answered and (is_said or leads_on(together, before))
        is_own = leads_on(alone, before) and holds_a_word(alone, text, analyzer, language)
        if is_own and not goes_on and (alone.answered or not needs_it):
            return alone
        is_elsewhere = article_of(together) != slug and slug is not None
        if needs_it and is_elsewhere and not holds_a_word(together, followed, analyzer, language):
            together = doubted(together)  # it has a word of this question and nothing of the other
        together = without_repeating(together, before, text, analyzer, language)
        needs_it = needs_it or _is_all_that_is_asked(together, text, analyzer, language)
    if not needs_it and not alone.matches:
        together = doubted(together)  # it answers the question before, not this one
    return together._replace(follows=followed)


def answered_before(shelves: Sequence[AskedShelf], answer: Answer) -> Steps[Answer]:
    """Return a question's answer that is known; the head of its article is looked up, which is
    asked for next."""
    slug = article_of(answer)
    if slug is not None:
        own = {
            number: [slug.removeprefix(shelf.prefix)]
            for number, shelf in enumerate(shelves)
            if slug.startswith(shelf.prefix)
        }
        yield from requests.unknown_entries(own)
    return answer


def article_of(answer: Answer) -> str | None:
    if answer.kind in ("answer", "unsure") and answer.matches:
        return answer.matches[0].citation.slug
    if answer.reply and answer.nearest:
        return answer.nearest[0].slug
    return None


def leads_on(answer: Answer, before: Answer) -> bool:
    """Return whether an answer points out another sentence of the article that the one before it is
    about."""
    article = article_of(before)
    return article is not None and article == article_of(answer) and not _repeats(answer, before)


def holds_a_word(answer: Answer, question: str, analyzer: Analyzer, language: str) -> bool:
    """Return whether the sentence that an answer points out holds a word of a question, other
    than a stop word of its article's language."""
    said = analyzer.terms(_sentence(answer), language)
    return not set(analyzer.terms(question, language)).isdisjoint(said)


def without_repeating(
    answer: Answer, before: Answer, question: str, analyzer: Analyzer, language: str
) -> Answer:
    """Return an answer to a question that follows, doubted if the question asks for nothing that
    could be told to be there ("what do they do?"), or if the answer points out the very sentence
    that the one before it did, without a word of the question or all that it asks for ("how
    long?"). ``language`` is that of the article before."""
    reading = read(question, language, analyzer)
    if reading.kind is None and not set(reading.terms) - reading.common:
        return doubted(answer)
    if (
        not answer.answered
        or not before.matches
        or not _repeats(answer, before)
        or holds_a_word(answer, question, analyzer, language)
        or _is_all_that_is_asked(answer, question, analyzer, language)
    ):
        return answer
    return doubted(answer)


def _is_all_that_is_asked(answer: Answer, question: str, analyzer: Analyzer, language: str) -> bool:
    """Return whether a question asks for a kind of answer alone, and the sentence gives it. Any
    date may be that of something else."""
    reading = read(question, language, analyzer)
    if reading.kind in (None, "date") or set(reading.terms) - reading.kind_terms - reading.common:
        return False
    said = read_sentence(_sentence(answer), language, analyzer)
    return gives(reading.kind, said, frozenset(reading.tokens.words), reading.noun_stems)


def doubted(answer: Answer) -> Answer:
    """Return an answer as unsure, with its confidence lowered to less than an answer's."""
    if not answer.answered:
        return answer
    near = {match.citation.slug: match.citation.head.title for match in answer.matches}
    return answer._replace(
        kind="unsure",
        confidence=answer.confidence * ANSWERED_FROM,
        nearest=tuple(NearTitle(slug, title) for slug, title in near.items()),
    )


def _repeats(answer: Answer, before: Answer) -> bool:
    """Return whether two answers point out the same sentence of the same passage, or none."""
    places = [
        [(match.citation.address, match.sentence) for match in each.matches[:1]]
        for each in (answer, before)
    ]
    return places[0] == places[1]


def _sentence(answer: Answer) -> str:
    if not answer.matches:
        return ""
    match = answer.matches[0]
    return match.passage.text[match.sentence.start : match.sentence.end]
