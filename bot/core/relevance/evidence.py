"""Ranking by evidence: how much speaks for a passage as the answer to a question.

An engine finds candidates by their terms alone. Here each is read, block by block (see
`bot.core.passages.passage_blocks`), and four kinds of evidence are added up in equal parts, each a
share of all that the question asks for, from 0 to 1:

``words``     BM25 over the whole passage, half by stems and half by the words as they are
              written: stems find "elected" for "election", words prefer what was said;
``phrases``   words of the question that stand next to each other, or near, in the passage too,
              its stop words passed over where the question has none;
``sentence``  BM25 of the best single sentence, stop words counted: an answer stands in one
              sentence, not all over a passage;
``spelling``  character n-grams of the question in the best single sentence, which sees through
              derivations ("redundant", "redundancy") and spelling that stems don't.

Small things are added to them. A term counts a little where only a relative of its word stands in
the passage ("destroyed", "destruction"), or a synonym ("started", "began"). So does an
``opening``: a sentence that opens with what is asked about, for that is its subject, and once more
where that is all that is asked ("What is tin?"); and an article's first passage, which says in
short what the others spell out. A ``title`` that names what is asked about speaks for each passage
below it: articles name their subject in the title and say "she" or "the loaf" afterwards; what has
nothing of the question but such names loses a little by it (see `bot.core.relevance.subject` and
`bot.core.relevance.inside_article`). Among the few best one counts whose sentence gives the
``kind`` of answer asked for, a date where the question is "when". And ``length`` takes a little off
a passage longer than the average, which has more of everything by chance, and off what is no prose.

No weight is trained. On Wikipedia questions, fitted weights gain less than half a point over
equal parts, and would fit that set's habits. What was tried and left out, for it gained nothing or
did harm: the idf within the candidates or within the article, the scores of the article's other
passages, neighbouring passages, an article's lead and its most typical words as a second title,
longer phrases, pairs in any order or further apart, the longest common subsequence, names and
numbers made heavier, the frequency of words in the language at large, more candidates than thirty.

Up to thirty candidates are weighed for each question, and that is most of what it costs. So nothing
is computed here but the score; what is shown of the few best is the business of
`bot.core.relevance.choosing`. Lists are counted and searched by Python's own C code where they can
be, and character n-grams by what the analyzer gives for it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from itertools import compress, count

from bot.core.light_typing import TypeVar
from bot.core.named_tuple import NamedTuple
from bot.core.questions.query import SKIP, Query
from bot.core.relevance.prose import PROSE_WEIGHT, lack_of_prose
from bot.core.relevance.term_scoring import length_norm
from bot.core.seams import Words

_Key = TypeVar("_Key")
WordPair = tuple[str, str]

RELATED_WEIGHT = 0.4
"""Weight of a term that the passage lacks but of which it has a word with the same beginning, or
one that may replace it; from 0.3 to 0.7 it makes little difference."""
OPENING_WEIGHT = 0.1
"""Weight of the share of the question with which a sentence opens; doubled if that is all of it."""
LEAD_WEIGHT = 0.05
"""Weight of being the first passage of an article."""
TITLE_WEIGHT = 1.5
"""Weight of the share of the question that is in the article's title, or its author's or
publisher's name, and not in the block. It is more than the weight of a term in the block by itself,
because such a term counts in four kinds of evidence."""
TITLE_HELD_WEIGHT = 0.3
"""Weight of the share that the block has, too: another article may mention it in passing."""
LOOSE_KIND_WEIGHT = 0.05
KIND_WEIGHT = 0.25
"""Weight of a displayed sentence that gives the kind of answer asked for: small if others may give
it in other words, as a person; a reason that is given tells as much as a number."""
LENGTH_WEIGHT = 0.2
"""Score that a passage loses for each e-fold of its length over the average; 0.1 or 0.3 will do."""

_ROUNDED_UP = 1 + 1e-9
"""Factor by which a bound is more than any rounding may make its sum less."""

PARTS = ("words", "phrases", "sentence", "spelling", "opening", "length", "title", "kind", "kept")


class Evidence(NamedTuple):
    """The evidence for one passage, or for one block of it."""

    words: float
    phrases: float
    sentence: float
    spelling: float
    opening: float
    length: float
    title: float = 0.0
    kind: float = 0.0
    """Only of the few best."""
    kept: float = 0.0
    """Only where editors keep the passage for a question; see
    `bot.core.conversation.kept_passages`."""

    @property
    def score(self) -> float:
        """The sum of all parts."""
        return math.fsum(self)


class Occurrences(NamedTuple):
    """The occurrences of a question's words in a passage, found once for all its blocks."""

    offsets: Sequence[int]
    """Offsets of the tokens whose stems the question has, in order."""
    stems: Sequence[str]
    """The stem of each of them."""
    words: Sequence[str]
    """The word of each of them."""
    spelling: Sequence[float]
    """For each sentence the share of the question's character n-grams that it holds."""

    def of_sentences(self, words: Words, first: int, end: int) -> Occurrences:
        """Return the same of the sentences from ``first`` to ``end``, exclusive; ``words`` are the
        passage's. Offsets count from the first of these sentences."""
        if not first and end == len(words.ends):
            return self
        start = words.ends[first - 1] if first else 0
        a, b = bisect_left(self.offsets, start), bisect_left(self.offsets, words.ends[end - 1])
        return Occurrences(
            [at - start for at in self.offsets[a:b]],
            self.stems[a:b],
            self.words[a:b],
            self.spelling[first:end],
        )


