"""Passages: what is indexed, found and quoted.

A passage is a paragraph, or a few short ones together, or a piece of a huge one that is cut at
sentence ends. It is always a slice of its article's text, so a quotation cannot differ from it.
"""

from __future__ import annotations

from bot.core.article import Span
from bot.core.named_tuple import NamedTuple


class Passage(NamedTuple):
    """One passage of one article."""

    article: str
    """The article's slug."""
    number: int
    """The passage's ordinal in its article, from 0."""
    first: int
    """Its first paragraph, counted from 1."""
    last: int
    """Its last paragraph, counted from 1."""
    start: int
    """Offset of its beginning in the article's text, in code points."""
    end: int
    """Offset of its end there, in code points, exclusive."""
    text: str
    sentences: tuple[Span, ...]
    """Its sentences' spans within ``text``, in order; white space between them belongs to none."""
    page: int | None = None
    """The page it begins on, from 1, where the original has pages."""
