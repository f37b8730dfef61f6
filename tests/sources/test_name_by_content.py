"""Bytes without a file name are read as the kind that they look like."""

from pathlib import Path

import pytest

from bot.sources.reading import name_by_content

DOCUMENTS = Path(__file__).parent / "documents"


@pytest.mark.parametrize("name", ["ferry.docx", "ferry.odt", "ferry.epub", "ferry.rtf"])
def test_a_document_shows_its_kind(name: str) -> None:
    found = name_by_content((DOCUMENTS / name).read_bytes())
    assert found is not None
    assert Path(found).suffix == Path(name).suffix


@pytest.mark.parametrize(
    "text", ["", "# A heading", "---\ntitle: a\n---\n", "PDF is a format", "<?xml?><svg/>"]
)
def test_text_shows_none(text: str) -> None:
    assert name_by_content(text.encode()) is None
