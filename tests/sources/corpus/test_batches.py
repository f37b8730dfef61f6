"""Saving item by item, and some at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from bot.sources.corpus.batches import Batches


class Written:
    """Notes what happens, in order: a lock taken and given back, a turn begun, items written."""

    def __init__(self) -> None:
        self.events: list[object] = []
        self.batches: Batches[str] = Batches(
            self._lock, lambda: self.events.append("begin"), self._write
        )

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self.events.append("lock")
        yield
        self.events.append("unlock")

    def _write(self, items: Sequence[str]) -> None:
        self.events.append(list(items))


def test_an_item_by_itself_is_written_at_once() -> None:
    written = Written()
    written.batches.add("a", "1")
    assert "a" not in written.batches
    with written.batches.exclusive():
        written.batches.add("b", "2")
    assert written.events == [["1"], "lock", "begin", ["2"], "unlock"]


def test_items_together_are_written_in_one_turn() -> None:
    written = Written()
    with written.batches.together():
        for key, item in (("a", "1"), ("b", "2"), ("a", "3")):
            with written.batches.exclusive():
                written.batches.add(key, item)
        assert "a" in written.batches
        assert "c" not in written.batches
        assert written.events == ["lock", "begin"]
    assert written.events == ["lock", "begin", ["3", "2"], "unlock"]
    assert "a" not in written.batches


def test_no_more_than_two_hundred_wait() -> None:
    written = Written()
    with written.batches.together():
        for number in range(450):
            written.batches.add(number, str(number))
    assert [len(items) for items in written.events if isinstance(items, list)] == [200, 200, 50]


def test_what_was_saved_before_a_failure_is_written() -> None:
    written = Written()
    with pytest.raises(ValueError, match="stop"), written.batches.together():  # noqa: PT012
        written.batches.add("a", "1")
        raise ValueError("stop")
    assert written.events == [["1"]]
    written.batches.settle()
    assert written.events == [["1"]]
