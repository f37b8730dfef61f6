"""The fit of the confidence: it finds the weights that made its data, and judges by the rest."""

from __future__ import annotations

import math
from random import Random

import pytest

from bot.core.confidence import Signals
from tests.quality.fit_confidence import Judged, fit, held_out, report

FIELDS = len(Signals._fields)


def rows(seed: int = 0) -> list[Judged]:
    """Rankings that are right by a known rule: the first signal for, the second against."""
    random = Random(seed)  # noqa: S311 - to be repeatable
    found = []
    for number in range(3000):
        values = [random.random() for _ in range(FIELDS)]
        chance = 1 / (1 + math.exp(-(1 + 4 * values[0] - 6 * values[1])))
        right = random.random() < chance
        kind = "answer" if number % 3 else "article"
        found.append(Judged(Signals(*values), right, kind, f"article-{number % 12}", False))
    return found


def test_the_weights_that_made_the_answers_are_found() -> None:
    intercept, weights = fit(rows())
    assert weights[0] == pytest.approx(4, abs=0.5)
    assert weights[1] == pytest.approx(-6, abs=0.5)
    assert max(map(abs, weights[2:])) < 0.6
    assert intercept == pytest.approx(1, abs=0.6)


def test_what_is_held_out_is_judged_by_the_others() -> None:
    given = rows()
    confidences = held_out(given)
    assert all(0 < value < 1 for value in confidences)
    right = [value for row, value in zip(given, confidences, strict=True) if row.right]
    wrong = [value for row, value in zip(given, confidences, strict=True) if not row.right]
    assert sum(right) / len(right) > sum(wrong) / len(wrong) + 0.15
    (line,) = report(given, confidences)
    assert line.startswith("right or not 8")


def test_typed_questions_are_reported_by_what_is_given_as_an_answer() -> None:
    zeros = Signals(*[0.0] * FIELDS)
    given = [
        Judged(zeros, True, "answer", "a", True),
        Judged(zeros, False, "answer", "a", True),
        Judged(zeros, False, "decline", "b", True),
        Judged(zeros, False, "passage", "a", True),
    ]
    (line,) = report(given, [0.9, 0.6, 0.1, 0.9])
    assert line == (
        "typed: right and answered 50.0, wrong and answered 50.0, of what is not said 0.0 answered"
    )
    assert [row.weight for row in given] == pytest.approx([3, 3, 6, 0.9])
