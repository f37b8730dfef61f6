"""``--preview`` of ``add``, ``refresh`` and ``remove``, and what ``refresh`` shows anyway."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import wiring
from bot.config import Settings
from bot.service.learning.keeping import Keeping
from bot.service.records import Chat
from bot.service.tenants import EVERYONE, Tenant, discord_server
from bot.wiring import shared_state
from tests.fakes.loopback_site import LoopbackSite
from tests.frontends.cli.conftest import Run

from .test_refresh_command import GONE, NEW, OLD, page, site

__all__ = ["site"]
LAST = "Nobody has lived on the rock since the lamp was made automatic in 1968."
KEPT = "Is anyone home out there?"
RECENT = "Who built the lighthouse on Skerry Rock?"
NORTH = discord_server(10)
NONE_SAVED = "A preview: nothing is saved.\n"
OTHER = """\
# Who built Skerry Rock

The lighthouse on Skerry Rock was built by Ada Finch, and nothing else.
"""


def given(
    question: str, *, tenant: Tenant = EVERYONE, private: bool = False, verdict: str = "answer"
) -> None:
    """Record that a question was answered on Discord."""
    records = shared_state.records(Settings(), time.time)
    records.answers.keep(
        Chat(tenant, 1), 7, question, None, ("x#1@00000000",), private=private, verdict=verdict
    )
    records.close()


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Everything below a folder, with the times of change."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def unchanged(corpus: Path, tmp_path: Path, run: Run) -> Iterator[None]:
    """Holds that nothing of the articles, their index or the state is changed by a preview."""
    run("articles")
    yield
    assert not list((tmp_path / "cache").rglob("preview-*"))


def test_removing_shows_what_would_be_lost(corpus: Path, run: Run, unchanged: None) -> None:
    run("keep", KEPT, "lighthouse#3")
    given(RECENT)
    given(RECENT)
    given("Who took the zeppelin?")  # nothing answers it now: nothing to lose
    given("Where is the post?", private=True)
    given("What about the tide?", verdict="unsure")
    before = files(corpus)
    ran = run("remove", "lighthouse", "--preview")
    assert (ran.status, ran.err) == (1, "")
    summary, *shown = ran.out.split("\n\n“")
    assert summary == f"{NONE_SAVED}2 answers change; asked: 1 kept and 2 recent."
    kept, recent = shown
    assert kept.startswith(f"{KEPT}” (kept)\n  now: kept by the editors, lighthouse#")
    assert f"\n    {LAST}\n  then: nothing answers it" in kept
    assert recent.startswith("built · lighthouse · rock · skerry” (answered of late)\n  now: an ")
    assert "Tobias Wren" in recent
    assert recent.endswith("\n  then: nothing answers it\n")
    assert files(corpus) == before
    assert run("remove", "lighthouse", "--preview", "--yes").status == 2
    unkept = run("remove", "tides", "--preview")
    assert unkept == (0, f"{NONE_SAVED}No answer changes; asked: 1 kept and 2 recent.\n", "")
    assert run("remove", "zeppelin", "--preview").status == 2


def test_where_questions_may_be_kept_their_text_is_shown(corpus: Path, run: Run) -> None:
    Path("config.toml").write_text("[discord]\nlog_questions = true\n")
    given(RECENT)
    ran = run("remove", "lighthouse", "--preview")
    assert ran.status == 0  # nobody keeps it
    assert f"“{RECENT}” (answered of late)\n" in ran.out


def test_adding_shows_what_would_take_a_place(corpus: Path, run: Run, unchanged: None) -> None:
    given(RECENT)
    new = Path("builder.md")
    new.write_text(OTHER, "utf-8")
    before = files(corpus)
    ran = run("add", "builder.md", "--preview")
    assert ran.status == 0
    added = "added: who-built-skerry-rock  “Who built Skerry Rock”\n"
    assert ran.out.startswith(f"{NONE_SAVED}{added}1 answer changes; ")
    text = " ".join(ran.out.split())
    assert "Tobias Wren" in text.partition(" then: ")[0]
    assert "built by Ada Finch" in text.partition(" then: ")[2]
    assert files(corpus) == before
    assert run("ask", "Did she build nothing else?").status == 1
    missing = run("add", "builder.md", "nowhere.md", "--preview")
    assert missing.status == 2
    assert "1 answer changes" in missing.out


def test_without_an_answer_to_compare_it_says_so(corpus: Path, run: Run) -> None:
    ran = run("remove", "tides", "--preview")
    none = "No answer is kept, and none was given of late, to be compared.\n"
    assert ran == (0, NONE_SAVED + none, "")


def test_a_near_duplicate_is_named_in_a_preview(corpus: Path, run: Run) -> None:
    text = (corpus / "tides.txt").read_text("utf-8")
    Path("tides-again.txt").write_text(text.replace("March", "April"), "utf-8")
    ran = run("add", "tides-again.txt", "--preview")
    assert "nearly the same: tides-again and tides\n" in ran.out
    assert not (corpus / "tides-again.md").exists()


def test_records_that_cannot_be_read_are_told_and_the_rest_is_shown(corpus: Path, run: Run) -> None:
    run("keep", KEPT, "lighthouse#3")
    given(RECENT)
    records = shared_state.records(Settings(), time.time)
    records.close()
    file = Path("data/discord.sqlite3")
    file.unlink()
    file.mkdir()
    ran = run("remove", "lighthouse", "--preview")
    assert ran.status == 1
    assert "asked: 1 kept and 0 recent" in ran.out
    assert ran.err.startswith("articlebot: ")


def test_a_server_s_answers_are_tried_with_its_own_articles(corpus: Path, run: Run) -> None:
    own = Path("data/servers") / NORTH.name
    own.mkdir(parents=True)
    (own / "gull.md").write_text("# The gull\n\nThe gull of the quay eats chips at noon.\n")
    service = wiring.answering(Settings())
    keeping = Keeping(service)
    keeping.keep(NORTH, "Who eats chips?", "10/gull#1")
    keeping.keep(NORTH, KEPT, "lighthouse#3")
    given("What does the gull eat at noon?", tenant=NORTH)
    ran = run("remove", "lighthouse", "--preview")
    assert ran.status == 1
    assert ran.out.startswith(f"{NONE_SAVED}1 answer changes; asked: 2 kept and 1 recent.\n")
    assert f"“{KEPT}” (kept, server 10)\n" in ran.out


def test_refresh_shows_the_answers_that_change_before_it_asks(
    corpus: Path, site: LoopbackSite, run: Run, unchanged: None
) -> None:
    site.pages["/whales"] = page(OLD, GONE)
    run("add", site.url("/whales"))
    slug = "whales-at-skerry-rock"
    run("keep", "Did anybody hear it?", f"{slug}#2")
    site.pages["/whales"] = page(OLD, NEW)
    before = files(corpus)
    lost = (
        "1 answer changes; asked: 1 kept and 0 recent.\n\n“Did anybody hear it?” (kept)\n"
        f"  now: kept by the editors, {slug}#"
    )
    ran = run("refresh", "--preview")
    changed = f"changed: {slug}\n  - {GONE}\n  + {NEW}\n"
    assert ran.status == 1
    assert ran.out.startswith(NONE_SAVED + changed + lost)
    assert GONE in ran.out.partition(" now: ")[2].partition(" then: ")[0]
    assert "saved" not in ran.out.removeprefix(NONE_SAVED)
    assert files(corpus) == before
    ran = run("refresh")
    assert ran.status == 0
    assert ran.out.startswith(changed + lost)
    assert ran.out.endswith(f"left as it was: {slug}; --yes saves it\n")
    assert files(corpus) == before
    assert run("check", "--answers").status == 0
    ran = run("refresh", "--yes")
    assert ran.status == 0
    assert ran.out.startswith(changed + lost)
    assert files(corpus) != before
    checked = run("check", "--answers")
    assert checked.status == 1
    assert "its words have changed" in checked.out
    assert run("refresh", "--preview") == (0, f"{NONE_SAVED}unchanged: {slug}\n", "")


def test_of_several_articles_each_is_shown_by_itself(
    corpus: Path, site: LoopbackSite, run: Run
) -> None:
    pages = {
        "owls": "The barn owl of the old mill hunts voles along the hedge at dusk.",
        "kilns": "The kiln by the quay burnt lime until coal grew too dear to ship.",
    }
    for name, text in pages.items():
        site.pages[f"/{name}"] = page(text).replace("Whales at Skerry Rock", f"All of {name}")
        run("add", site.url(f"/{name}"))
        run("keep", f"What of the {name}?", f"all-of-{name}#1")
        site.pages[f"/{name}"] = site.pages[f"/{name}"].replace("The", "Once the")
    for flags in (["--preview"], [], ["--yes"]):
        out = run("refresh", *flags).out
        kilns, owls = (part.partition("changed: ")[0] for part in out.split("changed: all-of-")[1:])
        for shown, name, other in ((kilns, "kilns", "owls"), (owls, "owls", "kilns")):
            assert f"“What of the {name}?” (kept)" in shown
            assert f"“What of the {other}?”" not in shown


def test_a_feed_that_was_only_tried_is_new_yet(corpus: Path, site: LoopbackSite, run: Run) -> None:
    site.pages["/whales"] = page(OLD)
    site.pages["/feed"] = "<rss><channel><item><link>/whales</link></item></channel></rss>"
    feed = site.url("/feed")
    title = "“Whales at Skerry Rock”"
    for _ in range(2):
        ran = run("add", "--feed", feed, "--preview")
        assert ran.out.startswith(f"{NONE_SAVED}added: whales-at-skerry-rock  {title}\n")
    added = f"added: corpus/whales-at-skerry-rock.md  {title}\n"
    assert run("add", "--feed", feed) == (0, added, "")
    assert f"nothing new: {feed}\n" in run("add", "--feed", feed, "--preview").out


def test_an_index_that_cannot_be_copied_is_made_anew(
    corpus: Path, run: Run, tmp_path: Path
) -> None:
    run("keep", KEPT, "lighthouse#3")
    Path("config.toml").write_text('[search]\nengine = "rank-bm25"\n')
    assert run("remove", "lighthouse", "--preview").status == 1
    left = tmp_path / "cache" / "articlebot" / "preview-abandoned"
    left.mkdir(parents=True)
    assert run("remove", "tides", "--preview").status == 0
    assert not left.exists()
