"""The kinds of file that can be read as articles, by the suffix of a file's name."""

from __future__ import annotations

from pathlib import PurePath

SUFFIXES = {
    ".docx": "docx",
    ".epub": "epub",
    ".htm": "html",
    ".html": "html",
    ".markdown": "markdown",
    ".md": "markdown",
    ".odt": "odt",
    ".pdf": "pdf",
    ".rtf": "rtf",
    ".txt": "text",
    ".xhtml": "html",
}
"""The kind, by the suffix in lower case."""


def kind_of(name: str) -> str:
    """The kind of a file of this name; plain text where its suffix is not known."""
    return SUFFIXES.get(PurePath(name).suffix.lower(), "text")
