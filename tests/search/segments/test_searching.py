"""Searching a segment that is large enough for its frequent terms to be only looked up."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.relevance.term_scoring import inverse_document_frequency
from bot.search.segments.plain import PlainSearcher
from bot.search.segments.searching import Ranges, each, in_order, include, without
from bot.search.segments.segment import Segment
from tests.search.segments.test_segments import everywhere, searchers_of, segment_of, terms_of

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


def some_of(segment: Segment) -> Ranges[int]:
    """Single passages here and there, whole articles, and a stretch that begins in a window."""
    singles = [range(n, n + 1) for n in range(5, 9000, 7)]
    articles = [segment.range_of(ordinal) for ordinal in (20, 21, 40)]
    return in_order([*singles, *articles, range(50_001, 70_007)])


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
        ([399], 900),
    ],
    ids=str,
)
def test_whatever_asks_finds_the_same(large: Segment, question: list[int], limit: int) -> None:
    terms = terms_of(large, [_VOCABULARY[number] for number in question])
    assert len(terms) == len(question)
    own_average = large.header.average_length
    plain, *others = searchers_of(large)
    for average, ranges in [
        (own_average, everywhere(large)),
        (1.3 * own_average, some_of(large)),
        (0.8 * own_average, in_order([range(1, large.passages - 1)])),
    ]:
        wanted = the_first(plain.best(terms, average, limit, 0.0, ranges), limit)
        assert wanted
        for searcher in others:
            for threshold in (0.0, -wanted[-1][0]):
                for _ in range(2):  # the working space is left as it was
                    found = searcher.best(terms, average, limit, threshold, ranges)
                    assert the_first(found, limit) == wanted


def test_idfs_of_terms_that_are_nearly_everywhere_count_too() -> None:
    segment = segment_of([("a", [["red", "fox"] if n % 1000 else ["red"] for n in range(70_000)])])
    terms = terms_of(segment, ["red", "fox"])
    assert terms[0][0] == inverse_document_frequency(70_000, 70_000) < 1e-4
    found = [
        the_first(searcher.best(terms, 2.0, 10, 0.0, everywhere(segment)), 10)
        for searcher in searchers_of(segment)
    ]
    assert found == [[(found[0][0][0], n) for n in range(1, 11)]] * len(found)


def test_a_term_is_counted_in_ranges(large: Segment) -> None:
    ranges = some_of(large)
    for term in ("w0", "w7", "w60", "w399"):
        postings = large.postings(term)
        assert postings is not None
        plain, *others = (searcher.count(postings, ranges) for searcher in searchers_of(large))
        assert 0 < plain < postings.document_frequency
        assert others == [plain] * len(others)
        assert PlainSearcher(large).count(postings, in_order([])) == 0


@pytest.mark.parametrize("times", [1.1, 2.5, 10, 17, 1e9, 1e30])
def test_nothing_is_found_where_all_that_score_enough_are_elsewhere(
    large: Segment, times: float
) -> None:
    terms = terms_of(large, ["w0", "w150", "w151"])
    average, ranges = large.header.average_length, everywhere(large)
    for searcher in searchers_of(large):
        best = max(searcher.best(terms, average, 1, 0.0, ranges))[0]
        found = searcher.best(terms, average, 10, times * best, ranges)
        assert [score for score, _ in found if score >= times * best] == []
        if times > 2:
            assert found == []


def test_scores_are_rounded_once_however_far_apart_what_they_are_made_of_is() -> None:
    segment = segment_of([("a", [list("abcd")] + [list("cdcd")] * 19)])
    # a sum of the first three that goes by their order, and not by their size, loses the second
    spread = ("0x1.8000000000001p-53", "0x1.2000000000002p-110", "0x1.2000000000001p-1")
    idfs = map(float.fromhex, (*spread, "0x1.8000000000002p-111"))
    terms = [
        (idf, postings)
        for idf, term in zip(idfs, "abcd", strict=True)
        if (postings := segment.postings(term)) is not None
    ]
    first = in_order([range(1)])
    plain, *others = (
        searcher.best(terms, 4.0, 1, 0.0, first) for searcher in searchers_of(segment)
    )
    assert others == [plain] * len(others)


bounds = st.lists(st.integers(0, 60), min_size=2, max_size=12, unique=True).map(sorted)


def numbers_of(ranges: Ranges[int]) -> set[int]:
    return {number for first, end in each(ranges) for number in range(first, end)}


@given(bounds)
def test_ranges_hold_what_they_were_made_of(edges: list[int]) -> None:
    parts = [range(first, end) for first, end in pairwise(edges)]
    chosen = parts[::2] + parts[3::4]
    shuffled = sorted(chosen, key=lambda own: own.stop % 7)
    ranges = in_order(shuffled)
    wanted = {number for own in chosen for number in own}
    assert numbers_of(ranges) == wanted
    assert list(ranges) == sorted(set(ranges))
    assert {number for number in range(70) if include(ranges, number)} == wanted


@given(bounds, st.data())
def test_parts_are_taken_out(edges: list[int], data: st.DataObject) -> None:
    ranges = in_order([range(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)])
    left = numbers_of(ranges)
    for _ in range(4):
        parts = []
        for first, end in each(ranges):
            cuts = sorted(data.draw(st.lists(st.integers(first, end), max_size=4)))
            parts += [range(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
        ranges = without(ranges, in_order(parts))
        left -= {number for own in parts for number in own}
        assert numbers_of(ranges) == left
        assert list(ranges) == sorted(set(ranges))


def test_nothing_is_taken_out_by_a_range_of_nothing() -> None:
    ranges = in_order([range(2, 5), range(5, 9), range(9, 9)])
    assert list(ranges) == [2, 9]
    assert without(ranges, in_order([range(9, 9)])) == ranges
    assert list(without(ranges, in_order([range(2, 9)]))) == []
