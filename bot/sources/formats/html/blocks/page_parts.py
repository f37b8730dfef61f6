"""The parts of a web page: the elements that hold the article, and those that hold something
else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise

from lxml.html import HtmlElement

from bot.sources.formats.html.blocks.page_blocks import PageBlock, leads_away
from bot.sources.formats.html.blocks.part_names import APART_NAMES, SURE_NAMES, part_name
from bot.sources.formats.html.blocks.wording import count_words, same_title
from bot.sources.formats.sentence_ends import ends_as_sentence

_ARTICLE = 150
"""Least number of words of an article that has longer parts beside it."""
_TEXT = frozenset("p h1 h2 h3 h4 h5 h6 blockquote dd dt li".split())
_BOXES = 2
"""Number of elements around a block's own by whose names its series is known."""
_LITTLE = 3
"""Maximum number of elements in a box that holds one text and little else, such as its time."""
_SHOWS = frozenset(("gallery", "slideshow", "carousel"))
"""Names of parts that show one thing after another: pictures, or the chapters of an article."""
_LEAST_SLIDES = 2
"""Least number of headings, each with its text, that make such a part the article's."""
_CARDS = 5
"""Number of teasers in a row that are a list of other articles, however long each is."""
_ENTRY = 35
"""Number of words: text below a linked heading is shorter if it is a teaser of another article, and
longer if it is part of this one."""


def is_prose(block: PageBlock) -> bool:
    """Return whether a block reads as sentences of an article."""
    return (
        block.kind in ("paragraph", "quotation", "item")
        and block.words >= 12
        and block.linked <= 0.4 * block.words
        and ends_as_sentence(block.text)
    )


def is_linked(block: PageBlock) -> bool:
    """Return whether a block is a link and nothing else."""
    return block.linked >= 0.85 * block.words and block.kind != "table"


class Parts:
    """The parts of the page that are not the article, by the names of its elements.

    A name is not believed of an element that holds most of what was chosen: whole articles stand
    in ``<div class="has-sidebar">``.
    """

    def __init__(self, blocks: Sequence[PageBlock], chosen: Sequence[bool]) -> None:
        self._names: dict[HtmlElement, str | None] = {}
        self.inside: Counter[HtmlElement] = Counter()
        self._alike: Counter[str] = Counter()
        self._headings: set[HtmlElement] = set()
        self._lists_of_more: set[HtmlElement | None] = set()
        """The lists that have an item which is no link."""
        self._longest_items: Counter[HtmlElement | None] = Counter()
        """The lists, each with the number of words of its longest item."""
        self._slides = _slides_of(blocks)
        self.total = 0
        above: PageBlock | None = None
        for block, choice in zip(blocks, chosen, strict=True):
            if block.kind == "item":
                items = block.element.getparent()
                self._longest_items[items] = max(self._longest_items[items], block.words)
                if not is_linked(block):
                    self._lists_of_more.add(items)
            if not choice or not is_prose(block):
                above = block if block.kind == "heading" else above
                continue
            if above is not None and (
                block.words >= _ENTRY
                or above.element.getparent() is block.element.getparent() is not None
            ):
                self._headings.add(above.element)
            above = None
            self.total += block.words
            for element in (block.element, *block.element.iterancestors()):
                self.inside[element] += block.words
                self._alike[element.get("class") or ""] += block.words

    def name(self, block: PageBlock) -> str | None:
        """Return the name of the part that contains the block, or None."""
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
            if name is None or (name in _SHOWS and self._slides[element] >= _LEAST_SLIDES):
                continue
            inside = self.inside[element]
            if name in APART_NAMES and self.total - inside >= max(_ARTICLE, 0.15 * self.total):
                return name
            if inside > 0.3 * self.total:
                continue
            if name in SURE_NAMES or self._alike[element.get("class") or "-"] <= 0.3 * self.total:
                return name
        return None

    def heads_prose(self, block: PageBlock) -> bool:
        """Return whether a block is the heading of a whole paragraph of the article, longer than
        the text below a link to another one."""
        if block.kind != "heading" or block.element not in self._headings:
            return False
        # a heading within a link, not a link within a heading, is the title of another article
        return not any(map(leads_away, block.element.iterancestors("a")))

    def holds_link(self, block: PageBlock) -> bool:
        """Return whether a block that is a link is where an article may have one: in a list that
        has other items too, or is of names, or as a heading beside the text below it."""
        parent = block.element.getparent()
        if block.kind == "item":
            return parent in self._lists_of_more or self._longest_items[parent] <= 3
        return block.kind == "heading" and parent is not None and self.inside[parent] >= _ENTRY

    def container(self) -> HtmlElement | None:
        """Return the smallest element that holds nearly all of the chosen prose."""
        holding = [e for e, words in self.inside.items() if words >= 0.85 * self.total]
        return min(holding, key=lambda e: sum(1 for _ in e.iterdescendants()), default=None)