def occurrences_in(
    query: Query, words: Words, spelling: Sequence[float] | None = None
) -> Occurrences:
    """Return what a passage with these words holds of a question. ``spelling`` is given by callers
    that looked for the n-grams in many passages at once, which is faster."""
    offsets = list(compress(count(), map(query.stems.__contains__, words.stems)))
    return Occurrences(
        offsets,
        list(map(words.stems.__getitem__, offsets)),
        list(map(words.words.__getitem__, offsets)),
        query.spelling.in_each(words.written) if spelling is None else spelling,
    )


def examine(
    query: Query,
    words: Words,
    is_lead: bool,
    title: Set[str] = frozenset(),
    found: Occurrences | None = None,
) -> Evidence:
    """Weigh the evidence for one passage, or for one block. ``words`` are its sentences', in the
    question's language; ``is_lead`` says whether it is the first of its article; ``title`` holds
    the stems of the question that are in the article's title; ``found`` is what `occurrences_in`
    returns for these words."""
    offsets, stems, written, spelling = found or occurrences_in(query, words)
    held = set(stems)
    has_terms = not held.isdisjoint(query.idf)  # each pair has one, and each opening
    opening = _weigh_openings(query, words) if has_terms else 0.0
    return Evidence(
        (_weigh_words(query, stems, written, words.length) if stems else 0.0)
        + RELATED_WEIGHT * _weigh_related(query, words, held),
        _weigh_phrases(query, words, offsets, stems) if has_terms else 0.0,
        _weigh_best_sentence(query, words, offsets, stems) if stems else 0.0,
        max(spelling, default=0.0),
        OPENING_WEIGHT * opening + LEAD_WEIGHT * is_lead,
        -LENGTH_WEIGHT * math.log(max(1.0, words.length / query.average_length))
        - PROSE_WEIGHT * lack_of_prose(words, query.prose),
        _weigh_title(query, title, held) if title else 0.0,
    )


def _weigh_best_sentence(
    query: Query, words: Words, offsets: Sequence[int], matched: Sequence[str]
) -> float:
    """Return the greatest of these weights; most sentences are told to have less by a bound.
    ``offsets`` are those of the question's stems, ``matched`` these stems."""
    average = query.average_sentence
    shares = list(map(query.stems.__getitem__, matched))
    best = 0.0
    start = first = 0
    for end in words.ends:
        last = bisect_left(offsets, end, first)
        if first < last:
            once = 1 + length_norm(end - start, average)
            if last - first == 1:
                best = max(best, shares[first] / once)
            # a stem adds less each time, so a sentence has at most what all would add at first
            elif sum(shares[first:last]) * _ROUNDED_UP > best * once:
                best = max(best, weigh_sentence(query, matched[first:last], end - start))
        start, first = end, last
    return best


def weigh_sentence(query: Query, matched: Sequence[str], length: int) -> float:
    """Return BM25 of one sentence of so many tokens, from 0 to 1; ``matched`` are those of the
    question's stems."""
    shares = query.stems
    norm: float = length_norm(length, query.average_sentence)
    different = dict.fromkeys(matched)
    if len(different) == len(matched):  # as in most sentences
        once = 1 + norm
        return sum([shares[stem] / once for stem in matched])
    return sum([shares[stem] * (n := matched.count(stem)) / (n + norm) for stem in different])


