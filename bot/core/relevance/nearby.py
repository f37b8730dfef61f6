"""The words of a sentence that would be shown, of those beside it and of its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from bot.core.named_tuple import NamedTuple
from bot.core.passages.passage_blocks import PassageBlock, is_replied_to
from bot.core.relevance.choosing import signed
from bot.core.relevance.ranked import Ranked
from bot.core.seams import Analyzer, Kind

LIFE: Set[Kind] = {"date", "year", "age", "place"}
"""Kinds that a life span gives."""
_BRACKETS = r"[(][^()]*[)]"
_BIRTH = r"\d{4}\s?[–—-]"
_DEATH = r"\d{4}"
"""Patterns of a birth and a death in brackets, "(3 April 1887 – 19 November 1961)". One pattern for
all would take the cube of a text's length where years follow each other and no bracket closes."""


class Nearby(NamedTuple):
    """The words of a sentence, those beside it and its heading."""

    sentence: Sequence[str]
    """The stems of the sentence itself."""
    heading: Set[str]
    """Those of its heading, or of the question that it answers."""
    stems: Set[str]
    """Those of all of them."""
    written: str
    """All words, as `bot.core.seams.Words.written` has them."""


def nearby(
    item: Ranked, number: int, block: PassageBlock, beside: range, analyzer: Analyzer
) -> Nearby:
    """Return the words of a candidate's sentence ``number``, which stands in ``block``, with those
    of the sentences ``beside`` it, itself among them."""
    words, heading_at = item.words, range(block.first, block.quoted_from)
    sentence = [*words.stems_of(number, number + 1)]
    sentence += signed(item.query, item.passage, range(number, number + 1))
    if number > block.quoted_from and is_replied_to(item.passage, number - 1, block):
        # a reply says what its question does
        sentence = [*words.stems_of(number - 1, number), *sentence]
    heading = set(words.stems_of(block.first, block.quoted_from))
    stems = heading.union(
        words.stems_of(beside.start, beside.stop), signed(item.query, item.passage, beside)
    )
    if life := _life_terms(item, analyzer):
        sentence = sentence + _told_by_life_span(item, range(number, number + 1), life)
        stems.update(_told_by_life_span(item, beside, life))
    written = "".join([words.written[each] for each in (*heading_at, *beside)])
    return Nearby(sentence, heading, stems, written)


def _life_terms(item: Ranked, analyzer: Analyzer) -> list[str]:
    """Return the question's terms that ask when or where somebody was born or died: how, or of
    what, no life span tells."""
    reading = item.query.reading
    tokens, life = reading.tokens, analyzer.cues(reading.language).life
    if reading.kind not in LIFE or life.isdisjoint(tokens.words):
        return []
    return [stem for word, stem in zip(tokens.words, tokens.stems, strict=True) if word in life]


def _told_by_life_span(item: Ranked, sentences: range, life: list[str]) -> list[str]:
    """Return the terms ``life`` if one of these sentences gives somebody's birth and death."""
    is_given = any(holds_life_span(item.passage.sentence(number)) for number in sentences)
    return life if is_given else []


def holds_life_span(text: str) -> bool:
    """Return whether a text gives somebody's birth and death in brackets."""
    for brackets in re.findall(_BRACKETS, text):
        birth = re.search(_BIRTH, brackets)
        if birth is not None and re.search(_DEATH, brackets[birth.end() :]):
            return True
    return False
