"""Opinions on which blocks of a web page are its article: trafilatura's, and one that counts the
sentences of each container (the idea of Arc90's Readability)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy

from lxml.html import HtmlElement

from bot.sources.formats.html.blocks.page_blocks import PageBlock
from bot.sources.formats.html.blocks.page_parts import Parts, is_linked, is_prose

_MOST_COMPARED = 3000
"""Number of a page's lines up to which trafilatura asks jusText, too, which takes time that grows
with the square of it: half a megabyte of short paragraphs took minutes."""
_LINES = "p div li dd dt td th caption option legend h1 h2 h3 h4 h5 h6 blockquote pre br".split()
"""Elements that begin a line for jusText, which reads those that nobody sees, too."""
_TEASERS = 3
"""Least number of teasers that are a list of other articles."""
_WIDEST_ROW = 2000
"""Number of cells up to which trafilatura reads a table's row; it counts all before each cell."""


def first_opinion(tree: HtmlElement) -> str:
    """Return the text that trafilatura takes for the article, one block a line."""
    from trafilatura import bare_extraction

    lines = sum(1 for _ in tree.iter(*_LINES))
    has_wide_row = any(len(row) > _WIDEST_ROW for row in tree.iter("tr"))
    try:
        document = bare_extraction(
            deepcopy(tree),
            fast=lines > _MOST_COMPARED,
            include_comments=False,
            include_tables=not has_wide_row,
            include_formatting=False,
        )
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError):
        # it fails on some broken pages; the second opinion is then the only one
        return ""
    text = getattr(document, "text", None)
    return text if isinstance(text, str) else ""


def second_opinion(
    blocks: Sequence[PageBlock], chosen: Sequence[bool], parts: Parts
) -> Sequence[bool]:
    """Return the choice itself, or that of the container with the most prose if the choice misses
    most of its content."""
    scores: dict[HtmlElement, float] = defaultdict(float)
    prose = [b for b in blocks if is_prose(b) and parts.name(b) is None]
    for block in prose:
        weight = block.words + 10 * block.text.count(",")
        holder = block.element if block.kind == "paragraph" else block.element.getparent()
        share = 1.0
        for element in ([] if holder is None else [holder, *holder.iterancestors()])[:4]:
            scores[element] += weight * share
            share *= 0.6
    if not scores:
        return chosen
    best = max(scores, key=scores.__getitem__)
    while (parent := best.getparent()) is not None and scores.get(parent, 0) > 0.75 * scores[best]:
        best = parent
    inside = [best in (b.element, *b.element.iterancestors()) for b in blocks]
    words = sum(b.words for b, within in zip(blocks, inside, strict=True) if within and is_prose(b))
    agreed = sum(
        b.words
        for b, within, choice in zip(blocks, inside, chosen, strict=True)
        if within and choice and is_prose(b)
    )
    if words > 1.5 * parts.total and agreed < 0.6 * words:
        return [
            choice or (within and (is_prose(b) or b.kind == "heading"))
            for b, within, choice in zip(blocks, inside, chosen, strict=True)
        ]
    return chosen


def brief_report(
    blocks: Sequence[PageBlock], chosen: Sequence[bool], title: int | None
) -> list[bool] | None:
    """Return the choice of the sentences in the element that has the page's title, whose ordinal is
    given, if all else that was chosen are teasers outside of it, each below a linked title: a list
    of other articles is longer than a brief report. Returns None for any other page."""
    if title is None:
        return None
    article = next(blocks[title].element.iterancestors("article", "main"), None)
    if article is None:
        return None
    heading: PageBlock | None = None
    titles, has_teasers = set(), False
    report = [False] * len(blocks)
    for number, block in enumerate(blocks):
        is_own = article in block.element.iterancestors()
        if block.kind == "heading":
            heading = block
            if is_linked(block) and not is_own:
                titles.add(block.element)
        if is_own:
            report[number] = number > title and is_prose(block)
        elif chosen[number] and is_prose(block):
            if heading is None or not is_linked(heading):
                return None
            has_teasers = True
    return report if has_teasers and any(report) and len(titles) >= _TEASERS else None
