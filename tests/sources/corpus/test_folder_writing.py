"""Articles are written to a folder whole or not at all, and removed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.article import Draft, Head
from bot.core.errors import ArticleError, CorpusError
from bot.sources.corpus.atomic_files import settle, write_part, write_whole
from bot.sources.corpus.folder import CorpusFolder
from tests.sources.corpus.files import faults, put, slugs
from tests.wording import raises

DRAFT = Draft(Head("A title"), "Some words.\n")


def test_saving_writes_one_file_and_nothing_else(tmp_path: Path) -> None:
    assert CorpusFolder(tmp_path).save("a-title", DRAFT) == str(tmp_path / "a-title.md")
    assert [path.name for path in tmp_path.iterdir()] == ["a-title.md"]
    assert (tmp_path / "a-title.md").read_text() == "---\ntitle: A title\n---\n\nSome words.\n"


def test_saving_replaces_an_article_where_it_lies(tmp_path: Path) -> None:
    put(tmp_path, "sub/a.md", "Old.\n")
    put(tmp_path, "b.txt", "Old.\n")
    store = CorpusFolder(tmp_path)
    assert store.save("a", DRAFT) == str(tmp_path / "sub/a.md")
    assert store.save("b", DRAFT) == str(tmp_path / "b.md")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.md", "sub"]
    assert faults(tmp_path) == {}


def test_saving_never_takes_the_place_of_what_is_no_article(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "link.md").symlink_to("/etc/hostname")
    for slug in ("pipe", "folder", "link"):
        with raises(ArticleError, match="something that is no article lies there; move it"):
            CorpusFolder(tmp_path).save(slug, DRAFT)
    assert len(list(tmp_path.iterdir())) == 3


def test_what_is_written_is_there_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    path = put(tmp_path, "a.md", "Old.\n")
    script = (
        "import resource, signal, sys; from pathlib import Path;"
        "from bot.sources.corpus.atomic_files import write_whole;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "write_whole(Path(sys.argv[1]), b'x' * 5000)"
    )
    result = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False
    )
    assert "CorpusError" in result.stderr
    assert f"file.unwritable path={str(path)!r} reason='File too large'" in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["a.md"]
    assert path.read_text() == "Old.\n"


def test_a_writer_that_is_killed_leaves_the_old_file_and_nothing_that_is_read(
    tmp_path: Path,
) -> None:
    path = put(tmp_path, "a.md", "Old.\n")
    script = (
        "import os, sys; from pathlib import Path;"
        "from bot.sources.corpus.atomic_files import write_whole;"
        "os.fsync = lambda file: os._exit(9);"  # as if the power went just before the end
        "write_whole(Path(sys.argv[1]), b'New.')"
    )
    result = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script, str(path)], capture_output=True, check=False
    )
    assert result.returncode == 9
    assert path.read_text() == "Old.\n"
    assert slugs(tmp_path) == ["a"]
    assert faults(tmp_path) == {}


def test_what_is_written_has_the_rights_of_what_it_replaces(tmp_path: Path) -> None:
    path = put(tmp_path, "a.md")
    path.chmod(0o600)
    write_whole(path, b"New.")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = os.umask(0o077)
    try:
        write_whole(tmp_path / "b.md", b"New.")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "b.md").stat().st_mode) == 0o600


def test_what_is_saved_together_is_there_at_the_end(tmp_path: Path) -> None:
    put(tmp_path, "old.txt", "Old.\n")
    store = CorpusFolder(tmp_path)
    with store.holding(), store.together():
        for number in range(3):
            store.save(f"a{number}", Draft(Head(f"Article {number}"), "Words."))
        assert slugs(tmp_path) == ["old"]
        # what is asked for is there at once
        assert store.get("a1", store.list().versions["a1"])[0].text == "Words."
        assert slugs(tmp_path) == ["a0", "a1", "a2", "old"]
        store.save("a1", Draft(Head("Article 1"), "Other words."))
        store.save("a1", Draft(Head("Article 1"), "The last words."))
        store.save("old", Draft(Head("Old"), "New words."))
        assert slugs(tmp_path) == ["a0", "a1", "a2", "old"]
        store.save("b", Draft(Head("B"), "Words."))
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "a0.md",
        "a1.md",
        "a2.md",
        "b.md",
        "old.md",
    ]
    text = CorpusFolder(tmp_path).get("a1", store.list().versions["a1"])[0].text
    assert text == "The last words."


def test_what_others_add_between_two_saves_is_seen(tmp_path: Path) -> None:
    store = CorpusFolder(tmp_path)
    with store.holding():
        with store.exclusive():
            store.save("a", DRAFT)
        CorpusFolder(tmp_path).save("b", DRAFT)
        with store.exclusive():
            assert sorted(store.list().versions) == ["a", "b"]


def test_adding_to_no_folder_is_one_clear_line(tmp_path: Path) -> None:
    with (
        raises(CorpusError, match=r"nowhere: the folder of articles cannot be read"),
        CorpusFolder(tmp_path / "nowhere").exclusive(),
    ):
        raise AssertionError("nobody gets in")


def test_what_was_saved_together_is_kept_where_it_ends_early(tmp_path: Path) -> None:
    store = CorpusFolder(tmp_path)
    with pytest.raises(KeyboardInterrupt), store.together():  # noqa: PT012 - it is interrupted
        store.save("a", DRAFT)
        raise KeyboardInterrupt
    assert [file.name for file in tmp_path.iterdir()] == ["a.md"]


def test_files_that_cannot_be_put_there_together_leave_nothing_behind(tmp_path: Path) -> None:
    parts = [write_part(tmp_path / name, b"x") for name in ("a.md", "b.md", "c.md")]
    (tmp_path / "b.md").mkdir()
    with raises(CorpusError, match=r"b\.md: cannot be written \(Is a directory\)"):
        settle(parts)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.md", "b.md"]


def test_no_place_to_write_is_one_clear_line(tmp_path: Path) -> None:
    with raises(CorpusError, match=r"a\.md: cannot be written \(No such file or directory\)"):
        write_whole(tmp_path / "nowhere" / "a.md", b"x")


def test_removing_takes_the_file_away(tmp_path: Path) -> None:
    put(tmp_path, "sub/a.txt")
    assert CorpusFolder(tmp_path).remove("a") == str(tmp_path / "sub/a.txt")
    assert slugs(tmp_path) == []


def test_what_killed_writers_left_is_swept_and_what_is_new_is_not(tmp_path: Path) -> None:
    names = (
        f".{'0' * 16}.part",
        f"sub/.{'1' * 16}.part",
        f".{'2' * 16}.part",
        ".mine.part",
        "a.md",
    )
    old = [put(tmp_path, name) for name in names]
    for path in old[:2] + old[3:]:
        os.utime(path, (0, 0))
    CorpusFolder(tmp_path).sweep()
    assert [path.exists() for path in old] == [False, False, True, True, True]
