"""Links that lead to quotations on the pages that they are from.

A link rests on its article up to the block after the quotation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from bot.core.article import Span
from bot.core.light_typing import TYPE_CHECKING
from bot.core.passage import Passage
from bot.core.passages.quoted_paragraphs import quoted_around, quoted_words
from bot.core.seams import Linked, PassageKey

if TYPE_CHECKING:
    from bot.core.passages.text_on_page import ShownPage

_RESTS_ON = 5
"""Passages from the one that is quoted on which a link may rest."""
_GAP = 2
"""Code points between two passages."""


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
            linked.words,
        )
        for (article, number), linked in quotations.items()
        if (article, number) in found
    }


def rests_on(article: str, number: int) -> list[PassageKey]:
    """Return the passages on which a link to one rests: those before it, and four after it. What is
    quoted may end in the one after the next; whether the block after that is an item of a list is
    told by the lines that follow."""
    return [(article, other) for other in range(number + _RESTS_ON)]


def link_of(
    url: str, passages: Sequence[Passage], number: int, at: int, words: Span | None = None
) -> str:
    """Return a link to what is quoted of the passage of an ordinal if its paragraph ``at`` answers,
    or just these ``words`` of it; ``passages`` are those of its article in order, at least as far
    as the fourth after it."""
    texts = [passage.text for passage in passages[: number + _RESTS_ON]]
    start = sum(len(text) + _GAP for text in texts[:number])
    return _link_into(url, _page_of(texts), start, passages[number], at, words)


def links_into(url: str, passages: Sequence[Passage], longest: int) -> list[list[str] | None]:
    """Return such links for all passages of an article, for each paragraph that may answer; None
    for those passages that begin after so many code points of it."""
    page = _page_of([passage.text for passage in passages])
    start = 0
    links: list[list[str] | None] = []
    for passage in passages:
        paragraphs = 1 if passage.around is None else len(passage.around.quoted)
        links.append(
            [_link_into(url, page, start, passage, at) for at in range(paragraphs)]
            if start <= longest
            else None
        )
        start += len(passage.text) + _GAP
    return links


def _page_of(texts: Sequence[str]) -> ShownPage:
    from bot.core.passages.text_on_page import ShownPage  # most articles have no url

    return ShownPage("\n\n".join(texts))


def _link_into(
    url: str, page: ShownPage, start: int, passage: Passage, at: int, words: Span | None = None
) -> str:
    """Return the link to what is quoted of a passage that begins at an offset of the page."""
    from bot.core.passages.fragments import link_into

    quoted = quoted_around(passage, at) if words is None else quoted_words(passage, words)
    start += quoted.start - passage.start
    return link_into(url, page, start, start + len(quoted.text))
