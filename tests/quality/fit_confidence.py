"""Fit the weights of `bot.core.confidence` anew, and say what they are worth on articles left out.

    python -m tests.quality.fit_confidence wiki_tune ../shared/asking tests/quality/asking

A folder holds ``corpus`` and ``questions.jsonl``. Rows with a ``kind`` are questions as people type
them, and say which ones the articles don't answer; the others are asked again without the article
that answers. Every question that has an answer is judged a third time by its candidates without the
right passage. Logistic regression, with a ridge on the standardised signals.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core import asking
from bot.core.calibration import JudgedAsking, area_under_curve, at_precision
from bot.core.confidence import ANSWERED_FROM, Signals, confidence, signals
from bot.core.library import Library
from bot.core.ranked import Ranked
from bot.core.seams import Analyzer
from bot.wiring import library as wired

TYPED_WEIGHT = 3.0
"""Weight of a question as people type it; of the others every third is asked, for there are
thousands."""
EVERY = 3
UNSAID_WEIGHT = 2.0
"""Factor for a question that the articles don't answer."""
WITHOUT_PASSAGE_WEIGHT = 0.3
"""Factor for the candidates without the right passage: another may answer as well."""
RIDGE = 2.0
FOLDS = 6
_STEPS = 30

Floats = NDArray[np.float64]


class Judged(NamedTuple):
    """One ranking, as the fit sees it."""

    signals: Signals
    right: bool
    kind: str
    """``answer``, ``decline``, ``article`` (left out) or ``passage`` (left out)."""
    article: str
    is_typed: bool

    @property
    def weight(self) -> float:
        return (
            (TYPED_WEIGHT if self.is_typed else 1.0)
            * (UNSAID_WEIGHT if self.kind == "decline" else 1.0)
            * (WITHOUT_PASSAGE_WEIGHT if self.kind == "passage" else 1.0)
        )


class _Recorder:
    """Stands in for `bot.core.confidence.confidence`, and keeps what it was given."""

    def __init__(self) -> None:
        self.seen: tuple[list[Ranked], Analyzer] | None = None

    def __call__(self, ranked: Sequence[Ranked], analyzer: Analyzer) -> float:
        self.seen = list(ranked), analyzer
        return confidence(ranked, analyzer)


def judged(folder: Path) -> Iterator[Judged]:
    """Yield what the signals say of a folder's questions."""
    rows = [json.loads(line) for line in (folder / "questions.jsonl").open(encoding="utf-8")]
    typed = [
        row
        for row in rows
        if row.get("kind", "talk") != "talk" and not row.get("follows") and row["paragraph"] != 0
    ]
    with TemporaryDirectory() as cache:
        library = wired(
            Settings(
                CorpusSettings(folder=folder / "corpus"),
                SearchSettings(engine="rank-bm25", cache=Path(cache)),
            )
        )
        library.refresh()
        for row in typed or rows[::EVERY]:
            yield from _with_article(library, row, is_typed=bool(typed))
        by_article: dict[str, list[str]] = {}
        for row in [] if typed else rows[::EVERY]:
            by_article.setdefault(row["article"], []).append(row["question"])
        for slug, questions in by_article.items():
            with library.left_out(slug):
                for question in questions:
                    for ranked, analyzer in _ranking(library, question):
                        yield Judged(signals(ranked, analyzer), False, "article", slug, False)


def _with_article(library: Library, row: dict[str, Any], is_typed: bool) -> Iterator[Judged]:
    for ranked, analyzer in _ranking(library, row["question"]):
        article = row["article"] or ranked[0].source.slug
        kind = row.get("kind", "answer")
        first = kind == "answer" and _is_right(row, ranked[0])
        yield Judged(signals(ranked, analyzer), first, kind, article, is_typed)
        others = [item for item in ranked if not _is_right(row, item)]
        if kind == "answer" and others:
            yield Judged(signals(others, analyzer), False, "passage", article, is_typed)


def _ranking(library: Library, question: str) -> Iterator[tuple[list[Ranked], Analyzer]]:
    """Yield the ranking that a question's confidence rests on, if it has one: small talk, for
    example, has none."""
    recorder = _Recorder()
    with patch.object(asking, "confidence", recorder):
        library.ask(question, limit=1)
    if recorder.seen is not None:
        yield recorder.seen


