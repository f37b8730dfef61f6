"""Marked text as data: a text cut into runs, each with its marks.

The templates turn runs into elements; no text from outside ever holds markup of ours.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from bot.core.article import Span


class MarkedRun(NamedTuple):
    """A stretch of text that is marked in one way."""

    text: str
    marked: bool = False
    """True if it is the quotation, or the sentence that answers."""
    hit: bool = False
    """True if it is a word of the question."""
    opens: bool = False
    """True if it is the first of the runs that are marked."""
    closes: bool = False
    """True if it is the last of them."""


def runs(text: str, marked: Span | None, hits: Iterable[Span] = ()) -> tuple[MarkedRun, ...]:
    """Cut a text where a mark or a hit begins or ends; ``hits`` are in order and don't overlap.
    The runs' texts together are the text; none is empty."""
    spans = [span for span in hits if span.start < span.end]
    cuts = {0, len(text)}
    for span in [*spans, *([marked] if marked else [])]:
        cuts |= {min(max(span.start, 0), len(text)), min(max(span.end, 0), len(text))}
    edges = sorted(cuts)
    found: list[MarkedRun] = []
    at, last = 0, -1
    for start, end in itertools.pairwise(edges):
        while at < len(spans) and spans[at].end <= start:
            at += 1
        hit = at < len(spans) and spans[at].start <= start
        inside = marked is not None and marked.start <= start and end <= marked.end
        found.append(MarkedRun(text[start:end], inside, hit, opens=inside and last < 0))
        last = len(found) - 1 if inside else last
    if last >= 0:
        found[last] = found[last]._replace(closes=True)
    return tuple(found)


def part(span: Span | None, of: Span) -> Span | None:
    """Return the part of a span inside another, counted from the other's beginning; None if there
    is none."""
    if span is None:
        return None
    start, end = max(span.start, of.start), min(span.end, of.end)
    return Span(start - of.start, end - of.start) if start < end else None
