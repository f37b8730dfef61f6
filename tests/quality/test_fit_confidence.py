"""The fit of the confidence: it finds the weights that made its data, and judges by the rest."""

from __future__ import annotations

import math
from pathlib import Path
from random import Random

import pytest

from bot.core.relevance.confidence import UNANSWERED, Signals
from tests.quality.fit_confidence import Judged, fit, held_out, report, weights_of, write_pages

FIELDS = len(Signals._fields)
ZEROS = Signals(*[0.0] * FIELDS)


def rows(seed: int = 0) -> list[Judged]:
    """Rankings that are right by a known rule: the first signal for, the second against."""
    random = Random(seed)  # noqa: S311 - to be repeatable
    found = []
    for number in range(3000):
        values = [random.random() for _ in range(FIELDS)]
        found_signals = Signals(*values)._replace(unanswered=0.0, announced=0.0)
        chance = 1 / (1 + math.exp(-(1 + 4 * values[0] - 6 * values[1])))
        right = random.random() < chance
        kind = "answer" if number % 3 else "article"
        found.append(Judged(found_signals, right, kind, "wiki", f"article-{number % 12}"))
    return found


def test_the_weights_that_made_the_answers_are_found() -> None:
    given = rows()
    intercept, weights = fit(given, weights_of(given, "wiki"))
    assert weights[0] == pytest.approx(4, abs=0.5)
    assert weights[1] == pytest.approx(-6, abs=0.5)
    assert max(map(abs, weights[2:])) < 0.6
    assert intercept == pytest.approx(1, abs=0.6)


def test_what_is_held_out_is_judged_by_the_others() -> None:
    given = rows()
    confidences = held_out(given, [row.group for row in given])
    assert all(0 < value < 1 for value in confidences)
    right = [value for row, value in zip(given, confidences, strict=True) if row.right]
    wrong = [value for row, value in zip(given, confidences, strict=True) if not row.right]
    assert sum(right) / len(right) > sum(wrong) / len(wrong) + 0.15
    (line,) = report(given, confidences)
    assert ", right or not 8" in line


def test_what_cannot_answer_is_held_below_an_answer_as_in_the_confidence() -> None:
    given = [
        row._replace(signals=row.signals._replace(unanswered=float(not number % 5)))
        for number, row in enumerate(rows())
    ]
    confidences = held_out(given, [row.group for row in given])
    unanswered = [
        value for row, value in zip(given, confidences, strict=True) if row.signals.unanswered
    ]
    assert max(unanswered) == UNANSWERED
    assert max(confidences) > 0.8


def test_the_first_folder_counts_most_and_typed_questions_more_than_others() -> None:
    given = [
        Judged(ZEROS, True, "answer", "wiki", "a"),
        Judged(ZEROS, False, "passage", "wiki", "a"),
        Judged(ZEROS, True, "answer", "typed", "a"),
        Judged(ZEROS, False, "decline", "typed", "b"),
        Judged(ZEROS, False, "answer", "typed", "b"),
        Judged(ZEROS, False, "article", "papers", "a"),
        Judged(ZEROS, False, "answer", "papers", "a"),
    ]
    weights = weights_of(given, "wiki")
    assert weights[:2].sum() == pytest.approx(8000)
    assert weights[2:5].sum() == pytest.approx(2000)
    assert weights[5:].sum() == pytest.approx(1000)
    assert weights[1] == pytest.approx(0.2 * weights[0])
    assert weights[3] == pytest.approx(2.5 * weights[2])
    assert weights[4] == pytest.approx(2.0 * weights[2])
    assert weights[6] == pytest.approx(weights[5])


def test_a_folder_is_reported_by_what_is_given_as_an_answer() -> None:
    given = [
        Judged(ZEROS, True, "answer", "typed", "a"),
        Judged(ZEROS, False, "answer", "typed", "a"),
        Judged(ZEROS, False, "decline", "typed", "b"),
        Judged(ZEROS, False, "passage", "typed", "a"),
        Judged(ZEROS, True, "answer", "wiki", "c"),
        Judged(ZEROS, False, "article", "wiki", "c"),
    ]
    assert report(given, [0.9, 0.6, 0.1, 0.9, 0.7, 0.2]) == [
        "typed: right and answered 50.0, wrong and answered 50.0, answered of what is not said 0.0",
        "wiki: right and answered 100.0, wrong and answered 0.0, answered of articles left out 0.0,"
        " right or not 100.0, answerable or left out 100.0, answered at 95 % precision 100.0",
    ]


def test_a_page_is_an_article_with_a_paragraph_for_each_line(tmp_path: Path) -> None:
    told = '{"title": "The mill: 1902", "byline": null, "publishedTime": null, "lang": "en"}'
    (tmp_path / "mill.json").write_text(told)
    (tmp_path / "mill.txt").write_text("\nThe mill burned.\n# It is not a heading.\n")
    write_pages(tmp_path, {"mill"}, tmp_path / "corpus")
    (made,) = (tmp_path / "corpus").iterdir()
    assert made.name == "mill.md"
    text = "The mill burned.\n\n\\# It is not a heading.\n"
    assert made.read_text() == f"---\ntitle: 'The mill: 1902'\n---\n\n{text}"
