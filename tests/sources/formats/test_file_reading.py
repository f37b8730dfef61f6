"""From bytes to articles: the title, the format, the encoding."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Draft, Head
from bot.core.errors import ArticleError
from bot.sources.formats.file_reading import (
    decode,
    is_plain,
    read_file,
    read_markdown_file,
    title_of,
)
from bot.sources.formats.markdown import article_of
from tests.wording import raises, worded


def read(text: str, name: str = "some-file_name.md") -> Draft:
    return read_file(text.encode(), name)[0]


@pytest.mark.parametrize(
    ("text", "title", "quoted"),
    [
        ("Words.", "some file name", "Words."),
        ("# A title\n\nWords.", "A title", "Words."),
        ("# A title #\nWords.", "A title", "Words."),
        ("\n \n# A *title*\n\nWords.", "A title", "Words."),
        ("A title\n===\n\nWords.", "A title", "Words."),
        ("Before.\n\n## A title\n\nWords.", "A title", "Before.\n\nA title\n\nWords."),
        ("---\ntitle: A title\n---\n\n# A title\n\nWords.", "A title", "Words."),
        ("---\ntitle: A title\n---\n# Other\n\nWords.", "A title", "Other\n\nWords."),
        ("---\nauthor: Ann\n---\n# A title\n\nWords.", "A title", "Words."),
        ("---\ntitle:\n---\nWords.", "some file name", "Words."),
        ("\ufeff# A title\r\n\r\nWords.\r\n", "A title", "Words."),
        ("# A title\r\rWords.", "A title", "Words."),
        ("    # code\n\nWords.", "some file name", "# code\n\nWords."),
    ],
)
def test_an_article_is_called_by_its_front_matter_its_heading_or_its_file(
    text: str, title: str, quoted: str
) -> None:
    draft = read(text)
    assert draft.head.title == title
    assert article_of("a", draft).text == quoted


@pytest.mark.parametrize(
    ("stem", "title"),
    [("a-b__c  d", "a b c d"), ("---", "Untitled"), ("", "Untitled"), ("a\x1b\udcff", "a")],
)
def test_a_file_name_as_a_title(stem: str, title: str) -> None:
    assert title_of(stem) == title


def test_a_suffix_that_is_not_known_is_plain_text() -> None:
    assert article_of("a", read("*Words.*", "notes.log")).text == "*Words.*"
    assert article_of("a", read("*Words.*", "notes.MD")).text == "Words."


def test_line_ends_are_lf() -> None:
    assert decode(b"a\r\nb\rc\n\r\r\n") == "a\nb\nc\n\n\n"


@pytest.mark.parametrize("after", [b"\n", b"x\n", b"\r", b"\r\n", b"\n\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_line_of_a_byte_that_is_no_text(after: bytes, mark: bytes) -> None:
    lines = len(after.decode().replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    with raises(ArticleError, match=rf"^line {lines}: it is not UTF-8 text \(byte 0xff\)"):
        decode(mark + after + b"caf\xc3\xa9 \xff\n\xff")


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_every_file_is_an_article_or_refused_in_one_line(data: bytes) -> None:
    for name in ("a.md", "a.txt"):
        said = ""
        try:
            article = article_of("a", read_file(data, name)[0])
            assert article.text.encode().decode() == article.text != ""
        except ArticleError as error:
            said = worded(error)
        assert said.isprintable()


@given(st.text())
def test_a_title_that_is_ever_so_long_is_no_trap(text: str) -> None:
    runs = f"# a{text}{' ' * 3000}b\n\nWords."
    if "\0" not in runs and not any("\ud800" <= char <= "\udfff" for char in runs):
        assert read_markdown_file(runs.encode(), "x")[0].head != Head("")


DOCUMENTS = Path(__file__).parents[1] / "documents"


@pytest.mark.parametrize("called", ["dl", "page.html", "notes.txt", "other.docx"])
def test_a_document_is_read_as_what_it_is_whatever_it_is_called(called: str) -> None:
    data = (DOCUMENTS / "chromium.pdf").read_bytes()
    assert read_file(data, called)[0].body == read_file(data, "ferry.pdf")[0].body
    assert not is_plain(data, called)
