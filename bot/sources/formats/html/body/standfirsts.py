"""The standfirst of a page's article: the sentence or two between its title and its text that sum
it up. It often stands outside the element that holds the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from bot.sources.formats.author_lines import is_byline, is_stamp
from bot.sources.formats.html.blocks.page_blocks import PageBlock
from bot.sources.formats.html.blocks.page_parts import Parts, is_prose
from bot.sources.formats.html.blocks.part_names import NAME_WORD
from bot.sources.formats.html.blocks.wording import same_title, words_of
from bot.sources.formats.html.body.boilerplate import is_biography
from bot.sources.formats.html.body.reasons import reason_against
from bot.sources.formats.sentence_ends import ends_as_sentence

_HEAD_BLOCKS = 15
"""Number of blocks below the title among which a standfirst is looked for."""
_LEAST, _MOST = 4, 90
"""Number of words that a standfirst has."""
_LEAST_UNNAMED = 6
"""Least number of words of one that is known by nothing but where it is."""
_DESCRIBED = 8
"""Least number of words that it shares with the page's description, which may be cut short."""
_AROUND = 3
"""Number of elements, from the text's own on, of which one has such a name."""
_NAMES = frozenset(
    "standfirst dek deck subtitle subheadline subheading subhead strapline lede lead intro "
    "introduction ingress ingres vorspann untertitel perex chapo chapeau entradilla bajada "
    "sumario subtitulo sommario sottotitolo excerpt summary abstract desc description teaser "
    "manchet".split()
)
_DESCRIPTIONS = ("description", "og:description", "twitter:description")


def standfirsts_of(
    tree: HtmlElement,
    blocks: Sequence[PageBlock],
    kept: Sequence[bool],
    parts: Parts,
    title: str | None,
    authors: tuple[str, ...],
) -> frozenset[int]:
    """Return the ordinals of what sums the article up between its title and its first paragraph. It
    is known by the page's description, by its name, or by being right below the title. One that is
    the beginning of the text, or that was taken with it, is none. ``kept`` tells which blocks were
    taken for the article."""
    prose = [n for n, block in enumerate(blocks) if kept[n] and is_prose(block)]
    above = [
        number
        for number, block in enumerate(islice(blocks, prose[0] if prose else 0))
        if title and block.kind == "heading" and same_title(block.text, title)
    ]
    if not above:
        return frozenset()
    start = above[-1] + 1
    texts = [
        " ".join(words_of(block.text))
        for block, is_kept in zip(blocks, kept, strict=True)
        if is_kept
    ]
    descriptions = _descriptions(tree)
    found = set()
    for number in range(start, min(start + _HEAD_BLOCKS, prose[0])):
        block = blocks[number]
        if kept[number] or not _may_be_one(block, parts, authors):
            continue
        words = words_of(block.text)
        folded = " ".join(words)
        if any(text.startswith(folded) or folded in text for text in texts):
            continue
        described = len(words) >= _DESCRIBED and any(
            folded.startswith(text) or text.startswith(folded) for text in descriptions
        )
        is_next = number == start and _is_below(blocks[start - 1], block)
        if described or is_next or _is_named(block.element):
            found.add(number)
    return frozenset(found)


def _may_be_one(block: PageBlock, parts: Parts, authors: tuple[str, ...]) -> bool:
    if block.kind not in ("paragraph", "heading") or not _LEAST <= block.words <= _MOST:
        return False
    if block.linked > 0.4 * block.words or (block.kind == "heading" and block.level == 1):
        return False
    if is_stamp(block.text) or is_byline(block.text, authors) or is_biography(block.text, authors):
        return False
    return reason_against(block, parts, is_sure=False) is None


def _is_below(title: PageBlock, block: PageBlock) -> bool:
    """Return whether a block right below the title reads as a sentence, or is a heading beside
    it."""
    if block.words < _LEAST_UNNAMED:
        return False
    if block.kind == "heading":
        return block.element.getparent() is title.element.getparent()
    return ends_as_sentence(block.text)


def _is_named(element: HtmlElement) -> bool:
    return any(
        not _NAMES.isdisjoint(map(str.lower, NAME_WORD.findall(part.get("class") or "")))
        for part in [element, *element.iterancestors()][:_AROUND]
    )


def _descriptions(tree: HtmlElement) -> list[str]:
    """Return what the page says of itself, as words, each long enough to be told from others."""
    found = (
        words_of(re.sub(r"\W+$", "", meta.get("content") or ""))
        for meta in tree.iter("meta")
        if (meta.get("name") or meta.get("property") or "").lower() in _DESCRIPTIONS
    )
    return [" ".join(words) for words in found if len(words) >= _DESCRIBED]
