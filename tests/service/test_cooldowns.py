"""Cooldowns: a burst is fine, a flood is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.service.cooldowns import Allowance, Cooldown
from bot.service.tenants import EVERYONE, discord_server
from tests.fakes.clock import Clock

NORTH, SOUTH = discord_server(10), discord_server(11)


def test_people_and_tenants_are_counted_apart() -> None:
    clock = Clock()
    cooldown = Cooldown(Allowance(5.0), Allowance(2.0), clock)
    assert cooldown.take(1, NORTH) == 0
    assert cooldown.take(1, SOUTH) == 5
    assert cooldown.take(2, NORTH) == 2
    assert cooldown.take(2, SOUTH) == 0
    assert cooldown.take(3, EVERYONE) == 0
    clock.seconds += 2
    assert cooldown.take(4, NORTH) == 0
    assert cooldown.take(1, EVERYONE) == 3
    clock.seconds += 3
    assert cooldown.take(1, EVERYONE) == 0


def test_two_members_who_ask_at_the_same_moment_are_both_answered() -> None:
    cooldown = Cooldown(Allowance(3.0, 3), Allowance(0.5, 20), Clock())
    assert [cooldown.take(person, NORTH) for person in (1, 2)] == [0, 0]


def test_a_burst_is_fine_and_a_flood_is_not() -> None:
    clock = Clock()
    cooldown = Cooldown(Allowance(3.0, 3), Allowance(0.0), clock)
    assert [cooldown.take(1, NORTH) for _ in range(5)] == [0, 0, 0, 3, 3]
    clock.seconds += 4.0
    assert [cooldown.take(1, NORTH) for _ in range(2)] == [0, 2]
    clock.seconds += 100.0
    assert [cooldown.take(1, NORTH) for _ in range(4)] == [0, 0, 0, 3]


@given(
    st.floats(0.1, 10.0),
    st.integers(1, 5),
    st.lists(st.floats(0.0, 20.0), min_size=1, max_size=60),
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


def test_no_cooldown_is_none() -> None:
    cooldown = Cooldown(Allowance(0.0), Allowance(0.0), Clock())
    assert [cooldown.take(1, NORTH) for _ in range(3)] == [0, 0, 0]


def test_what_is_full_again_is_forgotten() -> None:
    clock = Clock()
    cooldown = Cooldown(Allowance(1.0), Allowance(0.0), clock)
    for person in range(30_000):
        cooldown.take(person, EVERYONE)
        clock.seconds += 0.001
    assert len(cooldown._people._full_at) <= 10_001
