"""A term's entries as numpy takes them, kept for the questions to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from bot.search.segments.segment import Postings, Segment

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""

_NONE = np.zeros(1, np.uint8)
_ENTRIES_OF_A_COLUMN = 8
"""So many, by measurement, are added up in the time of one of a list."""


class Entries(NamedTuple):
    """One term's entries in one segment."""

    passages: Array | None
    """Of each entry, then one that does not exist, so that every search ends at an entry; None
    where there is an entry for every passage."""
    impacts: Array
    """Of each entry; 0 where it is no posting."""
    exceptions: Mapping[int, int]
    """How often the term stands in some passages, which the impact does not tell."""
    cost: int
    """So many entries of a list are added up in the time of these."""


def entries_of(segment: Segment, postings: Postings) -> Entries:
    """What these postings of the segment are in numpy."""
    kept: Entries
    for kept in postings.decoded:
        return kept
    impacts, exceptions = np.asarray(postings.impacts), postings.exceptions
    if postings.gaps is None:
        cost = len(impacts) // _ENTRIES_OF_A_COLUMN
        return segment.keep(postings, Entries(None, impacts, exceptions, cost), 0)
    passages = np.empty(len(impacts) + 1, np.uint32)
    np.add.accumulate(np.asarray(postings.gaps), dtype=np.uint32, out=passages[:-1])
    passages[-1] = segment.passages
    impacts = np.concatenate((impacts, _NONE))
    exceptions = {int(passages[at]): often for at, often in exceptions.items()}
    made = Entries(passages, impacts, exceptions, len(passages))
    return segment.keep(postings, made, passages.nbytes + impacts.nbytes)


def count(segment: Segment, postings: Postings, ranges: Sequence[range]) -> int:
    """How many passages of these ranges hold the term."""
    passages, impacts, *_ = entries_of(segment, postings)
    bounds = [bound for r in ranges for bound in (r.start, r.stop)]
    if passages is not None:
        bounds = passages.searchsorted(np.array(bounds, np.uint32)).tolist()
    pairs = zip(bounds[::2], bounds[1::2], strict=True)
    return int(sum(np.count_nonzero(impacts[first:end]) for first, end in pairs))
