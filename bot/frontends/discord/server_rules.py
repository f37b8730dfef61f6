"""The settings of a server, as its members meet them: read once, and kept for a while."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.frontends.discord.cards.cards import Card, note
from bot.frontends.languages import Language, choose, mark
from bot.service.records import ServerSettings
from bot.service.records.records_thread import RecordsThread
from bot.service.tenants import EVERYONE, Tenant

if TYPE_CHECKING:
    import discord

_FRESH_SECONDS = 600.0
"""Seconds for which settings are not read again unless they are forgotten, as they are when the
database tells that another process has changed some."""
_MOST = 10_000
"""Servers whose settings are remembered; a process has hardly more."""
ELSEWHERE = mark("I answer in {channels}.")
_MOST_NAMED = 10
"""Channels that are named."""
NO_SETTINGS = ServerSettings()
_NEVER_READ = (-math.inf, NO_SETTINGS)


class ServerRules:
    """The settings of servers. Called from the event loop."""

    def __init__(self, records: RecordsThread, clock: Callable[[], float]) -> None:
        """``clock`` gives seconds and is monotonic."""
        self._records = records
        self._clock = clock
        self._read: dict[Tenant, tuple[float, ServerSettings]] = {}
        """Settings and when they were read, those read last at the end."""
        self._forgotten = 0
        """Counts what was forgotten: settings that were read before are read again afterwards."""

    async def of(self, tenant: Tenant) -> ServerSettings:
        """Return a server's settings; the defaults outside of servers."""
        if tenant == EVERYONE:
            return NO_SETTINGS
        when, settings = self._read.get(tenant, _NEVER_READ)
        if self._clock() - when > _FRESH_SECONDS:
            forgotten = self._forgotten
            settings = await self._records.run(lambda records: records.settings.get(tenant))
            self._remember(tenant, settings, forgotten)
        return settings

    def known(self, tenant: Tenant) -> ServerSettings:
        """Return a server's settings as they were read last; the defaults if they were not."""
        return self._read.get(tenant, _NEVER_READ)[1]

    async def put(self, tenant: Tenant, settings: ServerSettings) -> None:
        """Record a server's settings."""
        forgotten = self._forgotten
        await self._records.run(lambda records: records.settings.put(tenant, settings))
        self._remember(tenant, settings, forgotten)

    def forget(self, tenant: Tenant) -> None:
        """Read a server's settings anew the next time."""
        self._forgotten += 1
        self._read.pop(tenant, None)

    def forget_all(self) -> None:
        """Read each server's settings anew the next time; until then they are known as before."""
        self._forgotten += 1
        self._read = {tenant: (-math.inf, known) for tenant, (_, known) in self._read.items()}

    def _remember(self, tenant: Tenant, settings: ServerSettings, forgotten: int) -> None:
        """``forgotten`` is the count from before the settings were read or put."""
        self._read.pop(tenant, None)
        if len(self._read) >= _MOST:
            del self._read[next(iter(self._read))]
        is_current = forgotten == self._forgotten
        self._read[tenant] = (self._clock() if is_current else -math.inf, settings)


def answers_in(settings: ServerSettings, channel: int, parent: int | None) -> bool:
    """Return whether the bot answers in a channel; ``parent`` is that of a thread."""
    return not settings.channels or channel in settings.channels or parent in settings.channels


def language_of_guild(
    guild: discord.Guild | None, settings: ServerSettings, asker_locale: str = ""
) -> Language:
    """Return the language in which somebody in a server is spoken to outside of interactions: their
    own, where that is known, else as the settings say, else the one the server told Discord."""
    wanted = (asker_locale, settings.language, str(guild.preferred_locale) if guild else "")
    return choose(locale for locale in wanted if locale)


def elsewhere_note(settings: ServerSettings, language: Language) -> Card:
    """Return the message that the bot answers in other channels."""
    named = ", ".join(f"<#{channel}>" for channel in settings.channels[:_MOST_NAMED])
    return note(language.gettext(ELSEWHERE, channels=named))
