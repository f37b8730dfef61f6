"""What was taken for a page's article, without what stands at its ends and is none of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.sources.formats.html.blocks import PageBlock
from bot.sources.formats.html.boilerplate import is_biography, is_byline, is_stamp, is_tail_heading
from bot.sources.formats.html.page_parts import SENTENCE_END, homes_of, is_prose
from bot.sources.formats.html.wording import count_words, same_title, words_of


def trim_head(
    kept: list[PageBlock], title: str | None, authors: tuple[str, ...]
) -> list[PageBlock]:
    """Leave out what precedes the first sentence and is none: title, byline, date, section."""
    kept = [b for block in kept[:3] for b in _lines(block, title, authors)] + kept[3:]
    start = next((n for n, b in enumerate(kept) if is_prose(b) and b.words >= 20), None)
    if start is None:
        start = min(3, len(kept))
    head = []
    for number, block in enumerate(kept[: start + 3]):
        text = block.text
        if title and same_title(text, title) and block.words <= 40:
            continue
        if is_stamp(text) or is_byline(text, authors):
            continue
        if number <= start and is_biography(text, authors):
            continue
        if number < start and block.kind == "heading" and block.level == 1:
            continue
        if (
            number < start
            and block.kind != "heading"
            and block.words <= 4
            and not SENTENCE_END.search(text)
        ):
            continue
        head.append(block)
    return head + kept[start + 3 :]


def _lines(block: PageBlock, title: str | None, authors: tuple[str, ...]) -> list[PageBlock]:
    """A block that is title, byline and date parted by line breaks, as its lines."""
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


def trim_tail(kept: list[PageBlock], authors: tuple[str, ...]) -> list[PageBlock]:
    """Leave out what follows the article's end: from a heading that says so, short lines, and who
    the author is."""
    total = sum(block.words for block in kept)
    before = 0
    homes: Counter[tuple[object, ...]] = Counter()
    on: list[PageBlock] = []
    for number, block in enumerate(kept):
        late = before >= 0.5 * total
        short = block.words <= 8 and (late or SENTENCE_END.search(block.text) is None)
        if ((late and block.kind == "heading") or short) and is_tail_heading(block.text):
            rest = [b for b in kept[number + 1 :] if is_prose(b)]
            if late and sum(any(homes[home] >= 2 for home in homes_of(b)) for b in rest) < 2:
                break
            continue  # a call in the midst of the text, which goes on below it
        on.append(block)
        before += block.words
        if is_prose(block):
            homes.update(homes_of(block))
    kept = on
    while kept and (
        _is_loose(kept[-1], len(kept) > 1 and kept[-2].kind == kept[-1].kind)
        or (len(kept) > 3 and is_biography(kept[-1].text, authors))
    ):
        kept = kept[:-1]
    return kept


def _is_loose(block: PageBlock, in_company: bool) -> bool:
    if block.kind == "heading":
        return True
    if block.kind in ("table", "code", "quotation") or SENTENCE_END.search(block.text):
        return is_stamp(block.text)
    if block.kind == "item" and in_company:
        return False
    return block.words <= 5 or is_stamp(block.text) or block.linked > 0.5 * block.words


def drop_repeats(kept: Iterable[PageBlock]) -> list[PageBlock]:
    """Leave out a block that stands there already, and a pulled quotation of a paragraph."""
    kept = list(kept)
    once: list[PageBlock] = []
    seen: set[tuple[str, ...]] = set()
    for block in kept:
        words = tuple(words_of(block.text))
        if len(words) >= 6 and words in seen:
            continue
        seen.add(words)
        once.append(block)
    return once
