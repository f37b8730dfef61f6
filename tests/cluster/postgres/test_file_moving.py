"""Moving: everything that lasts, into the database and out of it again, nothing lost or changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import wiring
from bot.cluster.postgres.connections import Connections
from bot.config import CorpusSettings, DiscordSettings, SearchSettings, Settings, StorageSettings
from bot.frontends.cli import main
from bot.service.learning.keeping import Keeping
from bot.service.presentation.signed_links import read_key
from bot.service.records import Chat
from bot.service.records.recorded_misses import Miss, WeighedWord
from bot.service.tenants import EVERYONE, discord_server
from bot.wiring import shared_state
from tests.fakes.clock import Clock

NORTH = discord_server(10)
FOX = "---\ntitle: The fox\nlanguage: en\n---\n\nThe fox digs its den into a slope of sand.\n"
OWL = "# The owl\r\n\r\nThe owl hunts mice at night.\r\n"
PAGE = "<html><body><article><h1>The otter</h1><p>The otter swims.</p></article></body></html>"
Move = Callable[..., tuple[int, str]]


def settings_in(folder: Path, address: str) -> Settings:
    return Settings(
        CorpusSettings(folder / "corpus"),
        SearchSettings(cache=folder / "index"),
        DiscordSettings(data=folder / "data"),
        storage=StorageSettings(address),
    )


def filled(folder: Path) -> None:
    """Articles of several kinds and places, a server's, kept answers, records, a key."""
    corpus, server = folder / "corpus", folder / "data" / "servers" / "10"
    (corpus / "birds").mkdir(parents=True)
    server.mkdir(parents=True)
    (corpus / "fox.md").write_text(FOX)
    (corpus / "birds" / "owl.md").write_bytes(OWL.encode())
    (corpus / "otter.html").write_text(PAGE)
    (corpus / "picture.png").write_bytes(b"\x89PNG")
    (server / "den.md").write_text(FOX.replace("The fox", "The den"))
    service = wiring.answering(settings_in(folder, ""))
    service.shelves.refresh()
    Keeping(service).keep(EVERYONE, "Who digs?", "fox#1", "ada")
    Keeping(service).keep(NORTH, "Who digs here?", "10/den#1", "ben")
    clock = Clock()
    records = shared_state.records(settings_in(folder, ""), clock)
    for number in range(3):
        clock.seconds += 1
        chat = Chat(NORTH, 5)
        records.answers.keep(chat, number, "Wh\0y?", None, ("fox#1",), private=number == 1)
        words = (WeighedWord("dig", 1.0),)
        records.misses.keep(Miss(NORTH, "Why?", words, "en", "none", "", ("dig",)), "somebody")
    records.memberships.set_role(NORTH, 77)
    records.registrations.put("1/global", "abc")
    records.close()
    read_key(folder / "data")


def contents(folder: Path) -> dict[str, bytes]:
    """The files that last, by their paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "index" not in path.parts and path.suffix not in (".lock", ".sqlite3")
    }


@pytest.fixture
def move(capsys: pytest.CaptureFixture[str]) -> Move:
    """Run `move` in a folder; returns its status and what it said."""

    def run(folder: Path, address: str, *options: str) -> tuple[int, str]:
        with pytest.MonkeyPatch.context() as context:
            context.chdir(folder)
            context.setenv("XDG_CACHE_HOME", str(folder / "index"))
            context.setenv("DATABASE_URL", address)
            status = main(["move", *options])
        shown = capsys.readouterr()
        return status, shown.out + shown.err

    return run


WHOLE = """articles: 3 of 3 are there
  no article, left where it is: picture.png
