"""A copy of an index: it answers the same, and what is done to it leaves the first as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import StorageError
from bot.core.seams import Snapshot, TermQuery
from bot.index.copying import copy_index
from bot.index.index_folder import FILE
from bot.search.bm25 import Bm25Engine
from bot.sources.corpus.folder import CorpusFolder
from tests.index.opened import OpenedShelf


def opened(corpus: Path, folder: Path) -> OpenedShelf:
    """A shelf whose postings all lie in segments."""
    return OpenedShelf(
        CorpusFolder(corpus), folder, lambda database: Bm25Engine(database, logged_passages=0)
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "owl.md").write_text("The owl hunts mice.\n", "utf-8")
    (folder / "fox.md").write_text("The fox hunts mice, too.\n", "utf-8")
    return folder


@pytest.fixture
def index(corpus: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    shelf = opened(corpus, folder)
    shelf.refresh()
    shelf.close()
    assert list(folder.glob("*.segment"))
    return folder


@pytest.fixture
def to(tmp_path: Path) -> Path:
    folder = tmp_path / "copy"
    folder.mkdir()
    return folder


def found(shelf: OpenedShelf) -> list[str]:
    def ask(snapshot: Snapshot) -> list[str]:
        (retrieval,) = snapshot.retrieve([TermQuery(("hunt",), 5)])
        return sorted(hit.article for hit in retrieval.hits)

    return shelf.read(ask)


@pytest.mark.parametrize("can_link", [True, False])
def test_a_copy_answers_the_same_and_is_a_thing_apart(
    corpus: Path, index: Path, to: Path, monkeypatch: pytest.MonkeyPatch, *, can_link: bool
) -> None:
    (to / "left-over").write_bytes(b"x")
    if not can_link:
        (to / "busy").mkdir()
        to = to / "busy"
        monkeypatch.setattr("os.link", refuse)
    assert copy_index(index, to, "")
    names = {path.name for path in to.iterdir()}
    segments = {path.name for path in index.glob("*.segment")}
    assert names == {FILE, *segments}
    shelf = opened(corpus, to)
    assert not shelf.refresh()  # it holds all that the store does
    assert found(shelf) == ["fox", "owl"]
    (corpus / "fox.md").unlink()
    assert shelf.refresh().removed == ("fox",)
    assert found(shelf) == ["owl"]
    shelf.close()
    assert {path.name for path in index.glob("*.segment")} == segments
    first = opened(corpus, index)
    assert found(first) == ["fox", "owl"]
    first.close()


def refuse(*_: object) -> None:
    raise OSError(18, "Invalid cross-device link")


def test_there_may_be_none_to_copy(index: Path, to: Path, tmp_path: Path) -> None:
    assert not copy_index(tmp_path / "nowhere", to, "")
    assert not copy_index(index, to, "made by something else")
    for segment in index.glob("*.segment"):  # merged away, again and again
        segment.unlink()
    assert not copy_index(index, to, "")
    assert list(to.iterdir()) == []


def test_a_copy_that_cannot_be_written_is_an_error(index: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        copy_index(index, tmp_path / "nowhere", "")
