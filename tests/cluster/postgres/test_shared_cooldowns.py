"""Cooldowns that several processes share."""

from __future__ import annotations

import threading

from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.shared_cooldowns import PostgresCooldowns
from bot.service.cooldowns import Allowance
from bot.service.tenants import EVERYONE, discord_server
from tests.fakes.clock import Clock

NORTH, SOUTH = discord_server(10), discord_server(11)


def test_people_and_tenants_are_counted_apart(connections: Connections) -> None:
    clock = Clock()
    here = PostgresCooldowns(connections, Allowance(5.0), Allowance(2.0), clock)
    there = PostgresCooldowns(connections, Allowance(5.0), Allowance(2.0), clock)
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


def test_a_burst_is_fine_and_a_flood_is_not(connections: Connections) -> None:
    clock = Clock()
    cooldown = PostgresCooldowns(connections, Allowance(3.0, 3), Allowance(0.0), clock)
    assert [cooldown.take(1, NORTH) for _ in range(5)] == [0, 0, 0, 3, 3]
    clock.seconds += 4.0
    assert [cooldown.take(1, NORTH) for _ in range(2)] == [0, 2]
    clock.seconds += 100.0
    assert [cooldown.take(1, NORTH) for _ in range(4)] == [0, 0, 0, 3]


def test_no_cooldown_is_none(connections: Connections) -> None:
    cooldown = PostgresCooldowns(connections, Allowance(0.0), Allowance(0.0))
    assert [cooldown.take(1, NORTH) for _ in range(3)] == [0, 0, 0]


def test_of_many_processes_at_once_no_more_are_let_through_than_may(
    connections: Connections,
) -> None:
    let: list[int] = []

    def ask(person: int) -> None:
        own = PostgresCooldowns(connections, Allowance(0.0), Allowance(1000.0, 7))
        let.extend(own.take(person, NORTH) for _ in range(5))

    threads = [threading.Thread(target=ask, args=(person,)) for person in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert let.count(0) == 7
    assert len(let) == 30
