"""Parts of an EPUB's documents that pandoc does not know: the entities that they declare (XML 1.0,
4.2) are put in, and UTF-16 becomes UTF-8."""

from __future__ import annotations

import io
import re
import zipfile

from bot.core.errors import ArticleError
from bot.sources.formats.zip_members import replaced

_DOCUMENT = (".xhtml", ".html", ".htm", ".xml", ".opf", ".ncx")
_NAME = rb"[\w.:\x80-\xff-]{1,100}"
_UTF_16 = (
    (b"\xfe\xff", "utf-16-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"<\0", "utf-16-le"),
)
_ENCODING = re.compile(r"\A\s*<\?xml\s[^>]{0,200}\?>")
_COMMENT = re.compile(rb"<!--(?s:.*?)(?:-->|\Z)")
_DOCTYPE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?(?s:.*?)(?:\?>|\Z)|" + _COMMENT.pattern + rb")*+"
    rb"(?P<doctype><!DOCTYPE\s[^\[<>]*\["
    rb"(?P<subset>(?:" + _COMMENT.pattern + rb"|\"[^\"]*\"|'[^']*'|[^\]\"'])*+)\]\s*>)"
)
_ENTITY = re.compile(
    rb"<!ENTITY\s+(?P<name>" + _NAME + rb")\s+"
    rb"(?:\"(?P<double>[^\"<>%]{0,1000})\"|'(?P<single>[^'<>%]{0,1000})')\s*>"
)
_DECLARED = re.compile(rb"<!ENTITY\s+(" + _NAME + rb")\s")
_LONGEST = 1000
"""Bytes of an entity's text."""
_DEEPEST = 5
"""Number of entities, each named in the one before, that are put in."""
_UNKNOWN = "\ufffd".encode()
_REFERENCE = re.compile(rb"&(" + _NAME + rb");")
_HEAD = 65_536
"""Bytes of a document within which its declarations stand."""
_KNOWN = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))


def with_entities(data: bytes, largest: int) -> bytes:
    """Return an EPUB file whose documents are UTF-8 and declare no entities; the same bytes if it
    is such a file. Raises what `zipfile` raises if it is damaged, and `ArticleError` if the
    entities put in take more than ``largest`` bytes."""
    changed: dict[str, bytes] = {}
    left = largest
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in dict.fromkeys(archive.namelist()):
            if name.lower().endswith(_DOCUMENT):
                written = archive.read(name)
                if (document := _as_utf_8(written)) is not written:
                    changed[name] = document
                if (found := _DOCTYPE.match(document, 0, _HEAD)) is not None:
                    changed[name] = _expanded(document, found, left)
                if name in changed:
                    left -= len(changed[name])
        return replaced(archive, changed) if changed else data


def _as_utf_8(document: bytes) -> bytes:
    """Return a document of UTF-16, which pandoc refuses, as one of UTF-8 (XML 1.0, appendix F)."""
    encoding = next((name for mark, name in _UTF_16 if document.startswith(mark)), None)
    if encoding is None:
        return document
    text = document.decode(encoding, "replace").removeprefix("\ufeff")
    return _ENCODING.sub("", text, count=1).encode("utf-8", "replace")


def _expanded(document: bytes, head: re.Match[bytes], largest: int) -> bytes:
    """Return a document without its declarations, with the text of its entities in their places;
    U+FFFD for one that names a file, which may be what nobody is to read, or that grows long."""
    subset = _COMMENT.sub(b"", head["subset"])
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
    before, after = document[: head.start("doctype")], document[head.end() :]
    if sum(len(text_of(match)) for match in _REFERENCE.finditer(after)) + len(after) > largest:
        raise ArticleError("office.unpacked_size", kind="EPUB", megabytes=largest / 1e6)
    return before + _REFERENCE.sub(text_of, after)
