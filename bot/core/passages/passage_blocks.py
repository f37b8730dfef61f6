"""The blocks of a passage: what its author set apart from the rest by a blank line.

A passage may hold several short paragraphs, lists and tables. One of them answers a question, so
each is weighed for itself. A heading belongs to the block below it, a line that ends with a colon
to the list that it introduces, and a short question, of an interview or a list of frequent ones, to
its reply. Blocks are told apart by the passage's text alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.core.article import Span
from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage

_MOST_HEADING_WORDS = 11
_MOST_QUESTION_WORDS = 30
_SENTENCE_ENDS = tuple(".!?:;…。！？।'\"”’»")
_CLOSING_BRACKETS = ")]"
QUESTION_MARKS = ("?", "？", "؟")
CELL = " | "
_MOST_READ = 2000
"""Maximum number of passages whose blocks are cached, because those that people ask about are
weighed for one question after the other."""


class PassageBlock(NamedTuple):
    """A run of a passage's sentences."""

    first: int
    """Its first sentence, from 0."""
    end: int
    """The sentence after its last."""
    quoted_from: int
    """Its first sentence that is no heading and no head of a table: none before it can be an
    answer."""


def blocks_of(passage: Passage) -> Sequence[PassageBlock]:
    """Return a passage's blocks, in order; together they hold all its sentences."""
    sentences = passage.sentences
    if not sentences:
        return ()
    if "\n" not in passage.text:
        return (PassageBlock(0, len(sentences), 0),)
    return _blocks(passage.text, sentences)


def block_at(passage: Passage, sentence: int) -> PassageBlock:
    """Return the block that holds a passage's sentence; ``sentence`` counts from 0."""
    return next(block for block in blocks_of(passage) if sentence < block.end)


def rows_of(passage: Passage, block: PassageBlock) -> Sequence[range]:
    """Return the sentences of each row of a table; none of a block that is no table."""
    sentences, text = passage.sentences, passage.text
    rows: list[range] = []
    for number in range(block.quoted_from, block.end):
        start = sentences[number].start
        if rows and "\n" not in text[sentences[number - 1].end : start]:
            rows[-1] = range(rows[-1].start, number + 1)
        else:
            line_end = text.find("\n", start)
            if CELL not in text[start : line_end if line_end >= 0 else len(text)]:
                return ()
            rows.append(range(number, number + 1))
    return rows


def is_replied_to(passage: Passage, sentence: int, block: PassageBlock) -> bool:
    """Return whether a block's sentence is a short question with which it begins, and what follows
    its reply, as in a list of frequent questions: "Can it be frozen? It can."."""
    if sentence != block.quoted_from or sentence + 1 >= block.end:
        return False
    start, end = passage.sentences[sentence]
    text = passage.text[start:end]
    return text.endswith(QUESTION_MARKS) and len(text.split()) <= _MOST_HEADING_WORDS


@lru_cache(_MOST_READ)
def _blocks(text: str, sentences: tuple[Span, ...]) -> tuple[PassageBlock, ...]:
    blocks: list[PassageBlock] = []
    first = start = 0  # of the block, and of its part after the last blank line
    for number in range(1, len(sentences) + 1):
        last = number == len(sentences)
        if not last and "\n\n" not in text[sentences[number - 1].end : sentences[number].start]:
            continue
        begin, end = sentences[start].start, sentences[number - 1].end
        part = text[begin:end]
        if not last and (part.endswith(":") or is_heading(part)):
            start = number
            continue
        head = start + _is_table(part)
        blocks.append(PassageBlock(first, number, min(head, number - 1)))
        first = start = number
    return tuple(blocks)


def is_heading(part: str) -> bool:
    """Return whether a part of a text, between blank lines, is a heading."""
    if "\n" in part or CELL in part:
        return False
    words = len(part.split())
    if part.endswith(QUESTION_MARKS):
        return words <= _MOST_QUESTION_WORDS
    bare = part.rstrip(_CLOSING_BRACKETS)  # a price or a year may close a heading
    return words <= _MOST_HEADING_WORDS and not bare.endswith(_SENTENCE_ENDS)


def _is_table(part: str) -> bool:
    """Return whether a part is a table, whose first row is its head."""
    lines = part.splitlines()
    return len(lines) > 1 and all(CELL in line for line in lines)
