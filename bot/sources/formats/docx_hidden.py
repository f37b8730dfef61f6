"""Hidden text of a DOCX file, which pandoc reads as if it were shown (ISO/IEC 29500-1,
17.3.2.41)."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from bot.sources.formats.zip_members import replaced

_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset(("0", "false", "off"))


def without_hidden(data: bytes) -> bytes:
    """Return a DOCX file without the runs that are marked as hidden; the same bytes if it has none.
    Raises what `zipfile` raises if it is damaged."""
    changed: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in dict.fromkeys(archive.namelist()):
            if name.startswith("word/") and name.endswith(".xml") and name.count("/") == 1:
                part = archive.read(name)
                if b":vanish" in part and (shown := _shown(part)) is not None:
                    changed[name] = shown
        return replaced(archive, changed) if changed else data


def _shown(part: bytes) -> bytes | None:
    """Return a part without its hidden runs; None if it is no XML, which pandoc says."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        return None
    for run in list(root.iter(f"{_WORDS}r")):
        properties = run.find(f"{_WORDS}rPr")
        mark = None if properties is None else properties.find(f"{_WORDS}vanish")
        home = run.getparent()
        if mark is not None and home is not None and mark.get(f"{_WORDS}val", "1") not in _OFF:
            home.remove(run)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
