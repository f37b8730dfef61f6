"""Ranges of passages, against sets of numbers."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.search.segments.ranges import Ranges, each, in_order, include, without

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
