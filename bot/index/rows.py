"""Rows of the catalogue's tables: articles and passages checked and read again. They are made in
`bot.index.prepared_articles`. What one question after the other needs is kept until the next
commit, and need not be read, checked and taken apart again.

An article and a passage each carry a checksum of all that is shown of them, for SQLite notices a
damaged page only where its structure is hurt, and a quotation must never be anything but what was
written. Texts are kept as UTF-8 bytes, in which a lone surrogate can be kept too.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from threading import Lock

from bot.core.article import Head, Span
from bot.core.errors import DamagedIndexError, Problem
from bot.core.light_typing import Any, Generic, TypeVar
from bot.core.passage import Passage, Surroundings
from bot.core.seams import Entry

_ENTRIES_KEPT = 2000
_PASSAGES_KEPT = 3000
"""Maximum number of passages that are kept, of all indexes of this process together; of ordinary
size they take some 12 MB."""


def checksum_of(*values: object) -> int:
    """Return a CRC-32 of values that are numbers, texts or bytes, or None."""
    shown = [(len(value),) if type(value) is bytes else value for value in values]
    checksum = zlib.crc32(repr(shown).encode())
    for value in values:
        if type(value) is bytes:
            checksum = zlib.crc32(value, checksum)
    return checksum


def passage_of(slug: str, row: tuple[Any, ...]) -> Passage:
    """Return the passage of a row of the passage table; raises `DamagedIndexError` if the row is
    not what was written."""
    *shown, checksum = row
    if checksum_of(slug, *shown) != checksum:
        raise DamagedIndexError("index.passage_damaged", slug=slug, number=shown[0])
    number, first, last, start, encoded, sentences, page, around = shown
    text = encoded.decode("utf-8", "surrogatepass")
    spans = spans_of(array("I", sentences))
    end = start + len(text)
    return Passage(
        slug, number, first, last, start, end, text, spans, page, around and surroundings_of(around)
    )


def spans_of(bounds: Sequence[int]) -> tuple[Span, ...]:
    """Return spans, given where each begins and ends in turn."""
    return tuple(map(Span._make, zip(bounds[::2], bounds[1::2], strict=True)))


def surroundings_text(around: Surroundings) -> str:
    """Return a passage's surroundings as JSON in ASCII."""
    first, starts, quoted, before, sentences_before, after, sentences_after = around
    bounds = [
        [bound for span in spans for bound in span]
        for spans in (quoted, sentences_before, sentences_after)
    ]
    return json.dumps([first, starts, before, after, *bounds], separators=(",", ":"))


def surroundings_of(written: str | bytes) -> Surroundings:
    """Return the surroundings that `surroundings_text` wrote."""
    first, starts, before, after, quoted, sentences_before, sentences_after = json.loads(written)
    return Surroundings(
        first,
        tuple(starts),
        spans_of(quoted),
        before,
        spans_of(sentences_before),
        after,
        spans_of(sentences_after),
    )


def problem_of(slug: str, written: str) -> Problem:
    """Return the problem of a file that is no article."""
    try:
        return Problem.from_json(written)
    except ValueError as error:
        raise DamagedIndexError("index.fault_damaged", slug=slug) from error


@lru_cache(_ENTRIES_KEPT)
def entry_of(row: tuple[Any, ...]) -> Entry:
    """Return the entry of a row of the article table; cached by row."""
    slug, checksum, *shown = row
    if checksum_of(slug, *shown) != checksum:
        raise DamagedIndexError("index.head_damaged", slug=slug)
    head, language, paragraphs, words, _ = shown
    return Entry(slug, Head(**json.loads(head)), language, paragraphs, words)


class IndexState:
    """An index as one connection sees it until another one commits: its own value for each state of
    each connection. It holds no files open, for rows of it are kept after the connection is
    closed. Safe for any number of threads."""

    __slots__ = ("is_finished", "languages")

    def __init__(self, is_finished: bool) -> None:
        self.is_finished = is_finished
        """True if the index holds all articles."""
        self.languages: list[str] | None = None
        """The articles' languages, once they were read."""


_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class KnownRows(Generic[_Key, _Value]):
    """The latest rows that were read, each by the state of its index and a key. Safe for any number
    of threads."""

    def __init__(self, most: int) -> None:
        """Keep ``most`` rows."""
        self._most = most
        self._rows: dict[tuple[IndexState, _Key], _Value] = {}
        self._lock = Lock()

    def of(
        self,
        state: IndexState | None,
        keys: Sequence[_Key],
        read: Callable[[Sequence[_Key]], Mapping[_Key, _Value]],
    ) -> dict[_Key, _Value]:
        """Return the value of each key that has one, in the order of the keys; ``read`` reads those
        that are not kept. None are kept if ``state`` is None."""
        if state is None:
            return dict(read(keys))
        known = self._rows.get
        found = {key: known((state, key)) for key in keys}
        missing = [key for key, value in found.items() if value is None]
        if missing:
            values = read(missing)
            found |= values
            self._keep(state, values)
        return {key: value for key, value in found.items() if value is not None}

    def _keep(self, state: IndexState, values: Mapping[_Key, _Value]) -> None:
        """Keep values, in place of those that have been kept for the longest time."""
        with self._lock:
            for key, value in values.items():
                self._rows[state, key] = value
                if len(self._rows) > self._most:
                    del self._rows[next(iter(self._rows))]


KNOWN_ENTRIES: KnownRows[str, Entry] = KnownRows(_ENTRIES_KEPT)
KNOWN_PASSAGES: KnownRows[tuple[str, int], Passage] = KnownRows(_PASSAGES_KEPT)
