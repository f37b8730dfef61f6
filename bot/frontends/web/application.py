"""The aiohttp application: the handlers, with the guard around them all."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from aiohttp import web

from bot.frontends.metrics import Metrics
from bot.frontends.web.api import Api
from bot.frontends.web.client_addresses import read_proxies
from bot.frontends.web.hardening import PER_QUESTION, Failing, guarding
from bot.frontends.web.observing import Observing
from bot.frontends.web.pages import Pages
from bot.frontends.web.parameters import LARGEST_BODY
from bot.frontends.web.site import Site
from bot.service.cooldowns import Allowance, Cooldown

_BURST = 20
"""Questions that an address may ask at once."""


def application(
    site: Site,
    failing: Failing,
    metrics: Metrics | None = None,
    missing: Callable[[], Sequence[str]] = tuple,
    clock: Callable[[], float] = time.monotonic,
    now: Callable[[], int] = time.time_ns,
) -> web.Application:
    """Return the application. ``failing`` is told of unexpected errors, ``missing`` names what is
    not ready yet, ``clock`` gives seconds and is monotonic, ``now`` nanoseconds since 1970. Raises
    `bot.core.errors.ConfigError`."""
    settings = site.settings
    guard = guarding(
        seconds=settings.seconds,
        questions=_cooldown(settings.questions_per_minute, _BURST, clock),
        others=_cooldown(
            settings.questions_per_minute * PER_QUESTION, _BURST * PER_QUESTION, clock
        ),
        proxies=read_proxies(settings.proxies),
        failing=failing,
    )
    made = web.Application(middlewares=[guard], client_max_size=LARGEST_BODY)
    observing = Observing(site, metrics, missing)
    made.add_routes([*Pages(site, now).routes(), *Api(site).routes(), *observing.routes()])
    return made


def _cooldown(per_minute: float, burst: int, clock: Callable[[], float]) -> Cooldown:
    pause = 60 / per_minute if per_minute else 0.0
    return Cooldown(Allowance(pause, burst), Allowance(0.0), clock)
