"""Pandoc's document tree (the types of ``Text.Pandoc.Definition``, as JSON), walked: its blocks as
they were printed, with the labels of lists and the captions of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

LEFT_OUT = frozenset(
    "caption|image caption|figure|header|footer|toc heading|toc 1|toc 2|toc 3".split("|")
)
"""Styles of blocks that are no part of the text; a caption beside a table is."""
Node = dict[str, Any]


class OfficeBlock(NamedTuple):
    """A block of a document; see `bot.sources.formats.markdown_writing.DocumentBlock`."""

    kind: str
    text: str
    level: int = 0


class DocumentWalker:
    """Walks pandoc's tree; footnotes are gathered, to follow the text."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def blocks(self, nodes: Iterable[Node], kind: str) -> Iterator[OfficeBlock]:
        """Yield the blocks of some nodes; ``kind`` is the kind of paragraphs among them."""
        nodes = list(nodes)
        for ordinal, node in enumerate(nodes):
            beside = nodes[max(0, ordinal - 1) : ordinal] + nodes[ordinal + 1 : ordinal + 2]
            if _style(node) in _TABLE_CAPTIONS and any(each["t"] == "Table" for each in beside):
                yield from self.blocks(node["c"][1], kind)
            elif not self._says_it_again(nodes, ordinal):
                yield from self._block(node["t"], node.get("c"), kind)

    def _says_it_again(self, nodes: Sequence[Node], ordinal: int) -> bool:
        """Return whether a node is the caption, in italics, that a picture's frame has given
        already."""
        if ordinal == 0 or nodes[ordinal]["t"] != "Para" or nodes[ordinal - 1]["t"] != "Para":
            return False
        before = nodes[ordinal - 1]["c"]
        is_given = len(before) == 1 and before[0]["t"] == "Emph"
        return is_given and before[0]["c"] == nodes[ordinal]["c"]

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
            items = content[1] if tag == "OrderedList" else content
            first = content[0][0] if tag == "OrderedList" else 0
            for number, item in enumerate(items, first):
                yield from self._item(item, *(_label(number, content[0]) if first else (0, "")))
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

    def _item(self, item: Iterable[Node], number: int, label: str) -> Iterator[OfficeBlock]:
        for ordinal, part in enumerate(self.blocks(item, "item")):
            if ordinal == 0 and part.kind == "item":
                part = part._replace(level=number, text=label + part.text)
            yield part

    def _table(self, content: Any) -> Iterator[OfficeBlock]:
        attributes, caption, _, head, bodies, foot = content
        if dict(attributes[2]).get("custom-style") == "FigureTable":
            return  # a picture with its caption
        for node in caption[1]:
            inner = node["c"][1] if _style(node) in _TABLE_CAPTIONS else [node]
            yield from self.blocks(inner, "paragraph")
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
        """Return the text of some inlines: the words of links and of emphasis, no pictures."""
        return self._inner(nodes).strip()

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
        """Return the text of inlines, with one space where struck-out words stood between two."""
        text = ""
        was_struck = False
        for node in nodes:
            part = self._inline(node["t"], node.get("c"))
            if was_struck and text.endswith(" "):
                part = part.removeprefix(" ")
            text += part
            was_struck = node["t"] == "Strikeout" or (was_struck and not part)
        return text


_TABLE_CAPTIONS = frozenset(("caption", "table caption"))


def _style(node: Node) -> str:
    """Return the name of a block's style in lower case; "" if it has none."""
    style = dict(node["c"][0][2]).get("custom-style", "") if node["t"] == "Div" else ""
    return str(style).lower()


def _label(number: int, attributes: Sequence[Any]) -> tuple[int, str]:
    """Return a list item's number as printed: a number of its own, which Markdown has too, or words
    before it."""
    style, delimiter = attributes[1]["t"], attributes[2]["t"]
    numeral = str(number)
    if style in ("LowerAlpha", "UpperAlpha") and number <= 26:
        numeral = chr(ord("a") + number - 1)
    elif style in ("LowerRoman", "UpperRoman") and number < 40:
        numeral = "x" * (number // 10) + _ROMAN[number % 10]
    if style.startswith("Upper"):
        numeral = numeral.upper()
    if numeral == str(number) and delimiter in ("DefaultDelim", "Period"):
        return number, ""
    return 0, {"OneParen": f"{numeral}) ", "TwoParens": f"({numeral}) "}.get(
        delimiter, f"{numeral}. "
    )


_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
