"""Two answers of one conversation, compared: the one before, and the one that follows it."""

from __future__ import annotations

from bot.core.answer import Answer, NearTitle
from bot.core.relevance.confidence import ANSWERED_FROM
from bot.core.seams import Analyzer


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
    """Return an answer to a question that follows, doubted if it points out the very sentence that
    the one before it did and that holds no word of the question. ``language`` is that of the
    article before."""
    if (
        not answer.answered
        or not before.matches
        or not _repeats(answer, before)
        or holds_a_word(answer, question, analyzer, language)
    ):
        return answer
    return doubted(answer)


def doubted(answer: Answer) -> Answer:
    """Return an answer as unsure, with its confidence lowered to less than an answer's."""
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
