"""Trimming of the text taken for a page's article: removes parts at its ends that do not belong to
it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from itertools import islice

from lxml.html import HtmlElement

from bot.sources.formats.author_lines import is_byline, is_stamp
from bot.sources.formats.dates import find_date
from bot.sources.formats.html.blocks.page_blocks import PageBlock
from bot.sources.formats.html.blocks.page_parts import homes_of, is_prose
from bot.sources.formats.html.blocks.wording import count_words, same_title, words_of
from bot.sources.formats.html.body.boilerplate import is_biography, is_tail_heading
from bot.sources.formats.sentence_ends import ends_as_sentence

_REPEATED = 6
"""Number of words below which a block may well occur twice."""
_BESIDE_NAMES = frozenset("by von par por di door av af and und et y e og och en".split())
"""Words that stand beside the names of those who signed an article."""


def trim_head(
    kept: list[PageBlock], title: str | None, authors: tuple[str, ...], standing: Set[HtmlElement]
) -> list[PageBlock]:
    """Leave out what precedes the first sentence: title, byline, date, section. ``standing`` are
    the elements whose lines belong to the article."""
    kept = [b for block in kept[:3] for b in _lines(block, title, authors)] + kept[3:]
    start = next((n for n, b in enumerate(kept) if is_prose(b) and b.words >= 20), None)
    if start is None:
        start = min(3, len(kept))
    head: list[PageBlock] = []
    for number, block in enumerate(kept[: start + 3]):
        text = block.text
        if title and same_title(text, title) and block.words <= 40:
            continue
        is_number = block.kind == "heading" and find_date(text) is None  # a version's, a part's
        if (is_stamp(text) and not is_number) or is_byline(text, authors):
            continue
        if number <= start and is_biography(text, authors):
            continue
        if number < start and block.kind == "heading" and block.level == 1:
            continue
        if (
            number < start
            and block.kind != "heading"
            and block.element not in standing
            and block.words <= 4
            and not ends_as_sentence(text)
            and not (block.kind == "item" and any(map(is_prose, head)))  # of a list of the text's
        ):
            continue
        head.append(block)
    return head + kept[start + 3 :]


def _lines(block: PageBlock, title: str | None, authors: tuple[str, ...]) -> list[PageBlock]:
    """Return a block of title, byline and date separated by line breaks, as its lines."""
    lines = block.text.split("\n")
    marks = sum(
        is_stamp(line) or is_byline(line, authors) or bool(title and same_title(line, title))
        for line in lines
    )
    if not marks or block.kind != "paragraph":
        return [block]
    share = block.linked / max(1, block.words)
    words = [(line, count_words(line)) for line in lines]
    return [block._replace(text=t, words=w, linked=round(share * w)) for t, w in words]


def is_end(block: PageBlock) -> bool:
    """Return whether a block is a line that is found below articles: above related ones, or
    comments."""
    short = block.words <= 8 and not ends_as_sentence(block.text)
    return (short or block.kind == "heading") and is_tail_heading(block.text)


def trim_tail(
    kept: list[PageBlock], authors: tuple[str, ...], standing: Set[HtmlElement]
) -> list[PageBlock]:
    """Leave out what follows the article's end: from a line that says so, short lines, and notes
    about the author. ``standing`` are the elements whose lines belong to the article."""
    total = sum(block.words for block in kept)
    before = 0
    homes: Counter[tuple[object, ...]] = Counter()
    on: list[PageBlock] = []
    for number, block in enumerate(kept):
        if is_end(block) and block.element not in standing:
            rest = (b for b in islice(kept, number + 1, None) if is_prose(b))
            late = before >= 0.5 * total
            if late and not any(homes[home] >= 2 for b in rest for home in homes_of(b)):
                break
            continue  # a call in the midst of the text, which goes on below it
        on.append(block)
        before += block.words
        if is_prose(block):
            homes.update(homes_of(block))
    kept = on
    while kept and (
        (
            kept[-1].element not in standing
            and _is_loose(kept[-1], len(kept) > 1 and kept[-2].kind == kept[-1].kind)
        )
        or is_stamp(kept[-1].text)
        or _is_signature(kept[-1], authors)
        or (len(kept) > 3 and is_biography(kept[-1].text, authors))
    ):
        del kept[-1]
    return kept


def _is_signature(block: PageBlock, authors: tuple[str, ...]) -> bool:
    """Return whether a block is the names of those who wrote the article, and nothing else."""
    rest = block.text.casefold()
    for author in authors:
        rest = rest.replace(author.casefold(), "", 1)
    return rest != block.text.casefold() and not set(words_of(rest)) - _BESIDE_NAMES


def _is_loose(block: PageBlock, in_company: bool) -> bool:
    if block.kind == "heading":
        return True
    if block.kind in ("table", "code", "quotation") or ends_as_sentence(block.text):
        return is_stamp(block.text)
    if block.kind == "item" and in_company:
        return False
    return block.words <= 5 or is_stamp(block.text) or block.linked > 0.5 * block.words


def drop_repeats(kept: Sequence[PageBlock]) -> list[PageBlock]:
    """Leave out what a page shows twice though its author wrote it once: a quotation pulled out of
    a paragraph, an excerpt that is the beginning of one, and blocks right after the same block in
    another part of the page, as one for narrow and one for wide windows. A refrain, and an answer
    to two questions, stay."""
    words = [tuple(words_of(block.text)) for block in kept]
    paragraphs = [
        f" {' '.join(own)} "
        for block, own in zip(kept, words, strict=True)
        if block.kind == "paragraph"
    ]
    repeats = {number for number, block in enumerate(kept) if _is_cut_short(block, paragraphs)}
    before: dict[tuple[str, ...], int] = {}
    for number, (block, own) in enumerate(zip(kept, words, strict=True)):
        if len(own) < _REPEATED:
            continue
        if block.kind == "quotation":
            if any(f" {' '.join(own)} " in paragraph for paragraph in paragraphs):
                repeats.add(number)
            continue
        first = before.get(own)
        before[own] = number
        if number in repeats or first is None or _alike(kept[first], block):
            continue
        if words[first:number] == words[number : 2 * number - first]:
            repeats.update(range(number, 2 * number - first))
    return [block for number, block in enumerate(kept) if number not in repeats]


def _is_cut_short(block: PageBlock, paragraphs: Sequence[str]) -> bool:
    """Return whether a block is the beginning of a paragraph, as an excerpt is."""
    if not block.text.endswith(("…", "...", "[…]", "[...]")) or block.words < _REPEATED:
        return False
    beginning = f" {' '.join(words_of(block.text))}"
    return any(
        paragraph.startswith(beginning) and len(paragraph) > len(beginning) + 1
        for paragraph in paragraphs
    )


def _alike(first: PageBlock, second: PageBlock) -> bool:
    """Return whether two blocks are in the same element, or in two of one kind."""
    one, two = first.element.getparent(), second.element.getparent()
    if one is None or two is None or one is two:
        return True
    return bool(one.tag == two.tag and one.get("class") == two.get("class"))
