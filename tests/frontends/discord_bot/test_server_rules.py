"""A server's settings as they are remembered, over records that other processes change, too."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from bot.frontends.discord.server_rules import ServerRules
from bot.service.records import ServerSettings
from bot.service.tenants import discord_server

NORTH, SOUTH = discord_server(10), discord_server(11)


class ChangingRecords:
    """Records of settings that are others at each access, which names its number as a channel."""

    def __init__(self) -> None:
        self.accesses = 0
        self.meanwhile: Callable[[], None] = lambda: None
        """Called before an access ends."""

    async def run(self, job: object) -> ServerSettings:
        self.accesses += 1
        self.meanwhile()
        return ServerSettings((self.accesses,))


def rules_over(records: ChangingRecords) -> ServerRules:
    """Return rules whose clock stands still."""
    return ServerRules(records, lambda: 0.0)  # type: ignore[arg-type]


def test_settings_that_change_while_they_are_read_are_read_again() -> None:
    async def scene() -> None:
        records = ChangingRecords()
        rules = rules_over(records)
        records.meanwhile = rules.forget_all
        assert (await rules.of(NORTH)).channels == (1,)
        assert rules.known(NORTH).channels == (1,)  # for the answer under way
        records.meanwhile = partial(rules.forget, SOUTH)
        assert (await rules.of(NORTH)).channels == (2,)
        records.meanwhile = lambda: None
        assert (await rules.of(NORTH)).channels == (3,)
        assert (await rules.of(NORTH)).channels == (3,)

    asyncio.run(scene())


def test_settings_that_another_process_put_after_ours_are_read() -> None:
    async def scene() -> None:
        records = ChangingRecords()
        rules = rules_over(records)
        records.meanwhile = rules.forget_all
        ours = ServerSettings(quiet=True)
        await rules.put(NORTH, ours)
        assert rules.known(NORTH) == ours
        records.meanwhile = lambda: None
        assert (await rules.of(NORTH)).channels == (2,)
        await rules.put(NORTH, ours)
        assert await rules.of(NORTH) == ours

    asyncio.run(scene())


def test_of_many_servers_those_read_last_are_known() -> None:
    """An answer under way knows its server's settings, however many others are read meanwhile."""

    async def scene() -> None:
        records = ChangingRecords()
        rules = rules_over(records)
        servers = [discord_server(100 + number) for number in range(10_001)]
        for server in servers:
            await rules.of(server)
        assert [rules.known(server).channels for server in servers] == [
            (),
            *((number,) for number in range(2, 10_002)),
        ]
        rules.forget_all()
        await rules.of(servers[1])
        await rules.of(NORTH)
        assert rules.known(servers[1]).channels == (10_002,)
        assert rules.known(servers[2]).channels == ()

    asyncio.run(scene())
