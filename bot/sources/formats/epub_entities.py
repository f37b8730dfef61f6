"""Entities that the documents in an EPUB file declare (XML 1.0, 4.2), which pandoc does not know:
they are put in, and the declarations left out."""

from __future__ import annotations

import io
import re
import zipfile

from bot.core.errors import ArticleError

_DOCUMENT = (".xhtml", ".html", ".htm", ".xml")
_NAME = rb"[\w.:\x80-\xff-]{1,100}"
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
    """Return an EPUB file whose documents declare no entities; the same bytes if none does. Raises
    what `zipfile` raises if it is damaged, and `ArticleError` if the entities put in take more than
    ``largest`` bytes."""
    changed: dict[str, bytes] = {}
    left = largest
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = list(dict.fromkeys(archive.namelist()))
        for name in names:
            if name.lower().endswith(_DOCUMENT):
                document = archive.read(name)
                if (found := _DOCTYPE.match(document, 0, _HEAD)) is not None:
                    changed[name] = _expanded(document, found, left)
                    left -= len(changed[name])
        if not changed:
            return data
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as copy:
            for name in names:
                copy.writestr(name, changed[name] if name in changed else archive.read(name))
    return packed.getvalue()


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
