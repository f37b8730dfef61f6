"""Jupyter notebooks (nbformat 3 and 4, which are JSON): their words and their code, as Markdown.
The output of a cell is a picture or a log of one run, and no part of the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.core.article import Draft, Head
from bot.core.errors import ArticleError
from bot.sources.formats.dialects import to_commonmark
from bot.sources.formats.head_fields import clean
from bot.sources.formats.markdown import first_heading
from bot.sources.formats.markdown_writing import fenced


def read_notebook(data: bytes, title: str) -> list[Draft]:
    """Return the article in a notebook, titled by its metadata, its first heading, or ``title``.
    Raises `ArticleError` if it is no notebook."""
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ArticleError("notebook.not_json") from error
    cells = list(_cells(notebook)) if isinstance(notebook, dict) else []
    if not cells:
        raise ArticleError("notebook.without_cells")
    body = "\n\n".join(filter(None, map(_markdown, cells)))
    metadata = notebook.get("metadata")
    known: dict[str, Any] = metadata if isinstance(metadata, dict) else {}
    said = known.get("title")
    heading = first_heading(body)
    called = clean(said) if isinstance(said, str) else ""
    head = Head(called or clean(heading or "") or title, author=_authors(known.get("authors")))
    return [Draft(head, body)]


def _cells(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    sheets = notebook.get("worksheets")
    groups = [notebook, *sheets] if isinstance(sheets, list) else [notebook]
    for group in groups:
        cells = group.get("cells") if isinstance(group, dict) else None
        for cell in cells if isinstance(cells, list) else ():
            if isinstance(cell, dict):
                yield cell


def _markdown(cell: dict[str, Any]) -> str:
    kind = cell.get("cell_type")
    source = _text(cell.get("source", cell.get("input", ""))).replace("\r\n", "\n").strip("\n")
    if kind == "markdown":
        return to_commonmark(source)
    if kind == "heading":
        level = cell.get("level")
        marks = "#" * level if isinstance(level, int) and 0 < level < 7 else "#"
        return f"{marks} {source}"
    if kind == "code" and source.strip():
        return fenced(source)
    return ""


def _text(source: object) -> str:
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _authors(authors: object) -> str | None:
    names = [
        clean(author["name"])
        for author in (authors if isinstance(authors, list) else ())
        if isinstance(author, dict) and isinstance(author.get("name"), str)
    ]
    return ", ".join(filter(None, names)) or None
