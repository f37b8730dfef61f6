"""The life of the client: from a token to an orderly end; and the invitation link."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.config import DiscordSettings, Settings
from bot.core.errors import BotError, ConfigError
from bot.frontends.discord.client import ArticleBot
from bot.frontends.discord.gateway_share import GatewayShare

PORTAL = "https://discord.com/developers/applications"
AUTHORIZE = "https://discord.com/oauth2/authorize"
DEFAULT_API = DiscordSettings().api_url
FINISH_SECONDS = 20.0
_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 60.0
"""Seconds between two attempts to reach Discord."""
_log = logging.getLogger(__name__)

PERMISSIONS = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True
)
"""Permissions that answering a mention requires: to see it, and to answer it here and in threads,
as a reply to it. The slash commands require none."""


class DiscordError(BotError):
    """Discord cannot be reached, or refuses the bot; the message says what to do."""


class DiscordUnreachableError(DiscordError):
    """Discord cannot be reached now; it may be later."""


class Token(NamedTuple):
    """The token, and its source for messages."""

    text: str
    source: str


def read_token(settings: DiscordSettings) -> Token:
    """Return the token from the environment, else from the file that the settings name. Nothing is
    said about its form: only Discord knows what a token is. Raises `ConfigError`."""
    if token := os.environ.get("DISCORD_TOKEN", "").strip():
        return Token(token, "DISCORD_TOKEN")
    path = settings.token_file
    if path is None:
        raise ConfigError("discord.no_token", portal=PORTAL)
    try:
        mode = path.stat().st_mode
        if os.name == "posix" and mode & 0o077:
            raise ConfigError("discord.exposed_token", path=str(path), portal=PORTAL)
        token = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None)
        if reason is None:
            raise ConfigError("discord.token_no_text", path=str(path)) from error
        raise ConfigError("discord.unreadable_token", path=str(path), reason=reason) from error
    if not token:
        raise ConfigError("discord.empty_token", path=str(path), portal=PORTAL)
    return Token(token, str(path))


def invitation(settings: Settings) -> list[str]:
    """Return the links that add the bot to a server, and to one person's account."""
    token = read_token(settings.discord)
    application = asyncio.run(_application(settings.discord, token))
    common = {"client_id": application, "scope": "bot applications.commands"}
    server = urlencode({**common, "permissions": PERMISSIONS.value, "integration_type": 0})
    person = urlencode({**common, "scope": "applications.commands", "integration_type": 1})
    return [f"{AUTHORIZE}?{server}", f"{AUTHORIZE}?{person}"]


async def serve(bot: ArticleBot, token: Token, api_url: str, stop: asyncio.Event) -> None:
    """Connect and answer until ``stop`` is set, then finish the answers under way and leave.
    Raises `DiscordError`."""
    async with bot:
        running = asyncio.create_task(_connect(bot, token, api_url))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if running.done():
                running.result()
                return
            await bot.finish(FINISH_SECONDS)
        finally:
            bot.end_tasks()
        await bot.close()
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError, DiscordError):
            await running


async def _connect(bot: ArticleBot, token: Token, api_url: str) -> None:
    await _reached(token, api_url)
    with _explained(token, api_url):
        await bot.login(token.text)
        if api_url != DEFAULT_API or bot.gateway_share is not None:
            # After an invalid session discord.py goes back to its default gateway, and with a share
            # of the shards it begins there.
            shards, url, limit = await bot.http.get_bot_gateway()
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
            await bot.take_shards(shards, limit["max_concurrency"])
        try:
            await _stay_connected(bot)
        except discord.PrivilegedIntentsRequired:
            if not bot.intents.message_content:
                raise
            bot.reopen_without_content()
            async with bot:
                await bot.login(token.text)
                await _stay_connected(bot)


async def _stay_connected(bot: ArticleBot) -> None:
    if bot.gateway_share is None:
        await bot.connect()
    else:
        await _connect_share(bot, bot.gateway_share)


async def _connect_share(bot: ArticleBot, share: GatewayShare) -> None:
    """Stay connected as long as this process keeps its share of the shards. Raises `DiscordError`
    if another process has taken it."""
    connecting = asyncio.create_task(bot.connect())
    keeping = asyncio.create_task(share.keep())
    try:
        await asyncio.wait({connecting, keeping}, return_when=asyncio.FIRST_COMPLETED)
        if not connecting.done():
            await bot.close()
            raise DiscordError("discord.lost_share")
        await connecting
    finally:
        keeping.cancel()
        connecting.cancel()
        await asyncio.gather(keeping, connecting, return_exceptions=True)


async def _reached(token: Token, api_url: str) -> None:
    """Wait until Discord can be reached, retrying without end."""
    pause = _FIRST_PAUSE
    while True:
        try:
            with _explained(token, api_url):
                async with (
                    aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(30)) as session,
                    session.get(f"{api_url.rstrip('/')}/gateway") as answer,
                ):
                    if answer.status < 500:
                        return
                    raise OSError(f"it answers with status {answer.status}")
        except DiscordUnreachableError as error:
            _log.warning("%s; trying again in %.0f s", error, pause)
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


async def _application(settings: DiscordSettings, token: Token) -> int:
    """Return the application's id, as Discord says it is."""
    with api_at(settings.api_url), _explained(token, settings.api_url):
        async with discord.Client(intents=discord.Intents.none()) as client:
            await client.login(token.text)
            return (await client.application_info()).id


@contextlib.contextmanager
def api_at(url: str) -> Iterator[None]:
    """Let discord.py talk to the API at this address; its own afterwards. Raises `ConfigError` if
    it is no address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or set("{}?#") & set(url):
        raise ConfigError("discord.api_url", value=url, example=DEFAULT_API)
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE = url.rstrip("/")
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


@contextlib.contextmanager
def _explained(token: Token, api_url: str) -> Iterator[None]:
    """Turn errors of connecting into one line each."""
    refused = DiscordError("discord.token_refused", source=token.source, portal=PORTAL)
    try:
        yield
    except discord.LoginFailure as error:
        raise refused from error
    except discord.ConnectionClosed as error:
        if error.code == 4004:
            raise refused from error
        raise DiscordError("discord.closed", number=error.code) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        reason = _reason_of(error)
        raise DiscordUnreachableError("discord.unreachable", url=api_url, reason=reason) from error
    except ValueError as error:  # aiohttp will not send a header with a line break in it
        raise refused from error
    except discord.PrivilegedIntentsRequired as error:
        raise DiscordError("discord.intents_refused", portal=PORTAL) from error
    except (discord.HTTPException, discord.GatewayNotFound) as error:
        raise DiscordError("discord.error", url=api_url, reason=str(error)) from error


def _reason_of(error: Exception) -> str:
    """Return why there is no connection, as the system says it where it does."""
    number = getattr(error, "errno", None) or 0
    if number > 0 and not isinstance(error, aiohttp.ClientSSLError):  # which counts its own errors
        return os.strerror(number)
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


class OneLine(logging.Filter):
    """Logs trouble with the connection as one line: its traceback says nothing more."""

    _passing = (OSError, aiohttp.ClientError, discord.HTTPException, discord.ConnectionClosed)

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if record.name.startswith("discord") and isinstance(error, self._passing):
            record.msg = f"{record.getMessage()} ({error or type(error).__name__})"
            record.args = ()
            record.exc_info = None
        return True
