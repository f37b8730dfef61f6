"""Character n-grams of a question, looked for by the compiled kernel: see
``bot/search/kernel/grams.c``."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain

from bot.core.seams import GramShares
from bot.search.kernel import Kernel, library
from bot.text.grams import PlainGramShares

GRAM = struct.Struct("=dII")
"""``struct gram`` of ``grams.c``."""
STATE = struct.Struct("=II")
"""``struct gram_state`` of ``grams.c``."""
_SHORTEST = 3
"""Bytes at the beginning of an n-gram by which the kernel finds it."""
_SENTENCE_ENDS = "\n"


def gram_shares(shares: Mapping[str, float]) -> GramShares:
    """Return n-grams, with their shares, that the kernel looks for; or Python, where there is no
    kernel, or it cannot tell such n-grams apart."""
    kernel = library()
    encoded = [gram.encode("utf-8", "surrogatepass") for gram in shares]
    if kernel is None or any(
        len(gram) < _SHORTEST or _SENTENCE_ENDS.encode() in gram for gram in encoded
    ):
        return PlainGramShares(shares)
    return CompiledGramShares(kernel, shares, encoded)


class CompiledGramShares:
    """A `bot.core.seams.GramShares`."""

    def __init__(
        self, kernel: Kernel, shares: Mapping[str, float], encoded: Sequence[bytes]
    ) -> None:
        """``encoded`` are the n-grams in UTF-8, each of three bytes or more."""
        self._kernel = kernel
        self._plain = PlainGramShares(shares)
        self._letters = b"".join(encoded)
        sizes = list(map(len, encoded))
        fields = zip(shares.values(), accumulate(sizes, initial=0), sizes, strict=False)
        layout = f"={GRAM.format.removeprefix('=') * len(sizes)}"
        self._grams = struct.pack(layout, *chain.from_iterable(fields))
        self._count = len(encoded)
        self._states = STATE.size * len(encoded)

    def in_each(self, sentences: Sequence[str]) -> list[float]:
        """Return for each sentence the sum of the shares of the n-grams that stand in it."""
        if not sentences:
            return []
        text = f"{_SENTENCE_ENDS.join(sentences)}{_SENTENCE_ENDS}".encode("utf-8", "surrogatepass")
        room = len(sentences)
        shares = (ctypes.c_double * room)()
        found = self._kernel.share_grams(
            self._grams,
            self._count,
            self._letters,
            text,
            len(text),
            ctypes.create_string_buffer(self._states),
            shares,
            room,
        )
        if found != room:  # a sentence holds a line feed itself
            return self._plain.in_each(sentences)
        return shares[:]
