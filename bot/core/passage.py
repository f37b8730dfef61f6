"""Passages: what is indexed, found and quoted.

A passage is a paragraph, or a few short ones together, or a piece of a huge one that is cut at
sentence ends. It is always a slice of its article's text, so a quotation cannot differ from it.
"""

from __future__ import annotations

from bot.core.article import Span
from bot.core.named_tuple import NamedTuple


class Surroundings(NamedTuple):
    """The paragraphs of a passage and those next to it that may be quoted with them, where the
    article's paragraphs are short; see `bot.core.passages.quoted_paragraphs`."""

    first: int
    """The first of these paragraphs, counted from 1 in the article."""
    starts: tuple[int, ...]
    """Offset of each of them from the passage's beginning, in code points."""
    quoted: tuple[Span, ...]
    """For each paragraph of the passage the first and the last one that are quoted if it answers,
    counted from 1 in the article."""
    before: str
    """The article's text from the first of these paragraphs up to the passage."""
    sentences_before: tuple[Span, ...]
    """The sentences' spans in ``before``."""
    after: str
    """The article's text from the passage's end to the end of the last of these paragraphs."""
    sentences_after: tuple[Span, ...]
    """The sentences' spans in ``after``."""


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
    around: Surroundings | None = None
    """None if the article's paragraphs are long, or its original has pages."""

    def sentence(self, number: int) -> str:
        """Return the text of one of its sentences, counted from 0."""
        return self.text[slice(*self.sentences[number])]
