"""Back-ups: made while others write, checked when they are restored, never over what is there."""

from __future__ import annotations

import io
import json
import sqlite3
import stat
import tarfile
import tracemalloc
from pathlib import Path

import pytest
import zstandard

from bot.core.errors import StorageError
from bot.frontends.archive import back_up
from bot.frontends.archive_restoring import restore
from bot.service.records import open_records
from tests.fakes.clock import Clock
from tests.wording import raises


def parts(folder: Path) -> dict[str, Path]:
    return {
        "corpus": folder / "corpus",
        "data": folder / "data",
        "state/feeds.json": folder / "state" / "feeds.json",
    }


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with something of everything."""
    folder = tmp_path / "here"
    (folder / "corpus" / "inner").mkdir(parents=True)
    (folder / "corpus" / "a.md").write_text("A lamp.\n")
    (folder / "corpus" / "inner" / "ü \n.md").write_text("Umlaut.\n")
    (folder / "data" / "servers" / "42").mkdir(parents=True)
    (folder / "data" / "servers" / "42" / "own.md").write_text("Own.\n")
    (folder / "data" / "links.key").write_bytes(bytes(32))
    (folder / "data" / "run.lock").write_text("")
    (folder / "state").mkdir()
    (folder / "state" / "feeds.json").write_text("{}")
    database = sqlite3.connect(folder / "data" / "discord.sqlite3")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE answer (key TEXT)")
    database.execute("INSERT INTO answer VALUES ('one')")
    database.commit()
    database.close()
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith("discord.") and file.suffix != ".lock"
    }


def keys(folder: Path) -> list[str]:
    database = sqlite3.connect(folder / "data" / "discord.sqlite3")
    try:
        return [key for (key,) in database.execute("SELECT key FROM answer ORDER BY key")]
    finally:
        database.close()


def test_what_killed_processes_left_is_removed(here: Path, tmp_path: Path) -> None:
    archive, there = tmp_path / "all[1].tar.zst", tmp_path / "there"
    unfinished, restoring = tmp_path / f".{archive.name}.unfinished-x", there / ".data.restoring-x"
    for left in (unfinished, restoring):
        left.mkdir(parents=True)
        (left / "part").touch()
    back_up(parts(here), archive)
    assert not unfinished.exists()
    assert restore(archive, parts(there)).files > 0
    assert not restoring.exists()


def test_what_was_backed_up_is_restored_elsewhere(here: Path, tmp_path: Path) -> None:
    archive, there = tmp_path / "all.tar.zst", tmp_path / "there"
    made = back_up(parts(here), archive)
    assert made.files == 6
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    found = restore(archive, parts(there))
    assert found == made
    assert contents(there) == contents(here)
    assert keys(there) == ["one"]
    assert stat.S_IMODE((there / "data" / "links.key").stat().st_mode) == 0o600
    assert sorted(path.name for path in there.iterdir()) == ["corpus", "data", "state"]
    for folder in (there / "data", there / "data" / "servers", there / "data" / "servers" / "42"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_key_of_the_day_is_in_no_archive(here: Path, tmp_path: Path) -> None:
    """With it, people could be found by their names when the day is long over."""
    archive, there, clock = tmp_path / "all.tar.zst", tmp_path / "there", Clock()
    file = Path("data", "records.sqlite3")
    records = open_records(here / file, clock)
    records.asker_names.of("ada")
    database = sqlite3.connect(here / file)
    ((key,),) = database.execute("SELECT key FROM asker_key").fetchall()
    database.close()
    back_up(parts(here), archive)
    restore(archive, parts(there))
    assert key.encode() not in (there / file).read_bytes()
    restored = open_records(there / file, clock)
    assert restored.asker_names.of("ada") != records.asker_names.of("ada")
    for each in (restored, records):
        each.close()


def test_articles_keep_their_modes_and_data_stays_private(here: Path, tmp_path: Path) -> None:
    modes = {"corpus": 0o755, "corpus/inner": 0o2750, "corpus/a.md": 0o644, "data": 0o755,
             "corpus/inner/ü \n.md": 0o640, "data/servers/42/own.md": 0o644}  # fmt: skip
    for name, mode in modes.items():
        (here / name).chmod(mode)
    archive, there = tmp_path / "all.tar.zst", tmp_path / "there"
    back_up(parts(here), archive)
    restore(archive, parts(there))
    found = {name: stat.S_IMODE((there / name).stat().st_mode) for name in modes}
    assert found == modes | {
        "corpus/inner": 0o750, "data": 0o700, "data/servers/42/own.md": 0o600
    }  # fmt: skip


def test_records_that_are_being_written_are_as_they_were_at_one_moment(
    here: Path, tmp_path: Path
) -> None:
    writing = sqlite3.connect(here / "data" / "discord.sqlite3")
    writing.execute("INSERT INTO answer VALUES ('two')")
    writing.commit()  # it lies in the log yet, not in the file
    writing.execute("INSERT INTO answer VALUES ('three, which is not committed')")
    archive = tmp_path / "all.tar.zst"
    back_up(parts(here), archive)
    writing.close()
    restore(archive, parts(tmp_path / "there"))
    assert keys(tmp_path / "there") == ["one", "two"]


def test_what_is_there_is_left_alone_unless_forced(here: Path, tmp_path: Path) -> None:
    archive = tmp_path / "all.tar.zst"
    back_up(parts(here), archive)
    there = tmp_path / "there"
    (there / "corpus").mkdir(parents=True)
    (there / "corpus" / "mine.md").write_text("Mine.\n")
    with raises(StorageError, match=r"corpus: there is something here already"):
        restore(archive, parts(there))
    assert contents(there) == {"corpus/mine.md": b"Mine.\n"}
    restore(archive, parts(there), force=True)
    assert contents(there).pop("corpus.replaced1/mine.md") == b"Mine.\n"
    assert (there / "corpus" / "a.md").read_text() == "A lamp.\n"


def test_an_archive_that_is_damaged_restores_nothing(here: Path, tmp_path: Path) -> None:
    archive = tmp_path / "all.tar.zst"
    back_up(parts(here), archive)
    whole = archive.read_bytes()
    for size in (1, 20, len(whole) // 2, len(whole) - 3, len(whole) - 1):
        archive.write_bytes(whole[:size])
        with raises(StorageError, match=r"all\.tar\.zst: the file is cut off"):
            restore(archive, parts(tmp_path / "there"))
        assert contents(tmp_path / "there") == {}
    for other in (b"", b"PK\3\4 this is a zip", b"\x28\xb5\x2f\xfd and no more of it"):
        archive.write_bytes(other)
        with raises(StorageError, match=r"all\.tar\.zst: this is no back-up"):
            restore(archive, parts(tmp_path / "there"))
        assert contents(tmp_path / "there") == {}
    for at in range(10, len(whole), 37):
        archive.write_bytes(whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :])
        try:
            restore(archive, parts(tmp_path / f"there{at}"))
        except StorageError:
            continue
        assert contents(tmp_path / f"there{at}") == contents(here)


def test_an_archive_that_grows_without_measure_is_refused_in_little_memory(tmp_path: Path) -> None:
    archive = tmp_path / "all.tar.zst"
    archive.write_bytes(zstandard.compress(bytes(200_000_000))[:-1])
    tracemalloc.start()  # after the archive is made
    try:
        with raises(StorageError, match=r"all\.tar\.zst: the file is cut off"):
            restore(archive, parts(tmp_path / "there"))
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "name", ["../escaped", "/etc/escaped", "corpus/../../escaped", "elsewhere/x", "corpusx"]
)
def test_nothing_is_written_outside_of_its_place(tmp_path: Path, name: str) -> None:
    archive = tmp_path / "evil.tar.zst"
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        for member, data in ((name, b"x"), ("manifest.json", json.dumps({"format": 1}).encode())):
            info = tarfile.TarInfo(member)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    archive.write_bytes(zstandard.compress(plain.getvalue()))
    with raises(StorageError, match="which belongs nowhere"):
        restore(archive, parts(tmp_path / "there"))
    assert not (tmp_path / "escaped").exists()
    assert contents(tmp_path / "there") == {}


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    archive = tmp_path / "evil.tar.zst"
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        info = tarfile.TarInfo("corpus/link")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    archive.write_bytes(zstandard.compress(plain.getvalue()))
    with raises(StorageError, match="which is no file"):
        restore(archive, parts(tmp_path / "there"))


def test_what_cannot_be_written_is_one_line_and_leaves_nothing(here: Path, tmp_path: Path) -> None:
    with raises(StorageError, match="nowhere: there is no such folder"):
        back_up(parts(here), tmp_path / "nowhere" / "all.tar.zst")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here"]
