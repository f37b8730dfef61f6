"""Putting back of blocks that the extractor dropped from among those of the article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence, Set

from lxml.html import HtmlElement

from bot.sources.formats.author_lines import is_byline, is_stamp
from bot.sources.formats.html.blocks.page_blocks import PageBlock
from bot.sources.formats.html.blocks.page_parts import Parts, homes_of, is_prose
from bot.sources.formats.html.blocks.part_names import is_remark
from bot.sources.formats.html.body.headings import stands_over
from bot.sources.formats.html.body.reasons import reason_against
from bot.sources.formats.sentence_ends import ends_as_sentence

_BOXES = 3
"""Number of elements, from a remark's own on, of which one has such a name."""
_PROPERTY = re.compile(r"\w:\s+\S|\d\s?\w")
"""An item of a list that names a property or a quantity: "Height: 30 cm"."""
_LABELLED = re.compile(r"\w:\s+\S")


def restore(
    blocks: Sequence[PageBlock], chosen: list[bool], parts: Parts, title: int | None
) -> None:
    """Put back dropped blocks: beside a chosen paragraph in the same element, or in the container
    of all chosen blocks between the title, or the first of them, and the last."""
    container = parts.container()
    ordinals = [i for i, (b, c) in enumerate(zip(blocks, chosen, strict=True)) if c and is_prose(b)]
    if container is None or not ordinals:
        return
    first = next(n for n, choice in enumerate(chosen) if choice)
    lists = _lists_of_content(blocks)
    homes = Counter(home for i in ordinals for home in homes_of(blocks[i]))
    for number, block in enumerate(blocks):
        if chosen[number] or parts.name(block) is not None:
            continue
        within = (ordinals[0] if title is None else min(title, ordinals[0])) < number < ordinals[-1]
        beside = any(homes[home] >= 2 for home in homes_of(block))
        if not within and not beside and _follows_prose(block, homes):
            chosen[number] = chosen[number - 1] and block.element.getparent() in lists
            continue
        if not within and not beside:
            continue
        linked = block.linked > 0.4 * block.words and not parts.heads_prose(block)
        if linked or reason_against(block, parts, is_sure=False) is not None:
            continue
        if first < number < ordinals[-1] and stands_over(number, blocks, chosen):
            chosen[number] = True
        elif block.kind == "heading":
            chosen[number] = within and (
                beside
                or parts.heads_prose(block)
                or (
                    not block.linked
                    and chosen[number + 1]
                    and is_prose(blocks[number + 1])
                    and container in block.element.iterancestors()
                )
            )
        elif beside and within:
            chosen[number] = block.words >= 3 or ends_as_sentence(block.text)
        elif within and block.kind in ("item", "table", "code"):
            chosen[number] = (
                block.kind != "item"
                or block.element.getparent() in lists
                or (block.linked == 0 and _follows_prose(block, homes))
            )
        elif block.kind == "code" and beside and chosen[number - 1]:
            chosen[number] = True  # it ends the article
        elif container in block.element.iterancestors() or beside:
            sure = beside or block.words >= 20 or block.kind == "quotation"
            chosen[number] = (sure and is_prose(block)) or (within and _is_remark(block))
    _restore_series(blocks, chosen, parts, range(first + 1, ordinals[-1]))


def _restore_series(
    blocks: Sequence[PageBlock], chosen: list[bool], parts: Parts, between: range
) -> None:
    """Put back the sentences beside blocks that were put back before, and the short lines that
    stand over these, in the container of all chosen blocks."""
    container = parts.container()
    homes = Counter(
        home
        for block, choice in zip(blocks, chosen, strict=True)
        if choice and is_prose(block)
        for home in homes_of(block)
    )
    for number in reversed(between):  # from below: what a line stands over is known
        block = blocks[number]
        if chosen[number] or parts.name(block) is not None:
            continue
        if container not in block.element.iterancestors():
            continue
        of_series = is_prose(block) and any(homes[home] >= 2 for home in homes_of(block))
        if of_series or stands_over(number, blocks, chosen):
            chosen[number] = reason_against(block, parts, is_sure=False) is None


