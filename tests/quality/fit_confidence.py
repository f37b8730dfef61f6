"""Fit the weights of `bot.core.relevance.confidence` anew, and say what they are worth on what is
left out.

    python -m tests.quality.fit_confidence wiki_tune ../shared/asking tests/quality/asking \\
        ../shared/quality/papers ../shared/quality/posts ../shared/quality/reviews \\
        tests/quality/pages --pages ../shared/pages

A folder holds ``corpus`` and ``questions.jsonl``; one without ``corpus`` asks about web pages,
whose true texts are in the folder ``--pages``, and names the paragraphs that answer. Rows with a
``kind`` are questions as people type them, and say which ones the articles don't answer; the others
are asked again without the article that answers. Every question that has an answer is judged a
third time by its candidates without the right passage. Logistic regression, with a ridge on the
standardised signals; the first folder counts most, those with typed questions twice as much as the
others. Judged by articles left out of the fit, and by whole folders left out.
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
from bot.core.article import Head
from bot.core.conversation import asking
from bot.core.library import Library
from bot.core.measuring.calibration import JudgedAsking, area_under_curve, at_precision
from bot.core.relevance.confidence import ANSWERED_FROM, UNANSWERED, Signals, confidence, signals
from bot.core.relevance.ranked import Ranked
from bot.core.seams import Analyzer
from bot.sources.formats.front_matter import write_front_matter
from bot.sources.formats.markdown import escape
from bot.wiring import library as wired

FIRST_WEIGHT = 8.0
"""Weight of the first folder; the others weigh 1 each, however many questions they have."""
TYPED_WEIGHT = 2.0
"""The same of a folder of questions as people type them."""
MOST_ASKED = 1000
"""Questions asked of a folder: of more every second, third and so on."""
UNSAID_WEIGHT = 2.5
"""Factor for a question that the articles don't answer."""
WRONG_WEIGHT = 2.0
"""Factor for a question as people type it whose first passage is a wrong one."""
WITHOUT_PASSAGE_WEIGHT = 0.2
"""Factor for the candidates without the right passage: another may answer as well."""
ROWS = 1000.0
"""Number of rankings that a folder of weight 1 counts as."""
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
    folder: str
    group: str
    """The group that is left out of the fit together: the article, or the paragraph of a folder
    with one article."""


class _Recorder:
    """Stands in for `bot.core.relevance.confidence.confidence`, and keeps what it was given."""

    def __init__(self) -> None:
        self.seen: tuple[list[Ranked], Analyzer] | None = None

    def __call__(self, ranked: Sequence[Ranked], analyzer: Analyzer) -> float:
        self.seen = list(ranked), analyzer
        return confidence(ranked, analyzer)


