"""DOCX, ODT, EPUB and RTF, through pandoc, which is an extra: ``articlebot[documents]``.

Pandoc runs as a program of its own, without access to files or the network (``--sandbox``), with
a bound on its memory and its time, and gives its document tree as JSON (the types of
``Text.Pandoc.Definition``), which is walked here.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lxml import etree

from bot.core.article import Draft, Head
from bot.core.errors import ArticleError
from bot.sources.formats.dates import find_date
from bot.sources.formats.front_matter import clean
from bot.sources.formats.markdown_writing import read_opening, write_body

SECONDS = 60.0
MEMORY = "1G"
"""Of pandoc's own heap."""
UNPACKED = 200_000_000
"""Bytes in all that a zip archive may say it holds."""
LEFT_OUT = frozenset(
    "caption|image caption|table caption|figure|header|footer|toc heading|toc 1|toc 2|toc 3".split(
        "|"
    )
)
"""The styles of what is no part of the text."""
Node = dict[str, Any]


class OfficeBlock(NamedTuple):
    """A block of a document; see `bot.sources.formats.markdown_writing.DocumentBlock`."""

    kind: str
    text: str
    level: int = 0


class Properties(NamedTuple):
    """What a document's properties say; "" is "not known"."""

    title: str = ""
    author: str = ""
    language: str = ""
    published: str = ""


