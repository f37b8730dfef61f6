"""Codes that represent chunks of texts: each is asked for once and then looked up.

Most chunks have been met before. The kernel (``bot/search/kernel/chunks.c``) looks all of them up
by their bytes, so that no object is made of a chunk that is known; without it, Python does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Protocol

import numpy as np

from bot.search.kernel import Kernel, library
from bot.search.segments.segment_format import TEXT, Array

NOTHING = -1
"""The code of a chunk that has no terms."""
LEAST = -(1 << 30)
"""Lower bound of all codes."""

# the same values as in chunks.c
WORDS = 3
"""Number of 8-byte words in a slot of the table for a chunk's text."""
SLOT = 8 * WORDS + 8
"""Bytes of one slot of the table."""
_SLOTS_AN_ENTRY = 6
"""Number of slots that take the memory of one chunk in a dict."""
_WAYS = 4
"""Number of slots in which a chunk may be."""
_SPACE, _SEPARATOR, _LETTER, _SIGN, _OTHER = 1, 2, 4, 8, 16
"""Classes that the kernel assigns to a byte."""
_BETWEEN = b"\xff"
"""Separates texts; never occurs in UTF-8."""
_END = _BETWEEN + bytes(24)
"""Ends the last text. The kernel reads 24 bytes from where a chunk begins, even the last one."""
_PENDING = -(1 << 31)
"""The code of the first chunk that is new."""
_OTHER_SPACES = re.compile("[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")


class ChunkCodes(Protocol):
    """The codes of chunks, met and new."""

    def read(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Return the codes of all chunks of these texts except `NOTHING`, and the number of the
        text of each; both int32, in the order of the texts."""


MakeCodes = Callable[[Sequence[str]], Sequence[int]]
"""Function that returns the codes of new chunks."""


def chunk_codes(code: MakeCodes, ignored: str, most: int) -> ChunkCodes:
    """``code`` gives two chunks the same code that differ in nothing but case and what is
    ``ignored``, as `bot.core.seams.ChunkTerms` has it; ``most`` is about how many chunks are
    remembered, a power of 2."""
    kernel = library()
    if kernel is None:
        return PlainChunkCodes(code, max(1, most // _SLOTS_AN_ENTRY))
    return CompiledChunkCodes(kernel, code, ignored, most)


class PlainChunkCodes:
    """`ChunkCodes` in Python alone."""

    def __init__(self, code: MakeCodes, most: int) -> None:
        self._code = code
        self._codes: dict[str, int] = {}
        self._most = most

    def read(self, texts: Sequence[str]) -> tuple[Array, Array]:
        if len(self._codes) > self._most:
            self._codes.clear()
        each = [text.split() for text in texts]
        chunks = list(chain.from_iterable(each))
        new = [chunk for chunk in dict.fromkeys(chunks) if chunk not in self._codes]
        self._codes.update(zip(new, self._code(new), strict=True))
        codes = np.fromiter(map(self._codes.__getitem__, chunks), np.int32, len(chunks))
        owners = np.repeat(np.arange(len(texts), dtype=np.int32), list(map(len, each)))
        some = codes != NOTHING
        return codes[some], owners[some]


class CompiledChunkCodes:
    """`ChunkCodes` by the kernel."""

    def __init__(self, kernel: Kernel, code: MakeCodes, ignored: str, most: int) -> None:
        self._kernel = kernel
        self._code = code
        self._classes = _classes(ignored)
        self._bits = max(most // _WAYS, 1).bit_length() - 1
        # the system gives memory for what is written to; an array of ctypes would write 0 to it all
        self._table = np.zeros((_WAYS << self._bits, SLOT), np.uint8)

    def read(self, texts: Sequence[str]) -> tuple[Array, Array]:
        encoded = [_with_plain_spaces(text).encode(*TEXT) for text in texts]
        text = _BETWEEN.join(encoded) + _END
        most = len(text) // 2
        codes, owners = np.empty(most, np.int32), np.empty(most, np.int32)
        new_chunks = np.empty((most, 3), np.uint32)
        counts = self._kernel.look_up(
            self._table.ctypes.data,
            self._bits,
            text,
            len(text) - len(_END) + 1,
            self._classes,
            NOTHING,
            codes.ctypes.data,
            owners.ctypes.data,
            new_chunks.ctypes.data,
        )
        codes, owners = codes[: counts.found], owners[: counts.found]
        if counts.new_chunks:
            count = counts.new_chunks
            bounds = new_chunks[:count, :2].tolist()
            chunks = [text[start : start + length].decode(*TEXT) for start, length in bounds]
            new = self._codes_of(chunks)
            self._kernel.settle(
                self._table.ctypes.data, new_chunks.ctypes.data, count, new.ctypes.data
            )
            pending = np.flatnonzero(codes < LEAST)
            codes[pending] = new[codes[pending].astype(np.int64) - _PENDING]
            some = np.flatnonzero(codes != NOTHING)
            codes, owners = codes[some], owners[some]
        return codes, owners

    def _codes_of(self, chunks: Sequence[str]) -> Array:
        """Return the codes of chunks that are in the table already, but with none of their own."""
        try:
            codes = np.array(self._code(chunks), np.int32)
            if len(codes) != len(chunks):
                raise ValueError(f"{len(codes)} codes of {len(chunks)} chunks")
        except BaseException:
            self._table[:] = 0  # else they would be taken for chunks that are new the next time
            raise
        return codes


def _classes(ignored: str) -> bytes:
    """Return the class of each byte for the kernel. If nothing is ignored, letters are of no class
    of their own."""
    classes = bytearray([_OTHER]) * 256
    for byte in range(128):
        if chr(byte).isspace():
            classes[byte] = _SPACE
        elif ignored and chr(byte).isalnum():
            classes[byte] = _LETTER
        elif chr(byte) in ignored:
            classes[byte] = _SIGN
    classes[_BETWEEN[0]] = _SEPARATOR
    return bytes(classes)


def _with_plain_spaces(text: str) -> str:
    """Return the text with the white space that is beyond ASCII as spaces."""
    if text.isascii() or _OTHER_SPACES.search(text) is None:
        return text
    return _OTHER_SPACES.sub(" ", text)
