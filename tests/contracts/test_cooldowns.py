"""The contract of all cooldowns, `bot.service.operations.cooldowns.Cooldowns`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from bot.cluster.postgres.shared_cooldowns import PostgresCooldowns
from bot.service.operations.cooldowns import Allowance, Cooldown, Cooldowns
from bot.service.tenants import EVERYONE, discord_server
from tests.cluster.postgres.servers import empty_records_database
from tests.fakes.clock import Clock

NORTH, SOUTH = discord_server(10), discord_server(11)
Maker: TypeAlias = Callable[[Allowance, Allowance], tuple[Cooldowns, Cooldowns]]
"""Makes the same cooldowns as two parts of the bot use them, of a person and of a tenant."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["process", "postgres"])
def make(request: pytest.FixtureRequest, clock: Clock) -> Maker:
    if request.param == "postgres":
        connections = empty_records_database()

        def of_two_processes(person: Allowance, tenant: Allowance) -> tuple[Cooldowns, Cooldowns]:
            here = PostgresCooldowns(connections, person, tenant, clock)
            return here, PostgresCooldowns(connections, person, tenant, clock)

        return of_two_processes

    def of_this_process(person: Allowance, tenant: Allowance) -> tuple[Cooldowns, Cooldowns]:
        one = Cooldown(person, tenant, clock)
        return one, one

    return of_this_process


def test_people_and_tenants_are_counted_apart(make: Maker, clock: Clock) -> None:
    here, there = make(Allowance(5.0), Allowance(2.0))
    assert here.take(1, NORTH) == 0
    assert there.take(1, SOUTH) == 5
    assert there.take(2, NORTH) == 2
    assert here.take(2, SOUTH) == 0
    assert there.take(3, EVERYONE) == 0
    clock.seconds += 2
    assert there.take(4, NORTH) == 0
    assert here.take(1, EVERYONE) == 3
    clock.seconds += 3
    assert there.take(1, EVERYONE) == 0


def test_a_burst_is_fine_and_a_flood_is_not(make: Maker, clock: Clock) -> None:
    cooldown, _ = make(Allowance(3.0, 3), Allowance(0.0))
    assert [cooldown.take(1, NORTH) for _ in range(5)] == [0, 0, 0, 3, 3]
    clock.seconds += 4.0
    assert [cooldown.take(1, NORTH) for _ in range(2)] == [0, 2]
    clock.seconds += 100.0
    assert [cooldown.take(1, NORTH) for _ in range(4)] == [0, 0, 0, 3]


def test_two_members_who_ask_at_the_same_moment_are_both_answered(make: Maker) -> None:
    here, there = make(Allowance(3.0, 3), Allowance(0.5, 20))
    assert [here.take(1, NORTH), there.take(2, NORTH)] == [0, 0]


def test_no_cooldown_is_none(make: Maker) -> None:
    cooldown, _ = make(Allowance(0.0), Allowance(0.0))
    assert [cooldown.take(1, NORTH) for _ in range(3)] == [0, 0, 0]
