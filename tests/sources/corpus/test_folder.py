"""The corpus folder with everything that can lie in one, real files all of them."""

from __future__ import annotations

import os
import socket
import unicodedata
from collections.abc import Iterator, MutableSequence
from pathlib import Path

import pytest

from bot.core.errors import ArticleError, CorpusError, Problem
from bot.core.seams import Fault, Listing
from bot.sources.corpus.file_names import printable
from bot.sources.corpus.folder import CorpusFolder, read_regular_file
from bot.sources.formats.kinds import SUFFIXES
from tests.sources.corpus.files import faults, put, slugs
from tests.wording import raises, worded

KINDS = ", ".join(sorted(SUFFIXES))


def test_a_files_name_is_its_articles_slug_in_subfolders_too(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "C.MD", "sub/d.markdown", "sub/deep/e.html", "f.g.md"):
        put(tmp_path, name)
    assert slugs(tmp_path) == ["C", "a", "b", "f.g", "d", "e"]


def test_a_name_is_one_however_its_accents_are_written(tmp_path: Path) -> None:
    put(tmp_path, unicodedata.normalize("NFD", "é") + ".md")
    assert slugs(tmp_path) == ["é"]


def test_hidden_files_and_an_editors_copies_are_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.md", "a.md~", ".git/b.md", ".x.part"):
        put(tmp_path, name)
    assert CorpusFolder(tmp_path).list() == ({}, [])


def test_no_folder_is_one_clear_line(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", put(tmp_path, "file.md")):
        with raises(CorpusError, match=r"the folder of articles cannot be read \(No"):
            CorpusFolder(path).list()


BAD_FILES: list[tuple[str, str | bytes, str]] = [
    ("binary.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is binary, not text"),
    ("binary.txt", b"words\0words", "it is binary, not text"),
    (
        "latin1.md",
        "One.\r\nTwo.\rcaf\xe9\n".encode("latin-1"),
        "line 3: it is not UTF-8 text (byte 0xe9); save it as UTF-8",
    ),
    (
        "latin1.txt",
        b"\xef\xbb\xbfOne.\n\ncaf\xe9\n",
        "line 3: it is not UTF-8 text (byte 0xe9); save it as UTF-8",
    ),
    ("surrogate.md", b"\xed\xa0\x80", "line 1: it is not UTF-8 text (byte 0xed); save it as UTF-8"),
    ("utf16.md", "Words.".encode("utf-16"), "it is UTF-16 text; save it as UTF-8"),
    ("utf16be.txt", b"\xfe\xff\0W", "it is UTF-16 text; save it as UTF-8"),
    (
        "broken.md",
        "---\ntitle: A\nauthor: b\n  c: d\n---\nWords.\n",
        "line 4: its front matter is no YAML: mapping values are not allowed here",
    ),
    (
        "open.md",
        "---\ntitle: A\nWords.\n",
        "line 1: its front matter has no closing --- line; add one below it",
    ),
    (
        "link.md",
        "---\ntitle: A\n\nurl: yesterday\n---\nWords.\n",
        "line 4: its front matter has url: 'yesterday'; write it as https://...",
    ),
    ("empty.md", "", "it holds no text; write some below its head"),
    ("empty.txt", "", "it holds no text; write some below its head"),
    ("blank.txt", " \n\t\n\u00a0\r\n", "it holds no text; write some below its head"),
    ("head.md", "---\ntitle: A\n---\n", "it holds no text; write some below its head"),
    ("title.md", "# Only a title\n", "it holds no text; write some below its head"),
    ("picture.png", "x", f"a .png file cannot be read as an article; these can: {KINDS}"),
    ("README", "x", f"a file without a suffix cannot be read as an article; these can: {KINDS}"),
    ("a#1.md", "x", "its name holds what cannot stand in an address; rename it"),
    ("a@b.md", "x", "its name holds what cannot stand in an address; rename it"),
    ("back\\slash.md", "x", "its name holds what cannot stand in an address; rename it"),
    (" space.md", "x", "its name holds what cannot stand in an address; rename it"),
    ("space .md", "x", "its name holds what cannot stand in an address; rename it"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BAD_FILES, ids=[bad[0] for bad in BAD_FILES])
def test_a_file_that_is_no_article_says_why_and_the_others_serve(
    tmp_path: Path, name: str, data: str | bytes, reason: str
) -> None:
    put(tmp_path, name, data)
    put(tmp_path, "good.md")
    assert faults(tmp_path) == {name: reason}
    assert "good" in slugs(tmp_path)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"new\nline.md", r"new\nline.md"),
        (b"escape\x1b[31m.md", r"escape\x1b[31m.md"),
        (b"not-\xff-unicode.md", r"not-\udcff-unicode.md"),
        ("over\u202eride.md".encode(), r"over\u202eride.md"),
        ("joined\u200bwords.md".encode(), r"joined\u200bwords.md"),
    ],
)
def test_a_hostile_name_is_escaped(tmp_path: Path, name: bytes, shown: str) -> None:
    put(tmp_path, os.fsdecode(name))
    assert faults(tmp_path) == {shown: "its name holds what cannot stand in an address; rename it"}