def write_pages(pages: Path, names: set[str], corpus: Path) -> None:
    """Write the true texts of some web pages as articles: each line is a paragraph."""
    corpus.mkdir()
    for name in sorted(names):
        lines = (pages / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        told = json.loads((pages / f"{name}.json").read_text(encoding="utf-8"))
        head = Head(told["title"], told["byline"])
        text = "\n\n".join(escape(line.strip()) for line in lines if line.strip())
        article = f"{write_front_matter(head)}\n{text}\n"
        (corpus / f"{name}.md").write_text(article, encoding="utf-8")


def judged(folder: Path, pages: Path) -> Iterator[Judged]:
    """Yield what the signals say of a folder's questions."""
    rows = [json.loads(line) for line in (folder / "questions.jsonl").open(encoding="utf-8")]
    typed = [
        row
        for row in rows
        if row.get("kind", "talk") != "talk"
        and not row.get("follows")
        and row.get("paragraph") != 0
    ]
    asked = typed or rows[:: -(-len(rows) // MOST_ASKED)]
    by_article: dict[str, list[str]] = {}
    for row in [] if typed else asked:
        by_article.setdefault(row["article"], []).append(row["question"])
    with TemporaryDirectory() as made:
        corpus = folder / "corpus"
        if not corpus.exists():
            corpus = Path(made) / "corpus"
            write_pages(pages, {row["article"] for row in rows}, corpus)
        library = wired(
            Settings(
                CorpusSettings(folder=corpus),
                SearchSettings(engine="rank-bm25", cache=Path(made) / "cache"),
            )
        )
        library.refresh()
        for row in asked:
            yield from _with_article(library, row, str(folder), len(by_article) == 1)
        for slug, questions in by_article.items() if len(by_article) > 1 else ():
            with library.left_out(slug):
                for question in questions:
                    for ranked, analyzer in _ranking(library, question):
                        found = signals(ranked, analyzer)
                        yield Judged(found, False, "article", str(folder), slug)


def _with_article(
    library: Library, row: dict[str, Any], folder: str, by_paragraph: bool
) -> Iterator[Judged]:
    for ranked, analyzer in _ranking(library, row["question"]):
        group = row["article"] or ranked[0].source.slug
        if by_paragraph:
            group += f"#{row['paragraph']}"
        kind = row.get("kind", "answer")
        first = kind == "answer" and _is_right(row, ranked[0], analyzer)
        yield Judged(signals(ranked, analyzer), first, kind, folder, group)
        others = [item for item in ranked if not _is_right(row, item, analyzer)]
        if kind == "answer" and others:
            yield Judged(signals(others, analyzer), False, "passage", folder, group)


def _ranking(library: Library, question: str) -> Iterator[tuple[list[Ranked], Analyzer]]:
    """Yield the ranking that a question's confidence rests on, if it has one: small talk, for
    example, has none."""
    recorder = _Recorder()
    with patch.object(asking, "confidence", recorder):
        library.ask(question, limit=1)
    if recorder.seen is not None:
        yield recorder.seen


def _is_right(row: dict[str, Any], item: Ranked, analyzer: Analyzer) -> bool:
    passage, slug = item.quoted(analyzer), item.source.slug
    numbers = range(passage.first, passage.last + 1)
    if "kind" not in row:
        return slug == row["article"] and row["paragraph"] in numbers
    also = [*row.get("also", ()), row.get("second")]
    if any(f"{slug}#{number}" in also for number in numbers):
        return True
    held = _plain(passage.text)
    return slug == row["article"] and any(_plain(words) in held for words in row.get("answers", ()))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def weights_of(rows: Sequence[Judged], first: str) -> Floats:
    """Return what each row weighs; the folder ``first`` weighs more than the others, and of these
    one that asks for what is not said. In such a one a wrong first passage counts more, too."""
    factors = {"decline": UNSAID_WEIGHT, "passage": WITHOUT_PASSAGE_WEIGHT}
    weights = np.array([factors.get(row.kind, 1.0) for row in rows])
    folders = np.array([row.folder for row in rows])
    is_wrong = np.array([row.kind == "answer" and not row.right for row in rows])
    for folder in dict.fromkeys(row.folder for row in rows):
        own = folders == folder
        is_typed = any(row.kind == "decline" for row in rows if row.folder == folder)
        if is_typed:
            weights[own & is_wrong] *= WRONG_WEIGHT
        share = FIRST_WEIGHT if folder == first else TYPED_WEIGHT if is_typed else 1.0
        weights[own] *= share * ROWS / weights[own].sum()
    return weights


def fit(rows: Sequence[Judged], weight: Floats) -> tuple[float, Floats]:
    """Return the intercept, and a weight for each signal, by Newton's method; ``weight`` is what
    each row weighs."""
    values = np.array([row.signals for row in rows], float)
    mean = np.average(values, axis=0, weights=weight)
    spread = np.sqrt(np.average((values - mean) ** 2, axis=0, weights=weight)) + 1e-9
    ones = np.ones((len(rows), 1))
    design = np.hstack([ones, (values - mean) / spread])
    right = np.array([row.right for row in rows], float)
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


def held_out(rows: Sequence[Judged], keys: Sequence[str], folds: int = FOLDS) -> list[float]:
    """Return the confidence of each row by weights fitted to the rows of other folds; rows of one
    key are in one fold."""
    weight = weights_of(rows, rows[0].folder)
    numbers = {key: number % folds for number, key in enumerate(sorted(set(keys)))}
    fold = np.array([numbers[key] for key in keys])
    result = [0.0] * len(rows)
    for number in sorted(set(numbers.values())):
        others = [row for row, own in zip(rows, fold, strict=True) if own != number]
        intercept, weights = fit(others, weight[fold != number])
        for at, row in enumerate(rows):
            if fold[at] == number:
                certain = float(1 / (1 + np.exp(-(intercept + weights @ np.array(row.signals)))))
                is_capped = row.signals.unanswered or row.signals.announced
                result[at] = min(certain, UNANSWERED) if is_capped else certain
    return result


def report(rows: Sequence[Judged], confidences: Sequence[float]) -> list[str]:
    """Return a line for each folder that says what confidences are worth."""
    both = list(zip(rows, confidences, strict=True))
    return [
        f"{folder}: {_worth([pair for pair in both if pair[0].folder == folder])}"
        for folder in dict.fromkeys(row.folder for row in rows)
    ]


def _worth(both: Sequence[tuple[Judged, float]]) -> str:
    answers = [(row.right, value >= ANSWERED_FROM) for row, value in both if row.kind == "answer"]
    unsaid = [value >= ANSWERED_FROM for row, value in both if row.kind == "decline"]
    left_out = [value >= ANSWERED_FROM for row, value in both if row.kind == "article"]
    parts = [
        f"right and answered {_percent(_mean([right and given for right, given in answers]))}",
        f"wrong and answered {_percent(_mean([not right and given for right, given in answers]))}",
    ]
    if unsaid:
        parts.append(f"answered of what is not said {_percent(_mean(unsaid))}")
    if left_out:
        asked = [
            JudgedAsking(value, row.right, row.kind == "answer", value >= ANSWERED_FROM)
            for row, value in both
            if row.kind in ("answer", "article")
        ]
        scores = [each.confidence for each in asked]
        right = area_under_curve(scores, [each.right for each in asked])
        answerable = area_under_curve(scores, [each.answerable for each in asked])
        share, _ = at_precision(asked)
        parts += [
            f"answered of articles left out {_percent(_mean(left_out))}",
            f"right or not {_percent(right)}",
            f"answerable or left out {_percent(answerable)}",
            f"answered at 95 % precision {_percent(share)}",
        ]
    return ", ".join(parts)


def _mean(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"


def main() -> None:
    """Fit to the folders named on the command line, and write what is found."""
    parser = argparse.ArgumentParser(description="Fit the confidence anew.")
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--pages", type=Path, default=Path("../shared/pages"))
    given = parser.parse_args()
    rows = [row for folder in given.folder for row in judged(folder, given.pages)]
    intercept, weights = fit(rows, weights_of(rows, rows[0].folder))
    lines = [f"_INTERCEPT = {intercept:.2f}"]
    lines += [
        f"    {name}={weight:.2f}," for name, weight in zip(Signals._fields, weights, strict=True)
    ]
    groups = [f"{row.folder}/{row.group}" for row in rows]
    lines += ["on articles left out of the fit:", *report(rows, held_out(rows, groups))]
    folders = [row.folder for row in rows]
    if len(set(folders)) > 1:
        left = report(rows, held_out(rows, folders, len(folders)))
        lines += ["on folders left out of the fit:", *left]
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
