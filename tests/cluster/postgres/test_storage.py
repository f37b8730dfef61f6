"""Articles in a database, as the service asks them: what one process writes, all others find."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import wiring
from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.local_index import MARK
from bot.config import DiscordSettings, SearchSettings, Settings, StorageSettings
from bot.core.article import Draft, Head
from bot.core.seams.pairs import KeptPair
from bot.frontends.cli import main
from bot.service.answers.answering import Answering
from bot.service.learning.keeping import Keeping
from bot.service.shelves.shelves import ChangedSlugs
from bot.service.tenants import EVERYONE, Tenant, discord_server
from bot.wiring import database, incoming, shared_state
from tests.cluster.postgres.servers import shared_server

OWL = Draft(Head("The owl"), "The owl hunts mice at night, and sleeps in a barn by day.\n")
FOX = Draft(Head("The fox"), "The fox digs its den into a slope of sand near the river.\n")
NORTH, SOUTH = discord_server(10), discord_server(11)
WHERE = "Where does the fox dig its den?"


@pytest.fixture
def settings(address: str, tmp_path: Path) -> Callable[[str], Settings]:
    """The settings of a process, by its machine's name: each has a disk of its own."""

    def of(machine: str) -> Settings:
        search = SearchSettings(cache=tmp_path / machine)
        discord = DiscordSettings(data=tmp_path / machine / "data")
        return Settings(search=search, discord=discord, storage=StorageSettings(address))

    return of


@pytest.fixture
def process(settings: Callable[[str], Settings]) -> Callable[[str], Answering]:
    """A bot's service as a process of this machine has it."""
    return lambda machine: wiring.answering(settings(machine))


def first(service: Answering, tenant: Tenant, question: str) -> str:
    """The address of the first match, without its hash; empty if nothing answers."""
    matches = service.ask(tenant, question).answer.matches
    return matches[0].citation.address.partition("@")[0] if matches else ""


def test_what_a_server_adds_is_found_at_once_by_every_process(
    process: Callable[[str], Answering],
) -> None:
    one, other = process("one"), process("other")
    assert first(other, NORTH, WHERE) == ""
    one.shelves.add(NORTH, [FOX])
    assert first(other, NORTH, WHERE) == "10/the-fox#1"
    assert first(one, NORTH, WHERE) == "10/the-fox#1"
    assert first(other, SOUTH, WHERE) == first(other, EVERYONE, WHERE) == ""
    one.shelves.add(NORTH, [FOX._replace(body=f"{OWL.body}\n{FOX.body}")])
    assert first(other, NORTH, WHERE) == "10/the-fox#1-2"
    other.shelves.remove(NORTH, "10/the-fox")
    assert first(one, NORTH, WHERE) == ""
    assert [tenant.name for tenant in one.shelves.tenants()] == ["10"]
    one.shelves.erase(NORTH)
    assert first(other, NORTH, WHERE) == ""
    assert other.shelves.tenants() == []
    other.shelves.add(NORTH, [FOX])
    assert first(one, NORTH, WHERE) == "10/the-fox#1"


def test_a_kept_answer_comes_first_on_every_process(process: Callable[[str], Answering]) -> None:
    one, other = process("one"), process("other")
    one.shelves.add(NORTH, [FOX, OWL])
    question = "When is it quiet in the barn?"
    assert first(other, NORTH, question) != "10/the-fox#1"
    Keeping(one).keep(NORTH, question, "10/the-fox#1", "ada")
    assert first(other, NORTH, question) == "10/the-fox#1"
    assert [pair.question for pair in Keeping(other).pairs(NORTH)] == [question]
    Keeping(other).forget(NORTH, question)
    assert list(Keeping(one).pairs(NORTH)) == []
    assert first(one, NORTH, question) != "10/the-fox#1"


def test_everyones_articles_are_taken_up_when_a_change_is_told(
    settings: Callable[[str], Settings], process: Callable[[str], Answering]
) -> None:
    other = process("other")
    told: list[ChangedSlugs | None] = []

    async def follow() -> None:
        enough = asyncio.Event()

        async def refresh(among: ChangedSlugs | None) -> None:
            told.append(among)
            await asyncio.to_thread(other.shelves.refresh, among=among)
            if len(told) == 1:
                await asyncio.to_thread(wiring.article_store(settings("one")).save, "fox", FOX)
            else:
                enough.set()

        watching = asyncio.create_task(incoming.watch(settings("other"), refresh))
        async with asyncio.timeout(30):
            await enough.wait()
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)

    asyncio.run(follow())
    assert told == [None, {EVERYONE: {"fox"}}]
    assert first(other, EVERYONE, WHERE) == "fox#1"


def test_a_process_that_starts_looks_at_what_has_changed_alone(
    settings: Callable[[str], Settings], process: Callable[[str], Answering]
) -> None:
    store = wiring.article_store(settings("one"))
    for slug in ("fox", "owl"):
        store.save(slug, FOX if slug == "fox" else OWL)
    process("one").shelves.refresh()
    (mark,) = (settings("one").search.cache or Path()).glob(f"*/{MARK}")
    before = mark.read_bytes()
    store.save("otter", OWL._replace(head=Head("The otter")))
    store.remove("owl")
    again = process("one")
    again.shelves.refresh()
    assert mark.read_bytes() != before
    assert [entry.slug for entry in again.shelves.library(EVERYONE).entries()] == ["fox", "otter"]
    mark.write_bytes(b"{")  # as a disk that was full leaves it
    store.remove("fox")
    third = process("one")
    third.shelves.refresh()
    assert [entry.slug for entry in third.shelves.library(EVERYONE).entries()] == ["otter"]


