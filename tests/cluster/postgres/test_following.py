"""A process follows what others change in their database: articles, and servers' settings."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable
from pathlib import Path

from bot.config import Settings, StorageSettings
from bot.core.article import Draft, Head
from bot.frontends.discord.server_rules import ServerRules
from bot.service.records import ServerSettings
from bot.service.shelves.shelves import ChangedSlugs
from bot.service.tenants import EVERYONE, discord_server
from bot.wiring import database, incoming, shared_state
from tests.cluster.postgres.servers import own_server

NORTH, SOUTH = discord_server(10), discord_server(11)
OWL = Draft(Head("The owl"), "The owl hunts at night.\n")


def settings_of(address: str, folder: Path) -> Settings:
    made = Settings()
    return made._replace(
        storage=StorageSettings(postgres=address), discord=made.discord._replace(data=folder)
    )


async def until(is_true: Callable[[], bool]) -> None:
    async with asyncio.timeout(60.0):
        while not is_true():
            await asyncio.sleep(0.01)


def test_settings_that_another_process_changed_are_read_again(tmp_path: Path) -> None:
    """Their age alone would let them be known for half a minute: the clock stands still."""

    async def scene() -> None:
        with own_server() as server:
            settings = settings_of(server.address(), tmp_path)
            other = shared_state.records(settings, time.time)
            thread = shared_state.records_thread(settings)
            rules = ServerRules(thread, lambda: 0.0)
            told: list[ChangedSlugs | None] = []
            heard = 0

            async def refresh(changed: ChangedSlugs | None) -> None:
                told.append(changed)

            def settings_changed() -> None:
                nonlocal heard
                heard += 1
                rules.forget_all()

            watching = asyncio.create_task(
                incoming.watch(settings, refresh, settings_changed=settings_changed)
            )
            await until(lambda: told == [None])
            assert await rules.of(NORTH) == ServerSettings()
            changed = ServerSettings((1, 2), quiet=True)
            before = heard
            await asyncio.to_thread(other.settings.put, NORTH, changed)
            await until(lambda: heard > before)
            assert rules.known(NORTH) == ServerSettings()  # an answer under way is not disturbed
            assert await rules.of(NORTH) == rules.known(NORTH) == changed

            store = database.DatabaseStorage(settings, None).store  # type: ignore[arg-type]
            await asyncio.to_thread(store(EVERYONE).save, "owl", OWL)
            await asyncio.to_thread(store(SOUTH).save, "owl", OWL)
            owls = {EVERYONE: {"owl"}, SOUTH: {"owl"}}
            await until(
                lambda: {t: slugs for each in told[1:] if each for t, slugs in each.items()} == owls
            )

            # what changed while nothing could be heard is noticed afterwards
            before = heard
            server.end(signal.SIGINT)
            server.start()
            await asyncio.to_thread(other.settings.forget_tenant, NORTH)
            await until(lambda: heard > before)
            assert await rules.of(NORTH) == ServerSettings()
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            thread.close()
            other.close()
            database.connections(settings.storage.postgres).close()

    asyncio.run(scene())
