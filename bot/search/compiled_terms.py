"""A question's terms, found and weighed in many passages by the compiled kernel: see
``bot/search/kernel/terms.c``."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Sequence
from itertools import accumulate, chain

from bot.core.relevance.term_scoring import K1, B
from bot.core.seams import BlockBounds, BlockTerms, TermShares, Words
from bot.search.kernel import library

ASKED = struct.Struct("=dddddIIIIIIII")
"""``struct asked`` of ``terms.c``."""
WEIGHT = struct.Struct("=dII")
"""``struct weight`` of ``terms.c``."""
WEIGHED = struct.Struct("=dddQ")
"""``struct weighed`` of ``terms.c``."""
MOST = 64
"""Stems, and words, of a question that the kernel looks for."""


def find_terms(
    asked: TermShares, passages: Sequence[tuple[Words, Sequence[BlockBounds]]]
) -> list[BlockTerms] | None:
    """Return what is found of a question in each block of some passages, one behind the other; None
    where there is no kernel, or the question is too long for it."""
    kernel = library()
    if kernel is None or not passages or max(len(asked.stems), len(asked.words)) > MOST:
        return None
    weights, letters = _packed(asked)
    text, stops, ends = map(b"".join, zip(*[words.packed for words, _ in passages], strict=True))
    sentences = struct.pack(f"={len(passages)}I", *[len(words.ends) for words, _ in passages])
    bounds = [(number, *own) for number, (_, blocks) in enumerate(passages) for own in blocks]
    weighed = ctypes.create_string_buffer(WEIGHED.size * len(bounds))
    size = len(stops)
    read = kernel.weigh_terms(
        ASKED.pack(
            asked.total,
            asked.average_length,
            asked.average_sentence,
            K1,
            B,
            len(asked.stems),
            len(asked.words),
            len(asked.idf),
            len(asked.pairs),
            len(asked.near_pairs),
            asked.reach,
            not asked.has_stops,
            0,
        ),
        weights,
        letters,
        text,
        len(text),
        stops,
        size,
        ends,
        sentences,
        struct.pack(f"={3 * len(bounds)}I", *chain.from_iterable(bounds)),
        len(bounds),
        ctypes.create_string_buffer(4 * size),
        ctypes.create_string_buffer(3 * size),
        weighed,
    )
    if read != size:  # a token holds a line feed itself
        return None
    stems = tuple(asked.stems)
    return [
        BlockTerms(_held(stems, held), words, phrases, sentence)
        for words, phrases, sentence, held in WEIGHED.iter_unpack(weighed.raw)
    ]


def _packed(asked: TermShares) -> tuple[bytes, bytes]:
    """Return the weights, and the letters of the stems and words."""
    encoded = [each.encode("utf-8", "surrogatepass") for each in chain(asked.stems, asked.words)]
    sizes = list(map(len, encoded))
    numbers = {stem: number for number, stem in enumerate(asked.stems)}
    shares = chain(asked.stems.values(), asked.words.values())
    weights = list(zip(shares, accumulate(sizes, initial=0), sizes, strict=False))
    weights += [(idf, numbers[term], 0) for term, idf in asked.idf.items()]
    for pairs in (asked.pairs, asked.near_pairs):
        weights += [(share, numbers[a], numbers[b]) for (a, b), share in pairs.items()]
    layout = f"={WEIGHT.format.removeprefix('=') * len(weights)}"
    return struct.pack(layout, *chain.from_iterable(weights)), b"".join(encoded)


def _held(stems: Sequence[str], bits: int) -> frozenset[str]:
    return frozenset([stem for number, stem in enumerate(stems) if bits >> number & 1])
