"""Text that a PDF's page draws by form XObjects: content that is painted as one piece (ISO 32000-1,
8.10).

Some programs draw whole pages so, others each block of text; yet the labels of a chart stand in
one, too, and are no text of the article.
"""

from __future__ import annotations

from collections.abc import Iterator

from pdfminer.layout import LTChar, LTComponent, LTCurve, LTFigure, LTLayoutContainer

_SHARE = 0.5
"""Share of a page that a form covers which is more than an illustration."""


def unpack_forms(page: LTLayoutContainer) -> None:
    """Put the glyphs and areas of forms among the page's own, in the place of the form: of all of
    them if they hold most of the page's letters, else of those that cover most of the page."""
    forms = {id(each): list(_shown(each)) for each in page if isinstance(each, LTFigure)}
    inside = sum(isinstance(part, LTChar) for parts in forms.values() for part in parts)
    if not inside:
        return
    own = sum(isinstance(each, LTChar) for each in page)
    items: list[LTComponent] = []
    for each in page:
        if isinstance(each, LTFigure) and (inside > own or _covers(each, page)):
            items.extend(forms[id(each)])
        items.append(each)
    page._objs = items


def _shown(form: LTLayoutContainer) -> Iterator[LTComponent]:
    """Yield the glyphs and areas of a form, and of those within it, that its box does not cut
    off."""
    for each in form:
        parts = _shown(each) if isinstance(each, LTFigure) else (each,)
        for part in parts:
            if (
                isinstance(part, LTChar | LTCurve)
                and part.is_hoverlap(form)
                and part.is_voverlap(form)
            ):
                yield part


def _covers(form: LTFigure, page: LTLayoutContainer) -> bool:
    width = min(form.x1, page.x1) - max(form.x0, page.x0)
    height = min(form.y1, page.y1) - max(form.y0, page.y0)
    return width > 0 and height > 0 and width * height >= _SHARE * page.width * page.height
