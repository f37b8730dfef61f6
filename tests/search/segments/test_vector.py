"""Searching a segment that is large enough for its frequent terms to be only looked up."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from bot.search.segments import plain
from bot.search.segments.accumulators import Accumulators
from bot.search.segments.entries import entries_of
from bot.search.segments.scoring import inverse_document_frequency
from bot.search.segments.segment import Postings, Segment
from bot.search.segments.vector import best
from tests.search.segments.test_segments import segment_of, terms_of

_PASSAGES = 80_000
_VOCABULARY = [f"w{number}" for number in range(400)]


@pytest.fixture(scope="module")
def large() -> Segment:
    """Short passages, of a few terms that are everywhere and many that are not."""
    chance = random.Random(5)  # noqa: S311 (no secret)
    weights = [1 / (number + 1) ** 1.1 for number in range(len(_VOCABULARY))]
    terms = iter(chance.choices(_VOCABULARY, weights, k=_PASSAGES * 9))
    return segment_of(
        [
            (str(number), [[next(terms) for _ in range(chance.randint(0, 9))] for _ in range(800)])
            for number in range(_PASSAGES // 800)
        ]
    )


def the_first(found: Sequence[tuple[float, int]], limit: int) -> list[tuple[float, int]]:
    return sorted((-score, number) for score, number in found)[:limit]


@pytest.mark.parametrize(
    ("question", "limit"),
    [
        ([0, 1, 2, 3, 390], 10),
        ([0, 1, 2, 300, 301, 302], 10),
        ([0, 5], 3),
        ([3], 10),
        ([0, 1, 2, 3, 4, 5, 6, 7], 1),
        ([17, 200, 201], 30),
        (list(range(0, 60, 2)), 10),
        ([*range(6), 391, 392, 393], 10),
        ([*range(7), 150, 250, 251, 252, 253, 254, 255], 5),
        (list(range(40)), 30),
    ],
    ids=str,
)
def test_frequent_terms_that_are_only_looked_up_change_nothing(
    large: Segment, question: list[int], limit: int
) -> None:
    terms = terms_of(large, [_VOCABULARY[number] for number in question])
    assert len(terms) == len(question)
    own_average = large.header.average_length
    mask = bytearray(random.Random(1).choices([0, 1], k=large.passages))  # noqa: S311
    gone = [large.range_of(2), large.range_of(70)]
    for average, given, removed in [
        (own_average, None, ()),
        (1.3 * own_average, mask, ()),
        (0.8 * own_average, None, gone),
    ]:
        wanted = the_first(plain.best(large, terms, average, limit, 0.0, given, removed), limit)
        assert len(wanted) == limit
        for threshold in (0.0, -wanted[-1][0]):
            found = best(large, terms, average, limit, threshold, given, removed)
            assert the_first(found, limit) == wanted


def postings_in(segment: Segment, numbers: Sequence[int]) -> list[Postings]:
    return [own for _, own in terms_of(segment, [_VOCABULARY[number] for number in numbers])]


@pytest.mark.parametrize("numbers", [[0, 3, 60, 399], [0, 1], [300], list(range(20))], ids=str)
def test_sums_are_of_impacts_times_weights(large: Segment, numbers: list[int]) -> None:
    postings = postings_in(large, numbers)
    weights = [2 + number % 5 for number in range(len(postings))]
    wanted = [0] * large.passages
    held: list[dict[int, int]] = []
    for weight, own in zip(weights, postings, strict=True):
        held.append(dict(zip(plain.passages_of(own), own.impacts, strict=True)))
        for passage, impact in held[-1].items():
            wanted[passage] += weight * impact
    gone = [range(500, 900)]
    wanted[500:900] = [0] * 400
    best_first = sorted(wanted, reverse=True)
    entries = [entries_of(large, own) for own in postings]
    for _ in range(2):  # the space is left as it was
        sums = Accumulators(large.passages, entries, 10, None, gone)
        cut = len(postings) // 2
        sums.add(0, cut, weights)
        sums.add(cut, len(postings), weights)
        kth = sums.kth()
        assert best_first[40] <= kth <= best_first[9]
        for least in (kth, best_first[200], 1):
            found = sums.reaching(least, large.passages)
            assert found is not None
            assert found.tolist() == [n for n, own in enumerate(wanted) if own >= least]
        assert sums.reaching(1, 5) is None
        some = sums.reaching(kth, large.passages)
        assert some is not None
        assert sums.of(some).tolist() == [wanted[passage] for passage in some.tolist()]
        impacts = sums.look_up(0, len(postings), some)
        assert impacts.tolist() == [
            [own.get(passage, 0) for passage in some.tolist()] for own in held
        ]
        sums.release()


def test_a_mask_leaves_only_what_it_holds(large: Segment) -> None:
    mask = bytearray(large.passages)
    mask[7:70_000:7] = b"\1" * len(range(7, 70_000, 7))
    entries = [entries_of(large, own) for own in postings_in(large, [0, 2])]
    sums = Accumulators(large.passages, entries, 10, mask, ())
    sums.add(0, 2, [3, 4])
    assert sums.kth() > 0
    found = sums.reaching(1, large.passages)
    sums.release()
    assert found is not None
    assert len(found)
    assert all(mask[passage] for passage in found.tolist())


def test_idfs_of_terms_that_are_nearly_everywhere_count_too() -> None:
    segment = segment_of([("a", [["red", "fox"] if n % 1000 else ["red"] for n in range(70_000)])])
    terms = terms_of(segment, ["red", "fox"])
    assert terms[0][0] == inverse_document_frequency(70_000, 70_000) < 1e-4
    wanted = plain.best(segment, terms, 2.0, 10, 0.0, None)
    assert the_first(best(segment, terms, 2.0, 10, 0.0, None), 10) == the_first(wanted, 10)
