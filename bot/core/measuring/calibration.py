"""Measures of how far the confidence can be believed, and of what it is worth.

Where questions are asked twice, of all articles and with the one that answers left out, the
second asking has no right answer: the confidence has to tell the two apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

BINS = 10
PRECISION = 0.95


class JudgedAsking(NamedTuple):
    confidence: float
    """0.0 to 1.0."""
    right: bool
    """True if the first passage is the right one; False if the article was left out."""
    answerable: bool
    """True if the article that answers was in the library."""
    answered: bool


class Bin(NamedTuple):
    """The askings whose confidence lies between two bounds."""

    low: float
    high: float
    askings: int
    confidence: float | None
    """Their mean confidence; None if there are none."""
    right: float | None
    """The share of them whose first passage is right."""


class Certainty(NamedTuple):
    """Measures of the confidence over all askings; shares from 0 to 1, None if there is nothing to
    count."""

    askings: int
    auroc_right: float | None
    """Area under the ROC curve for right against wrong first passages: the probability that a right
    one has the greater confidence."""
    auroc_answerable: float | None
    """The same for askings that have an answer against those whose article was left out."""
    answered_at_precision: float | None
    """The share of the answerable that are answered where the confidence to answer from is the
    least at which `PRECISION` of what is answered has the right first passage."""
    threshold: float | None
    """The confidence."""
    false_answers: float | None
    """The share of the questions without an answer that were answered."""
    reliability: tuple[Bin, ...]


def certainty(outcomes: Sequence[JudgedAsking]) -> Certainty:
    """Compute the measures of the confidence from the results of askings."""
    scores = [outcome.confidence for outcome in outcomes]
    unanswerable = [outcome for outcome in outcomes if not outcome.answerable]
    share, threshold = at_precision(outcomes)
    return Certainty(
        len(outcomes),
        area_under_curve(scores, [outcome.right for outcome in outcomes]),
        area_under_curve(scores, [outcome.answerable for outcome in outcomes]),
        share,
        threshold,
        _mean([outcome.answered for outcome in unanswerable]),
        reliability(outcomes),
    )


def area_under_curve(scores: Sequence[float], positive: Sequence[bool]) -> float | None:
    """Return the area under the ROC curve: the chance that a positive one has the greater score
    than a negative one, ties counting half (Mann and Whitney's U, divided by the number of pairs).
    None if all are positive, or none."""
    positives = sum(positive)
    negatives = len(scores) - positives
    if not positives or not negatives:
        return None
    order = sorted(zip(scores, positive, strict=True))
    ranks = 0.0
    at = 0
    while at < len(order):
        end = at
        while end < len(order) and order[end][0] == order[at][0]:
            end += 1
        ranks += (at + 1 + end) / 2 * sum(is_positive for _, is_positive in order[at:end])
        at = end
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)


def at_precision(
    outcomes: Sequence[JudgedAsking], precision: float = PRECISION
) -> tuple[float | None, float | None]:
    """Return the largest share of the answerable that can be answered so that this share of
    everything answered has the right first passage, and the confidence from which that is."""
    answerable = sum(outcome.answerable for outcome in outcomes)
    if not answerable:
        return None, None
    best: tuple[float, float | None] = (0.0, None)
    right = covered = 0
    ordered = sorted(outcomes, key=lambda outcome: -outcome.confidence)
    for number, outcome in enumerate(ordered, 1):
        right += outcome.right
        covered += outcome.answerable
        last = number == len(ordered) or ordered[number].confidence < outcome.confidence
        if last and right >= precision * number:
            best = covered / answerable, outcome.confidence
    return best


def reliability(outcomes: Sequence[JudgedAsking]) -> tuple[Bin, ...]:
    """Return the reliability table: `BINS` bins of equal width."""
    held: list[list[JudgedAsking]] = [[] for _ in range(BINS)]
    for outcome in outcomes:
        held[min(BINS - 1, int(outcome.confidence * BINS))].append(outcome)
    return tuple(
        Bin(
            number / BINS,
            (number + 1) / BINS,
            len(those),
            _mean([outcome.confidence for outcome in those]),
            _mean([outcome.right for outcome in those]),
        )
        for number, those in enumerate(held)
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
