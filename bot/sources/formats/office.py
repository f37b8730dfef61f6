"""DOCX, ODT, EPUB and RTF, through pandoc, which is an extra: ``articlebot[documents]``.

Pandoc runs as a program of its own, without access to files or the network (``--sandbox``), with
a bound on its memory and its time, and gives its document tree as JSON (the types of
``Text.Pandoc.Definition``), which is walked here.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from bot.core.article import Draft, Head
from bot.core.errors import ArticleError
from bot.sources.formats.accounts import without_accounts
from bot.sources.formats.dates import find_date
from bot.sources.formats.docx_hidden import without_hidden
from bot.sources.formats.epub_entities import with_entities
from bot.sources.formats.head_fields import clean
from bot.sources.formats.markdown_writing import read_opening, write_body
from bot.sources.formats.odt_formulas import with_formulas
from bot.sources.formats.odt_lists import with_list_numbers
from bot.sources.formats.odt_parts import parts_of
from bot.sources.formats.pandoc_tree import DocumentWalker, Node, OfficeBlock

SECONDS = 60.0
MEMORY = "1G"
"""Maximum size of pandoc's heap."""
UNPACKED = 200_000_000
"""Maximum number of unpacked bytes that a zip archive may declare."""


class Properties(NamedTuple):
    """The properties of a document; "" is "not known"."""

    title: str = ""
    author: str = ""
    language: str = ""
    published: str = ""


def read_document(kind: str, data: bytes, title: str) -> list[Draft]:
    """Return the article in a document. ``kind`` is ``docx``, ``odt``, ``epub`` or ``rtf``;
    ``title`` is the title to use if the document gives none.

    Raises `ArticleError` if this is no such document, holds no text, or pandoc is not there.
    """
    said = _check(kind, data)
    try:
        trees = [_pandoc(kind, part) for part in _parts(kind, data)]
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise ArticleError("office.damaged", kind=kind.upper()) from error
    meta = {key: _plain_meta(value) for key, value in trees[0].get("meta", {}).items()}
    said = Properties(
        clean(meta.get("title", "")) or said.title,
        clean(meta.get("author", "")) or said.author,
        clean(meta.get("lang", meta.get("language", ""))) or said.language,
        meta.get("date", "") if kind == "epub" else "",
    )
    walker = DocumentWalker()
    nodes = [node for tree in trees for node in tree["blocks"]]
    parts = [part for part in walker.blocks(nodes, "paragraph") if part.text.strip()]
    heading = next((part for part in parts[:3] if part.kind == "heading"), None)
    if heading is not None and not said.title:
        said = said._replace(title=heading.text)
    parts = [part for number, part in enumerate(parts) if number > 3 or part.text != said.title]
    parts = _without_names(parts, said.author)
    opening = read_opening([part.text for part in parts], said.author or None)
    parts = [part for number, part in enumerate(parts) if number not in opening.taken]
    parts += [OfficeBlock("paragraph", note) for note in walker.notes]
    if not parts:
        raise ArticleError("office.without_text", kind=kind.upper())
    head = Head(
        said.title or title,
        author=opening.author and clean(opening.author.replace(";", ",")),
        published=opening.published or find_date(said.published[:40]),
        language=said.language[:2].lower() if said.language[:2].isalpha() else None,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    return [Draft(head, write_body(parts))]


def _parts(kind: str, data: bytes) -> Iterator[bytes]:
    """Yield a document as pandoc reads it rightly, in one file or several."""
    if kind == "odt":
        yield from parts_of(with_list_numbers(with_formulas(data)))
    elif kind == "epub":
        yield with_entities(data, UNPACKED)
    elif kind == "docx":
        yield without_hidden(data)
    else:
        yield data


def _without_names(parts: list[OfficeBlock], author: str) -> list[OfficeBlock]:
    """Return the blocks without those above the text that are only an author's name."""
    names = {name.strip().casefold() for name in re.split(r"[;,]", author)} - {""}
    return [
        part
        for ordinal, part in enumerate(parts)
        if ordinal > _OPENING or part.kind == "code" or part.text.casefold() not in names
    ]


_OPENING = 6
"""Number of blocks at a document's beginning that may be its authors' names."""


def _check(kind: str, data: bytes) -> Properties:
    """Return the properties of a document; refuses a file that is not of its kind, before it is
    handed on."""
    wrong = ArticleError("office.wrong_kind", kind=kind.upper())
    if kind == "rtf":
        if not data.lstrip().startswith(b"{\\rtf"):
            raise wrong
        return Properties()
    member, meta = {
        "docx": ("word/document.xml", "docProps/core.xml"),
        "odt": ("content.xml", "meta.xml"),
        "epub": ("META-INF/container.xml", ""),
    }[kind]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = {info.filename: info.file_size for info in archive.infolist()}
            if member not in held and not (kind == "docx" and _has_main_part(archive, held)):
                raise wrong
            if sum(held.values()) > UNPACKED or len(held) > 20_000:
                raise ArticleError(
                    "office.unpacked_size", kind=kind.upper(), megabytes=UNPACKED / 1e6
                )
            if any(info.flag_bits & 1 for info in archive.infolist()):
                raise ArticleError("office.locked", kind=kind.upper())
            if meta not in held or held[meta] > 200_000:
                return Properties()
            with archive.open(meta) as file:
                return _properties(file.read(200_000))
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError) as error:
        raise wrong from error  # zipfile has a RuntimeError for a compression that it cannot undo