def test_an_index_that_is_deleted_is_made_again(
    settings: Callable[[str], Settings], process: Callable[[str], Answering]
) -> None:
    import shutil

    wiring.article_store(settings("one")).save("fox", FOX)
    process("one").shelves.refresh()
    for file in (settings("one").search.cache or Path()).glob("*/*"):
        if file.name != MARK:
            shutil.rmtree(file) if file.is_dir() else file.unlink()
    again = process("one")
    again.shelves.refresh()
    assert first(again, EVERYONE, WHERE) == "fox#1"


def test_many_articles_are_written_together(settings: Callable[[str], Settings]) -> None:
    store = wiring.article_store(settings("one"))
    with store.holding(), store.together():
        for number in range(250):
            store.save(f"owl-{number}", OWL)
        assert len(store.list().versions) == 250
        assert store.get("owl-249", store.list().versions["owl-249"])[0].head == OWL.head
    assert len(store.list().versions) == 250
    assert all(version.changed for version in store.list().versions.values())


def test_a_pair_that_postgres_cannot_hold_is_kept_all_the_same(
    settings: Callable[[str], Settings],
) -> None:
    kept = wiring.storage(settings("one"), wiring.analyzer()).shelf(NORTH).kept
    assert kept is not None
    kept.keep(KeptPair("\ud800 a\0b", "fox#1@00000000", "", ""))
    assert list(kept.pairs()) == [KeptPair("? a\ufffdb", "fox#1@00000000", "", "")]
    assert kept.forget("\ud800 A\0B") is not None


def ask(settings: Settings, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run a command with these settings in the environment; returns its status and its output."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", settings.storage.postgres)
        environment.setenv("XDG_CACHE_HOME", str(settings.search.cache))
        environment.chdir(settings.discord.data.parent)
        status = main(words)
    shown = capsys.readouterr()
    return status, shown.out + shown.err


def test_commands_ask_and_change_the_database(
    settings: Callable[[str], Settings], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own = settings("one")
    own.discord.data.mkdir(parents=True)
    file = tmp_path / "The fox.txt"
    file.write_text(FOX.body)
    assert ask(own, capsys, "articles") == (
        0,
        "the database holds no articles yet: run `articlebot add FILE`\n",
    )
    status, said = ask(own, capsys, "add", str(file))
    assert status == 0, said
    status, said = ask(own, capsys, "ask", WHERE)
    assert (status, "digs its den into a slope" in said) == (0, True), said
    status, said = ask(own, capsys, "check")
    assert status == 0, said
    assert "storage: PostgreSQL at 127.0.0.1:" in said
    assert ", 1 changes, tables of version" in said
    assert ", 1 article, no faults\n" in said
    status, said = ask(own, capsys, "remove", "the-fox", "--yes")
    assert status == 0, said
    assert wiring.article_store(own).list().versions == {}


def test_a_database_that_is_gone_is_said_and_nothing_else(
    settings: Callable[[str], Settings], capsys: pytest.CaptureFixture[str]
) -> None:
    own = settings("one")
    own.discord.data.mkdir(parents=True)
    gone = own._replace(storage=StorageSettings("postgresql://tester@127.0.0.1:1/nowhere"))
    assert ask(own, capsys, "backup", "all.tar.zst") == (
        2,
        f"articlebot: {shared_state.database_location(own)}: "
        "articles and records lie in this database; "
        "`pg_dump --schema=articlebot` backs them up\n",
    )
    for command, status in (("ask", 2), ("check", 1)):
        found, said = ask(gone, capsys, command, *([WHERE] if command == "ask" else []))
        assert found == status
        line = "the storage is not reachable (127.0.0.1:1/nowhere: "
        assert said.removeprefix("articlebot: ").startswith(line)
        assert said.count("\n") == 1


def test_a_database_that_was_restored_is_another(
    settings: Callable[[str], Settings], process: Callable[[str], Answering]
) -> None:
    """Its versions count on from those of the dump, with other changes."""
    own = settings("one")
    wiring.article_store(own).save("fox", FOX)
    process("one").shelves.refresh()
    copy = shared_server().new_database()
    restored = own._replace(storage=StorageSettings(copy))
    wiring.article_store(restored).save("fox", OWL)
    for address in (own.storage.postgres, copy):
        with Connections(address).session() as session:
            session.execute("UPDATE state SET identity = 'the same'")
    database._identity.cache_clear()
    other = wiring.answering(restored)
    other.shelves.refresh()
    assert first(other, EVERYONE, WHERE) == ""
    assert first(other, EVERYONE, "Where does the owl sleep by day?") == "fox#1"
    assert wiring.index_folder(own) != wiring.index_folder(restored)
