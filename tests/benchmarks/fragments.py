"""Share of links to a page's paragraphs that lead there: text fragments, as a browser follows them.

    python -m tests.benchmarks.fragments [FOLDER] [--worst N]

FOLDER holds pages as NAME.html or NAME.html.gz; without one, the pages are made
(`tests.sources.made_sites`). Each page is read as ``add`` reads it, and each paragraph of its
article gets a link, as an answer that quotes it has. A link counts where a browser, as
`tests.fakes.browser` follows the specification on the page itself, marks a text that begins and
ends with the paragraph's own words, be it without its heading or short first items. Tables and
ordered lists are counted on their own, too.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.core.article import Span
from bot.core.errors import ArticleError
from bot.core.passages.fragments import link_to
from bot.sources.formats.html.blocks.page_tree import parse
from bot.sources.formats.html.page import read_html
from bot.sources.formats.markdown import article_of
from tests.fakes.browser import follow, text_of_page
from tests.sources.made_sites import make_site_page

_URL = "https://page.test/"
_NUMBERED = re.compile(r"(?m)^\d+[.)] ")
_MOST_SKIPPED = 5
_AT_AN_END = 3
"""Words at either end that are compared."""


def pages_in(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    """Pages by name: those of a folder, or made ones."""
    if folder is None:
        for seed in range(120):
            yield f"made {seed}", make_site_page(seed).html.encode()
        return
    for file in sorted(folder.iterdir()):
        if file.name.endswith(".html.gz"):
            yield file.name, gzip.decompress(file.read_bytes())
        elif file.suffix == ".html":
            yield file.name, file.read_bytes()


def kind_of(paragraph: str) -> str:
    """Return the kind of a paragraph: a table, an ordered list, or text."""
    last = paragraph.split("\n\n")[-1]
    rows = [line for line in last.split("\n") if " | " in line]
    if len(rows) > 1:
        return "table"
    return "ordered list" if len(_NUMBERED.findall(last)) > 1 else "text"


def leads(link: str, page: str, paragraph: str) -> bool:
    """Return whether a browser that follows the link marks this paragraph on the page."""
    found: Span | None = follow(link, page)
    if found is None:
        return False
    marked = words_of(page[found.start : found.end])
    lines = [words for line in re.split(r"\n| \| ?", paragraph) if (words := words_of(line))]
    for skipped in range(min(_MOST_SKIPPED, len(lines))):
        wanted = [word for line in lines[skipped:] for word in line]
        count = min(_AT_AN_END, len(wanted))
        if marked[:count] == wanted[:count] and marked[-count:] == wanted[-count:]:
            return True
    return not any(map(str.isalpha, paragraph))


def words_of(text: str) -> list[str]:
    """The words of a text, as they are compared: without numbers, which lists are given."""
    return [word for word in re.findall(r"\w+", text.casefold()) if not word.isdecimal()]


def measure(folder: Path | None) -> tuple[Counter[str], Counter[str], list[tuple[str, str, str]]]:
    """Return how many paragraphs of each kind there are, how many links lead to theirs, and those
    that do not: the page, the paragraph, the link."""
    total: Counter[str] = Counter()
    led: Counter[str] = Counter()
    failed = []
    for name, data in pages_in(folder):
        try:
            article = article_of("page", read_html(data, "page")[0])
        except ArticleError:
            continue
        page = text_of_page(parse(data))
        for start, end in article.paragraphs:
            paragraph = article.text[start:end]
            kind = kind_of(paragraph)
            link = link_to(_URL, article.text, start, end)
            total[kind] += 1
            if leads(link, page, paragraph):
                led[kind] += 1
            else:
                failed.append((name, paragraph, link))
    return total, led, failed


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument(
        "--worst", type=int, default=0, metavar="N", help="show N that lead nowhere"
    )
    options = parser.parse_args()
    total, led, failed = measure(options.folder)
    print(f"{sum(led.values())} of {sum(total.values())} links lead to their words")
    for kind in sorted(total):
        print(f"  {kind:12} {led[kind]} of {total[kind]}")
    for name, paragraph, link in failed[: options.worst]:
        print(f"{name}\n    {paragraph[:300]!r}\n    {link}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
