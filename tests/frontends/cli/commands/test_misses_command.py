"""``misses``: what was asked on Discord or the pages and not answered."""

from __future__ import annotations

import json
import time
from pathlib import Path

from bot.config import Settings
from bot.service.records.recorded_misses import Miss, WeighedWord
from bot.service.tenants import EVERYONE, Tenant, discord_server
from bot.wiring import shared_state
from tests.frontends.cli.conftest import Run

NORTH = discord_server(10)


def miss(question: str | None, tenant: Tenant = EVERYONE) -> Miss:
    words = (WeighedWord("salary", 0.5), WeighedWord("zeppelin", 0.5))
    return Miss(tenant, question, words, "en", "none", "", ("salary", "zeppelin"))


def keep(*misses: tuple[Miss, str, float]) -> None:
    """Record misses in the working folder, each so many days ago."""
    now = time.time()
    for kept, asker, days in misses:
        records = shared_state.records(Settings(), lambda days=days: now - 86_400 * days)  # type: ignore[misc]
        records.misses.keep(kept, asker)
        records.close()


def test_misses_are_listed_by_group(run: Run, corpus: Path) -> None:
    question = "What was the salary on the zeppelin?"
    keep(
        (miss(question), "ada", 2),
        (miss("which salary did the zeppelin pay"), "bob", 1),
        (miss(question), "ada", 0),
    )
    day = time.strftime("%Y-%m-%d", time.gmtime())
    ran = run("misses")
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[:2] == [
        question,
        f"  asked 3 times by 2 people, last on {day}; nothing answers it",
    ]
    assert "  no article contains “salary”, “zeppelin”" in lines
    (gap,) = json.loads(run("misses", "--json").out)
    assert gap["server"] is None
    assert gap["question"] == question
    assert gap["wordings"] == [question, "which salary did the zeppelin pay"]
    assert (gap["times"], gap["people"], gap["verdict"]) == (3, 2, "none")
    assert sorted(gap["unknown"]) == ["salary", "zeppelin"]
    assert gap["last"][:10] == day
    assert json.loads(run("misses", "--since", "36h", "--json").out)[0]["times"] == 2
    assert run("misses", "--since", "soon").status == 2


def test_those_left_out_are_counted(run: Run, corpus: Path) -> None:
    unlike = [miss(None)._replace(words=(WeighedWord(f"word{n}x", 1.0),)) for n in range(53)]
    north = [each._replace(tenant=NORTH) for each in unlike[:51]]
    keep(*((each, "ada", 0) for each in [*unlike, *north]))
    ran = run("misses")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith("\n\n… 4 more questions\n")
    assert run("misses", "--server", "10").out.endswith("\n\n… 1 more question\n")
    ran = run("misses", "--json")
    assert (len(json.loads(ran.out)), ran.err) == (100, "… 4 more questions\n")
    ran = run("misses", "--limit", "52", "--json")
    assert (len(json.loads(ran.out)), ran.err) == (103, "… 1 more question\n")
    ran = run("misses", "--limit", "1000000", "--json")
    assert (len(json.loads(ran.out)), ran.err) == (104, "")
    assert run("misses", "--limit", "1", "--server", "10").out.endswith("\n… 50 more questions\n")
    for number in ("0", "-1", "x", "1000001"):
        assert run("misses", "--limit", number).status == 2


def test_each_server_has_its_own(run: Run, corpus: Path) -> None:
    keep((miss(None), "ada", 0), (miss("Of the north?", NORTH), "ada", 0))
    both = json.loads(run("misses", "--json").out)
    assert [(gap["server"], gap["question"]) for gap in both] == [
        (None, None),
        ("10", "Of the north?"),
    ]
    assert both[0]["words"] == ["salary", "zeppelin"]
    (north,) = json.loads(run("misses", "--server", "10", "--json").out)
    assert north == both[1]
    assert ", server 10; " in run("misses", "--server", "10").out
    assert json.loads(run("misses", "--server", "11", "--json").out) == []


def test_nothing_was_missed(run: Run, corpus: Path, folder: Path) -> None:
    ran = run("misses")
    assert ran.out == (
        "Nothing was left unanswered on Discord or the pages; the terminal is not counted.\n"
    )
    assert not (folder / "data").exists()
