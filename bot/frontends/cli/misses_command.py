"""``misses``: what people asked that the articles do not answer."""

from __future__ import annotations

import time
from argparse import Namespace
from datetime import UTC, datetime

from bot import wiring
from bot.frontends.cli.opening import open_service, read_settings
from bot.frontends.cli.terminal import count, indented, json_text, printable, style, wrapped
from bot.service.gaps import Gap, Gaps
from bot.service.tenants import Tenant, discord_server
from bot.service.views import gap_as_json

_MOST_SHOWN = 50
_VERDICTS = {
    "answer": "answered by now",
    "unsure": "not sure",
    "none": "nothing answers it",
}


def misses(options: Namespace) -> int:
    """Print what was asked and not answered, the question most people asked first."""
    gaps = _gaps(options)
    if options.json:
        print(json_text([gap_as_json(gap) for gap in gaps]))
    elif gaps:
        print("\n\n".join(map(_as_text, gaps)))
    else:
        print("No question is kept that the articles did not answer.")
    return 0


def _gaps(options: Namespace) -> list[Gap]:
    settings = read_settings(options)
    if not wiring.has_records(settings):
        return []
    records = wiring.records(settings, time.time)
    try:
        since = 0.0 if options.since is None else time.time() - options.since
        named = [discord_server(options.server)] if options.server is not None else None
        known = sorted({*records.misses.tenants(), *records.votes.tenants()})
        kept = {
            tenant: (records.misses.since(since, tenant), records.votes.voted_down(since, tenant))
            for tenant in (known if named is None else named)
        }
    finally:
        records.close()
    if not any(map(any, kept.values())):
        return []
    options.server = None  # a server that asks need not have articles of its own
    finder = Gaps(open_service(options))
    return [
        gap
        for tenant, (found, voted_down) in kept.items()
        for gap in finder.of(tenant, found, _MOST_SHOWN, voted_down)
    ]


def _as_text(gap: Gap) -> str:
    asked = gap.question or " ".join(gap.words)
    down = f", not helpful to {gap.unhelpful:,}" if gap.unhelpful else ""
    people = "1 person" if gap.people == 1 else f"{gap.people:,} people"
    lines = [
        printable(wrapped(asked)),
        indented(
            f"asked {count(gap.times, 'time')} by {people}, last on {_day(gap.last)}"
            f"{_whose(gap.tenant)}; {_VERDICTS[gap.verdict]}{down}"
        ),
    ]
    if gap.unknown:
        words = ", ".join(f"“{word}”" for word in gap.unknown)
        lines.append(indented(printable(wrapped(f"no article contains {words}"))))
    if gap.nearest is not None:
        lines.append(indented(printable(f"nearest: {gap.nearest.title}  {gap.nearest.address}")))
        lines.append(indented(style(printable(wrapped(gap.nearest.text)), "dim")))
    return "\n".join(lines)


def _whose(tenant: Tenant) -> str:
    return f", server {tenant.name}" if tenant.name else ""


def _day(when: float) -> str:
    return datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%d")
