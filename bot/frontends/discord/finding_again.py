"""A match found again for the buttons under it, where the article still says it."""

from __future__ import annotations

from typing import NamedTuple

from bot.core.answer import Answer
from bot.core.article import Article
from bot.core.citation import Citation
from bot.core.errors import AddressError, ArticleError, BotError
from bot.core.fragments import link_to
from bot.core.verification import Verdict
from bot.frontends.discord import rendering
from bot.frontends.discord.records import AnswerRecord
from bot.frontends.discord.rendering import Quoted
from bot.frontends.discord.shelves import Shelves
from bot.frontends.discord.titles import without_titles

MATCHES = 5
"""How many matches "Next match" goes through."""

NOT_KEPT = "This answer is no longer kept, so its buttons have nothing to work with. Ask again?"
CHANGED = "The article has changed since, and no longer says this. Ask again for what it says now."
GONE = "The article this was quoted from is no longer there."


class StaleError(BotError):
    """A button whose answer is no longer kept, or no longer true; the message says which."""


class Again(NamedTuple):
    """A match found again by its address."""

    shown: Quoted
    article: Article
    answer: Answer


def find_again(shelves: Shelves, record: AnswerRecord, index: int) -> Again:
    """A match of an answer, by its place among the answer's addresses. Raises `StaleError`."""
    library = shelves.library(record.place.server)
    try:
        verdict = library.verify(record.addresses[index])
        article = library.article(verdict.address.slug)
        answer = library.ask(record.question, record.article, MATCHES)
    except (AddressError, ArticleError) as error:
        raise StaleError(GONE) from error
    if not verdict.holds:
        raise StaleError(CHANGED)
    answer = without_titles(answer, shelves.titles(record.place.server))
    for match in answer.matches:
        if match.citation.address == str(verdict.address):
            return Again(rendering.quoted(match), article, answer)
    return Again(_reread(verdict, article), article, answer)


def _reread(verdict: Verdict, article: Article) -> Quoted:
    """A quotation that still stands, though the question no longer finds it."""
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
    return Quoted(text, (), None, citation)
