"""Limits of requests by address, in one process and in several."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from bot.frontends.web.request_limits import AddressLimit, request_limits


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_fine_and_then_tokens_come_back_one_by_one() -> None:
    clock = Clock()
    limit = AddressLimit(2.0, 3, clock)
    assert [limit.take("192.0.2.1") for _ in range(5)] == [0, 0, 0, 2, 2]
    assert limit.take("192.0.2.2") == 0
    clock.now = 1.5
    assert limit.take("192.0.2.1") == 1
    clock.now = 2.0
    assert [limit.take("192.0.2.1") for _ in range(2)] == [0, 2]
    clock.now = 100.0
    assert [limit.take("192.0.2.1") for _ in range(4)] == [0, 0, 0, 2]


def test_no_limit_is_none() -> None:
    limits = request_limits(0, Clock())
    assert {limits.questions.take("192.0.2.1") for _ in range(1000)} == {0}


def test_other_requests_may_be_ten_times_as_many() -> None:
    limits = request_limits(30, Clock())
    asked = Counter(limits.questions.take("192.0.2.1") == 0 for _ in range(300))
    others = Counter(limits.others.take("192.0.2.1") == 0 for _ in range(300))
    assert (asked[True], others[True]) == (20, 200)


@pytest.mark.thorough
def test_many_addresses_take_no_more_memory_and_one_that_asks_on_stays_bounded() -> None:
    limit = AddressLimit(60.0, 2, Clock())
    taken = 0
    for number in range(100_000):
        limit.take(f"2001:db8:{number % 65536:x}:{number // 65536}::")
        if number % 1000 == 0:
            taken += limit.take("192.0.2.1") == 0
    assert taken < 100


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is one process here")
def test_processes_that_were_started_later_count_together() -> None:
    limit = AddressLimit(60.0, 20, Clock())
    for _ in range(2):
        child = os.fork()
        if not child:
            os._exit(sum(limit.take("192.0.2.1") == 0 for _ in range(8)))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 8
    assert [limit.take("192.0.2.1") for _ in range(5)] == [0, 0, 0, 0, 60]
