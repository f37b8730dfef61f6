"""Reading in processes of their own: what a file does, it does to them."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.errors import ArticleError
from bot.sources.formats.file_reading import read_file
from bot.sources.isolation.readers import Readers
from tests.sources.made_pages import make_page
from tests.wording import raises, worded

DOCUMENTS = Path(__file__).parents[1] / "documents"


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers() as made:
        yield made


@pytest.mark.parametrize("name", ["ferry.html", "chromium.pdf", "ferry.docx"])
def test_a_file_is_read_as_it_is_in_this_process(readers: Readers, name: str) -> None:
    if name.endswith("docx"):
        pytest.importorskip("pypandoc", reason='the extra "documents" is not installed')
    data = (DOCUMENTS / name).read_bytes()
    assert readers.read(data, name) == read_file(data, name)


def test_a_text_is_read_apart_too(readers: Readers) -> None:
    data = "# Ferry\n\nShe sailed at noon — “late”, as ever.\n".encode()
    assert readers.read(data, "a.md") == read_file(data, "a.md")
    words = b"She sailed at noon."
    assert readers.read(words, "a.md", "The “ferry”") == read_file(words, "a.md", "The “ferry”")


def test_a_fault_is_told_in_its_own_words(readers: Readers) -> None:
    with raises(ArticleError, match="it is no PDF, whatever its name says"):
        readers.read(b"words", "a.pdf")


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with Readers(seconds=0.05) as readers, raises(ArticleError, match=r"within 0\.05 seconds"):
        readers.read(make_page(1).html.encode(), "a.html")


def test_a_text_that_takes_too_long_is_given_up_as_well() -> None:
    with Readers(seconds=0.05) as readers, raises(ArticleError, match=r"within 0\.05 seconds"):
        readers.read(b"- a *b*\n" * 50_000, "a.md")


def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    with Readers(memory=150_000_000) as readers, pytest.raises(ArticleError) as error:
        readers.read(b"<p>" + b"<b>word</b> " * 2_000_000, "a.html")
    assert "\n" not in worded(error.value)


def test_many_threads_read_at_once(readers: Readers) -> None:
    found: dict[int, str] = {}

    def read(seed: int) -> None:
        found[seed] = readers.read(make_page(seed).html.encode(), "a.html")[0].head.title

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {seed: make_page(seed).title for seed in range(4)}
