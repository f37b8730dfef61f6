"""Cooldowns that several processes share, by the server's clock."""

from __future__ import annotations

import threading

from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.shared_cooldowns import PostgresCooldowns
from bot.service.operations.cooldowns import Allowance
from bot.service.tenants import discord_server

NORTH = discord_server(10)


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
