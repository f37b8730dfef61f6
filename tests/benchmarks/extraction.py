"""Precision and recall of articles read from web pages: ours beside trafilatura alone.

    python -m tests.benchmarks.extraction [--pages 240] [--folder DIR] [--json]

The pages are made, so their true text is known: ``sites`` are built as publishing systems build
theirs (`tests.sources.made_sites`), and trafilatura does about as well on them as on real ones;
``noisy`` are fuller of trimmings than any (`tests.sources.made_pages`). Measured is what a public
benchmark of news pages measures: the runs of four words that a text found and the true text have
in common, precision and recall as means over the pages, F1 of the two; and the time for a page.
What counts is the distance between the lines: on real pages all are lower. With ``--folder``, real
pages are read instead: NAME.html.gz, with the true text of its article in NAME.txt.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import trafilatura

from bot.core.errors import ArticleError
from bot.sources.formats.html.blocks.wording import words_of
from bot.sources.formats.html.page import read_html
from bot.sources.formats.markdown import article_of
from tests.sources.made_pages import Page, make_page
from tests.sources.made_sites import make_site_page


class Result(NamedTuple):
    """The result of one way of reading pages."""

    pages: str
    """``sites`` or ``noisy``."""
    name: str
    f1: float
    precision: float
    recall: float
    milliseconds: float
    """A page, on average."""


class RealPage(NamedTuple):
    """A page from a folder."""

    html: bytes
    body: tuple[str, ...]
    """The true text."""


def ours(html: str | bytes) -> str:
    """The text as ``add`` keeps it."""
    data = html.encode() if isinstance(html, str) else html
    try:
        return article_of("page", read_html(data, "page")[0]).text
    except ArticleError:
        return ""


def alone(html: str | bytes) -> str:
    """trafilatura as the library gives it."""
    return trafilatura.extract(html) or ""


def without_comments(html: str | bytes) -> str:
    """trafilatura, told to leave readers' comments out."""
    return trafilatura.extract(html, include_comments=False) or ""


def precise(html: str | bytes) -> str:
    """trafilatura, told to rather leave out too much."""
    return trafilatura.extract(html, include_comments=False, favor_precision=True) or ""


WAYS: dict[str, Callable[[str | bytes], str]] = {
    "articlebot": ours,
    "trafilatura": alone,
    "trafilatura, no comments": without_comments,
    "trafilatura, precision": precise,
}


KINDS: dict[str, Callable[[int], Page]] = {"sites": make_site_page, "noisy": make_page}


def pages_in(folder: Path) -> list[RealPage]:
    """The pages of a folder."""
    return [
        RealPage(
            gzip.decompress(file.read_bytes()),
            (file.with_name(file.name.removesuffix(".html.gz") + ".txt").read_text("utf-8"),),
        )
        for file in sorted(folder.glob("*.html.gz"))
    ]


def measure(kind: str, made: Sequence[Page | RealPage]) -> list[Result]:
    """Read these pages each way."""
    pages = len(made)
    results = []
    for name, way in WAYS.items():
        way(made[0].html)  # imports are not counted
        begun = time.perf_counter()
        found = [way(page.html) for page in made]
        took = time.perf_counter() - begun
        precision, recall = 0.0, 0.0
        for page, text in zip(made, found, strict=True):
            true, got = _runs("\n".join(page.body)), _runs(text)
            both = (true & got).total()
            precision += both / max(1, got.total()) / pages
            recall += both / true.total() / pages
        f1 = 2 * precision * recall / (precision + recall)
        results.append(Result(kind, name, f1, precision, recall, 1000 * took / pages))
    return results


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = words_of(text)
    return Counter(tuple(words[start : start + 4]) for start in range(max(1, len(words) - 3)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print a line for each way."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--pages", type=int, default=240, help="how many pages (default: 240)")
    parser.add_argument(
        "--folder", type=Path, metavar="DIR", help="real pages in place of made ones"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    if options.folder is not None:
        results = measure("real", pages_in(options.folder))
    else:
        results = [
            result
            for kind, make in KINDS.items()
            for result in measure(kind, [make(seed) for seed in range(options.pages)])
        ]
    if options.json:
        json.dump([result._asdict() for result in results], sys.stdout, indent=2)
        print()
        return 0
    print(f"{'':33}    F1  precision  recall  ms a page")
    for kind, name, f1, precision, recall, milliseconds in results:
        print(f"{kind:6} {name:26} {f1:.3f}  {precision:9.3f} {recall:7.3f}  {milliseconds:9.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