def _is_right(row: dict[str, Any], item: Ranked) -> bool:
    passage, slug = item.passage, item.source.slug
    numbers = range(passage.first, passage.last + 1)
    if "kind" not in row:
        return slug == row["article"] and row["paragraph"] in numbers
    also = [*row.get("also", ()), row.get("second")]
    if any(f"{slug}#{number}" in also for number in numbers):
        return True
    held = _plain(passage.text)
    return slug == row["article"] and any(_plain(words) in held for words in row["answers"])


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def fit(rows: Sequence[Judged]) -> tuple[float, Floats]:
    """Return the intercept, and a weight for each signal, by Newton's method."""
    values = np.array([row.signals for row in rows], float)
    mean, spread = values.mean(0), values.std(0) + 1e-9
    ones = np.ones((len(rows), 1))
    design = np.hstack([ones, (values - mean) / spread])
    right = np.array([row.right for row in rows], float)
    weight = np.array([row.weight for row in rows])
    ridge = RIDGE * np.eye(design.shape[1])
    ridge[0, 0] = 0.0
    found = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-design @ found))
        slope = design.T @ (weight * (right - chance)) - ridge @ found
        curve = (design * (weight * chance * (1 - chance))[:, None]).T @ design + ridge
        step = np.linalg.solve(curve, slope)
        found = found + step
        if float(np.abs(step).max()) < 1e-6:
            break
    weights = found[1:] / spread
    return float(found[0] - weights @ mean), weights


def held_out(rows: Sequence[Judged]) -> list[float]:
    """Return the confidence of each row by weights fitted to the other articles."""
    articles = sorted({row.article for row in rows})
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    result = [0.0] * len(rows)
    for number in range(FOLDS):
        intercept, weights = fit([row for row in rows if fold[row.article] != number])
        for at, row in enumerate(rows):
            if fold[row.article] == number:
                certain = float(1 / (1 + np.exp(-(intercept + weights @ np.array(row.signals)))))
                result[at] = certain * ANSWERED_FROM if row.signals.unrelated else certain
    return result


def report(rows: Sequence[Judged], confidences: Sequence[float]) -> list[str]:
    """Return lines that say what confidences are worth."""
    lines = []
    both = list(zip(rows, confidences, strict=True))
    asked = [
        JudgedAsking(value, row.right, row.kind == "answer", value >= ANSWERED_FROM)
        for row, value in both
        if not row.is_typed and row.kind in ("answer", "article")
    ]
    if asked:
        scores = [each.confidence for each in asked]
        right = area_under_curve(scores, [each.right for each in asked])
        answerable = area_under_curve(scores, [each.answerable for each in asked])
        share, _ = at_precision(asked)
        lines.append(
            f"right or not {_percent(right)}, answerable or left out {_percent(answerable)},"
            f" answered at 95 % precision {_percent(share)}"
        )
    answers = [(row, value) for row, value in both if row.is_typed and row.kind == "answer"]
    unsaid = [value for row, value in both if row.kind == "decline"]
    if answers and unsaid:
        given = [row for row, value in answers if value >= ANSWERED_FROM]
        lines.append(
            f"typed: right and answered {_percent(sum(r.right for r in given) / len(answers))},"
            f" wrong and answered {_percent(sum(not r.right for r in given) / len(answers))}, of"
            " what is not said"
            f" {_percent(sum(value >= ANSWERED_FROM for value in unsaid) / len(unsaid))} answered"
        )
    return lines


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"


def main() -> None:
    """Fit to the folders named on the command line, and write what is found."""
    parser = argparse.ArgumentParser(description="Fit the confidence anew.")
    parser.add_argument("folder", nargs="+", type=Path)
    rows = [row for folder in parser.parse_args().folder for row in judged(folder)]
    intercept, weights = fit(rows)
    lines = [f"_INTERCEPT = {intercept:.2f}"]
    lines += [
        f"    {name}={weight:.2f}," for name, weight in zip(Signals._fields, weights, strict=True)
    ]
    lines += ["on articles left out of the fit:", *report(rows, held_out(rows))]
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