def _slides_of(blocks: Sequence[PageBlock]) -> Counter[HtmlElement]:
    """Return the elements that hold headings with sentences right below them, each with the number
    of these; none that hold the title of another article, or a link alone."""
    slides: Counter[HtmlElement] = Counter()
    for number, block in enumerate(blocks):
        around = (block.element, *block.element.iterancestors())
        if block.linked:
            slides.subtract(dict.fromkeys(around, len(blocks)) if is_linked(block) else {})
        elif block.kind == "heading":
            below = blocks[number + 1 : number + 2]
            if any(is_prose(each) and each.kind == "paragraph" for each in below):
                slides.update(around)
    return slides


def homes_of(block: PageBlock) -> list[tuple[object, ...]]:
    """Return the identities of a block's location: its parent element; and if that holds little
    else, the element around it with the parent's name; and likewise for the next one. Blocks that
    share one belong to one series."""
    element = block.element
    parent = element.getparent()
    if parent is None or element.tag not in ("p", "blockquote", "li", "h2", "h3", "h4", "pre"):
        keys: list[tuple[object, ...]] = [(element,)]
        parent = element
    else:
        keys = [(parent,)]
    named: tuple[object, ...] = ()
    for outer in islice(parent.iterancestors(), _BOXES):
        if next(islice(parent, _LITTLE, None), None) is not None:
            break
        named += (parent.tag, parent.get("class"))
        keys.append((outer, *named))
        parent = outer
    return keys


def teasers_of(
    blocks: Sequence[PageBlock], sure: Sequence[bool], parts: Parts, title: int | None
) -> set[int]:
    """Return the ordinals of blocks that are in one of several similar cards, each with a linked
    title.

    Cards that hold much of what was chosen are teasers still, where each holds little and there
    is a text beside them, below the title, whose ordinal is given.
    """
    first: dict[HtmlElement, PageBlock] = {}
    sizes: Counter[HtmlElement] = Counter()
    for block in blocks:
        for element in [block.element, *block.element.iterancestors()][:8]:
            first.setdefault(element, block)
            sizes[element] += 1
    groups: dict[tuple[object, ...], list[HtmlElement]] = defaultdict(list)
    for block in blocks:
        if not is_linked(block) or block.words < 3:
            continue
        for element in [block.element, *block.element.iterancestors()][:6]:
            if element is block.element and element.tag in _TEXT:
                continue  # a link among an article's paragraphs is no card
            parent = element.getparent()
            if parent is None or element.tag == "body":
                break
            group = groups[parent, element.tag, element.get("class")]
            if element not in group:
                group.append(element)
    cards: dict[HtmlElement, bool] = {}
    for group in groups.values():
        held = sum(parts.inside[card] for card in group)
        beside = parts.total - held
        short = title is not None and held <= _ENTRY * len(group) and beside >= _ENTRY
        titled = [card for card in group if is_linked(first[card])]
        stream = (
            len(titled) >= max(_CARDS, 0.8 * len(group))
            and held <= 3 * _ENTRY * len(group)
            and title is not None
            and beside >= _ARTICLE
        )
        if len(group) >= 3 and (held <= 0.4 * parts.total or short or stream):
            cards.update(dict.fromkeys(group, len(titled) >= 0.6 * len(group)))
    if title is not None:
        cards.update(dict.fromkeys(_other_stories(first, blocks[title].element, parts), True))
    return {
        number
        for number, (block, is_sure) in enumerate(zip(blocks, sure, strict=True))
        if _is_card(block, parts)
        or any(
            element in cards and (cards[element] or not (is_sure or parts.inside[element]))
            for element in [block.element, *block.element.iterancestors()]
        )
    }


def _is_card(block: PageBlock, parts: Parts) -> bool:
    """Return whether a block is the text of a card: all else around it are links, two or more, to
    one other page, as a title and a picture are."""
    box = block.element.getparent()
    if box is None or block.linked or not 0 < parts.inside[box] <= 0.3 * parts.total:
        return False
    links = [link for link in box.iter("a") if leads_away(link)]
    if len(links) < 2 or len({link.get("href") for link in links}) > 1:
        return False
    titles = sum(count_words(str(link.text_content())) for link in links)
    return titles > 0 and count_words(" ".join(map(str, box.itertext()))) == titles + block.words


def _other_stories(
    first: Mapping[HtmlElement, PageBlock], title: HtmlElement, parts: Parts
) -> Iterator[HtmlElement]:
    """Yield the elements that are a box which begins with the linked title of another article,
    beside one with the page's title and text of its own. It must be the only one of its kind there,
    because an article may consist of several parts that begin with links. ``first`` has the first
    block of each element."""
    around = [title, *title.iterancestors()]
    for story, parent in pairwise(around):
        if parts.inside[story] < _ENTRY:
            continue
        kinds = Counter((child.tag, child.get("class")) for child in parent)
        for child in parent:
            opening = first.get(child)
            if opening is None or child is story or kinds[child.tag, child.get("class")] > 1:
                continue
            if opening.kind == "heading" and is_linked(opening):
                yield child


def drop_other_articles(tree: HtmlElement, title: str | None) -> None:
    """Remove from the tree the articles that follow the first on one page: those in an <article>
    with a main heading of its own, if another one has the page's title and holds more than that."""
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