@pytest.mark.parametrize(
    "name", ["-rf.md", "$(id).md", "%s%n.md", "{0}.md", "`a`.md", "a;b|c&d.md", "*.md"]
)
def test_a_name_that_would_be_a_command_elsewhere_is_a_name(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    assert faults(tmp_path) == {}
    assert slugs(tmp_path) == [name.removesuffix(".md")]


def test_a_folder_whose_name_is_not_unicode(tmp_path: Path) -> None:
    put(tmp_path, os.fsdecode(b"caf\xe9/a.md"))
    assert faults(tmp_path) == {
        r"caf\udce9/a.md": "its folder's name is not UTF-8; rename the folder"
    }


def test_links(tmp_path: Path) -> None:
    root, outside = tmp_path / "corpus", tmp_path / "outside"
    put(outside, "secret.md")
    put(tmp_path, "corpus-beside/b.md")
    inside = put(root, "sub/inside.md")
    (root / "out.md").symlink_to(outside / "secret.md")
    (root / "relative.md").symlink_to("../outside/secret.md")
    (root / "folder").symlink_to(outside)
    (root / "beside.md").symlink_to(tmp_path / "corpus-beside" / "b.md")
    (root / "loop.md").symlink_to("loop.md")
    (root / "dangling.md").symlink_to("nothing.md")
    (root / "alias.md").symlink_to(inside)
    (root / "within").symlink_to(root / "sub")
    out = "it is a link that leads out of the folder; copy the file instead"
    found = faults(root)
    assert found.pop("loop.md").startswith("it cannot be read (Too many levels of symbolic links")
    assert found == {
        "out.md": out,
        "relative.md": out,
        "folder": out,
        "beside.md": out,
        "dangling.md": "it is a link to a file that is not there; remove it",
        "within": "it is no regular file",
    }
    assert slugs(root) == ["alias", "inside"]


def test_a_link_to_the_corpus_itself_is_a_corpus(tmp_path: Path) -> None:
    put(tmp_path, "corpus/a.md")
    (tmp_path / "link").symlink_to("corpus")
    (tmp_path / "corpus" / "b.md").symlink_to("a.md")
    assert slugs(tmp_path / "link") == ["a", "b"]


def test_what_is_no_regular_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as server:
        working = Path.cwd()
        os.chdir(tmp_path)  # a socket's path holds some 100 characters
        try:
            server.bind("socket.md")
        finally:
            os.chdir(working)
        assert faults(tmp_path) == {
            "pipe.md": "it is no regular file",
            "socket.md": "it is no regular file",
        }
    with raises(ArticleError, match="it is no regular file"):
        read_regular_file(tmp_path / "pipe.md", 10)
    with raises(ArticleError, match="it is no regular file"):
        read_regular_file(tmp_path, 10)


def test_a_hundred_megabytes_of_one_line_are_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(100_000_000)
    put(tmp_path, "good.md")
    assert faults(tmp_path) == {"huge.md": "it has more than the 20 MB of [corpus] largest_file_mb"}
    assert slugs(tmp_path) == ["good"]


def test_the_largest_file_is_what_the_settings_say_now(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "x" * 1000)
    assert faults(tmp_path, 1000) == {}
    assert faults(tmp_path, 999) == {
        "a.md": "it has more than the 0.000999 MB of [corpus] largest_file_mb"
    }


def test_two_files_of_one_name_are_not_mixed_up(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "First.\n")
    put(tmp_path, "sub/a.txt", "Second.\n")
    store = CorpusFolder(tmp_path)
    assert store.list().faults == [Fault("sub/a.txt", Problem("file.namesake", {"path": "a.md"}))]
    assert store.get("a", store.list().versions["a"])[0].text == "First."


def test_folders_within_folders_beyond_what_a_path_can_hold(tmp_path: Path) -> None:
    put(tmp_path, "good.md")
    working = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(20):
            Path("d" * 250).mkdir()
            os.chdir("d" * 250)
    finally:
        os.chdir(working)
    listing = CorpusFolder(tmp_path).list()
    assert list(listing.versions) == ["good"]
    assert [worded(fault.problem) for fault in listing.faults] == [
        "the folder cannot be read (File name too long)"
    ]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not read")
def test_what_is_not_ours_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "good.md")
    put(tmp_path, "secret.md").chmod(0)
    put(tmp_path, "sub/a.md").parent.chmod(0)
    tmp_path.chmod(0o755)
    assert faults(tmp_path) == {}
    monkeypatch.chdir(tmp_path)
    os.seteuid(65534)
    try:
        found = faults(Path())
    finally:
        os.seteuid(0)
    assert found == {
        "sub": "the folder cannot be read (Permission denied)",
        "secret.md": "it cannot be read (Permission denied)",
    }


