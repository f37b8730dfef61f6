"""Text that cannot be seen, and areas that hide text below them: by the parts of the graphics state
that pdfminer passes over, which are opacity, blend mode, soft mask and clipping path (ISO 32000-1,
8.4, 8.5.4, 11.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Any, NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTComponent
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import apply_matrix_pt

_MOST_COVERS = 50
"""Number of areas painted after text that are looked at, the largest first."""
_THINNEST = 4.0
"""Points: what is thinner is a line, under or through words."""

Box = tuple[float, float, float, float]
"""A rectangle on the page: left, bottom, right, top, in points. It is empty if the right is not
beyond the left."""
_EVERYWHERE: Box = (-inf, -inf, inf, inf)
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


class Opacity(NamedTuple):
    """The part of the graphics state that says how what is painted shows, and where."""

    fill: float = 1.0
    blend: str = "Normal"
    is_masked: bool = False
    group_fill: float = 1.0
    """Opacity of the transparency groups around, each of which is painted as one."""
    group_hides: bool = True
    """True if these groups let nothing be seen below them."""
    clip: Box = _EVERYWHERE
    """The area within which what is painted shows whole; what shows outside it is not known."""

    @property
    def hides(self) -> bool:
        """True if nothing of what lies below is seen."""
        is_plain = self.fill >= 1 and self.blend in ("Normal", "Compatible")
        return is_plain and not self.is_masked and self.group_hides

    @property
    def is_invisible(self) -> bool:
        """True if nothing is seen of what is painted."""
        return self.fill <= 0 or self.group_fill <= 0

    def within(self, box: Box) -> Opacity:
        """Return the state that is clipped to a box, too."""
        return self._replace(clip=overlap(self.clip, box))

    def in_group(self) -> Opacity:
        """Return the state at the beginning of a transparency group."""
        group_fill = self.group_fill * self.fill
        return Opacity(group_fill=group_fill, group_hides=self.hides, clip=self.clip)


class OpacityDevice(PDFPageAggregator):
    """A device that is told the opacity of what is painted."""

    opacity = Opacity()
    """That of what is painted next."""

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        self.opacity = Opacity()
        super().begin_page(page, ctm)

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        super().begin_figure(name, bbox, matrix)
        self.opacity = self.opacity.within(self.cur_item.bbox)


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
        if (mask := resolve1(state.get("SMask"))) is not None:
            opacity = opacity._replace(is_masked=isinstance(mask, dict))
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

    def do_W(self) -> None:  # noqa: N802 - it is the operator's name
        """Clip what is painted from now on to the path."""
        if self.curpath:
            self._device.opacity = self._device.opacity.within(box_of(self.curpath, self.ctm))
        super().do_W()

    def do_W_a(self) -> None:  # noqa: N802 - it is the operator's name
        """Clip what is painted from now on to the path, by the even-odd rule."""
        self.do_W()

    def do_Do(self, name: Any) -> None:  # noqa: N802 - it is the operator's name
        """Paint a form or a picture, whose own state ends with it."""
        before = self._device.opacity
        form = resolve1(self.xobjmap.get(literal_name(name)))
        if isinstance(form, PDFStream) and form.get("Group") is not None:
            self._device.opacity = before.in_group()
        super().do_Do(name)
        self._device.opacity = before


def overlap(one: Box, other: Box) -> Box:
    """Return the box that two have in common, an empty one if they have none."""
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (left, bottom, right, top) if left < right and bottom < top else NOWHERE


def box_of(path: Sequence[Any], ctm: Any) -> Box:
    """Return the area of a path that is one upright rectangle, and an empty one for any other
    path."""
    if not 4 <= len(path) <= 6:
        return NOWHERE
    if "".join([part[0] for part in path]) not in ("mlllh", "mllllh", "mlll", "mllll"):
        return NOWHERE
    corners = [apply_matrix_pt(ctm, part[1:]) for part in path[:4]]
    across, along = zip(*corners, strict=True)
    box = (min(across), min(along), max(across), max(along))
    is_upright = all(x in (box[0], box[2]) and y in (box[1], box[3]) for x, y in corners)
    return box if is_upright and len(set(corners)) == 4 else NOWHERE


def covered(items: Iterable[LTComponent], hiding: Mapping[int, Box]) -> set[int]:
    """Return the ids of glyphs over which an area was painted later. ``items`` are a page's, in the
    order of painting, ``hiding`` has the ids of those that let nothing be seen below them, each
    with the area in which it does."""
    glyphs: list[tuple[int, LTChar]] = []
    areas: list[tuple[int, Box]] = []
    for number, item in enumerate(items):
        if isinstance(item, LTChar):
            glyphs.append((number, item))
        elif glyphs and (area := hiding.get(id(item))) is not None:
            areas.append((number, area))
    areas = [(n, area) for n, area in areas if min(_sides(area)) >= _THINNEST]
    areas.sort(key=lambda each: -_sides(each[1])[0] * _sides(each[1])[1])
    return {
        id(glyph)
        for painted, (left, bottom, right, top) in areas[:_MOST_COVERS]
        for number, glyph in glyphs
        if number < painted
        and left <= (glyph.x0 + glyph.x1) / 2 <= right
        and bottom <= (glyph.y0 + glyph.y1) / 2 <= top
    }


def _sides(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]
