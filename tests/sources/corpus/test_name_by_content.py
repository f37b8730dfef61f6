"""Bytes without a file name are read as the kind that they look like."""

from pathlib import Path

import pytest

from bot.sources.formats.file_reading import name_by_content

DOCUMENTS = Path(__file__).parents[1] / "documents"


@pytest.mark.parametrize("name", ["ferry.docx", "ferry.odt", "ferry.epub", "ferry.rtf"])
def test_a_document_shows_its_kind(name: str) -> None:
    found = name_by_content((DOCUMENTS / name).read_bytes())
    assert found is not None
    assert Path(found).suffix == Path(name).suffix


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html><p>x</p></html>",
        " <h1>Ferry</h1>\n<p>It <b>sails</b>.</p>\n",
        '<div class="x">It sails.</div>',
    ],
)
def test_a_page_and_a_piece_of_one_are_html(text: str) -> None:
    assert name_by_content(text.encode()) == "page.html"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# A heading",
        "---\ntitle: a\n---\n",
        "PDF is a format",
        "<?xml?><svg/>",
        '<p align="center"><img src="x"></p>\n\n# A project\n\nWhat it does.',
        "<pre> is a tag, and so is <b>",
        "<https://example.org>",
    ],
)
def test_text_shows_none(text: str) -> None:
    assert name_by_content(text.encode()) is None
