"""Plain text, and page dumps, which a person gets by copying a web page.

Plain text is literal: its paragraphs are what blank lines separate. A page dump is a plain text
that begins with a breadcrumb line, or with a title and a date on lines of their own; its title,
section and date are read off, and what follows "Related Articles" becomes briefs of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.article import Draft, Head
from bot.core.named_tuple import NamedTuple
from bot.sources.formats.dates import leading_date, read_date
from bot.sources.formats.head_fields import clean
from bot.sources.formats.markdown import write_blocks
from bot.sources.formats.markdown_parsing import Block

_CRUMB = re.compile(r"(?<!\s)\s++[>»›]\s+")
_BULLET = re.compile(r"\s*[•‣◦▪●*-]\s+")
_RELATED = re.compile(
    r"(related|more|similar|recommended)\s+(articles?|stories|posts|news|reading|content)\s*:?",
    re.IGNORECASE,
)
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*+\n)+")
_LONGEST_TITLE = 300
_UNWRAPPED = 100
"""Length above which a line was not wrapped by hand: in a text without blank lines it is a
paragraph."""


class _Front(NamedTuple):
    """The lines above the body of a page dump."""

    title: str | None = None
    section: str | None = None
    published: str | None = None
    blocks: int = 0
    """Number of blocks that they take up."""


def read_plain(text: str, title: str) -> list[Draft]:
    """Return the article in a plain text and the briefs of those it lists as related.

    ``text`` has LF line ends; ``title`` stands in where the text is no page dump.
    """
    blocks = blocks_of_text(text)
    front = _front(blocks)
    end = len(blocks)
    if front.blocks:
        first_lines = (block.split("\n", 1)[0].strip() for block in blocks)
        end = next((i for i, line in enumerate(first_lines) if _RELATED.fullmatch(line)), end)
    body = [Block(block) for block in blocks[front.blocks : end]]
    head = Head(front.title or title, published=front.published, section=front.section)
    return [Draft(head, write_blocks(body)), *_briefs(blocks[end:])]


def blocks_of_text(text: str) -> list[str]:
    """Return the blocks of a plain text, each without white space at its ends: separated by blank
    lines, or, in an unwrapped text without blank lines, each line."""
    blocks = [block.strip() for block in _BLANK_LINES.split(text)]
    blocks = [block for block in blocks if block]
    if len(blocks) == 1:
        lines = [line.strip() for line in blocks[0].split("\n")]
        if sum(len(line) > _UNWRAPPED for line in lines) * 2 > len(lines):
            return [line for line in lines if line]
    return blocks


def _front(blocks: list[str]) -> _Front:
    crumbs = _CRUMB.split(blocks[0]) if blocks and "\n" not in blocks[0] else []
    at = 1 if len(crumbs) > 1 else 0
    if len(blocks) <= at or "\n" in blocks[at] or len(blocks[at]) > _LONGEST_TITLE:
        return _Front()
    title = clean(blocks[at])
    section = None
    last_crumb = clean(crumbs[-1]) if at else ""
    if last_crumb and title.endswith(last_crumb):
        section = title.removesuffix(last_crumb).strip().rstrip(":|-–—").strip() or None
        title = last_crumb
    elif at:
        return _Front()
    published = read_date(blocks[at + 1]) if len(blocks) > at + 1 else None
    if not at and published is None:
        return _Front()
    return _Front(title, section, published, at + (2 if published else 1))


def _briefs(blocks: list[str]) -> Iterator[Draft]:
    """Yield the related articles, each once: a bullet's title, then its date and teaser."""
    seen: set[Draft] = set()
    for title, below in _items("\n\n".join(blocks).split("\n")[1:]):
        published, teaser = leading_date(below) or (None, below)
        body = write_blocks([Block(block) for block in blocks_of_text(teaser)])
        brief = Draft(Head(title, published=published), body)
        if title and body and brief not in seen:
            seen.add(brief)
            yield brief


def _items(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each bullet's line, and the lines below it up to the next one."""
    title, below = "", list[str]()
    for line in lines:
        bullet = _BULLET.match(line)
        if bullet is None:
            below.append(line.strip())
            continue
        yield title, "\n".join(below)
        title, below = clean(line[bullet.end() :]), []
    yield title, "\n".join(below)
