"""The aiohttp application: the handlers, with the guard around them all."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from aiohttp import web

from bot.frontends.metrics import Metrics
from bot.frontends.web.api import Api
from bot.frontends.web.client_addresses import read_proxies
from bot.frontends.web.hardening import Failing, add_headers, guarding
from bot.frontends.web.observing import Observing
from bot.frontends.web.pages import Pages
from bot.frontends.web.parameters import LARGEST_BODY
from bot.frontends.web.request_limits import RequestLimits, request_limits
from bot.frontends.web.site import Site


def application(
    site: Site,
    failing: Failing,
    metrics: Metrics | None = None,
    missing: Callable[[], Sequence[str]] = tuple,
    clock: Callable[[], float] = time.monotonic,
    now: Callable[[], int] = time.time_ns,
    limits: RequestLimits | None = None,
) -> web.Application:
    """Return the application. ``failing`` is called with unexpected errors, ``missing`` names what
    is not ready yet, ``clock`` gives seconds and is monotonic, ``now`` nanoseconds since 1970;
    ``limits`` are those of all processes that serve, made here where there is one. Raises
    `bot.core.errors.ConfigError`."""
    settings = site.settings
    guard = guarding(
        seconds=settings.seconds,
        limits=limits or request_limits(settings.questions_per_minute, clock),
        proxies=read_proxies(settings.proxies),
        failing=failing,
    )
    made = web.Application(middlewares=[guard], client_max_size=LARGEST_BODY)
    made.on_response_prepare.append(add_headers)
    observing = Observing(site, metrics, missing)
    made.add_routes([*Pages(site, now).routes(), *Api(site).routes(), *observing.routes()])
    return made
