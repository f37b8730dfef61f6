"""The match that a candidate makes: its answering sentence, its highlights, its citation.

Worked out for the few that are shown, and not for all that are weighed.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.address import Address, words_hash
from bot.core.answer import Match
from bot.core.choosing import choose, highlights
from bot.core.citation import Citation
from bot.core.passage import Passage
from bot.core.ranked import Ranked
from bot.core.seams import Analyzer, Entry
from bot.core.shelf import Shelf


def matches_of(ranked: Sequence[Ranked], analyzer: Analyzer) -> tuple[Match, ...]:
    """The matches that candidates make, those left out whose article is no longer there."""
    entries = {
        shelf: shelf.catalogue.entries(i.passage.article for i in ranked if i.shelf is shelf)
        for shelf in {item.shelf for item in ranked}
    }
    return tuple(
        _match(item, entry, analyzer)
        for item in ranked
        if (entry := entries[item.shelf].get(item.passage.article)) is not None
    )


def _match(item: Ranked, entry: Entry, analyzer: Analyzer) -> Match:
    """The match that a candidate makes."""
    passage = item.passage
    choice = item.choice or choose(item.query, passage, item.words, analyzer)
    address = address_of(item)
    link = entry.head.url
    if link is not None and entry.head.digest_of is None:
        link = _link(link, item.shelf, passage)
    citation = Citation(
        address.slug,
        entry.head,
        passage.first,
        passage.last,
        entry.paragraphs,
        str(address),
        link,
        passage.page,
    )
    return Match(
        passage,
        citation,
        passage.sentences[choice.sentence],
        highlights(item.query, passage.text, analyzer),
        item.evidence.score,
    )


def _link(url: str, shelf: Shelf, passage: Passage) -> str:
    """A link that leads to a passage. What stands before it in its article is read, and the passage
    after it: where a link leads depends on no more."""
    from bot.core.fragments import link_to  # most articles have no url

    keys = [(passage.article, number) for number in range(passage.number + 2)]
    passages = shelf.catalogue.passages(keys)
    texts = [passages[key].text for key in keys if key in passages]
    start = sum(len(text) + 2 for text in texts[: passage.number])
    return link_to(url, "\n\n".join(texts), start, start + len(passage.text))


def address_of(item: Ranked) -> Address:
    """Where a candidate stands."""
    passage = item.passage
    slug = item.shelf.prefix + passage.article
    return Address(slug, passage.first, passage.last, words_hash(passage.text))
