"""Metrics for Prometheus: counters follow the events, gauges are looked up when they are requested.

No label holds a question, a title or an id.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bot.core.errors import BotError
from bot.frontends.error_words import messages
from bot.service.events.event_types import (
    Answered,
    Event,
    Failed,
    Missed,
    Refreshed,
    Refused,
    Voted,
)
from bot.service.operations.health import ServerHealth

if TYPE_CHECKING:
    from prometheus_client import Metric

_STAGE_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_DELAY_BUCKETS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_LOOK_SECONDS = 0.5
"""Seconds between two measurements of the event loop's delay."""


class Gateway(NamedTuple):
    """State of the connection to Discord."""

    latency: float
    """Seconds from a heartbeat to its answer; NaN if none was answered yet."""
    shards: int
    connected_shards: int
    reconnects: int
    rate_limits: int
    """Number of requests that Discord answered with 429."""


class Figures(NamedTuple):
    """Figures at a moment."""

    articles: float
    """NaN where that cannot be told, and so the passages."""
    passages: float
    index_bytes: int
    skipped_files: int
    connections: int
    """Number of open connections of the pages' clients."""
    refused_connections: int
    feeds: Mapping[str, float]
    """For each feed's host, when one last worked, in seconds since 1970; 0 for never."""
    gateway: Gateway | None = None
    """None if there is no Discord."""
    servers: Sequence[ServerHealth] = ()
    """The servers that articles and the search lie on."""


class Metrics:
    """A subscriber to events, and the page for Prometheus. May be called from any thread."""

    def __init__(self, look: Callable[[], Figures]) -> None:
        """``look`` returns the current figures; it may read files."""
        from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._look = look
        self._registry = registry = CollectorRegistry()
        self._questions = Counter(
            "articlebot_questions",
            "Questions that were answered, by front-end and verdict",
            ["frontend", "verdict"],
            registry=registry,
        )
        self._refused = Counter(
            "articlebot_refused_questions",
            "Questions that were not taken: their asker had asked too much, or too many waited",
            ["frontend", "reason"],
            registry=registry,
        )
        self._votes = Counter(
            "articlebot_votes",
            "Votes for answers, by what they say",
            ["helpful"],
            registry=registry,
        )
        self._stages = Histogram(
            "articlebot_stage_seconds",
            "Seconds that each stage of a question took",
            ["stage"],
            buckets=_STAGE_BUCKETS,
            registry=registry,
        )
        self._refreshes = Histogram(
            "articlebot_refresh_seconds",
            "Seconds that taking up changed articles took",
            buckets=(0.01, 0.1, 1.0, 10.0, 100.0),
            registry=registry,
        )
        self._errors = Counter(
            "articlebot_errors", "Errors that nobody expected, by code", ["code"], registry=registry
        )
        self._delay = Histogram(
            "articlebot_event_loop_delay_seconds",
            "Seconds by which the event loop woke up late",
            buckets=_DELAY_BUCKETS,
            registry=registry,
        )
        registry.register(self)

    def __call__(self, event: Event) -> None:
        """Count an event."""
        if isinstance(event, Answered | Missed):
            verdict = event.kind if isinstance(event, Answered) else "none"
            self._questions.labels(event.frontend or "other", verdict).inc()
            for stage, seconds in event.seconds.items():
                self._stages.labels(stage).observe(seconds)
        elif isinstance(event, Refused):
            self._refused.labels(event.frontend or "other", event.reason).inc()
        elif isinstance(event, Voted):
            self._votes.labels("yes" if event.helpful else "no").inc()
        elif isinstance(event, Refreshed):
            self._refreshes.observe(event.seconds)
        elif isinstance(event, Failed):
            self._errors.labels(code_of(event.error)).inc()

    def page(self) -> bytes:
        """Return the metrics in the text format of Prometheus."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()  # of this process and of those beside it
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        together.register(self)
        return generate_latest(together)

    async def watch_loop(self) -> None:
        """Measure the event loop's delay until cancelled."""
        while True:
            due = time.perf_counter() + _LOOK_SECONDS
            await asyncio.sleep(_LOOK_SECONDS)
            self._delay.observe(max(0.0, time.perf_counter() - due))

    def describe(self) -> list[Metric]:
        """Part of prometheus_client's protocol of collectors: nothing is known beforehand."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield the current figures, as prometheus_client requires."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        found = self._look()
        for name, text, value in (
            ("articles", "Articles that anybody can ask", found.articles),
            ("passages", "Passages that are searched", found.passages),
            ("index_bytes", "Bytes of the index on disk", found.index_bytes),
            ("skipped_files", "Files that are no articles", found.skipped_files),
            ("connections", "Open connections of the pages", found.connections),
        ):
            yield GaugeMetricFamily(f"articlebot_{name}", text, value)
        yield CounterMetricFamily(
            "articlebot_refused_connections",
            "Connections that were refused or cut off",
            found.refused_connections,
        )
        feeds = GaugeMetricFamily(
            "articlebot_feed_last_success_timestamp_seconds",
            "When a feed last worked, by its host; 0 for never",
            labels=["host"],
        )
        for host, worked in found.feeds.items():
            feeds.add_metric([host], worked)
        yield feeds
        up = GaugeMetricFamily(
            "articlebot_server_up", "1 if a server behind the bot can be used", labels=["kind"]
        )
        behind = GaugeMetricFamily(
            "articlebot_server_behind", "Changes that it has not taken up yet", labels=["kind"]
        )
        for server in found.servers:
            up.add_metric([server.kind], server.fault is None)
            behind.add_metric([server.kind], server.behind)
        if found.servers:
            yield up
            yield behind
        if (gateway := found.gateway) is None:
            return
        for name, text, number in (
            ("latency_seconds", "Seconds from a heartbeat to its answer", gateway.latency),
            ("shards", "Connections that Discord asks for", gateway.shards),
            ("connected_shards", "Connections that there are", gateway.connected_shards),
        ):
            yield GaugeMetricFamily(f"articlebot_gateway_{name}", text, number)
        for name, text, number in (
            ("gateway_reconnects", "Times that the gateway was lost", gateway.reconnects),
            ("rate_limits", "Requests that Discord refused for coming too soon",
             gateway.rate_limits),
        ):  # fmt: skip
            yield CounterMetricFamily(f"articlebot_{name}", text, number)


def code_of(error: BaseException) -> str:
    """Return an error's code; ``unexpected`` for any that is not among ours."""
    return error.code if isinstance(error, BotError) and error.code in messages() else "unexpected"
