"""Parts of office documents that are not to be read, or cannot be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from bot.core.errors import ArticleError
from bot.sources.formats.markdown import article_of
from bot.sources.formats.office import read_document
from tests.sources.formats.test_office import made
from tests.wording import raises


def changed_words(document: Callable[[bytes], bytes]) -> bytes:
    """A DOCX file whose words are those of this document."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made("docx", "Ropes are SECRET coiled.\n"))) as archive,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in archive.namelist():
            data = archive.read(name)
            copy.writestr(name, document(data) if name == "word/document.xml" else data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("<w:vanish/>", "Ropes are coiled."),
        ('<w:vanish w:val="false"/>', "Ropes are SECRET coiled."),
    ],
)
def test_hidden_words_are_not_read(mark: str, text: str) -> None:
    def document(data: bytes) -> bytes:
        parts = data.decode().partition("SECRET ")
        run = (
            f'</w:t></w:r><w:r><w:rPr>{mark}</w:rPr><w:t xml:space="preserve">{parts[1]}</w:t>'
            '</w:r><w:r><w:t xml:space="preserve">'
        )
        return (parts[0] + run + parts[2]).encode()

    (draft,) = read_document("docx", changed_words(document), "a")
    assert article_of("a", draft).text == text


@pytest.mark.parametrize(
    ("kind", "part"),
    [("docx", "word/document.xml"), ("odt", "content.xml"), ("epub", "EPUB/text/ch001.xhtml")],
)
def test_a_document_with_a_damaged_part_says_so(kind: str, part: str) -> None:
    data = bytearray(made(kind, "Ropes are coiled.\n"))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        words = archive.getinfo(part)
    at = words.header_offset + 30 + len(part) + words.compress_size // 2
    data[at : at + 20] = b"\xff" * 20
    with raises(ArticleError, match=f"^the {kind.upper()} file is damaged and cannot be read$"):
        read_document(kind, bytes(data), "a")
