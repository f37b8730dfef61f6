"""An article: its text, its paragraphs, and what is known about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.core.named_tuple import NamedTuple

PARAGRAPH_GAP = "\n\n"


class Span(NamedTuple):
    """A stretch of text: ``text[start:end]``, both in Unicode code points."""

    start: int
    end: int


class Head(NamedTuple):
    """The known facts about an article besides its text; None is "not known", never a guess."""

    title: str
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    """ISO 8601 date, ``YYYY-MM-DD``, or ``YYYY-MM`` or ``YYYY`` if no more is known."""
    url: str | None = None
    language: str | None = None
    """ISO 639-1 code; it decides on the stemmer and the stop words."""
    section: str | None = None
    digest_of: str | None = None
    """The original that this text is a digest of, if it is not the original's own wording."""
    fetched: str | None = None
    """ISO 8601 date on which the article was fetched from its url."""
    sha256: str | None = None
    """SHA-256 of the original's bytes, hexadecimal."""


class Article(NamedTuple):
    """One article, as it is quoted.

    ``text`` is the plain text of its paragraphs, one blank line between two, newlines as LF.
    ``paragraphs`` are its paragraphs in order; a heading belongs to the paragraph it introduces,
    so that the n-th paragraph is the one a reader would count. Every character of ``text``
    outside of them is white space.
    """

    slug: str
    head: Head
    text: str
    paragraphs: tuple[Span, ...]
    pages: tuple[int, ...] = ()
    """The page each paragraph begins on, from 1; empty if the original has no pages."""

    def quote(self, first: int, last: int) -> str:
        """Return the text of paragraphs ``first`` to ``last``, counted from 1, both included."""
        return self.text[self.paragraphs[first - 1].start : self.paragraphs[last - 1].end]


class Draft(NamedTuple):
    """An article that has no name yet: what a source reads, and what is written to a store."""

    head: Head
    body: str
    """CommonMark; every format is turned into it, and read from it."""
    pages: tuple[int, ...] = ()
    """The page each paragraph begins on, from 1; empty if the original has no pages."""


class Version(NamedTuple):
    """Values that change when an article's file does, to tell whether it is still the one read."""

    path: str
    """Path of the file, relative to its folder, with forward slashes."""
    size: int
    """Bytes."""
    modified: int
    """Time at which its text was last written, in nanoseconds since 1970."""
    changed: int
    """Time at which anything about the file last changed, in nanoseconds since 1970: it shows a
    copy that keeps the old time of writing."""


def join_paragraphs(paragraphs: Iterable[str]) -> tuple[str, tuple[Span, ...]]:
    """Put paragraphs together as an article's text.

    Takes the paragraphs' texts, each without white space at its ends; empty ones are left out.
    Returns the text and each paragraph's span in it.
    """
    spans: list[Span] = []
    kept: list[str] = []
    position = 0
    for paragraph in paragraphs:
        if not paragraph:
            continue
        spans.append(Span(position, position + len(paragraph)))
        position += len(paragraph) + len(PARAGRAPH_GAP)
        kept.append(paragraph)
    return PARAGRAPH_GAP.join(kept), tuple(spans)


def count_words(texts: Sequence[str]) -> int:
    """Return the number of words, separated by white space, in the texts."""
    return sum(map(word_count, texts))


_SPACES_AND_OTHERS = bytes(ord(" ") if chr(byte).isspace() else ord("x") for byte in range(128))
_SPACES_AND_OTHERS += b"x" * 128


def word_count(text: str) -> int:
    """``len(text.split())``; where the text is ASCII, no word is made for it, and it takes half as
    long."""
    if not text.isascii():
        return len(text.split())
    return (b" " + text.encode().translate(_SPACES_AND_OTHERS)).count(b" x")
