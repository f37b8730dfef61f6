"""Merge policy: the choice of the segments to merge."""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.live import LiveSegment

_MOST_REMOVED = 0.25
"""Share of removed passages from which a segment is rewritten without them."""


def due_from(segments: Sequence[LiveSegment], logged: int) -> int:
    """Return the index of the first segment to merge; the number of segments if none is to be
    merged. ``logged`` is the number of passages in the log, which come after the segments."""
    sizes = [live.passages for live in segments]
    if logged:
        sizes.append(logged)
    first = suffix_to_merge(sizes)
    worn = (
        at
        for at, live in enumerate(segments)
        if live.segment.passages - live.passages > _MOST_REMOVED * live.segment.passages
    )
    return min(first, next(worn, len(segments)), len(segments))


def suffix_to_merge(sizes: Sequence[int]) -> int:
    """Return the index from which on all segments are merged into one, given the number of passages
    of each; the number of segments if nothing is to be merged.

    Logarithmic merging (Büttcher, Clarke and Cormack, "Information Retrieval", 2010, ch. 7): a
    segment is merged with those after it when they have grown to half its size together. So
    there are no more segments than the logarithm of all passages, and each passage is written
    no more often than that.
    """
    after = 0
    first = len(sizes)
    for at in range(len(sizes) - 1, -1, -1):
        if after and 2 * after >= sizes[at]:
            first = at
        after += sizes[at]
    return first