def near_pairs(query: Query, offsets: Sequence[int], matched: Sequence[str]) -> set[WordPair]:
    """Return the question's pairs of near stems that stand near each other too; ``offsets`` are
    those of the question's stems, ``matched`` these stems."""
    pairs: set[WordPair] = set()
    for number, last in enumerate(offsets):
        other = number - 1
        while other >= 0 and last - offsets[other] <= SKIP:
            pair = matched[other], matched[number]
            if pair in query.near_pairs:
                pairs.add(pair)
            other -= 1
    return pairs


def adjacent_pairs(query: Query, offsets: Sequence[int], matched: Sequence[str]) -> set[WordPair]:
    """Return the question's neighbouring stems that are neighbours too; the rest is as above."""
    return {
        (one, other)
        for at, after, one, other in zip(offsets, offsets[1:], matched, matched[1:], strict=False)
        if after - at == 1 and (one, other) in query.pairs
    }


def share_of(shares: Mapping[_Key, float], keys: Set[_Key]) -> float:
    """Return the sum of the shares of these keys; a key without a share counts 0. They are added
    in the order of the shares, so that every process gets the same sum."""
    if len(keys) < 2:
        return sum([shares.get(key, 0.0) for key in keys], 0.0)
    return sum([share for key, share in shares.items() if key in keys])


def _weigh_title(query: Query, title: Set[str], held: Set[str]) -> float:
    """Return the evidence of an article's title, which has the question's stems ``title``, for a
    block that has ``held`` of them."""
    beside = TITLE_WEIGHT * share_of(query.idf, title - held)
    return (beside + TITLE_HELD_WEIGHT * share_of(query.idf, title & held)) / query.total


def _weigh_words(
    query: Query, matched: Sequence[str], matched_words: Sequence[str], length: int
) -> float:
    norm: float = length_norm(length, query.average_length)
    held, written = set(matched), set(matched_words)
    by_stem = sum(
        [
            idf * (n := matched.count(stem)) / (n + norm)
            for stem, idf in query.idf.items()
            if stem in held
        ]
    )
    by_word = sum(
        [
            share * (n := matched_words.count(word)) / (n + norm)
            for word, share in query.words.items()
            if word in written
        ]
    )
    return (by_stem / query.total + by_word) / 2


def _weigh_related(query: Query, words: Words, held: Set[str]) -> float:
    """Return the share of the terms that are not there, but for a word that begins alike or a
    synonym; ``held`` are the question's stems that are there."""
    lacking = [relatives for stem, relatives in query.related.items() if stem not in held]
    if not lacking:
        return 0.0
    whole, stems = words.joined, words.stem_set
    return sum(
        [
            share
            for beginning, synonyms, share, *_ in lacking
            if beginning in whole or not stems.isdisjoint(synonyms)
        ]
    )


def _weigh_openings(query: Query, words: Words) -> float:
    """Return the greatest share of the terms with which a sentence opens, stop words aside: it is
    about them. 2 where a sentence opens with all of them."""
    best = 0.0
    stems, stops, terms = words.stems, words.stops, query.idf
    for at, end in words.openings:
        if stems[at] not in terms:  # as in most sentences
            continue
        opening = set()
        while at < end and (stops[at] or stems[at] in terms):
            if not stops[at]:
                opening.add(stems[at])
            at += 1
        share = share_of(terms, opening) / query.total
        best = max(best, share if len(opening) < len(terms) else 2.0)
    return best


def _weigh_phrases(
    query: Query, words: Words, offsets: Sequence[int], matched: Sequence[str]
) -> float:
    if not any(query.reading.tokens.stops):  # as people type into a search box
        stops, before = words.stops, words.stops_before
        matched = [stem for at, stem in zip(offsets, matched, strict=True) if not stops[at]]
        offsets = [at - before[at] for at in offsets if not stops[at]]
    near = near_pairs(query, offsets, matched)
    if not near:  # neighbours are near, too
        return 0.0
    adjacent = adjacent_pairs(query, offsets, matched)
    return (share_of(query.pairs, adjacent) + share_of(query.near_pairs, near)) / 2
