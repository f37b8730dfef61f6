"""The match that a candidate makes: its answering sentence, its highlights, its citation.

Worked out for the few that are shown, and not for all that are weighed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core import requests
from bot.core.answer import Match
from bot.core.choosing import highlights
from bot.core.citation import Citation
from bot.core.ranked import Ranked
from bot.core.requests import Steps
from bot.core.seams import Analyzer, PassageKey


def matches_of(ranked: Sequence[Ranked], analyzer: Analyzer) -> Steps[tuple[Match, ...]]:
    """Return the matches that candidates make, in the same order."""
    urls: dict[int, dict[PassageKey, str]] = {}
    for item in ranked:
        url = item.source.entry.head.url
        if url is not None and _is_linked(item):
            key = item.passage.article, item.passage.number
            urls.setdefault(item.source.shelf, {})[key] = url
    found: Mapping[int, Mapping[PassageKey, str]] = {}
    if urls:
        found = yield from requests.links(urls)
    return tuple(_match(item, found.get(item.source.shelf, {}), analyzer) for item in ranked)


def _match(item: Ranked, links: Mapping[PassageKey, str], analyzer: Analyzer) -> Match:
    """Return the match that a candidate makes; ``links`` lead to passages by their keys."""
    passage, entry = item.passage, item.source.entry
    choice = item.chosen(analyzer)
    link = links.get((passage.article, passage.number), entry.head.url)
    citation = Citation(
        item.source.slug,
        entry.head,
        passage.first,
        passage.last,
        entry.paragraphs,
        str(item.address),
        link,
        passage.page,
    )
    return Match(
        passage,
        citation,
        passage.sentences[choice.sentence],
        highlights(item.query, passage.text, analyzer),
        item.evidence.score,
        item.is_kept,
    )


def _is_linked(item: Ranked) -> bool:
    """Return whether a link can lead to the passage itself: a digest's words are not at its URL."""
    head = item.source.entry.head
    return head.url is not None and head.digest_of is None
