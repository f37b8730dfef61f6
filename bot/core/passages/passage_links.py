"""Links that lead to quotations on the pages that they are from.

A link rests on its article up to the block after the quotation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from bot.core.passage import Passage
from bot.core.passages.quoted_paragraphs import quoted_around
from bot.core.seams import Linked, PassageKey


def links_of(
    quotations: Mapping[PassageKey, Linked],
    passages: Callable[[Collection[PassageKey]], Mapping[PassageKey, Passage]],
) -> dict[PassageKey, str]:
    """Return a link to what is quoted of each of some passages; ``passages`` reads passages by
    their keys. Those that are not there have no link."""
    found = passages([key for article, number in quotations for key in rests_on(article, number)])
    return {
        (article, number): link_of(
            linked.url,
            [found[key] for key in rests_on(article, number) if key in found],
            number,
            linked.at,
        )
        for (article, number), linked in quotations.items()
        if (article, number) in found
    }


def rests_on(article: str, number: int) -> list[PassageKey]:
    """Return the passages on which a link to one rests: those before it, and three after it, for
    what is quoted may end in the one after the next."""
    return [(article, other) for other in range(number + 4)]


def link_of(url: str, passages: Sequence[Passage], number: int, at: int) -> str:
    """Return a link to what is quoted of the passage of an ordinal if its paragraph ``at`` answers;
    ``passages`` are those of its article in order, at least as far as the third after it."""
    from bot.core.passages.fragments import link_to  # most articles have no url

    texts = [passage.text for passage in passages[: number + 4]]
    quoted = quoted_around(passages[number], at)
    start = sum(len(text) + 2 for text in texts[:number])
    start += quoted.start - passages[number].start
    return link_to(url, "\n\n".join(texts), start, start + len(quoted.text))
