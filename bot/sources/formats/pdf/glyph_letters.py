# ruff: noqa: E501 - the signs of a font stand in one row
"""The letters that a PDF's glyphs stand for: without guesses from their codes, and in the forms in
which people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pdfminer.encodingdb import name2unicode
from pdfminer.pdffont import PDFFont, PDFSimpleFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name

UNKNOWN = "\ufffd"
_UNMAPPED = re.compile(r"\(cid:\d+\)|[\uf000-\uf0ff]")
"""Pdfminer's text for a glyph that the document names no letter for, and the places of symbol
fonts, whose signs have no letters."""
_NUMBERED = re.compile(r"[A-Za-z]{0,4}?(\d+|[\dA-Fa-f]{2})")
"""Name of a glyph that is nothing but a number, in decimal or hexadecimal digits."""

_SIGN_FONT = re.compile(
    r"(?:[A-Z]{6}\+)?(?:(?P<symbol>Symbol(?:MT|PS)?)(?:$|[,-])|\w*(?:Dingbats|[Ww]ingdings|Webdings))"
)
"""Name of a font that has signs in place of letters, as a piece of a document."""
_SYMBOLS = dict(
    enumerate(
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
        start=32,
    )
) | dict(
    enumerate(
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪",
        start=160,
    )
)
"""The signs of the font Symbol by their codes (ISO 32000-1, D.5)."""


class LetterResources(PDFResourceManager):
    """The resources of a document, whose fonts take no glyph for the letter of its code where the
    document gives it a name of its own."""

    def get_font(self, objid: Any, spec: Mapping[str, Any]) -> PDFFont:
        """Return a font, made once."""
        is_new = not objid or objid not in self._cached_fonts
        font = super().get_font(objid, spec)
        if is_new and isinstance(font, PDFSimpleFont):
            _correct(font, spec)
        return font


def _correct(font: PDFSimpleFont, spec: Mapping[str, Any]) -> None:
    """Take from a font the letters that are only guessed from the codes of its glyphs."""
    encoding = resolve1(spec.get("Encoding"))
    listed = encoding.get("Differences", []) if isinstance(encoding, dict) else []
    named = dict(_differences(list_value(listed)))
    letters = dict(font.cid2unicode)
    is_own = "Encoding" not in spec and "FontFile" in font.descriptor  # the font's program says it
    signs = _SIGN_FONT.match(literal_name(resolve1(spec.get("BaseFont")) or ""))
    if signs is not None and not is_own:
        usual = _SYMBOLS if signs["symbol"] else {}
        letters = usual | {code: letters[code] for code in named if code in letters}
    for code, name in named.items():
        if not _is_known(code, name):
            letters.pop(code, None)
    font.cid2unicode = letters


def _differences(listed: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """Yield the codes and names of an encoding's differences (ISO 32000-1, 9.6.6.1)."""
    code = 0
    for each in listed:
        if isinstance(each, int):
            code = each
        elif isinstance(each, PSLiteral):
            yield code, str(each.name)
            code += 1


def _is_known(code: int, name: str) -> bool:
    """Return whether a glyph's name says its letter, or repeats its code, as the fonts that TeX
    makes do."""
    try:
        name2unicode(name)
    except (KeyError, ValueError):
        number = _NUMBERED.fullmatch(name)
        if number is None:
            return False
        return (number[1].isdigit() and int(number[1]) == code) or int(number[1], 16) == code
    return True


def letter_of(text: str) -> str:
    """Return the text of one glyph; U+FFFD if the document does not say which letter it is."""
    return UNKNOWN if _UNMAPPED.fullmatch(text) else text


def written(text: str) -> str:
    """Return a text with its ligatures taken apart, and with the signs of vertical lines, radicals
    and old-style figures as the letters that they show."""
    return text.translate(_LETTERS)


_LETTERS: dict[int, str | None] = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st", 0x00A0: " ", 0x2028: " ", 0x2029: " ", 0x200B: None, 0xFEFF: None,
}  # fmt: skip
for _code in range(0x2E80, 0x2FD6):  # radicals, which programs write for the letters like them
    _LETTERS[_code] = unicodedata.normalize("NFKC", chr(_code))
for _code in (*range(0xFE10, 0xFE1A), *range(0xFE30, 0xFE49)):  # signs as vertical lines have them
    _sign = unicodedata.normalize("NFKC", chr(_code))
    _LETTERS[_code] = chr(ord(_sign) + 0xFEE0) if len(_sign) == 1 and _sign.isascii() else _sign
for _digit in range(10):
    _LETTERS[0xF730 + _digit] = str(_digit)  # "oneoldstyle" in Adobe's list of glyphs
_LETTERS |= {0xFE19: "…", 0xFE30: "‥"}
