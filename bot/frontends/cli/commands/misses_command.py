"""``misses``: what people asked that the articles do not answer."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from datetime import UTC, datetime

from bot.frontends.answer_words import VERDICTS, left_out
from bot.frontends.cli.opening import open_service, read_settings
from bot.frontends.cli.output.terminal import indented, json_text, printable, style, wrapped
from bot.frontends.languages import Language
from bot.service.learning.gaps import Gap, Gaps, ListedGaps
from bot.service.presentation.views import gap_as_json
from bot.service.tenants import discord_server
from bot.wiring import shared_state


def misses(options: Namespace) -> int:
    """Print what was asked and not answered, the question most people asked first; beside JSON
    the number of those left out goes to standard error."""
    gaps, more, _ = _gaps(options)
    if options.json:
        print(json_text([gap_as_json(gap) for gap in gaps]))
    elif gaps:
        print("\n\n".join(_as_text(gap, options.language) for gap in gaps))
    else:
        print(
            options.language.gettext(
                "Nothing was left unanswered on Discord or the pages; the terminal is not counted."
            )
        )
    if more:
        line = left_out(more, options.language)
        print(line if options.json else f"\n{line}", file=sys.stderr if options.json else None)
    return 0


def _gaps(options: Namespace) -> ListedGaps:
    settings = read_settings(options)
    if not shared_state.has_records(settings):
        return ListedGaps([], 0)
    records = shared_state.records(settings, time.time)
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
        return ListedGaps([], 0)
    options.server = None  # a server that asks need not have articles of its own
    finder = Gaps(open_service(options))
    listed = [
        finder.of(tenant, found, options.limit, voted_down)
        for tenant, (found, voted_down) in kept.items()
    ]
    gaps = [gap for each in listed for gap in each.gaps]
    return ListedGaps(gaps, sum(each.more for each in listed))


def _as_text(gap: Gap, language: Language) -> str:
    asked = gap.question or " ".join(gap.words)
    gettext, ngettext = language.gettext, language.ngettext
    facts = gettext(
        "asked {times} by {people}, last on {day}",
        times=ngettext("{number:,} time", "{number:,} times", gap.times),
        people=ngettext("{number:,} person", "{number:,} people", gap.people),
        day=language.day(datetime.fromtimestamp(gap.last, UTC).strftime("%Y-%m-%d")),
    )
    if gap.tenant.name:
        facts = f"{facts}, {gettext('server {name}', name=gap.tenant.name)}"
    facts = f"{facts}; {gettext(VERDICTS[gap.verdict])}"
    if gap.unhelpful:
        facts = f"{facts}, {gettext('not helpful to {number:,}', number=gap.unhelpful)}"
    lines = [printable(wrapped(asked)), indented(facts)]
    if gap.unknown:
        words = language.quoted(gap.unknown)
        lines.append(
            indented(printable(wrapped(gettext("no article contains {words}", words=words))))
        )
    if gap.nearest is not None:
        near = gettext("nearest: {title}", title=gap.nearest.title)
        lines.append(indented(printable(f"{near}  {gap.nearest.address}")))
        lines.append(indented(style(printable(wrapped(gap.nearest.text)), "dim")))
    return "\n".join(lines)
