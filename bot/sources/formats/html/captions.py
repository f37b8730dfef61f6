"""The captions of a page's pictures that the article's author wrote: sentences below pictures among
its paragraphs, without a credit. A caption with a credit comes with the picture, from an agency."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from bot.sources.formats.html.boilerplate import AGENCY, is_caption, is_label
from bot.sources.formats.html.page_blocks import PageBlock
from bot.sources.formats.html.page_parts import Parts, is_linked, is_prose

_WORDS = 8
"""Number of words below which a caption names what is shown, and says nothing about it."""
_AROUND = 5
"""Maximum number of elements from a caption up to the one that holds its picture, too."""
_NAMES = frozenset(("caption", "captions", "figcaption", "figure"))
_CREDIT_NAME = re.compile(
    r"credit|source|copyright|photograph|byline|(?:photo|image|picture)-by\b", re.I
)
_CREDIT_WORDS = re.compile(
    r"©|^\s*credit|\b(?:photo|photograph|image|picture|illustration|credit|source|foto|bild)s?"
    rf"(?:\s*:|\s+(?:by|courtesy)\b)|\b{AGENCY}\b",
    re.I,
)
_PICTURES = ("img", "picture", "amp-img", "svg")
_PLAYERS = ("video", "audio", "iframe", "amp-video", "object", "embed")


def own_captions(blocks: Sequence[PageBlock], kept: Sequence[bool], parts: Parts) -> set[int]:
    """Return the ordinals of the author's own captions between the first and the last paragraph of
    the article. ``kept`` tells which blocks were taken for it."""
    prose = [
        n
        for n, (block, is_kept) in enumerate(zip(blocks, kept, strict=True))
        if is_kept and is_prose(block)
    ]
    if not prose:
        return set()
    return {
        number
        for number in range(prose[0], prose[-1])
        if not kept[number]
        and parts.name(blocks[number]) in _NAMES
        and _is_own(blocks[number], parts)
    }


def _is_own(block: PageBlock, parts: Parts) -> bool:
    if block.words < _WORDS or block.kind in ("table", "code") or is_linked(block):
        return False
    if is_label(block.text) or is_caption(block.text):
        return False
    figure = _figure(block.element)
    if figure is None or _has_credit(figure):
        return False
    around = figure.getparent()
    name = None if around is None else parts.name(block._replace(element=around))
    return name is None or name in _NAMES


def _figure(caption: HtmlElement) -> HtmlElement | None:
    """Return the smallest element that holds a caption and a picture; None where there is none, or
    where it holds a film or a sound, whose caption says what they show."""
    for element in [caption, *caption.iterancestors()][:_AROUND]:
        held = {part.tag for part in element.iterdescendants()}
        if held.intersection(_PLAYERS):
            return None
        if held.intersection(_PICTURES):
            return element
    return None


def _has_credit(figure: HtmlElement) -> bool:
    names = " ".join(
        value
        for part in figure.iter()
        for name in ("class", "itemprop", "data-testid")
        if isinstance(part.tag, str) and (value := part.get(name))
    )
    return bool(_CREDIT_NAME.search(names) or _CREDIT_WORDS.search(str(figure.text_content())))
