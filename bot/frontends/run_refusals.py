"""Faults of settings that only their use shows, found without using them: for ``check``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.config import Settings
from bot.core.errors import BotError
from bot.wiring import outside


def refusals(settings: Settings) -> Iterator[BotError]:
    """Yield the error of each setting that `run`, `serve` or `add` would refuse, but for a missing
    token: not every corpus is asked on Discord."""
    if settings.discord.token_file is not None:
        from bot.frontends.discord.run_bot import read_token

        yield from _said_by(lambda: read_token(settings.discord))
    if settings.discord.api_url != type(settings.discord)().api_url:
        yield from _said_by(lambda: _check_api(settings.discord.api_url))
    if settings.web.allow or settings.web.servers_allow:
        yield from _said_by(lambda: outside.check_reach(settings))
    if settings.reader == type(settings.reader)():
        return
    from bot.frontends.web.client_addresses import read_proxies
    from bot.frontends.web.serving import read_public_url

    yield from _said_by(lambda: read_public_url(settings.reader.public_url))
    yield from _said_by(lambda: read_proxies(settings.reader.proxies))
    if settings.reader.listen:
        yield from _said_by(lambda: _check_listen(settings))
    if settings.reader.server_articles:
        yield from _said_by(lambda: _check_key(settings))


def _said_by(look: Callable[[], object]) -> Iterator[BotError]:
    try:
        look()
    except BotError as error:
        yield error


def _check_api(url: str) -> None:
    from bot.frontends.discord.run_bot import api_at

    with api_at(url):
        pass


def _check_listen(settings: Settings) -> None:
    """Check that the address is valid, and free unless a `run` that is under way has it."""
    from bot.core.errors import StorageError
    from bot.frontends.data_lock import only_one
    from bot.frontends.web.serving import open_socket, read_endpoint

    endpoint = read_endpoint(settings.reader.listen)
    try:
        with only_one(settings.discord.data):
            open_socket(endpoint).close()
    except StorageError:
        return


def _check_key(settings: Settings) -> None:
    from bot.service.presentation.signed_links import KEY_FILE, read_key

    if (settings.discord.data / KEY_FILE).exists():
        read_key(settings.discord.data)
