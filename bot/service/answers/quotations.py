"""Quotations: a passage as it is shown, fresh from an answer or found again by its address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.core.answer import Answer, Match, Question
from bot.core.article import Article, Span
from bot.core.errors import AddressError, ArticleError
from bot.core.library import Library
from bot.core.passages.citation import Citation
from bot.core.passages.fragments import link_to
from bot.core.passages.verification import Verdict


class Quotation(NamedTuple):
    """The words of an article, and their location."""

    text: str
    sentences: Sequence[Span]
    sentence: Span | None
    """The sentence that answers; None if it is no longer known."""
    citation: Citation
    is_kept: bool = False
    """True if the editors keep it for the question."""


class FoundAgain(NamedTuple):
    """A match found again by its address."""

    quotation: Quotation
    article: Article
    answer: Answer
    """The answer that the question finds now."""


class StaleError(AddressError):
    """The quoted text is gone, no longer the same, or no longer kept."""


def quotation_of(match: Match) -> Quotation:
    """Return a match as it is shown."""
    passage = match.passage
    return Quotation(passage.text, passage.sentences, match.sentence, match.citation, match.is_kept)


def find_again(library: Library, address: str, question: Question) -> FoundAgain:
    """Return a match of a question by its address, checked against the article's file as it is now.
    If the question names an article, it is by its slug. Raises `StaleError`."""
    try:
        verdict, article = library.check(address)
        if article is None:
            raise StaleError("quotation.gone")
        answer = library.ask(*question)
    except ArticleError as error:
        raise StaleError("quotation.gone") from error
    except AddressError as error:
        raise (error if isinstance(error, StaleError) else StaleError("quotation.gone")) from error
    if not verdict.holds:
        raise StaleError("quotation.changed")
    for match in answer.matches:
        if match.citation.address == str(verdict.address):
            return FoundAgain(quotation_of(match), article, answer)
    return FoundAgain(_reread(verdict, article), article, answer)


def _reread(verdict: Verdict, article: Article) -> Quotation:
    """Return a quotation that still holds, though the question no longer finds it."""
    address, text = verdict.address, verdict.text or ""
    first, last = address.first or 1, address.last or 1
    link = article.head.url
    start = article.text.find(text, article.paragraphs[first - 1].start)
    if link is not None and article.head.digest_of is None and start >= 0:
        link = link_to(link, article.text, start, start + len(text))
    page = article.pages[first - 1] if article.pages else None
    citation = Citation(
        article.slug, article.head, first, last, len(article.paragraphs), str(address), link, page
    )
    return Quotation(text, (), None, citation)
