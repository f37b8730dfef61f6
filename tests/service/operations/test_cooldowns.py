"""Cooldowns of this process: their bound, and their memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.service.operations.cooldowns import Allowance, Cooldown
from bot.service.tenants import EVERYONE
from tests.fakes.clock import Clock


@given(
    st.floats(0.1, 10.0), st.integers(1, 5), st.lists(st.floats(0.0, 20.0), min_size=1, max_size=60)
)
def test_never_more_are_let_through_than_the_burst_and_what_came_back(
    pause: float, burst: int, gaps: list[float]
) -> None:
    clock = Clock()
    cooldown = Cooldown(Allowance(pause, burst), Allowance(0.0), clock)
    began, passed = clock.seconds, 0
    for gap in gaps:
        clock.seconds += gap
        wait = cooldown.take(1, EVERYONE)
        passed += wait == 0
        assert passed <= burst + (clock.seconds - began) / pause + 1e-6
        if wait:  # who waits as long as was said is let through
            clock.seconds += wait
            assert cooldown.take(1, EVERYONE) == 0
            passed += 1


def test_what_is_full_again_is_forgotten() -> None:
    clock = Clock()
    cooldown = Cooldown(Allowance(1.0), Allowance(0.0), clock)
    for person in range(30_000):
        cooldown.take(person, EVERYONE)
        clock.seconds += 0.001
    assert len(cooldown._people._full_at) <= 10_001
