"""The parts of a web page: which of its elements hold the article, and which something else."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement

from bot.sources.formats.html.blocks import PageBlock
from bot.sources.formats.html.part_names import SURE_NAMES, part_name
from bot.sources.formats.html.wording import count_words, same_title

SENTENCE_END = re.compile(r"[.!?…:;。！？；：][\s'\"”’»）」』)\]]*$")


_ENTRY = 35
"""Words; what stands below a linked heading is shorter where it is a teaser of another article,
and longer where it is part of this one."""


def is_prose(block: PageBlock) -> bool:
    """Whether a block reads as sentences of an article."""
    return (
        block.kind in ("paragraph", "quotation", "item")
        and block.words >= 12
        and block.linked <= 0.4 * block.words
        and SENTENCE_END.search(block.text) is not None
    )


def is_linked(block: PageBlock) -> bool:
    """Whether a block is a link and nothing else."""
    return block.linked >= 0.85 * block.words and block.kind != "table"


class Parts:
    """Which parts of the page the names of its elements say are not the article.

    A name is not believed of an element that holds most of what was chosen: whole articles stand
    in ``<div class="has-sidebar">``.
    """

    def __init__(self, blocks: Sequence[PageBlock], chosen: Sequence[bool]) -> None:
        self._names: dict[HtmlElement, str | None] = {}
        self.inside: Counter[HtmlElement] = Counter()
        self._alike: Counter[str] = Counter()
        self._headings: set[HtmlElement] = set()
        self.total = 0
        above: PageBlock | None = None
        for block, choice in zip(blocks, chosen, strict=True):
            if not choice or not is_prose(block):
                above = block if block.kind == "heading" else above
                continue
            if above is not None and block.words >= _ENTRY:
                self._headings.add(above.element)
            above = None
            self.total += block.words
            for element in (block.element, *block.element.iterancestors()):
                self.inside[element] += block.words
                self._alike[element.get("class") or ""] += block.words

    def name(self, block: PageBlock) -> str | None:
        """The name of the part that the block stands in, or None."""
        for element in (block.element, *block.element.iterancestors()):
            if element.tag in ("body", "html"):
                return None
            if element not in self._names:
                self._names[element] = part_name(element) or (
                    "figure"
                    if element.tag == "figure" and block.kind not in ("table", "quotation")
                    else None
                )
            name = self._names[element]
            if name is None or self.inside[element] > 0.3 * self.total:
                continue
            if name in SURE_NAMES or self._alike[element.get("class") or "-"] <= 0.3 * self.total:
                return name
        return None

    def heads_prose(self, block: PageBlock) -> bool:
        """Whether a block is the heading of a whole paragraph of the article, longer than what
        stands below a link to another one."""
        return block.kind == "heading" and block.element in self._headings

    def container(self) -> HtmlElement | None:
        """The smallest element that holds nearly all of the chosen prose."""
        holding = [e for e, words in self.inside.items() if words >= 0.85 * self.total]
        return min(holding, key=lambda e: sum(1 for _ in e.iterdescendants()), default=None)


def homes_of(block: PageBlock) -> list[tuple[object, ...]]:
    """Where a block stands: its parent element; and where that holds nothing else, the element
    around it with the parent's name. Blocks with a place in common are of one series."""
    element = block.element
    parent = element.getparent()
    if parent is None or element.tag not in ("p", "blockquote", "li", "h2", "h3", "h4", "pre"):
        places: list[tuple[object, ...]] = [(element,)]
        parent = element
    else:
        places = [(parent,)]
    outer = parent.getparent()
    if outer is not None and sum(1 for _ in parent) <= 3:
        places.append((outer, parent.tag, parent.get("class")))
    return places


def teasers_of(blocks: Sequence[PageBlock], parts: Parts, title: int | None) -> set[int]:
    """The places of blocks that stand in one of several like cards, each with a linked title.

    Cards that hold much of what was chosen are teasers still, where each holds little and there
    is a text beside them, below the title, whose place is given.
    """
    groups: dict[tuple[object, ...], list[HtmlElement]] = defaultdict(list)
    for block in blocks:
        if not is_linked(block) or block.words < 3:
            continue
        for element in [block.element, *block.element.iterancestors()][:4]:
            parent = element.getparent()
            if parent is None or element.tag == "body":
                break
            group = groups[parent, element.tag, element.get("class")]
            if element not in group:
                group.append(element)
    cards: set[HtmlElement] = set()
    for group in groups.values():
        held = sum(parts.inside[card] for card in group)
        beside = parts.total - held
        short = title is not None and held <= _ENTRY * len(group) and beside >= _ENTRY
        if len(group) >= 3 and (held <= 0.4 * parts.total or short):
            cards.update(group)
    return {
        number
        for number, block in enumerate(blocks)
        if any(e in cards for e in [block.element, *block.element.iterancestors()])
    }


def drop_other_articles(tree: HtmlElement, title: str | None) -> None:
    """Take out of the tree the articles that follow the first on one page: those in an
    <article> with a main heading of its own, where another one has the page's title, and holds
    more than that."""
    headed = [
        (article, _main_heading(article))
        for article in tree.iter("article")
        if not any(parent.tag == "article" for parent in article.iterancestors())
    ]
    headed = [(article, heading) for article, heading in headed if heading]
    own = [
        article
        for article, heading in headed
        if title
        and same_title(heading, title)
        and sum(count_words(str(p.text_content())) for p in article.iter("p", "div")) >= 100
    ]
    if not own or len(headed) == len(own) == 1:
        return
    for article, _ in headed:
        parent = article.getparent()
        if article is not own[0] and parent is not None:
            article.drop_tree()


def _main_heading(article: HtmlElement) -> str:
    for level in ("h1", "h2"):
        for heading in article.iter(level):
            return " ".join(str(heading.text_content()).split())
    return ""
