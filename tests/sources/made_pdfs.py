"""PDFs of our own setting, as a printer sets them, from texts that are known."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT, EDGE = 595.0, 842.0, 62.0
LEADING = 1.25


class Style(NamedTuple):
    """The typesetting of a document."""

    columns: int = 1
    size: float = 10.0
    justified: bool = False
    hyphens: bool = False
    soft_hyphens: bool = False
    ligatures: bool = False
    indented: bool = False
    """Paragraphs begin with an indent, not with a gap above."""
    notes: bool = False
    running_head: str = ""
    numbered: bool = True


class Piece(NamedTuple):
    """A part of a document: ``h`` a heading, ``p`` a paragraph; with its footnote, or ""."""

    kind: str
    text: str
    note: str = ""


class Setter:
    """Sets pieces into columns and pages."""

    def __init__(self, style: Style, title: str = "", author: str = "") -> None:
        self.style = style
        self.font, self.bold = "Times-Roman", "Times-Bold"
        if style.ligatures:
            folder = Path(reportlab.__file__).parent / "fonts"
            pdfmetrics.registerFont(TTFont("Vera", str(folder / "Vera.ttf")))
            pdfmetrics.registerFont(TTFont("VeraBd", str(folder / "VeraBd.ttf")))
            self.font, self.bold = "Vera", "VeraBd"
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=(WIDTH, HEIGHT), invariant=True)
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        gap = 20.0
        self.width = (WIDTH - 2 * EDGE - gap * (style.columns - 1)) / style.columns
        self.lefts = [EDGE + n * (self.width + gap) for n in range(style.columns)]
        self.page = 0
        self.count = 0
        self._open_page(HEIGHT - EDGE)

    def _open_page(self, top: float) -> None:
        self.page += 1
        self.top, self.y, self.column = top, top, 0
        self.bottom = EDGE + (54 if self.style.notes else 10)
        self.notes: list[str] = []
        if self.style.running_head:
            self.canvas.setFont(self.font, 8)
            self.canvas.drawString(EDGE, HEIGHT - 40, f"{self.style.running_head} {self.page}")
        if self.style.numbered:
            self.canvas.setFont(self.font, 8)
            self.canvas.drawCentredString(WIDTH / 2, 30, str(self.page))

    def _close_page(self) -> None:
        y = self.bottom - 12
        self.canvas.setFont(self.font, 7)
        for note in self.notes:
            self.canvas.drawString(EDGE, y, note)
            y -= 9
        self.canvas.showPage()

    def _room(self, height: float) -> None:
        if self.y - height >= self.bottom:
            return
        if self.column + 1 < self.style.columns:
            self.column += 1
            self.y = self.top
            return
        self._close_page()
        self._open_page(HEIGHT - EDGE)

    def title(self, text: str) -> None:
        """A title over all columns."""
        self.canvas.setFont(self.bold, 20)
        for line in self._lines(text, self.bold, 20, WIDTH - 2 * EDGE, 0):
            self.canvas.drawString(EDGE, self.y - 20, line)
            self.y -= 25
        self.y -= 12
        self.top = self.y

    def set(self, pieces: Sequence[Piece]) -> bytes:
        """Set all pieces; gives the PDF's bytes."""
        style = self.style
        for piece in pieces:
            if piece.kind == "h":
                self._room(6 * style.size)
                self.y -= 0.8 * style.size
                self._set(piece.text, self.bold, style.size * 1.3, 0.0, "")
                self.y -= 0.3 * style.size
                continue
            mark = ""
            if style.notes and piece.note:
                self.count += 1
                mark = str(self.count)
                self.notes.append(f"{mark} {piece.note}")
            self._set(
                piece.text, self.font, style.size, 1.6 * style.size if style.indented else 0.0, mark
            )
            if not style.indented:
                self.y -= 0.7 * style.size
        self._close_page()
        self.canvas.save()
        return self.file.getvalue()

    def _set(self, text: str, font: str, size: float, indent: float, mark: str) -> None:
        lines = self._lines(text, font, size, self.width, indent)
        for number, line in enumerate(lines):
            self._room(size * LEADING)
            x = self.lefts[self.column] + (indent if number == 0 else 0.0)
            width = self.width - (indent if number == 0 else 0.0)
            self.y -= size * LEADING
            self.canvas.setFont(font, size)
            last = number == len(lines) - 1
            if self.style.justified and not last and " " in line:
                spare = width - pdfmetrics.stringWidth(line, font, size)
                self._spaced(x, line, font, size, spare / line.count(" "))
            else:
                self.canvas.drawString(x, self.y, line)
            if last and mark:
                self.canvas.setFont(font, size * 0.6)
                end = x + pdfmetrics.stringWidth(line, font, size)
                self.canvas.drawString(end, self.y + 0.35 * size, mark)

    def _spaced(self, x: float, line: str, font: str, size: float, extra: float) -> None:
        for word in line.split(" "):
            self.canvas.drawString(x, self.y, word)
            x += pdfmetrics.stringWidth(word + " ", font, size) + extra

    def _lines(self, text: str, font: str, size: float, width: float, indent: float) -> list[str]:
        if self.style.ligatures:
            text = text.replace("fi", "\ufb01").replace("fl", "\ufb02")
        lines, line = [], ""
        room = width - indent
        for word in text.split(" "):
            wanted = f"{line} {word}" if line else word
            if pdfmetrics.stringWidth(wanted, font, size) <= room:
                line = wanted
                continue
            head = self._break(line, word, font, size, room)
            lines.append(f"{line} {head}".strip() if head else line)
            line = word[len(head) - 1 :] if head and not head.endswith(word[: len(head)]) else word
            room = width
        return [*lines, line]

    def _break(self, line: str, word: str, font: str, size: float, room: float) -> str:
        """The longest beginning of the word, with a hyphen, that the line still takes."""
        style = self.style
        if not (style.hyphens or style.soft_hyphens):
            return ""
        for end in range(len(word) - 3, 2, -1):
            head = word[:end] + ("\u00ad" if style.soft_hyphens else "-")
            letters = word[:end].isalpha() and word[end:].rstrip(".,”").isalpha()
            if (
                letters
                and word[0].islower()
                and pdfmetrics.stringWidth(f"{line} {head}", font, size) <= room
            ):
                return head
        return ""
