"""Questions are answered where the index cannot be written: a disk of 2 MB, filled to the last
byte."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.errors import StorageError
from tests.index.damaging import FACTS, ask, open_library, write_corpus
from tests.wording import raises

MOUNT = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs"]


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """Articles, and a small disk for their index."""
    write_corpus(tmp_path / "corpus")
    disk = tmp_path / "cache"
    disk.mkdir()
    try:
        subprocess.run([*MOUNT, disk], check=True, capture_output=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a disk can only be mounted by root")
    yield tmp_path
    subprocess.run(["umount", "--lazy", disk], check=True)  # noqa: S603, S607


def fill(disk: Path) -> None:
    """Leave no byte."""
    with (disk / "full").open("wb", buffering=0) as file:
        for size in (65536, 512, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


def test_what_is_indexed_is_answered(root: Path) -> None:
    first = open_library(root)
    assert len(first.refresh().added) == 23
    first.close()
    fill(root / "cache")
    found = open_library(root)
    assert not found.refresh()
    assert [ask(found, slug) for slug in FACTS] == [None] * len(FACTS)
    found.close()


def test_what_is_not_indexed_yet_is_answered_from_the_files(root: Path) -> None:
    first = open_library(root)
    first.refresh()
    fill(root / "cache")
    for number in range(40):
        text = f"The lighthouse {number} was built of granite in {1800 + number}. " * 40
        (root / "corpus" / f"light-{number}.md").write_text(text, "utf-8")
    for found in (first, open_library(root)):
        with raises(StorageError, match=r"cache/\w+: the index .*(full|No space)"):
            found.refresh()
        assert [ask(found, slug) for slug in FACTS] == [None] * len(FACTS)
        (match, *_) = found.ask("Which lighthouse was built in 1817?").matches
        assert match.citation.slug == "light-17"
        found.close()


def test_an_index_that_is_damaged_is_answered_from_the_files(root: Path) -> None:
    first = open_library(root)
    first.refresh()
    first.close()
    fill(root / "cache")
    (database,) = (root / "cache").glob("*/index.sqlite3")
    database.write_bytes(b"\0" * 4096)
    fill(root / "cache")
    found = open_library(root)
    assert [ask(found, slug) for slug in FACTS] == [None] * len(FACTS)
    found.close()