def read_document(kind: str, data: bytes, title: str) -> list[Draft]:
    """The article in a document. ``kind`` is ``docx``, ``odt``, ``epub`` or ``rtf``; ``title`` is
    what it is called where it does not say.

    Raises `ArticleError` where it is none, holds no text, or pandoc is not there.
    """
    said = _check(kind, data)
    tree = _pandoc(kind, data)
    meta = {key: _plain_meta(value) for key, value in tree.get("meta", {}).items()}
    said = Properties(
        clean(meta.get("title", "")) or said.title,
        clean(meta.get("author", "")) or said.author,
        clean(meta.get("lang", meta.get("language", ""))) or said.language,
        meta.get("date", "") if kind == "epub" else "",
    )
    walker = _Walker()
    parts = [part for part in walker.blocks(tree["blocks"], "paragraph") if part.text.strip()]
    heading = next((part for part in parts[:3] if part.kind == "heading"), None)
    if heading is not None and not said.title:
        said = said._replace(title=heading.text)
    parts = [part for number, part in enumerate(parts) if number > 3 or part.text != said.title]
    opening = read_opening([part.text for part in parts], said.author or None)
    parts = [part for number, part in enumerate(parts) if number not in opening.taken]
    parts += [OfficeBlock("paragraph", note) for note in walker.notes]
    if not parts:
        raise ArticleError(f"the {kind.upper()} file holds no text")
    head = Head(
        said.title or title,
        author=opening.author and clean(opening.author),
        published=opening.published or find_date(said.published[:40]),
        language=said.language[:2].lower() if said.language[:2].isalpha() else None,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    return [Draft(head, write_body(parts))]


def _check(kind: str, data: bytes) -> Properties:
    """Refuse what is not of its kind, before it is handed on; gives its properties."""
    wrong = ArticleError(f"it is no {kind.upper()} file, whatever its name says")
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
            if member not in held:
                raise wrong
            if sum(held.values()) > UNPACKED or len(held) > 20_000:
                raise ArticleError(
                    f"the {kind.upper()} file unpacks to more than {UNPACKED / 1e6:.0f} MB"
                )
            if any(info.flag_bits & 1 for info in archive.infolist()):
                raise ArticleError(f"the {kind.upper()} file is locked with a password")
            if meta not in held or held[meta] > 200_000:
                return Properties()
            with archive.open(meta) as file:
                return _properties(file.read(200_000))
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise wrong from error


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
    author = found.get("initial-creator") or found.get("creator", "")
    return Properties(found.get("title", ""), author, found.get("language", ""))


def _pandoc(kind: str, data: bytes) -> Node:
    """Pandoc's tree of a document."""
    try:
        import pypandoc

        program = pypandoc.get_pandoc_path()
    except (ImportError, OSError) as error:
        raise ArticleError(
            f"{kind.upper()} files need pandoc; install it with: "
            'pip install "articlebot[documents]"'
        ) from error
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
            command, input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ArticleError(
            f"the {kind.upper()} file was not read within {SECONDS:.0f} seconds"
        ) from error
    except OSError as error:
        raise ArticleError(f"pandoc cannot be run ({error.strerror})") from error
    if done.returncode != 0:
        raise ArticleError(f"the {kind.upper()} file is damaged and cannot be read")
    tree: Node = json.loads(done.stdout)
    return tree


def _plain_meta(value: Node) -> str:
    kind = value["t"]
    content: Any = value.get("c")
    if kind == "MetaString":
        return str(content)
    if kind == "MetaInlines":
        return _Walker().inlines(content)
    if kind == "MetaList":
        return ", ".join(filter(None, map(_plain_meta, content)))
    if kind == "MetaBlocks":
        return " ".join(part.text for part in _Walker().blocks(content, "paragraph"))
    return ""


class _Walker:
    """Walks pandoc's tree; footnotes are gathered, to follow the text."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def blocks(self, nodes: Iterable[Node], kind: str) -> Iterator[OfficeBlock]:
        """The blocks of some nodes; ``kind`` is what a paragraph among them is."""
        for node in nodes:
            yield from self._block(node["t"], node.get("c"), kind)

    def _block(self, tag: str, content: Any, kind: str) -> Iterator[OfficeBlock]:
        if tag in ("Para", "Plain"):
            text = self.inlines(content)
            bold = all(inline["t"] in ("Strong", "Space", "SoftBreak") for inline in content)
            if bold and kind == "paragraph" and len(text.split()) <= 16 and text[-1:] not in ".,;":
                kind = "heading"
            yield OfficeBlock(kind, text)
        elif tag == "Header":
            yield OfficeBlock("heading", self.inlines(content[2]), content[0])
        elif tag == "CodeBlock":
            yield OfficeBlock("code", content[1])
        elif tag == "LineBlock":
            yield OfficeBlock(kind, "\n".join(map(self.inlines, content)))
        elif tag == "BlockQuote":
            yield from self.blocks(content, "quotation")
        elif tag in ("BulletList", "OrderedList"):
            first = content[0][0] if tag == "OrderedList" else 0
            items = content[1] if tag == "OrderedList" else content
            for number, item in enumerate(items, first):
                yield from self._item(item, number if tag == "OrderedList" else 0)
        elif tag == "DefinitionList":
            for term, definitions in content:
                yield OfficeBlock("item", self.inlines(term))
                for definition in definitions:
                    yield from self.blocks(definition, "item")
        elif tag == "Table":
            yield from self._table(content)
        elif tag == "Div":
            style = dict(content[0][2]).get("custom-style", "").lower()
            if style not in LEFT_OUT:
                yield from self.blocks(content[1], "quotation" if "quot" in style else kind)

    def _item(self, item: Iterable[Node], number: int) -> Iterator[OfficeBlock]:
        for place, part in enumerate(self.blocks(item, "item")):
            yield part._replace(level=number) if place == 0 and part.kind == "item" else part

    def _table(self, content: Any) -> Iterator[OfficeBlock]:
        _, _, _, head, bodies, foot = content
        rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
        lines = []
        for row in rows:
            cells = [
                " ".join(part.text.replace("\n", " ") for part in self.blocks(cell[4], "cell"))
                for cell in row[1]
            ]
            if any(cells):
                lines.append(" | ".join(cells))
        if lines:
            yield OfficeBlock("table", "\n".join(lines))

    def inlines(self, nodes: Iterable[Node]) -> str:
        """The text of some inlines: the words of links and of emphasis, no pictures."""
        return "".join(self._inline(node["t"], node.get("c")) for node in nodes).strip()

    def _inline(self, tag: str, content: Any) -> str:
        if tag == "Str":
            return str(content)
        if tag in ("Space", "SoftBreak"):
            return " "
        if tag == "LineBreak":
            return "\n"
        if tag in ("Code", "Math", "RawInline"):
            return str(content[1]) if tag != "RawInline" else ""
        if tag == "Quoted":
            one, two = ("‘", "’") if content[0]["t"] == "SingleQuote" else ("“", "”")
            return one + self._inner(content[1]) + two
        if tag in ("Link", "Span", "Cite"):
            return self._inner(content[1])
        if tag == "Note":
            self.notes.extend(part.text for part in self.blocks(content, "paragraph") if part.text)
            return ""
        if tag in ("Emph", "Strong", "Underline", "Superscript", "Subscript", "SmallCaps"):
            return self._inner(content)
        return ""  # a picture, or struck-out text

    def _inner(self, nodes: Iterable[Node]) -> str:
        return "".join(self._inline(node["t"], node.get("c")) for node in nodes)
