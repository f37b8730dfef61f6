"""Server settings: where and how the bot answers in one Discord server."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from bot.service.records.statements import Statements
from bot.service.tenants import Tenant


class ServerSettings(NamedTuple):
    """The settings of one server; without any, the bot answers everywhere, to be seen by all."""

    channels: tuple[int, ...] = ()
    """The only channels in which it answers; empty for all."""
    private: bool = False
    """True if only the asker sees an answer."""
    help_channels: tuple[int, ...] = ()
    """Channels in which it answers a new post by itself."""
    quiet: bool = False
    """True if only the asker sees that there is no answer."""
    voters: int | None = None
    """The role whose members may vote; None for all."""
    language: str = ""
    """Language of answers where the asker's own is not spoken; empty for Discord's setting."""


class AllServerSettings:
    """The settings of all servers. Must be called from one thread; every method raises
    `bot.core.errors.StorageError` if the records cannot be read or written."""

    def __init__(self, file: Statements) -> None:
        self._file = file

    def get(self, tenant: Tenant) -> ServerSettings:
        """Return a server's settings; the defaults if it has none."""
        row = self._file.execute(
            "SELECT settings FROM server_settings WHERE tenant = ?", (tenant.name,)
        ).fetchone()
        if row is None:
            return ServerSettings()
        found: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in json.loads(row[0]).items()
            if name in ServerSettings._fields  # a later version may know more
        }
        return ServerSettings(**found)

    def put(self, tenant: Tenant, settings: ServerSettings) -> None:
        """Record a server's settings."""
        self._file.execute(
            "INSERT INTO server_settings (tenant, settings) VALUES (?, ?) ON CONFLICT (tenant)"
            " DO UPDATE SET settings = excluded.settings",
            (tenant.name, json.dumps(settings._asdict())),
        )

    def forget_tenant(self, tenant: Tenant) -> None:
        """Erase a server's settings."""
        self._file.execute("DELETE FROM server_settings WHERE tenant = ?", (tenant.name,))
