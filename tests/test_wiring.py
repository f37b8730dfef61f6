"""Parts are put together, and files lie where they should."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
import pytest

from bot import wiring
from bot.config import DiscordSettings, Settings
from bot.service.tenants import discord_server
from bot.wiring import folders


@pytest.mark.parametrize("named", [None, "", "/caches", "caches", "~/caches"])
@pytest.mark.parametrize("home", [None, "", "/home/somebody", "somebody"])
def test_caches_lie_where_the_platform_has_them(
    monkeypatch: pytest.MonkeyPatch, named: str | None, home: str | None
) -> None:
    for variable, value in (("XDG_CACHE_HOME", named), ("HOME", home)):
        if value is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, value)
    assert os.fspath(wiring.cache_folder()) == platformdirs.user_cache_dir("articlebot", False)


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
def test_what_servers_added_is_the_operators_alone(tmp_path: Path) -> None:
    settings = Settings(discord=DiscordSettings(data=tmp_path / "a" / "data"))
    folders_of = folders.Folders(settings, wiring.analyzer())
    folders_of.store(discord_server(7))
    private = [tmp_path / "a", *(tmp_path / "a").rglob("*")]
    assert {folder.stat().st_mode & 0o777 for folder in private} == {0o700}
    servers = tmp_path / "a" / "data" / "servers"
    servers.chmod(0o755)  # as an earlier version made it
    folders_of.store(discord_server(7))
    assert servers.stat().st_mode & 0o777 == 0o700
