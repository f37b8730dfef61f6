"""Rows of tables, told apart by the question's words: the price of the family is not in the row of
the adults."""

from __future__ import annotations

from collections.abc import Iterator, Set

from bot.core.passage import Passage
from bot.core.passages.passage_blocks import PassageBlock, rows_of
from bot.core.questions.query import BEGINNING, Query
from bot.core.seams import Words


def of_other_rows(
    query: Query, passage: Passage, words: Words, block: PassageBlock
) -> Iterator[int]:
    """Yield the sentences of those rows of a block which lack every word of the question that
    stands in one row only, where it has such a word; ``words`` are the passage's."""
    rows = rows_of(passage, block)
    if len(rows) < 2:
        return
    terms = query.idf.keys() - query.reading.kind_terms - query.reading.context_terms
    found = [terms.intersection(words.stems_of(row.start, row.stop)) for row in rows]
    telling = {term for own in found for term in own if sum(term in each for each in found) == 1}
    if not telling:
        return
    for row, own in zip(rows, found, strict=True):
        if telling.isdisjoint(own):
            yield from row


def is_of_no_row(
    query: Query, passage: Passage, words: Words, block: PassageBlock, number: int, title: Set[str]
) -> bool:
    """Return whether a sentence is of a row of several, and nothing of it tells that this one is
    asked for: it has none of the question's words but for those of the table's head, of the title
    and of texts about anything."""
    rows = rows_of(passage, block)
    row = next((each for each in rows if number in each), None)
    if row is None or len(rows) < 2:
        return False
    reading = query.reading
    head = words.stems_of(block.first, block.quoted_from)
    beside = {*head} | title | reading.kind_terms | reading.common | reading.context_terms
    asked, stems = query.idf.keys() - beside, frozenset(words.stems_of(row.start, row.stop))
    return bool(asked) and not any(_holds(query, term, stems) for term in asked)


def _holds(query: Query, term: str, stems: Set[str]) -> bool:
    return (
        term in stems
        or query.has_synonym(term, stems)
        or (len(term) >= BEGINNING and any(each.startswith(term[:BEGINNING]) for each in stems))
    )
