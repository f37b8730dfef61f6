"""Rows of the catalogue's tables: articles and passages checked and read again. They are made in
`bot.index.prepared_articles`.

An article and a passage each carry a checksum of all that is shown of them, for SQLite notices a
damaged page only where its structure is hurt, and a quotation must never be anything but what was
written. Texts are kept as UTF-8 bytes, in which a lone surrogate can be kept too.
"""

import json
import zlib
from array import array
from functools import lru_cache
from typing import Any

from bot.core.article import Head, Span
from bot.core.errors import DamagedIndexError, Problem
from bot.core.passage import Passage
from bot.core.seams import Entry

_ENTRIES_KEPT = 2000
_PASSAGES_KEPT = 2000


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
    number, first, last, start, encoded, sentences, page = shown
    text = encoded.decode("utf-8", "surrogatepass")
    bounds = array("I", sentences)
    spans = tuple(map(Span._make, zip(bounds[::2], bounds[1::2], strict=True)))
    return Passage(slug, number, first, last, start, start + len(text), text, spans, page)


passage_read_lately = lru_cache(_PASSAGES_KEPT)(passage_of)
"""The same, cached by the whole row, because passages that people ask about are read again and
again; of ordinary size they take some 8 MB."""


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
