"""The text of a page of short lines alone, on which no paragraph stands out: rules, a hearing, what
changed in a version."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from bot.sources.formats.html.blocks.page_blocks import PageBlock
from bot.sources.formats.html.blocks.page_parts import Parts, is_linked
from bot.sources.formats.html.body.reasons import reason_against


def main_part(
    tree: HtmlElement, blocks: Sequence[PageBlock], parts: Parts, title: int | None
) -> list[PageBlock]:
    """Return the blocks of the element that the page declares as its main part, or of the one with
    its title, whose ordinal is given; without what there is a reason against. Returns an empty list
    where the page has no such element, or several."""
    roots = [
        e
        for e in tree.iter("main", "article")
        if next(e.iterancestors("main", "article"), None) is None
    ]
    if not roots and title is not None:
        parent = blocks[title].element.getparent()
        roots = [] if parent is None or parent.tag in ("body", "html") else [parent]
    if len(roots) != 1:
        return []
    return [
        block
        for number, block in enumerate(blocks)
        if (title is None or number > title)
        and roots[0] in block.element.iterancestors()
        and not is_linked(block)
        and reason_against(block, parts, is_sure=True) is None
    ]
