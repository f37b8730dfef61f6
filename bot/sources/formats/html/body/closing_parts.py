"""Putting back of what closes an article and is neither its prose nor another article: its list of
references, parts of a few words that a reader opens, and notes on what was corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from bot.sources.formats.html.blocks.page_blocks import PageBlock
from bot.sources.formats.html.blocks.page_parts import Parts, is_linked, is_prose
from bot.sources.formats.html.blocks.part_names import TEXT_TAGS
from bot.sources.formats.html.body.reasons import reason_against
from bot.sources.formats.sentence_ends import ends_as_sentence

_REFERENCES = re.compile(
    r"(?:[\divx]+\.?\s+)?(?:(?:selected |further |list of )?(?:references?|bibliography|works cited"
    r"|literature(?: cited)?|footnotes|endnotes|notes)|literatur(?:verzeichnis|hinweise)?"
    r"|einzelnachweise|références|bibliographie|referencias|bibliografía|bibliografia|riferimenti"
    r"|referências|note|notas|referenties|literatuur|przypisy|примечания|литература|参考文献|注釈)\W*",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"\W*(?:(?:correction|clarification|update|editor.?s note|berichtigung|korrektur|erratum"
    r"|rectificatif|correctif|corrección|rectificación|correzione|correção|correctie|rättelse"
    r"|rettelse)\b[^.:]{0,40}:"
    r"|(?:this|the|an?) (?:article|story|report|piece|post|headline|(?:earlier|previous) version)\b"
    r".{0,60}\b(?:amended|corrected|updated|clarified|misstated|misspelled|misidentified|incorrectly)\b"
    r"|in einer früheren version\b|une version précédente\b|una versión anterior\b)",
    re.IGNORECASE,
)
_LEAST_WORDS = 8
"""Least number of words of a note that says what was corrected."""


def restore_closing_parts(
    blocks: Sequence[PageBlock], kept: list[bool], parts: Parts
) -> frozenset[HtmlElement]:
    """Put back the references and the closed parts below the last paragraph of the article, in the
    element that holds it, and notes on corrections in the page's main part. Return the elements of
    what was put back."""
    last = max(
        (n for n, block in enumerate(blocks) if kept[n] and is_prose(block)), default=len(blocks)
    )
    container = parts.container()
    if container is not None and container.tag in TEXT_TAGS:
        container = container.getparent()  # of an article of one paragraph
    found: set[HtmlElement] = set()
    opened: set[HtmlElement | None] = set()
    if container is None:
        return frozenset(found)
    main = next(container.iterancestors("article", "main"), container)
    for number in range(last + 1, len(blocks)):
        block = blocks[number]
        if main in block.element.iterancestors() and _is_correction(block):
            kept[number] = True
            found.add(block.element)
            continue
        if container not in block.element.iterancestors():
            continue
        if block.element.tag == "summary":
            box = block.element.getparent()
            if box in opened or block.element in found:
                continue  # a part has one summary; what is in another part was taken with it
            opened.add(box)
            below = _within(box, blocks, number)
        elif block.kind == "heading" and _REFERENCES.fullmatch(block.text):
            below = _under(block, blocks, number, container)
        else:
            continue
        taken = [
            each
            for each in below
            if not is_linked(blocks[each]) and reason_against(blocks[each], parts, True) is None
        ]
        if taken and parts.name(block) is None:
            for each in (number, *taken):
                kept[each] = True
                found.add(blocks[each].element)
    return frozenset(found)


def _is_correction(block: PageBlock) -> bool:
    return (
        block.kind == "paragraph"
        and block.words >= _LEAST_WORDS
        and not is_linked(block)
        and ends_as_sentence(block.text)
        and _CORRECTION.match(block.text) is not None
    )


def _within(box: HtmlElement | None, blocks: Sequence[PageBlock], number: int) -> Iterator[int]:
    """Yield the ordinals of the blocks after one in the same box."""
    for after in range(number + 1, len(blocks)):
        element = blocks[after].element
        if element is not box and box not in element.iterancestors():
            return
        yield after


def _under(
    heading: PageBlock, blocks: Sequence[PageBlock], number: int, container: HtmlElement
) -> Iterator[int]:
    """Yield the ordinals of the blocks below a heading, up to the next one."""
    for after in range(number + 1, len(blocks)):
        block = blocks[after]
        if block.kind == "heading" or container not in block.element.iterancestors():
            return
        yield after
