"""The confidence tells how often answers are right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.measuring.calibration import (
    JudgedAsking,
    area_under_curve,
    at_precision,
    certainty,
    reliability,
)

RIGHT = JudgedAsking(0.9, True, True, True)
WRONG = JudgedAsking(0.6, False, True, True)
NONE = JudgedAsking(0.2, False, False, False)


@pytest.mark.parametrize(
    ("scores", "positive", "area"),
    [
        ([0.9, 0.8, 0.1], [True, True, False], 1.0),
        ([0.1, 0.9], [True, False], 0.0),
        ([0.5, 0.5], [True, False], 0.5),
        ([0.9, 0.5, 0.5, 0.1], [True, True, False, False], 0.875),
        ([0.5], [True], None),
        ([], [], None),
    ],
)
def test_the_area_is_the_chance_that_a_right_one_scores_more(
    scores: list[float], positive: list[bool], area: float | None
) -> None:
    assert area_under_curve(scores, positive) == area


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=30))
def test_the_area_is_that_of_comparing_every_pair(pairs: list[tuple[int, bool]]) -> None:
    won = [
        1.0 if high > low else 0.5 if high == low else 0.0
        for high, is_positive in pairs
        if is_positive
        for low, other in pairs
        if not other
    ]
    area = area_under_curve([score for score, _ in pairs], [positive for _, positive in pairs])
    assert area == (pytest.approx(sum(won) / len(won)) if won else None)


def test_as_many_are_answered_as_the_precision_allows() -> None:
    outcomes = [RIGHT] * 19 + [WRONG] + [NONE] * 20
    assert at_precision(outcomes) == (1.0, 0.6)
    assert at_precision(outcomes, 0.96) == (0.95, 0.9)
    assert at_precision([WRONG, NONE]) == (0.0, None)
    assert at_precision([NONE]) == (None, None)


def test_askings_of_one_confidence_are_answered_together_or_not_at_all() -> None:
    assert at_precision([RIGHT, RIGHT._replace(right=False)]) == (0.0, None)


def test_the_reliability_table_has_every_asking_in_one_bin() -> None:
    bins = reliability([RIGHT, WRONG, NONE, JudgedAsking(1.0, True, True, True)])
    assert [(each.askings, each.confidence, each.right) for each in bins] == [
        (0, None, None),
        (0, None, None),
        (1, 0.2, 0.0),
        (0, None, None),
        (0, None, None),
        (0, None, None),
        (1, 0.6, 0.0),
        (0, None, None),
        (0, None, None),
        (2, 0.95, 1.0),
    ]


def test_false_answers_are_those_without_an_article_that_answers() -> None:
    found = certainty([RIGHT, WRONG, NONE, NONE._replace(answered=True)])
    assert found.false_answers == 0.5
    assert found.auroc_right == 1.0
    assert found.auroc_answerable == 1.0
    assert certainty([]).false_answers is None
