"""A segment's best passages, found by the compiled kernel: see ``bot/search/kernel/best.c``."""

from __future__ import annotations

import ctypes
import struct

from bot.core.relevance.term_scoring import K1, B
from bot.search.kernel import Kernel, address_of
from bot.search.segments.searching import Ranges, Terms
from bot.search.segments.segment import Segment
from bot.search.segments.segment_format import SIZES, Postings

SEGMENT = struct.Struct("=QQQdddII")
"""``struct segment`` of ``scoring.h``."""
TERM = struct.Struct("=QQQdII")
"""``struct term`` of ``postings.h``."""
_MOST_SPACES = 2


class _Space:
    """Buffers that successive questions reuse: allocating them anew takes longer than most
    questions."""

    def __init__(self, kernel: Kernel, terms: int, limit: int) -> None:
        self.terms, self.limit = terms, limit
        room = kernel.room_for(limit)
        self.working = (ctypes.c_uint64 * (kernel.space_for(terms, limit) // 8 + 1))()
        self.passages = (ctypes.c_uint32 * room)()
        self.sums = (ctypes.c_uint32 * room)()
        self.scores = (ctypes.c_double * room)()


_free: list[_Space] = []


class CompiledSearcher:
    """A `bot.search.segments.searching.Searcher`."""

    def __init__(self, segment: Segment, kernel: Kernel) -> None:
        self._kernel = kernel
        self._tail = segment.tail  # whose address this is
        header = segment.header
        exceptions = (header.articles_at - header.exceptions_at) // 12
        address = address_of(segment.tail) - header.directory_at
        exceptions_at = address + header.exceptions_at
        self._segment = SEGMENT.pack(
            address + header.lengths_at,
            exceptions_at,
            exceptions_at + 8 * exceptions,
            header.average_length,
            K1,
            B,
            SIZES[header.length_code],
            exceptions,
        )

    def best(
        self, terms: Terms, average_length: float, limit: int, threshold: float, ranges: Ranges[int]
    ) -> list[tuple[float, int]]:
        # those with gaps come first, and of the others those that can give most
        ordered = sorted(terms, key=lambda term: (term[1].width == 0, -term[0]))
        space = self._space(len(ordered), limit)
        found = self._kernel.best(
            self._segment,
            b"".join([self._packed(idf, postings) for idf, postings in ordered]),
            len(ordered),
            average_length,
            limit,
            threshold,
            ranges.buffer_info()[0],
            len(ranges) // 2,
            space.working,
            space.passages,
            space.sums,
            space.scores,
        )
        made = list(zip(space.scores[:found], space.passages[:found], strict=True))
        if len(_free) < _MOST_SPACES:
            _free.append(space)
        return made

    def count(self, postings: Postings, ranges: Ranges[int]) -> int:
        at, size = ranges.buffer_info()
        return self._kernel.count_in(self._packed(0.0, postings), at, size // 2)

    def _packed(self, idf: float, postings: Postings) -> bytes:
        _, entries, width, gaps_at, impacts_at, data, data_at = postings
        start = address_of(data) - data_at
        return TERM.pack(start + gaps_at, start + impacts_at, impacts_at, idf, entries, width)

    def _space(self, terms: int, limit: int) -> _Space:
        """Return buffers for ``terms`` terms and ``limit`` passages, which no other thread uses."""
        try:
            space = _free.pop()
        except IndexError:
            return _Space(self._kernel, max(terms, 32), max(limit, 64))
        if space.terms >= terms and space.limit >= limit:
            return space
        return _Space(self._kernel, max(terms, space.terms), max(limit, space.limit))
