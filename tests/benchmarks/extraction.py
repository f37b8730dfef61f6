"""How much of a web page's article is found, and how much else: ours beside trafilatura alone.

    python -m tests.benchmarks.extraction [--pages 240] [--json]

The pages are made (see `tests.sources.made_pages`): their true text is known. Measured is what a
public benchmark of news pages measures: the runs of four words that a text found and the true
text have in common, precision and recall as means over the pages, F1 of the two; and the time
for a page. The made pages are fuller of trimmings than real ones, so all figures differ from those
on real pages; what counts is the distance between the lines.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import trafilatura

from bot.core.errors import ArticleError
from bot.sources.html import read_html
from bot.sources.markdown import article_of
from bot.sources.wording import words_of
from tests.sources.made_pages import make_page


class Result(NamedTuple):
    """What one way of reading pages came to."""

    name: str
    f1: float
    precision: float
    recall: float
    milliseconds: float
    """A page, on average."""


def ours(html: str) -> str:
    """The text as ``add`` keeps it."""
    try:
        return article_of("page", read_html(html.encode(), "page")[0]).text
    except ArticleError:
        return ""


def alone(html: str) -> str:
    """trafilatura as the library gives it."""
    return trafilatura.extract(html) or ""


def without_comments(html: str) -> str:
    """trafilatura, told to leave readers' comments out."""
    return trafilatura.extract(html, include_comments=False) or ""


def precise(html: str) -> str:
    """trafilatura, told to rather leave out too much."""
    return trafilatura.extract(html, include_comments=False, favor_precision=True) or ""


WAYS: dict[str, Callable[[str], str]] = {
    "articlebot": ours,
    "trafilatura": alone,
    "trafilatura, no comments": without_comments,
    "trafilatura, precision": precise,
}


def measure(pages: int) -> list[Result]:
    """Read as many pages each way."""
    made = [make_page(seed) for seed in range(pages)]
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
        results.append(Result(name, f1, precision, recall, 1000 * took / pages))
    return results


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = words_of(text)
    return Counter(tuple(words[start : start + 4]) for start in range(max(1, len(words) - 3)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print a line for each way."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--pages", type=int, default=240, help="how many pages (default: 240)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    results = measure(options.pages)
    if options.json:
        json.dump([result._asdict() for result in results], sys.stdout, indent=2)
        print()
        return 0
    print(f"{'':26}    F1  precision  recall  ms a page")
    for name, f1, precision, recall, milliseconds in results:
        print(f"{name:26} {f1:.3f}      {precision:.3f}   {recall:.3f}     {milliseconds:6.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
