"""Long ODT files in parts: pandoc takes time that grows with the square of a document's blocks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree

_BLOCKS = 4000
"""Number of a document's blocks that are read at a time, more where a list goes on counting."""
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"
_LIST = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}list"
_CONTINUES = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}continue-numbering"
_NEEDED = ("mimetype", "META-INF/manifest.xml", "styles.xml", "meta.xml")
"""The parts of a document that are read beside its text."""


def parts_of(data: bytes) -> Iterator[bytes]:
    """Yield an ODT file as files of some thousand blocks each, in order; itself if it is no longer
    than one. Raises what `zipfile` raises if it is damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml")
        if content.count(b"<text:") <= _BLOCKS:
            yield data
            return
        others = {name: archive.read(name) for name in _NEEDED if name in archive.namelist()}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        root = None  # pandoc says so
    text = None if root is None else next(root.iter(_TEXT), None)
    if root is None or text is None or len(text) <= _BLOCKS:
        yield data
        return
    blocks = list(text)
    for block in blocks:
        text.remove(block)
    for first, end in pairwise((*_starts(blocks), len(blocks))):
        text.extend(blocks[first:end])
        yield _packed({**others, "content.xml": etree.tostring(root, encoding="utf-8")})
        for block in blocks[first:end]:
            text.remove(block)


def _starts(blocks: Sequence[etree._Element]) -> list[int]:
    """Return the ordinals of the blocks with which parts begin: none after which the next list
    counts on from the one before."""
    is_free = [True] * len(blocks)
    counts_on = False
    for number in reversed(range(len(blocks))):
        lists = [each.get(_CONTINUES) == "true" for each in blocks[number].iter(_LIST)]
        counts_on = any(lists) if lists else counts_on
        is_free[number] = not counts_on
    starts = [0]
    for number, free in enumerate(is_free):
        if free and number - starts[-1] >= _BLOCKS:
            starts.append(number)
    return starts


def _packed(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()
