"""A web page's title: the headline that a reader sees above the article, without the site's
name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from bot.sources.formats.html.blocks.page_blocks import PageBlock, blocks_of
from bot.sources.formats.html.blocks.part_names import Elsewhere
from bot.sources.formats.html.blocks.wording import count_words, words_of

_UNSPACED = "\u3040-\u30ff\u3400-\u9fff"
_SITE_MARK = re.compile(
    r"\s+[|–—\-·»«:•~]+\s+|\s*[|｜]\s*|(?<=\w):\s+"
    rf"|(?<=[{_UNSPACED}”》！？])(?:_+|\s?[-–—－]+\s?(?=\w{{1,12}}[网網报報]\Z))(?=\w)"
)
_NO_TITLE = frozenset(
    "home homepage untitled index article post page blog news welcome startseite accueil".split()
)
_HEAD_BLOCKS = 12
"""Number of blocks from the title on that are the article's head."""
_PARAGRAPH = 20
"""Number of words below which a block is a standfirst, a byline or a date."""
_LEAST_SHARE = 0.33
"""Share of a page's title that a heading has which is its first part."""
_LEAST_WORDS = 3
_SITE_WORDS = 6
"""Most words of a site's name and its parts'."""
_BOXES = ("div", "article", "main", "section", "header")
_AROUND = 4
"""Number of boxes around the title whose lines may belong to it."""
_AGREED = 0.75
"""Share of two titles' words that must agree for them to be the same (F1 over the words)."""


def find_title(tree: HtmlElement, elsewhere: Elsewhere, declared: Sequence[str], site: str) -> str:
    """Return the headline as it is above the article if a heading confirms the page's declaration
    (``declared``, the most trusted first); "" if the page has no title at all. An unconfirmed
    heading, such as a site's name, is used only if nothing is declared."""
    declared = [text for text in declared if text]
    headings = _headings(tree, elsewhere)
    own = [text for text in declared if not _is_site(text, site)]
    for text in own:
        plain = without_site(text, site, own)
        scored = [(_agreement(heading, plain), -number) for number, heading in enumerate(headings)]
        if scored and max(scored)[0] >= _AGREED:
            return headings[-max(scored)[1]]
        for heading in headings:
            if _begins(text, heading, headings):
                return heading
        if (short := _short_title(tree, text, headings)) is not None:
            return short
    # a longer headline than the one that was made for search engines, within the article itself
    within = [
        heading_text(h)
        for h in tree.iter("h1")
        if any(parent.tag in ("article", "main") for parent in h.iterancestors())
        or "headline" in (h.get("itemprop") or "")
    ]
    within = [text for text in dict.fromkeys(within) if 4 <= len(text.split()) <= 40]
    if own:
        if len(within) == 1 and _shared(within[0], own[0]) >= 2:
            return within[0]
        return without_site(own[0], site, own)
    first = [heading for heading in headings if not _is_site(heading, site)]
    return (within or first or declared or headings or [""])[0]


def _begins(title: str, heading: str, headings: Sequence[str]) -> bool:
    """Return whether a heading is the first part of a page's title, before the names of the site's
    parts, and not the site's own name, which another heading follows in the title."""
    mark = _SITE_MARK.match(title, len(heading)) if title.startswith(heading) else None
    if mark is None or ":" in mark[0] or len(heading) < _LEAST_SHARE * len(title):
        return False
    rest = title[mark.end() :]
    return count_words(heading) >= _LEAST_WORDS and all(
        _agreement(other, rest) < _AGREED for other in headings
    )


def _short_title(tree: HtmlElement, title: str, headings: Sequence[str]) -> str | None:
    """Return the page's only main heading if it is of a word or two, within the page's main part,
    and the page's title is this heading and the site's name."""
    found = [heading for heading in tree.iter("h1") if heading_text(heading)]
    if len(found) != 1:
        return None
    text = heading_text(found[0])
    mark = _SITE_MARK.match(title, len(text)) if title.startswith(text) else None
    if mark is None or ":" in mark[0] or count_words(text) >= _LEAST_WORDS:
        return None
    is_main = any(
        part.tag in ("main", "article") or "main" in (part.get("role"), part.get("id"))
        for part in found[0].iterancestors()
    )
    rest = title[mark.end() :]
    is_site = count_words(rest) <= _SITE_WORDS and all(
        _agreement(other, rest) < _AGREED for other in headings
    )
    return text if is_main and is_site else None


def without_site(title: str, site: str, others: Sequence[str]) -> str:
    """Return a title without the site's name at its end or its beginning."""
    for text in others:
        if text != title and len(text.split()) >= 2 and (
            title.startswith(text) or title.endswith(text)
        ):  # fmt: skip
            return text
    marks = list(_SITE_MARK.finditer(title))
    if not marks:
        return title
    head, tail = title[: marks[0].start()], title[marks[-1].end() :]
    if site and head.casefold() == site.casefold():
        return title[marks[0].end() :]
    if site and tail.casefold() == site.casefold():
        return title[: marks[-1].start()]
    body = title[: marks[-1].start()]
    if "_" in marks[0][0] and count_words(head) >= _LEAST_WORDS:
        return head  # the site's parts and its name, as Chinese sites write them
    if ":" not in marks[-1][0] and len(tail.split()) <= 4 and count_words(body) >= _LEAST_WORDS:
        return body
    return title


def heading_text(heading: HtmlElement) -> str:
    """Return a heading's text as a reader sees it, on one line."""
    return " ".join(" ".join(block.text for block in blocks_of(heading)).split())


def _headings(tree: HtmlElement, elsewhere: Elsewhere) -> list[str]:
    """Return the texts of the page's headings, those of the highest level first."""
    found = []
    for level in ("h1", "h2", "h3", "h4"):
        for heading in tree.iter(level):
            text = heading_text(heading)
            if 3 <= len(text) <= 400 and not elsewhere.holds(heading):
                found.append(text)
    return found[:200]


def _is_site(title: str, site: str) -> bool:
    folded = title.casefold().strip()
    return folded in _NO_TITLE or bool(site and folded == site.casefold())


def _words(text: str) -> Counter[str]:
    return Counter(words_of(text))


def _agreement(first: str, second: str) -> float:
    one, two = _words(first), _words(second)
    return 2 * (one & two).total() / max(1, one.total() + two.total())


def _shared(first: str, second: str) -> int:
    """Return the number of longer words that two titles have in common."""
    return sum(len(word) > 3 for word in _words(first) & _words(second))


def blocks_at_head(
    elsewhere: Elsewhere, blocks: Sequence[PageBlock], title: str
) -> Iterator[PageBlock]:
    """Yield the blocks around the title, where an article names its author and date: up to the next
    heading below its first paragraph. Of the lines above the title those that share a box with it:
    others are the site's, such as today's date."""
    if not blocks:
        return
    start = next((n for n, block in enumerate(blocks) if title and title in block.text), 0)
    around = set(islice(blocks[start].element.iterancestors(*_BOXES), _AROUND))
    has_text = False
    for number, block in enumerate(blocks[: start + _HEAD_BLOCKS]):
        if number < start - 3 or elsewhere.holds(block.element):
            continue
        if number < start and around and around.isdisjoint(block.element.iterancestors()):
            continue
        if number > start and block.kind == "heading" and has_text:
            return
        has_text = has_text or (number > start and block.words >= _PARAGRAPH)
        yield block
