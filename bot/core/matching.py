"""The match that a candidate makes: its answering sentence, its highlights, its citation.

Worked out for the few that are shown, and not for all that are weighed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core import requests
from bot.core.answer import Match
from bot.core.choosing import highlights
from bot.core.citation import Citation
from bot.core.passage import Passage
from bot.core.ranked import Ranked
from bot.core.requests import Steps
from bot.core.seams import Analyzer, PassageKey


def matches_of(ranked: Sequence[Ranked], analyzer: Analyzer) -> Steps[tuple[Match, ...]]:
    """Return the matches that candidates make, in the same order."""
    keys: dict[int, dict[PassageKey, None]] = {}
    for item in ranked:
        if _is_linked(item):
            keys.setdefault(item.source.shelf, {}).update(dict.fromkeys(_around(item.passage)))
    found: Mapping[int, Mapping[PassageKey, Passage]] = {}
    if keys:
        found = yield from requests.passages({shelf: list(own) for shelf, own in keys.items()})
    return tuple(_match(item, found.get(item.source.shelf, {}), analyzer) for item in ranked)


def _match(item: Ranked, around: Mapping[PassageKey, Passage], analyzer: Analyzer) -> Match:
    """Return the match that a candidate makes; ``around`` holds the passages that its link rests
    on."""
    passage, entry = item.passage, item.source.entry
    choice = item.chosen(analyzer)
    link = entry.head.url
    if link is not None and _is_linked(item):
        link = _link(link, passage, around)
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


def _around(passage: Passage) -> list[PassageKey]:
    """Return the passages on which a link to this one rests: those before it, and the one after
    it."""
    return [(passage.article, number) for number in range(passage.number + 2)]


def _link(url: str, passage: Passage, around: Mapping[PassageKey, Passage]) -> str:
    """Return a link that leads to a passage."""
    from bot.core.fragments import link_to  # most articles have no url

    texts = [around[key].text for key in _around(passage) if key in around]
    start = sum(len(text) + 2 for text in texts[: passage.number])
    return link_to(url, "\n\n".join(texts), start, start + len(passage.text))