def _has_main_part(archive: zipfile.ZipFile, held: Mapping[str, int]) -> bool:
    """Return whether a DOCX file has the document that its relationships name (ISO/IEC 29500-2,
    6.5); Word on the web calls it "word/document2.xml"."""
    if held.get("_rels/.rels", 200_000) >= 200_000:
        return False
    relations = archive.read("_rels/.rels").decode("utf-8", "replace")
    for relation in re.findall(r"<Relationship\b[^<>]*>", relations):
        target = re.search(r"\bTarget=[\"']/?([^\"']+)", relation)
        if target is not None and '/officeDocument"' in relation.replace("'", '"'):
            return target[1] in held and target[1].startswith("word/")
    return False


def _properties(data: bytes) -> Properties:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return Properties()
    found: dict[str, str] = {}
    for element in root.iter():
        if isinstance(element.tag, str) and element.text:
            found.setdefault(etree.QName(element).localname, clean(element.text)[:300])
    author = without_accounts(found.get("initial-creator") or found.get("creator", ""))
    return Properties(found.get("title", ""), author, found.get("language", ""))


def _pandoc(kind: str, data: bytes) -> Node:
    """Return pandoc's tree of a document."""
    try:
        import pypandoc

        program = pypandoc.get_pandoc_path()
    except (ImportError, OSError) as error:
        raise ArticleError("office.no_pandoc", kind=kind.upper()) from error
    reader = "docx+styles" if kind == "docx" else kind
    command = [
        program,
        "--sandbox",
        "--from",
        reader,
        "--to",
        "json",
        "+RTS",
        f"-M{MEMORY}",
        "-RTS",
    ]
    try:
        done = subprocess.run(  # noqa: S603 - the program is pandoc, the arguments are ours
            command,
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            # it refuses to run where the working folder has been removed
            cwd=Path(program).parent,
        )
    except subprocess.TimeoutExpired as error:
        raise ArticleError("office.timeout", kind=kind.upper(), seconds=SECONDS) from error
    except OSError as error:
        raise ArticleError("office.pandoc", reason=str(error.strerror)) from error
    if done.returncode != 0:
        raise ArticleError("office.damaged", kind=kind.upper())
    tree: Node = json.loads(done.stdout)
    return tree


def _plain_meta(value: Node) -> str:
    kind = value["t"]
    content: Any = value.get("c")
    if kind == "MetaString":
        return str(content)
    if kind == "MetaInlines":
        return DocumentWalker().inlines(content)
    if kind == "MetaList":
        return ", ".join(filter(None, map(_plain_meta, content)))
    if kind == "MetaBlocks":
        return " ".join(part.text for part in DocumentWalker().blocks(content, "paragraph"))
    return ""
