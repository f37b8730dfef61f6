"""Choosing the sentence of a passage that answers the question, and the words in it that matched.

A sentence is chosen by what ranks its passage, its BM25, its synonyms and its spelling, and by
three things that tell sentences apart: what of the question stands near in it, what the sentences
before it have of the question, and whether it gives the kind of answer that is asked for. Names
tell hardly anything: the sentence that introduces somebody has them, and the next one, about "her",
says what is asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set

from bot.core.article import Span
from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage
from bot.core.passages.passage_blocks import CELL, PassageBlock, is_replied_to
from bot.core.questions.query import Query
from bot.core.relevance.evidence import RELATED_WEIGHT
from bot.core.relevance.expectation import LOOSE, gives
from bot.core.relevance.found_terms import near_pairs, occurrences_in, share_of, weigh_sentence
from bot.core.relevance.sentence import Sentence, sentence_of
from bot.core.relevance.subject import names_of
from bot.core.relevance.table_rows import of_other_rows
from bot.core.seams import Analyzer, Kind, Words

BLOCK_WEIGHT = 0.4
"""Weight of a sentence in the passage's best block: one in another block must be clearly better;
from 0.3 to 0.5 it makes little difference."""
EXACT_WEIGHT = 0.8
"""Weight of a term for which a sentence has a word that says the same in most texts: nearly the
term's own."""
NAMES_WEIGHT = 0.5
"""Factor of the BM25 of the question's names, and of what the article is about."""
NEAR_WEIGHT = 0.5
CONTEXT_WEIGHT = 0.8
"""Weight, relative to the sentence's own terms, of its words' nearness to each other and of the
question's words that it lacks and the sentence before it has ("He was elected in 1998."), or that
say what the article is about: a sentence need not name the subject to say something of it."""
EARLIER_WEIGHT = 0.6
"""The same of the question's words that neither of the two has, and the one before them has."""
OPENING_WEIGHT = 0.3
"""Weight of the share of a term with which a sentence opens, or of what says the same, names
aside, if it gives the kind of answer: "The price is ..." is about the price, and "elsewhere it
costs ..." about another."""
LOOSE_KIND_WEIGHT = 0.2
DATE_WEIGHT = 0.5
KIND_WEIGHT = 0.8
"""Weight of a sentence that gives the kind of answer asked for: small if others may give it in
other words, as a person or a reason; great if it is a number, an amount or a year, which is there
or is not, or a definition, which is worded in few ways."""


class SentenceChoice(NamedTuple):
    """The part of one passage that is shown."""

    sentence: int
    """Index, from 0, of the passage's sentence that answers."""
    gives_kind: bool
    """True if the sentence gives the kind of answer that is asked for."""


def choose(
    query: Query,
    passage: Passage,
    words: Words,
    block: PassageBlock,
    blocks: Sequence[PassageBlock],
    analyzer: Analyzer,
    subject: Set[str] = frozenset(),
    spelling: Sequence[float] | None = None,
) -> SentenceChoice:
    """Choose the sentence of a passage that answers; ``words`` are those of its sentences, in the
    question's language; ``block`` is its best block, and ``blocks`` are those that are looked into;
    ``subject`` holds the question's stems that the article is about, and ``spelling`` is each
    sentence's share of the question's character n-grams, if that is known already. A heading, a
    table's head or a question with its reply behind it is no answer."""
    offsets, matched, _ = occurrences_in(query, words)
    by_spelling = query.spelling.in_each(words.written) if spelling is None else spelling
    related = [
        (stem, relatives)
        for stem, relatives in query.related.items()
        if not relatives.synonyms.isdisjoint(words.stem_set)
    ]
    named = subject | set(names_of(query.reading))
    quoted = {
        number: each
        for each in blocks
        for number in range(each.quoted_from, each.end)
        if not is_replied_to(passage, number, each)
    }
    is_table = CELL in passage.text
    if is_table:
        for each in blocks:
            for number in of_other_rows(query, passage, words, each):
                del quoted[number]
    values: dict[int, float] = {}
    opened: dict[int, float] = {}
    earlier: Set[str] = frozenset()
    before: Set[str] = frozenset()
    start = first = 0
    for number, end in enumerate(words.ends):
        last = bisect_left(offsets, end, first)
        inside = matched[first:last]
        terms = query.idf.keys() & inside
        if number in quoted:
            lacking = (before | subject) - terms
            context = CONTEXT_WEIGHT * share_of(query.idf, lacking) if lacking else 0.0
            lacking = earlier - before - subject - terms
            context += EARLIER_WEIGHT * share_of(query.idf, lacking) if lacking else 0.0
            value = by_spelling[number]
            if inside:
                value = weigh_sentence(query, inside, end - start) + value
                names = [stem for stem in inside if stem in named]
                if names:
                    value -= (1 - NAMES_WEIGHT) * weigh_sentence(query, names, end - start)
            own_stems = words.stems[start:end]
            synonyms = sum(
                [
                    relatives.share
                    * (RELATED_WEIGHT if relatives.exact.isdisjoint(own_stems) else EXACT_WEIGHT)
                    for stem, relatives in related
                    if stem not in terms and not relatives.synonyms.isdisjoint(own_stems)
                ]
            )
            value += synonyms + BLOCK_WEIGHT * (quoted[number] == block)
            near = near_pairs(query, offsets[first:last], inside) if len(inside) > 1 else None
            value += NEAR_WEIGHT * share_of(query.near_pairs, near) if near else 0.0
            values[number] = value + context / query.total
            if not is_table:
                opening = _opened_with(query, words, range(start, end), named)
                opened[number] = OPENING_WEIGHT * opening
        earlier, before = before, terms
        start, first = end, last
    kind = query.reading.kind
    weight = _kind_weight(kind)
    own = range(block.quoted_from, block.end)
    best = SentenceChoice(next(number for number in own if number in quoted), False)
    greatest = -1.0
    for number in sorted(values, key=values.__getitem__, reverse=True):
        if values[number] + weight + OPENING_WEIGHT <= greatest:
            break
        of_kind = gives_kind(query, passage, range(number, number + 1), analyzer)
        value = values[number] + (weight + opened.get(number, 0.0)) * of_kind
        if value > greatest:
            greatest = value
            best = SentenceChoice(number, of_kind)
    return best


