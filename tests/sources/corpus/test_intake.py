"""The intake with a real folder: what goes in comes back word for word."""

from __future__ import annotations

import os
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import ArticleError
from bot.sources.corpus.folder import CorpusFolder
from bot.sources.corpus.intake import Intake
from bot.sources.formats.markdown import article_of
from tests.sources.formats.test_plain_text import DUMP
from tests.wording import raises, worded


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    return tmp_path / "corpus"


def intake(corpus: Path, largest: int = 1_000_000) -> Intake:
    return Intake(CorpusFolder(corpus), largest)


def add_file(corpus: Path, path: Path) -> list[tuple[str, str]]:
    inlet = intake(corpus)
    outcomes = [inlet.add(draft) for draft in inlet.read(path)]
    return [(outcome.kind, outcome.slug) for outcome in outcomes]


def texts(corpus: Path) -> dict[str, str]:
    store = CorpusFolder(corpus)
    return {
        slug: store.get(slug, version)[0].text for slug, version in store.list().versions.items()
    }


def test_a_page_dump_becomes_its_articles(corpus: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(DUMP, "utf-8")
    slugs = [
        "the-owls-night-shift",
        "why-herons-stand-on-one-leg-warmth-balance-habit",
        "a-gulls-red-spot",
    ]
    assert add_file(corpus, page) == [("added", slug) for slug in slugs]
    assert add_file(corpus, page) == [("known", slug) for slug in slugs]
    assert sorted(path.name for path in corpus.iterdir()) == sorted(f"{slug}.md" for slug in slugs)
    assert (corpus / "the-owls-night-shift.md").read_text("utf-8") == (
        "---\ntitle: The owl’s night shift\npublished: '2021-03-05'\nsection: Birds\n"
        f"sha256: {sha256(DUMP.encode()).hexdigest()}\n---\n\n"
        "The barn owl hunts by ear. Its face is a dish that gathers sound, inclunding the steps of "
        "a mouse.\n\n\\* \\* \\*\n\nIt swallows its prey whole – and what it cannot digest comes "
        "up as a pellet (50 g a week: 3.5-%).\n"
    )
    everything = " ".join(texts(corpus).values())
    for never in ("Home", "•", "Related Articles", "2020/12/31"):
        assert never not in everything


@settings(max_examples=60)
@given(st.text().filter(lambda text: "\0" not in text))
def test_what_is_added_reads_back_word_for_word(text: str) -> None:
    data = text.encode("utf-8", "replace")
    literal = data.decode().replace("\r\n", "\n").replace("\r", "\n")
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder)
        path = corpus / ".notes.txt"
        path.write_bytes(data)
        inlet = intake(corpus)
        try:
            drafts = inlet.read(path)
        except ArticleError:
            assert not literal.strip().strip("\ufeff").strip()
            return
        for draft in drafts:
            inlet.add(draft)
        kept = "".join(texts(corpus).values())
        assert "".join(kept.split()) == "".join(literal.removeprefix("\ufeff").split())


def test_a_text_without_a_name_is_called_by_its_first_words(corpus: Path) -> None:
    inlet = intake(corpus)
    cases = {
        "Some words.\n": "Some words.",
        "# A title\n\nWords.": "A title",
        "---\ntitle: Head\n---\nWords.": "Head",
        "\n\n---\ntitle: Head\n---\nWords.": "Head",
        "word " * 40: " ".join(["word"] * 16),
        "中" * 100: "中" * 80,
        "\x1b\n\nx": "x",
    }
    for text, title in cases.items():
        assert inlet.read_text(text.encode())[0].head.title == title
    with raises(ArticleError, match="it holds no text"):
        inlet.read_text(b" \n")
    with raises(ArticleError, match="it is binary, not text"):
        inlet.read_text(b"\0")


def test_what_cannot_be_read_says_why(corpus: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "large.md").write_bytes(b"x" * 1_000_001)
    cases = {
        "nowhere.md": "it cannot be read (No such file or directory)",
        "nul\0.md": "it cannot be read (its name holds a null character)",
        "pipe.md": "it is no regular file",
        ".": "it is no regular file",
        "large.md": "it has more than the 1 MB of [corpus] largest_file_mb",
    }
    for name, reason in cases.items():
        with pytest.raises(ArticleError) as caught:
            intake(corpus).read(tmp_path / name)
        assert worded(caught.value) == reason
    assert list(corpus.iterdir()) == []


def test_an_upload_is_of_a_kind_that_can_be_read(corpus: Path) -> None:
    inlet = intake(corpus, 10)
    assert inlet.read_upload(b"Words.", "../a b.TXT")[0].head.title == "a b"
    with raises(ArticleError, match="a file of this kind cannot be read as an article; use"):
        inlet.read_upload(b"Words.", "a.exe")
    with raises(ArticleError, match="it has more than"):
        inlet.read_upload(b"Words, words.", "a.md")


def test_of_files_added_together_none_is_lost(corpus: Path, tmp_path: Path) -> None:
    months = ("January", "February", "March")
    shared = "The harbour office wishes all members fair winds and a dry deck this month. " * 3
    inlet = intake(corpus)
    for month in months:
        (tmp_path / month).mkdir()
        letter = tmp_path / month / "letter.txt"
        letter.write_text(f"{shared}\n\nIn {month} the ferry rests.\n", "utf-8")
        assert [inlet.add(draft).kind for draft in inlet.read(letter)] == ["added"]
    assert sorted(texts(corpus)) == ["letter", "letter-2", "letter-3"]
    everything = " ".join(texts(corpus).values())
    assert all(f"In {month} the ferry rests." in everything for month in months)


@settings(max_examples=40)
@given(st.lists(st.text("ab c\n", min_size=1).filter(lambda text: text.strip()), max_size=6))
def test_what_one_intake_adds_is_all_there_at_the_end(bodies: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        inlet = intake(Path(folder))
        for body in bodies:
            for draft in inlet.read_bytes(body.encode(), "notes.txt"):
                inlet.add(draft)
        there = set(texts(Path(folder)).values())
        assert there == {
            article_of("", draft).text
            for body in bodies
            for draft in inlet.read_bytes(body.encode(), "notes.txt")
        }
