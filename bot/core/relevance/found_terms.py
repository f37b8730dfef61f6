"""A question's terms as they are found in the blocks of a passage: the ``words``, ``phrases`` and
``sentence`` of `bot.core.relevance.evidence`.

Where there is a kernel, it does the same for many passages at once, and much faster: see
`bot.core.seams.Analyzer.find_terms`. Both add in the same order, so that both find the very same.
Lists are counted and searched by Python's own C code where they can be.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from functools import reduce
from itertools import compress, count
from operator import add

from bot.core.light_typing import TypeVar
from bot.core.named_tuple import NamedTuple
from bot.core.questions.query import SKIP, Query
from bot.core.relevance.term_scoring import length_norm
from bot.core.seams import BlockBounds, BlockTerms, Words

_Key = TypeVar("_Key")
WordPair = tuple[str, str]

_ROUNDED_UP = 1 + 1e-9
"""Factor by which a bound is more than any rounding may make its sum less."""


class Occurrences(NamedTuple):
    """The occurrences of a question's words in a passage, found once for all its blocks."""

    offsets: Sequence[int]
    """Offsets of the tokens whose stems the question has, in order."""
    stems: Sequence[str]
    """The stem of each of them."""
    words: Sequence[str]
    """The word of each of them."""

    def of_sentences(self, words: Words, first: int, end: int) -> Occurrences:
        """Return the same of the sentences from ``first`` to ``end``, exclusive; ``words`` are the
        passage's. Offsets count from the first of these sentences."""
        if not first and end == len(words.ends):
            return self
        start = words.ends[first - 1] if first else 0
        a, b = bisect_left(self.offsets, start), bisect_left(self.offsets, words.ends[end - 1])
        return Occurrences(
            [at - start for at in self.offsets[a:b]], self.stems[a:b], self.words[a:b]
        )


def occurrences_in(query: Query, words: Words) -> Occurrences:
    """Return the occurrences of a question's words in a passage with these words."""
    offsets = list(compress(count(), map(query.stems.__contains__, words.stems)))
    return Occurrences(
        offsets,
        list(map(words.stems.__getitem__, offsets)),
        list(map(words.words.__getitem__, offsets)),
    )


def terms_in(query: Query, words: Words, blocks: Sequence[BlockBounds]) -> list[BlockTerms]:
    """Return what is found of a question in each of these blocks of a passage, as
    `bot.core.seams.Analyzer.find_terms` does for many passages at once: numbers are added in the
    same order."""
    whole = occurrences_in(query, words)
    found: list[BlockTerms] = []
    for first, end in blocks:
        own = words.of_sentences(first, end)
        offsets, stems, written = whole.of_sentences(words, first, end)
        found.append(
            BlockTerms(
                set(stems),
                _weigh_words(query, stems, written, own.length) if stems else 0.0,
                _weigh_phrases(query, own, offsets, stems) if stems else 0.0,
                _weigh_best_sentence(query, own, offsets, stems) if stems else 0.0,
            )
        )
    return found


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
        return added([shares[stem] / once for stem in matched])
    return added([shares[stem] * (n := matched.count(stem)) / (n + norm) for stem in different])


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


def added(values: Sequence[float]) -> float:
    """Return the sum of some numbers, added one after the other: ``sum`` corrects its rounding from
    Python 3.12 on, and the kernel does not."""
    return reduce(add, values, 0.0)


def share_of(shares: Mapping[_Key, float], keys: Set[_Key]) -> float:
    """Return the sum of the shares of these keys; a key without a share counts 0. They are added
    in the order of the shares, so that every process gets the same sum."""
    if len(keys) < 2:
        return added([shares.get(key, 0.0) for key in keys])
    return added([share for key, share in shares.items() if key in keys])


def _weigh_words(
    query: Query, matched: Sequence[str], matched_words: Sequence[str], length: int
) -> float:
    norm: float = length_norm(length, query.average_length)
    held, written = set(matched), set(matched_words)
    by_stem = added(
        [
            idf * (n := matched.count(stem)) / (n + norm)
            for stem, idf in query.idf.items()
            if stem in held
        ]
    )
    by_word = added(
        [
            share * (n := matched_words.count(word)) / (n + norm)
            for word, share in query.words.items()
            if word in written
        ]
    )
    return (by_stem / query.total + by_word) / 2


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