def _opened_with(query: Query, words: Words, sentence: range, named: Set[str]) -> float:
    """Return the share of the question's term, names aside, with which a sentence opens, behind two
    stop words at most."""
    at = next((each for each in sentence[:3] if not words.stops[each]), None)
    if at is None:
        return 0.0
    stem = words.stems[at]
    for term in query.idf:
        if term not in named and query.says_same(term, {stem}):
            return query.idf[term] / query.total
    return 0.0


def _kind_weight(kind: Kind | None) -> float:
    if kind == "date":
        return DATE_WEIGHT
    is_loose = kind in LOOSE and kind != "definition"
    return LOOSE_KIND_WEIGHT if is_loose else KIND_WEIGHT


def gives_kind(query: Query, passage: Passage, sentences: range, analyzer: Analyzer) -> bool:
    """Return whether one of these sentences of a passage gives the kind of answer that is asked
    for."""
    kind, language = query.reading.kind, query.reading.language
    if kind is None:
        return False
    asked, nouns = frozenset(query.reading.tokens.words), _nouns(query)
    return any(
        gives(kind, said, asked, nouns) and (kind != "money" or _is_in_unit(query, said))
        for said in (sentence_of(passage, number, language, analyzer) for number in sentences)
    )


def _is_in_unit(query: Query, said: Sentence) -> bool:
    """Return whether a sentence has the unit that a question asks for, or its sign: £40 are no
    dollars. True if it asks for none."""
    reading = query.reading
    asked = reading.signs.keys() & reading.kind_terms
    return not asked or any(
        stem in said.stems
        or not reading.synonyms.get(stem, frozenset()).isdisjoint(said.stems)
        or any(sign in said.text for sign in reading.signs[stem])
        for stem in asked
    )


def signed(query: Query, passage: Passage, sentences: range) -> list[str]:
    """Return the question's units of which one of these sentences of a passage has a sign."""
    return [
        stem
        for stem, signs in query.reading.signs.items()
        if any(sign in passage.sentence(number) for sign in signs for number in sentences)
    ]


def _nouns(query: Query) -> Set[str]:
    """Return the stems for what has the name that is asked for, or for what is counted; synonyms
    stand for the latter, too."""
    nouns = query.reading.noun_stems
    if query.reading.kind != "count":
        return nouns
    related = [query.related[stem].synonyms for stem in nouns if stem in query.related]
    return nouns | {stem for synonyms in related for stem in synonyms}


def highlights(query: Query, text: str, analyzer: Analyzer) -> tuple[Span, ...]:
    """Return where the terms of the question stand in a text, in order, not overlapping."""
    found: list[Span] = []
    for span in analyzer.spans(text, query.reading.language, query.idf.keys()):
        if found and span.start < found[-1].end:  # bigrams of a script without spaces
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)
