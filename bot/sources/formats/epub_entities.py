"""Entities that the documents in an EPUB file declare (XML 1.0, 4.2), which pandoc does not know:
they are put in, and the declarations left out."""

from __future__ import annotations

import io
import re
import zipfile

_DOCUMENT = (".xhtml", ".html", ".htm", ".xml")
_DOCTYPE = re.compile(rb"<!DOCTYPE\s[^\[<>]{0,1000}\[(?P<subset>[^\]]{0,20000})\]\s{0,100}>")
_ENTITY = re.compile(
    rb"<!ENTITY\s+(?P<name>[\w.-]{1,100})\s+"
    rb"(?:\"(?P<double>[^\"<>%]{0,1000})\"|'(?P<single>[^'<>%]{0,1000})')\s*>"
)
_DECLARED = re.compile(rb"<!ENTITY\s+([\w.-]{1,100})\s")
_LONGEST = 1000
"""Bytes of an entity's text."""
_DEEPEST = 5
"""Number of entities, each named in the one before, that are put in."""
_UNKNOWN = "\ufffd".encode()
_REFERENCE = re.compile(rb"&([\w.-]{1,100});")
_HEAD = 65_536
"""Bytes of a document within which its declarations begin."""
_KNOWN = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))


def with_entities(data: bytes) -> bytes:
    """Return an EPUB file whose documents declare no entities; the same bytes if none does. Raises
    what `zipfile` raises if it is damaged."""
    changed: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = list(dict.fromkeys(archive.namelist()))
        for name in names:
            if name.lower().endswith(_DOCUMENT):
                document = archive.read(name)
                first = document.find(b"<!DOCTYPE", 0, _HEAD)
                if first >= 0 and (found := _DOCTYPE.match(document, first)) is not None:
                    changed[name] = _expanded(document, found)
        if not changed:
            return data
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as copy:
            for name in names:
                copy.writestr(name, changed[name] if name in changed else archive.read(name))
    return packed.getvalue()


def _expanded(document: bytes, doctype: re.Match[bytes]) -> bytes:
    """Return a document without its declarations, with the text of its entities in their places;
    U+FFFD for one that names a file, which may be what nobody is to read, or that grows long."""
    subset = doctype["subset"]
    declared = set(_DECLARED.findall(subset)) - _KNOWN
    texts = {
        entity["name"]: entity["double"] or entity["single"] or b""
        for entity in reversed(list(_ENTITY.finditer(subset)))  # the first declaration counts
    }

    def text_of(match: re.Match[bytes]) -> bytes:
        return texts.get(match[1], _UNKNOWN) if match[1] in declared else match[0]

    for _ in range(_DEEPEST):
        texts = {name: _REFERENCE.sub(text_of, text)[:_LONGEST] for name, text in texts.items()}
    for name, text in texts.items():
        if len(text) == _LONGEST or not declared.isdisjoint(_REFERENCE.findall(text)):
            texts[name] = _UNKNOWN
    before, after = document[: doctype.start()], document[doctype.end() :]
    return before + _REFERENCE.sub(text_of, after)
