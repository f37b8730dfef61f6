"""Formulas of an ODT file, which are objects of their own (OpenDocument 1.3, part 3, 10.4.6) and
which pandoc omits: their text is put into the document."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape

from lxml import etree

from bot.sources.formats.zip_members import replaced

_FRAME = re.compile(
    rb"<draw:frame\b[^<>]*>\s*<draw:object\b[^<>]*?xlink:href=\"(?:\./)?([^\"<>]{1,200}?)/?\""
    rb"[^<>]*>.*?</draw:frame>",
    re.DOTALL,
)
_LARGEST = 200_000
"""Bytes of one formula."""
_RAISED = {"msup": "^", "mover": "^", "msub": "_", "munder": "_", "mfrac": "/"}
_LEFT_OUT = frozenset(("annotation", "annotation-xml"))


def with_formulas(data: bytes) -> bytes:
    """Return an ODT file whose formulas are text; the same bytes if it has none. Raises what
    `zipfile` raises if it is damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml")
        if b"<draw:object" not in content:
            return data
        sizes = {info.filename: info.file_size for info in archive.infolist()}

        def text_of(match: re.Match[bytes]) -> bytes:
            name = f"{match[1].decode('utf-8', 'replace')}/content.xml"
            if sizes.get(name, _LARGEST) >= _LARGEST:
                return match[0]
            return escape(_formula(archive.read(name)), quote=False).encode() or match[0]

        return replaced(archive, {"content.xml": _FRAME.sub(text_of, content)})


def _formula(data: bytes) -> str:
    """Return the text of a formula in MathML; "" if this is no formula."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return ""
    return " ".join(_text(root).split()) if etree.QName(root).localname == "math" else ""


def _text(element: etree._Element) -> str:
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element).localname
    if name in _LEFT_OUT:
        return ""
    parts = [_text(child) for child in element]
    if name in _RAISED and len(parts) == 2:
        return _RAISED[name].join(part if len(part) < 2 else f"({part})" for part in parts)
    if name == "msqrt":
        return f"√({''.join(parts)})"
    own = (element.text or "").strip() if not len(element) else ""
    return f" {own} " if name == "mo" and own in "+-=<>±·×≤≥→−" else own + "".join(parts)