def test_printable_escapes_what_a_terminal_would_take_for_a_command() -> None:
    assert printable("a\x1b[2J\n\u202e\udcff é 中") == r"a\x1b[2J\n\u202e\udcff é 中"


class Counting(CorpusFolder):
    """Counts how often the folders are gone through."""

    looks = 0

    def _files(self, faults: MutableSequence[Fault]) -> Iterator[tuple[str, os.DirEntry[str]]]:
        self.looks += 1
        return super()._files(faults)


def test_one_slug_is_looked_up_without_going_through_the_folders(tmp_path: Path) -> None:
    for number in range(5):
        put(tmp_path, f"a{number}.md")
    put(tmp_path, "sub/below.txt")
    put(tmp_path, "sub/a1.txt")
    store = Counting(tmp_path)
    whole = store.list()
    for slug in ("a0", "below"):
        assert store.list({slug}) == Listing({slug: whole.versions[slug]}, [])
    assert store.looks == 1
    assert store.list({"a1"}).faults == whole.faults  # there are two of them
    assert store.looks == 2
    (tmp_path / "a0.md").unlink()
    (tmp_path / "sub" / "below.txt").rename(tmp_path / "sub" / "moved.txt")
    put(tmp_path, "sub/new.md")
    assert store.list({"a0", "below"}) == ({}, [])
    assert list(store.list({"new"}).versions) == ["new"]
    assert store.looks == 4
    assert store.list({"new"}).versions["new"].path == "sub/new.md"
    assert store.looks == 4


def test_a_fault_of_one_slug_is_told_as_of_all(tmp_path: Path) -> None:
    put(tmp_path, "large.md", "x" * 100)
    (tmp_path / "out.md").symlink_to(tmp_path.parent / "elsewhere.md")
    store = Counting(tmp_path, 50)
    faults = store.list().faults
    assert [fault for slug in ("large", "out") for fault in store.list({slug}).faults] == faults
    assert store.looks == 1
    assert store.list({"../large", "a/b", "", "."}) == ({}, [])
