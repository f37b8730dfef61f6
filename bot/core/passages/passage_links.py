"""Links that lead to passages on the pages that they are from.

A link rests on the passage's article up to the block after the passage.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from bot.core.passage import Passage
from bot.core.seams import PassageKey


def links_of(
    urls: Mapping[PassageKey, str],
    passages: Callable[[Collection[PassageKey]], Mapping[PassageKey, Passage]],
) -> dict[PassageKey, str]:
    """Return a link to each of some passages, given the urls of their articles; ``passages`` reads
    passages by their keys. Those that are not there have no link."""
    found = passages([key for article, number in urls for key in around(article, number)])
    return {
        (article, number): link_of(
            url, [found[key] for key in around(article, number) if key in found], number
        )
        for (article, number), url in urls.items()
        if (article, number) in found
    }


def around(article: str, number: int) -> list[PassageKey]:
    """Return the passages on which a link to one rests: those before it, and the one after it."""
    return [(article, other) for other in range(number + 2)]


def link_of(url: str, passages: Sequence[Passage], number: int) -> str:
    """Return a link to the passage of an ordinal; ``passages`` are those of its article in order,
    at least as far as the next one."""
    from bot.core.passages.fragments import link_to  # most articles have no url

    texts = [passage.text for passage in passages[: number + 2]]
    start = sum(len(text) + 2 for text in texts[:number])
    return link_to(url, "\n\n".join(texts), start, start + len(texts[number]))
