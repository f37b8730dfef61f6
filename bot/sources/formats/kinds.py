"""The kinds of file that can be read as articles, by the suffix of a file's name."""

from __future__ import annotations

from pathlib import PurePath

SUFFIXES = {
    ".docx": "docx",
    ".eml": "mail",
    ".epub": "epub",
    ".htm": "html",
    ".html": "html",
    ".ipynb": "notebook",
    ".markdown": "markdown",
    ".md": "markdown",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".odt": "odt",
    ".pdf": "pdf",
    ".rtf": "rtf",
    ".txt": "text",
    ".xhtml": "html",
}
"""The kind, by the suffix in lower case."""


def kind_of(name: str) -> str:
    """Return the kind of a file of this name; plain text where its suffix is not known."""
    return SUFFIXES.get(PurePath(name).suffix.lower(), "text")


def document_kind(data: bytes) -> str | None:
    """Return the kind of a document that is not text, by its signature, whatever its name; None for
    any other file."""
    beginning = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if beginning.startswith(b"%PDF-"):
        return "pdf"
    if beginning.startswith(b"{\\rtf"):
        return "rtf"
    if beginning.startswith(b"PK\x03\x04"):
        ends = data[:8192] + data[-8192:]
        for mark, kind in _PACKED:
            if mark in ends:
                return kind
    return None


_PACKED = (
    (b"mimetypeapplication/epub", "epub"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"word/", "docx"),
)
"""Signatures at the beginning or the end of a packed document, by its kind."""