kept answers: 1 of 1 are there
articles of server 10: 1 of 1 are there
kept answers of server 10: 1 of 1 are there
records: 8 of 8 are there
key of the links: 1 of 1 are there
all is there; nothing was deleted
"""


def test_everything_goes_into_the_database_and_comes_out_as_it_was(
    address: str, tmp_path: Path, move: Move
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    filled(here)
    before = contents(here)
    assert move(here, address, "--to", "postgres") == (0, WHOLE)
    assert move(here, address, "--to", "postgres") == (0, WHOLE)  # once more changes nothing
    assert contents(here) == before

    service = wiring.answering(settings_in(there, address))
    service.shelves.refresh()
    assert service.count(NORTH) == 4
    assert service.ask(NORTH, "Who digs here?").answer.matches[0].citation.slug == "10/den"
    records = shared_state.records(settings_in(there, address), Clock())
    assert records.memberships.role(NORTH) == 77
    assert records.registrations.digest("1/global") == "abc"
    assert [miss.miss.question for miss in records.misses.since(0.0, NORTH)] == ["Why?"] * 3

    status, said = move(there, address, "--to", "files")
    assert (status, said) == (0, WHOLE.replace("  no article, left where it is: picture.png\n", ""))
    assert contents(there) == {name: data for name, data in before.items() if ".png" not in name}
    own = shared_state.records(settings_in(there, ""), Clock())
    latest = own.answers.latest(Chat(NORTH, 5), 2, 60.0, anyones=True)
    assert latest is not None
    assert (latest.question, latest.private, latest.addresses) == ("Wh\ufffdy?", False, ("fox#1",))
    assert len(own.misses.since(0.0, NORTH)) == 3
    own.close()
    assert (there / "data" / "links.key").stat().st_mode & 0o077 == 0


def test_what_differs_is_named_and_left_unless_it_is_to_be_replaced(
    address: str, tmp_path: Path, move: Move
) -> None:
    filled(tmp_path)
    move(tmp_path, address, "--to", "postgres")
    (tmp_path / "corpus" / "fox.md").write_text(FOX.replace("sand", "clay"))
    own = shared_state.records(settings_in(tmp_path, ""), Clock())
    own.memberships.set_role(NORTH, 78)
    own.close()
    status, said = move(tmp_path, address, "--to", "postgres")
    assert status == 1
    assert "articles: 2 of 3 are there\n" in said
    assert "  differs there, and was left as it is: fox\n" in said
    assert "records: 7 of 8 are there\n  differs there, and was left as it is: 1 of tenant" in said
    assert said.endswith("not all is there: --replace writes over what differs\n")
    store = wiring.article_store(settings_in(tmp_path, address))
    assert "sand" in store.get("fox", store.list().versions["fox"])[0].text
    assert move(tmp_path, address, "--to", "postgres", "--replace") == (0, WHOLE)
    assert "clay" in store.get("fox", store.list().versions["fox"])[0].text
    records = shared_state.records(settings_in(tmp_path, address), Clock())
    assert records.memberships.role(NORTH) == 78


def test_a_path_in_the_database_never_leads_out_of_the_folder(
    address: str, tmp_path: Path, move: Move
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    settings = settings_in(here, address)
    wiring.storage(settings, wiring.analyzer())
    connections = Connections(address)
    for slug, path in (("a", "../../a.md"), ("b", "/b.md"), ("c", ".git/c.md"), ("d", "x/e.md")):
        with connections.session() as session:
            session.execute(
                "INSERT INTO article (tenant, slug, path, data, digest, version)"
                " VALUES ('', %s, %s, %s, '', 1)",
                (slug, path, FOX.encode()),
            )
    connections.close()
    assert move(here, address, "--to", "files")[0] == 0
    assert sorted(each.name for each in (here / "corpus").iterdir()) == [
        "a.md",
        "b.md",
        "c.md",
        "d.md",
    ]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["here"]


def test_without_a_database_it_says_how_to_name_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(["move", "--to", "postgres"]) == 2
    assert capsys.readouterr().err == (
        "articlebot: no database is named; name one with [storage] postgres, or with DATABASE_URL\n"
    )