def complete_lists(
    blocks: Sequence[PageBlock], kept: list[bool], parts: Parts, teasers: Set[int]
) -> None:
    """Put back the items of lists of which some were kept, and those that have such a list in
    them, however short they are."""
    lists: set[HtmlElement | None] = set()
    for block, is_kept in zip(blocks, kept, strict=True):
        if is_kept and block.kind == "item":
            lists.update(item.getparent() for item in block.element.iterancestors("li"))
            lists.add(block.element.getparent())
    for number, block in enumerate(blocks):
        if block.kind == "item" and not kept[number] and number not in teasers:
            kept[number] = (
                block.linked == 0
                and block.element.getparent() in lists
                and reason_against(block, parts, is_sure=True) is None
            )


def restore_items_of_items(blocks: Sequence[PageBlock], kept: list[bool], parts: Parts) -> None:
    """Put back the items of lists within kept items of lists, links as they may be: a line such as
    "In progress:" would otherwise stand over nothing."""
    holders = {
        block.element
        for block, is_kept in zip(blocks, kept, strict=True)
        if is_kept and block.kind == "item" and block.text.endswith(":")
    }
    for number, block in enumerate(blocks):
        if block.kind == "item" and not kept[number] and parts.name(block) is None:
            around = (each for each in block.element.iterancestors("li"))
            kept[number] = next(around, None) in holders


def _is_remark(block: PageBlock) -> bool:
    """Return whether a block is a sentence that its author set in a box of its own."""
    if block.kind != "paragraph" or block.linked or not ends_as_sentence(block.text):
        return False
    return any(map(is_remark, [block.element, *block.element.iterancestors()][:_BOXES]))


def _follows_prose(block: PageBlock, homes: Counter[tuple[object, ...]]) -> bool:
    """Return whether an item's list, the outermost one, stands among paragraphs of the article."""
    lists = list(block.element.iterancestors("ul", "ol", "dl"))
    return block.kind == "item" and bool(lists) and homes[(lists[-1].getparent(),)] >= 2


def _lists_of_content(blocks: Sequence[PageBlock]) -> set[HtmlElement | None]:
    """Return the lists that are content rather than menus or rows of labels."""
    lists = _items_by_list(blocks)
    return {
        element
        for element, items in lists.items()
        if _is_content(items) or _is_of_properties(element, items)
    }


def properties_of(blocks: Sequence[PageBlock]) -> frozenset[HtmlElement]:
    """Return the elements of the items of lists that name properties: of terms and what is said of
    each, or of lines such as "Where: inner harbour". Lists that say who wrote the article, or when,
    are none."""
    lists = _items_by_list(blocks)
    return frozenset(
        item.element
        for element, items in lists.items()
        if _is_of_properties(element, items)
        or (_has_no_link(items) and all(_LABELLED.search(item.text) for item in items))
        for item in items
    )


def _is_of_properties(element: HtmlElement | None, items: Sequence[PageBlock]) -> bool:
    """Return whether a list is of terms and what is said of each."""
    terms = sum(item.element.tag == "dt" for item in items)
    is_list = element is not None and element.tag == "dl"
    return is_list and 2 <= 2 * terms <= len(items) and _has_no_link(items)


def _has_no_link(items: Sequence[PageBlock]) -> bool:
    """Return whether items have neither links nor who wrote the article, or when."""
    return not any(item.linked or is_stamp(item.text) or is_byline(item.text) for item in items)


def _items_by_list(blocks: Sequence[PageBlock]) -> dict[HtmlElement | None, list[PageBlock]]:
    lists: dict[HtmlElement | None, list[PageBlock]] = defaultdict(list)
    for block in blocks:
        if block.kind == "item":
            lists[block.element.getparent()].append(block)
    return lists


def _is_content(items: Sequence[PageBlock]) -> bool:
    words, linked = sum(item.words for item in items), sum(item.linked for item in items)
    properties = sum(_PROPERTY.search(item.text) is not None for item in items)
    if linked == 0 and 2 * properties > len(items):
        return True
    return words >= 4 * len(items) and linked <= 0.3 * words
