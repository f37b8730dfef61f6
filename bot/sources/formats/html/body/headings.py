"""The lines of a page that stand over others, such as headings: whether what they stand over was
taken for the article."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from bot.sources.formats.author_lines import is_stamp
from bot.sources.formats.html.blocks.page_blocks import PageBlock
from bot.sources.formats.html.blocks.page_parts import is_linked
from bot.sources.formats.html.body.boilerplate import is_label
from bot.sources.formats.sentence_ends import ends_as_sentence

_HEADING = 12
"""Maximum number of words of a line that is a heading above a text."""
_SUBTITLE = 4
"""Number of words that a heading below the title has at most if it is no subtitle."""
_LINE = 8
"""Maximum number of words of a line that ends with a colon and stands over a list."""


def stands_over(number: int, blocks: Sequence[PageBlock], chosen: Sequence[bool]) -> bool:
    """Return whether a short line that is no link is directly above a chosen block, in the same
    element, as a heading is, whatever its element."""
    block = blocks[number]
    after = number + 1
    if block.kind not in ("paragraph", "heading") or after >= len(blocks) or not chosen[after]:
        return False
    parent, below = block.element.getparent(), blocks[after].element
    if "ago" in block.text.split() or (is_stamp(block.text) and not _is_of_series(block.element)):
        return False
    if block.words > _HEADING or block.linked or ends_as_sentence(block.text.rstrip(":")):
        return False
    if blocks[after].kind == "item":
        below = next(below.iterancestors("ul", "ol", "dl"), below)
    return parent is not None and parent is below.getparent()


def _is_of_series(element: HtmlElement) -> bool:
    """Return whether a date or time is that of an entry beside others of its kind, each with its
    own: of a timeline, whose order it tells."""
    entry = element.getparent()
    if entry is None or not element.get("class"):
        return False
    kind = (element.tag, element.get("class"))
    beside = (*entry.itersiblings(entry.tag), *entry.itersiblings(entry.tag, preceding=True))
    return any(
        other.get("class") == entry.get("class")
        and any((part.tag, part.get("class")) == kind for part in other)
        for other in beside
    )


def heads_links(number: int, blocks: Sequence[PageBlock], chosen: Sequence[bool]) -> bool:
    """Return whether a heading, or a line as short as one, is above links that were left out."""
    block = blocks[number]
    if block.kind != "heading" and (block.words > 6 or ends_as_sentence(block.text)):
        return False
    if block.kind == "item" and not block.text.endswith(":"):
        return False  # the last of a list
    before = blocks[number - 1] if number else block
    if block.words > _SUBTITLE and before.kind == "heading" and before.level == 1:
        return False  # the subtitle, above the author's name
    after = number + 1
    return after < len(blocks) and not chosen[after] and is_linked(blocks[after])


def stands_over_nothing(number: int, blocks: Sequence[PageBlock], kept: Sequence[bool]) -> bool:
    """Return whether a heading, a term of a definition list or a line such as "More news:" has
    nothing below it but links that were left out; or is a label above another one ("Newsletter",
    "Sign up for our newsletter")."""
    block, after = blocks[number], number + 1
    is_line = block.text.endswith(":") and block.words <= _LINE
    if not (block.kind == "heading" or block.element.tag == "dt" or is_line):
        return False
    if after == len(blocks) or kept[after]:
        return False
    if is_label(block.text) and is_label(blocks[after].text):
        return True
    if not is_linked(blocks[after]):
        return False
    below = next(
        (each for each, is_kept in zip(blocks[after:], kept[after:], strict=True) if is_kept), None
    )
    if below is None:
        return True
    if block.kind == "heading":
        return below.kind == "heading" and below.level <= block.level
    return below.element.tag == "dt" if block.element.tag == "dt" else below.kind != "item"
