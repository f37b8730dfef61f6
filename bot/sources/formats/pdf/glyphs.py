"""The glyphs of a PDF's pages as a reader sees them: without invisible ones, turned upright, and
with those of vertical lines told apart from the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from pdfminer.layout import (
    LAParams,
    LTChar,
    LTComponent,
    LTCurve,
    LTFigure,
    LTImage,
    LTPage,
    LTRect,
)
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage

from bot.core.errors import ArticleError
from bot.sources.formats.pdf.doubled_glyphs import doubled
from bot.sources.formats.pdf.form_text import unpack_forms
from bot.sources.formats.pdf.glyph_directions import (
    columns_of,
    is_vertical,
    slanted,
    turn_of,
    turns_of,
)
from bot.sources.formats.pdf.glyph_letters import LetterResources
from bot.sources.formats.pdf.opacity import (
    NOWHERE,
    Box,
    OpacityDevice,
    OpacityInterpreter,
    box_of,
    covered,
    overlap,
)

_DEEPEST_FORM = 30
_MOST_PARTS = 50
"""Number of parts of a path up to which it is looked at whether they overlap."""
_UNPAINTED = frozenset((3, 7))
"""The text rendering modes that paint nothing (ISO 32000-1, 9.3.6)."""
_SMALLEST = 2.0
"""Height in points below which letters are not meant to be read."""
_WHITE = 0.97
_PICTURE = 0.4
"""Share of a page that a picture of the page covers."""


class PdfLimits(NamedTuple):
    """The limits of a document; more is refused."""

    pages: int = 3000
    letters: int = 300_000
    """Number of a page's letters; a newspaper's has some 30,000."""
    forms: int = 20_000
    """Number of form XObjects that a page may draw, those within others counted each time."""


class GlyphPage:
    """One page, analysed; or those of its lines that are turned another way than most."""

    def __init__(self, number: int, page: LTPage, columns: Sequence[Sequence[LTChar]]) -> None:
        self.number = number
        """Counted from 1."""
        self.page = page
        """Its text in lines, if it is set in horizontal ones."""
        self.columns = columns
        """The glyphs of its vertical lines, from right to left, each from top to bottom; empty if
        it is set in horizontal ones."""


def read_glyphs(document: PDFDocument, layout: LAParams, limits: PdfLimits) -> Iterator[GlyphPage]:
    """Yield the pages of a document, each followed by its parts that are turned another way, such
    as a table that was too wide. Raises `ArticleError` if there is more than the
    limits allow, and whatever pdfminer raises."""
    resources = LetterResources()
    device = _Device(resources, layout, limits)
    interpreter = OpacityInterpreter(resources, device)
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number >= limits.pages:
            raise ArticleError("pdf.too_many_pages", most=limits.pages)
        device.number = number + 1
        device.is_turned = False
        interpreter.process_page(page)
        rotation, parts = page.rotate, device.turned_parts
        if device.turn:  # the text is set sideways or upside down
            page.rotate = (rotation + device.turn) % 360
            device.is_turned = True
            interpreter.process_page(page)
        yield GlyphPage(number + 1, device.get_result(), device.columns)
        for turn in parts:  # what is set otherwise than the rest is read as a page of its own
            page.rotate = (rotation + turn) % 360
            device.is_turned = True
            interpreter.process_page(page)
            yield GlyphPage(number + 1, device.get_result(), [])


class _Device(OpacityDevice):
    """Gathers a page's glyphs; lines are made of the visible ones."""

    def __init__(self, resources: PDFResourceManager, layout: LAParams, limits: PdfLimits) -> None:
        super().__init__(resources, laparams=layout)
        self._limits = limits
        self.number = 0
        """The page's, counted from 1."""
        self.is_turned = False
        self.turn = 0
        """Degrees, clockwise, by which the page must be turned for its text to be upright."""
        self.turned_parts: list[int] = []
        """The same of those of its parts of several lines that are turned another way."""
        self.columns: list[list[LTChar]] = []
        self._hiding: dict[int, Box] = {}
        self._is_unpainted = False
        self._unpainted: set[int] = set()
        self._vertical: set[int] = set()
        self._letters = 0
        self._forms = 0

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        self._letters = self._forms = 0
        self._hiding.clear()
        self._unpainted.clear()
        self._vertical.clear()
        super().begin_page(page, ctm)

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        self._forms += 1
        if self._forms > self._limits.forms or len(self._stack) >= _DEEPEST_FORM:
            raise ArticleError("pdf.crowded", page=self.number)
        super().begin_figure(name, bbox, matrix)

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self._is_unpainted = textstate.render in _UNPAINTED or self.opacity.is_invisible
        super().render_string(textstate, seq, ncs, graphicstate)

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        if not fill:
            return  # a line hides nothing, and white letters are not seen on it
        if (box := box_of(path, self.ctm)) != NOWHERE:  # the most paths, by far
            self._add_area(gstate, stroke, evenodd, box)
            return
        before = len(self.cur_item)
        super().paint_path(gstate, stroke, fill, evenodd, path)
        if not self.opacity.hides:
            return
        shapes = self.cur_item._objs[before:]
        if len(shapes) > 1 and _may_overlap(shapes):
            # each came in a call of its own; one may be a hole in another
            for shape in shapes:
                self._hiding.pop(id(shape), None)

    def _add_area(self, gstate: Any, stroke: bool, evenodd: bool, box: Box) -> None:
        """Take in a rectangle that is filled."""
        color = gstate.ncolor
        area = LTRect(gstate.linewidth, box, stroke, True, evenodd, gstate.scolor, color)
        self.cur_item.add(area)
        if self.opacity.hides and _is_plain(color):
            self._hiding[id(area)] = overlap(box, self.opacity.clip)

    def render_char(self, matrix: Any, font: Any, *rest: Any) -> float:
        self._letters += 1
        if self._letters > self._limits.letters:
            raise ArticleError("pdf.crowded", page=self.number)
        before = len(self.cur_item)
        advance = super().render_char(matrix, font, *rest)
        if len(self.cur_item) > before:
            glyph = self.cur_item._objs[-1]
            if self._is_unpainted:
                self._unpainted.add(id(glyph))
            if font.is_vertical():
                self._vertical.add(id(glyph))
        return float(advance)

    def end_page(self, page: PDFPage) -> None:
        item = self.cur_item
        unpack_forms(item)
        glyphs = [each for each in item if isinstance(each, LTChar)]
        unseen = self._unseen(item, glyphs) | slanted(glyphs) | doubled(glyphs)
        if unseen:
            item._objs = [each for each in item if id(each) not in unseen]
            glyphs = [glyph for glyph in glyphs if id(glyph) not in unseen]
        turns = turns_of(glyphs)
        if self.is_turned:
            self.turn = 0
        else:
            self.turn, self.turned_parts = turn_of(glyphs, turns)
        if not self.turn and any(
            turns.values()
        ):  # what is not upright is read by itself, if at all
            item._objs = [each for each in item if turns.get(id(each), 0) == 0]
            glyphs = [glyph for glyph in glyphs if turns.get(id(glyph), 0) == 0]
        self.columns = []
        if not self.turn and is_vertical(glyphs, self._vertical):
            self.columns = columns_of(glyphs)
        if self.turn or self.columns:
            # no lines are made: of a page that is read again, or of letters that stand in columns
            layout, self.laparams = self.laparams, None
            super().end_page(page)
            self.laparams = layout
        else:
            super().end_page(page)

    def _unseen(self, page: Any, glyphs: Sequence[LTChar]) -> set[int]:
        """Return the invisible glyphs of a page: unpainted, white on white, off the page, or too
        small. Unpainted glyphs over a picture of the page are its recognised text; a page most of
        whose letters are white is dark, however it was made so."""
        width, height = page.width, page.height
        unseen = {
            id(glyph)
            for glyph in glyphs
            if id(glyph) in self._unpainted
            or glyph.size < _SMALLEST
            or not _holds(page, (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2)
        }
        white = [glyph for glyph in glyphs if _is_white(glyph.graphicstate.ncolor)]
        if len(white) <= len(glyphs) / 2:
            dark = [each for each in page if _is_dark(each)] if white else []
            for glyph in white:
                x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
                if not any(_holds(each, x, y) for each in dark):
                    unseen.add(id(glyph))
        unseen |= covered(page, self._hiding)
        if self._unpainted and len(glyphs) - len(unseen) < len(self._unpainted) / 4:
            pictures = [each for each in page if isinstance(each, LTFigure | LTImage)]
            if any(each.width * each.height > _PICTURE * width * height for each in pictures):
                unseen -= self._unpainted
        return unseen


def _is_white(color: Any) -> bool:
    """Return whether a colour is white: in grey, RGB, or CMYK."""
    parts = color if isinstance(color, tuple | list) else (color,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return False
    if len(parts) == 4:
        return bool(max(parts) <= 1 - _WHITE)
    return len(parts) in (1, 3) and bool(min(parts) >= _WHITE)


def _may_overlap(shapes: Sequence[LTComponent]) -> bool:
    """Return whether any two parts of a path may overlap."""
    if len(shapes) > _MOST_PARTS:
        return True
    return any(a.is_hoverlap(b) and a.is_voverlap(b) for a, b in combinations(shapes, 2))


def _is_plain(color: Any) -> bool:
    """Return whether a colour is one, in grey, RGB or CMYK, and no pattern, which may have gaps."""
    parts = color if isinstance(color, tuple | list) else (color,)
    return bool(parts) and all(isinstance(part, int | float) for part in parts)


def _is_dark(item: LTComponent) -> bool:
    """Return whether white letters are visible on it: an area filled with a colour, a picture."""
    if isinstance(item, LTCurve):
        return bool(item.fill) and not _is_white(item.non_stroking_color)
    return isinstance(item, LTFigure | LTImage)


def _holds(item: LTComponent, x: float, y: float) -> bool:
    return bool(item.x0 <= x <= item.x1 and item.y0 <= y <= item.y1)
