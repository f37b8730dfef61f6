"""The reliability table as a picture: SVG, written by hand, for it is forty shapes."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.core.measuring.calibration import Bin

_SIDE, _LEFT, _TOP, _BELOW = 360, 60, 40, 60
_INK, _PALE, _BAR, _LINE = "#222222", "#dddddd", "#4a7fb5", "#b5533c"


def reliability_svg(bins: Sequence[Bin], title: str) -> str:
    """Return a diagram of the share of right answers at each confidence: a bar for each bin that is
    not empty, with its number of askings above it, and the diagonal of a calibrated bot."""
    total = sum(each.askings for each in bins)
    shapes = [*_axes(), *(shape for each in bins for shape in _bar(each))]
    shapes.append(
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="{_LINE}" '
        'stroke-width="2" stroke-dasharray="6 4"/>'
    )
    shapes.append(_text(_LEFT + _SIDE / 2, _TOP - 16, f"{title} ({total} askings)", size=14))
    width, height = _LEFT + _SIDE + 20, _TOP + _SIDE + _BELOW
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" font-family="sans-serif" role="img">',
            f'<rect width="{width}" height="{height}" fill="white"/>',
            *shapes,
            "</svg>\n",
        ]
    )


def _axes() -> list[str]:
    shapes = []
    for tenth in range(0, 11, 2):
        share = tenth / 10
        shapes += [
            f'<line x1="{_x(0)}" y1="{_y(share)}" x2="{_x(1)}" y2="{_y(share)}" stroke="{_PALE}"/>',
            _text(_LEFT - 8, _y(share) + 4, f"{share:.1f}", anchor="end"),
            _text(_x(share), _TOP + _SIDE + 18, f"{share:.1f}"),
        ]
    middle = _TOP + _SIDE / 2
    return [
        *shapes,
        _text(_LEFT + _SIDE / 2, _TOP + _SIDE + 42, "confidence"),
        f'<g transform="rotate(-90 18 {middle})">{_text(18, middle, "right first passage")}</g>',
    ]


def _bar(each: Bin) -> list[str]:
    if each.right is None:
        return []
    left, width = _x(each.low) + 2, _x(each.high) - _x(each.low) - 4
    return [
        f'<rect x="{left:.1f}" y="{_y(each.right):.1f}" width="{width:.1f}" '
        f'height="{_SIDE * each.right:.1f}" fill="{_BAR}" fill-opacity="0.75"/>',
        _text(left + width / 2, max(_y(each.right) - 4, _TOP + 10), str(each.askings), size=10),
    ]


def _x(share: float) -> float:
    return _LEFT + _SIDE * share


def _y(share: float) -> float:
    return _TOP + _SIDE * (1 - share)


def _text(x: float, y: float, text: str, size: int = 12, anchor: str = "middle") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
        f'fill="{_INK}">{escape(text)}</text>'
    )
