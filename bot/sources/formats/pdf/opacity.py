"""Text that cannot be seen, and areas that hide text below them: by the opacity of the graphics
state (ISO 32000-1, 11.6.4.4), which pdfminer passes over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTComponent, LTRect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, resolve1
from pdfminer.psparser import literal_name

_MOST_COVERS = 50
"""Number of areas painted after text that are looked at, the largest first."""
_THINNEST = 4.0
"""Points: what is thinner is a line, under or through words."""


class Opacity(NamedTuple):
    """The part of the graphics state that says how what is painted shows."""

    fill: float = 1.0
    blend: str = "Normal"

    @property
    def hides(self) -> bool:
        """True if nothing of what lies below is seen."""
        return self.fill >= 1 and self.blend in ("Normal", "Compatible")


class OpacityDevice(PDFPageAggregator):
    """A device that is told the opacity of what is painted."""

    opacity = Opacity()
    """That of what is painted next."""

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        self.opacity = Opacity()
        super().begin_page(page, ctm)


class OpacityInterpreter(PDFPageInterpreter):
    """An interpreter that keeps its device's ``opacity``."""

    def __init__(self, resources: PDFResourceManager, device: OpacityDevice) -> None:
        super().__init__(resources, device)
        self._device = device

    def init_state(self, ctm: Any) -> None:
        """Begin a page, or a form within one, which inherits the page's state."""
        self._saved: list[Opacity] = []
        super().init_state(ctm)

    def do_gs(self, name: Any) -> None:
        """Set parameters of the graphics state from a dictionary of the resources."""
        states = dict_value(self.resources.get("ExtGState") or {})
        state = dict_value(states.get(literal_name(name)) or {})
        opacity: Opacity = self._device.opacity
        if isinstance(fill := resolve1(state.get("ca")), int | float):
            opacity = opacity._replace(fill=float(fill))
        if (blend := resolve1(state.get("BM"))) is not None:
            first = blend[0] if isinstance(blend, list) and blend else blend
            opacity = opacity._replace(blend=str(literal_name(first)))
        self._device.opacity = opacity

    def do_q(self) -> None:
        """Save the graphics state."""
        self._saved.append(self._device.opacity)
        super().do_q()

    def do_Q(self) -> None:  # noqa: N802 - it is the operator's name
        """Restore the graphics state."""
        if self._saved:
            self._device.opacity = self._saved.pop()
        super().do_Q()

    def do_Do(self, name: Any) -> None:  # noqa: N802 - it is the operator's name
        """Paint a form or a picture, whose own state ends with it."""
        before = self._device.opacity
        super().do_Do(name)
        self._device.opacity = before


def covered(items: Iterable[LTComponent], hiding: set[int]) -> set[int]:
    """Return the ids of glyphs over which an area was painted later. ``items`` are a page's, in the
    order of painting, ``hiding`` the ids of those that let nothing be seen below them."""
    glyphs: list[tuple[int, LTChar]] = []
    areas: list[tuple[int, LTRect]] = []
    for number, item in enumerate(items):
        if isinstance(item, LTChar):
            glyphs.append((number, item))
        elif glyphs and isinstance(item, LTRect) and id(item) in hiding:
            areas.append((number, item))
    areas = [area for area in areas if min(area[1].width, area[1].height) >= _THINNEST]
    areas.sort(key=lambda area: -area[1].width * area[1].height)
    return {
        id(glyph)
        for painted, area in areas[:_MOST_COVERS]
        for number, glyph in glyphs
        if number < painted
        and area.x0 <= (glyph.x0 + glyph.x1) / 2 <= area.x1
        and area.y0 <= (glyph.y0 + glyph.y1) / 2 <= area.y1
    }
