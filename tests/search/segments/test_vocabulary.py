"""The terms of texts, looked up many at a time, are those of their chunks."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from collections.abc import Sequence
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.seams import ChunkTerms
from bot.search import kernel
from bot.search.segments.vocabulary import Vocabulary
from bot.text.analyzer import Languages
from tests.search.segments.test_chunks import texts as any_texts


class Letters:
    """A chunk's terms are its letters, two at a time: none, one or several."""

    ignored = ""

    def of(self, chunks: Sequence[str]) -> list[Sequence[str]]:
        return [[chunk[at : at + 2] for at in range(0, len(chunk) - 1, 2)] for chunk in chunks]


def read(known: Vocabulary, texts: Sequence[str], terms: ChunkTerms) -> list[Counter[str]]:
    """The terms of each text, as the vocabulary has them."""
    numbers, owners = known.read(texts, terms)
    spelling = list(known.numbers)
    found = [Counter[str]() for _ in texts]
    for number, owner in zip(numbers.tolist(), owners.tolist(), strict=True):
        found[owner][spelling[number]] += 1
    return found


def wanted(texts: Sequence[str], terms: ChunkTerms) -> list[Counter[str]]:
    return [Counter(chain.from_iterable(terms.of(text.split()))) for text in texts]


@settings(deadline=None)  # a vocabulary's tables are large
@given(st.lists(st.lists(any_texts, max_size=4), min_size=1, max_size=4))
def test_terms_are_those_of_the_chunks_between_white_space(batches: list[list[str]]) -> None:
    known, one, other = Vocabulary(), Letters(), Letters()
    for number, texts in enumerate(batches * 2):  # the second time, all of them are known
        terms = other if number % 3 else one
        assert read(known, texts, terms) == wanted(texts, terms)


@pytest.mark.parametrize("language", ["en", "de", "fr", "tr", "zh"])
def test_terms_are_those_of_the_analyzer(language: str) -> None:
    texts = [
        "The owls’ mice (and U.S. mice) — well-known, isn't it? “Owls!” 1,000 l'homme Ankara'nın",
        "Die Füchse in der Straße; AT&T, e.g. no.\u00a07 国家公园 的 owl.",
        "",
    ] * 3
    analyzer, known = Languages(), Vocabulary()
    for _ in range(2):
        found = read(known, texts, analyzer.chunk_terms(language))
        assert found == [Counter(analyzer.terms(text, language)) for text in texts]


def test_the_size_counts_every_term_once_with_its_text() -> None:
    known, terms = Vocabulary(), Letters()
    assert known.size == 0
    read(known, ["ab cd"], terms)
    two = known.size
    read(known, ["cd ab ab"], terms)
    assert known.size == two
    read(known, ["ef"], terms)
    assert known.size == two * 3 // 2
    read(known, ["abcd efab"], terms)  # no term is new, but two codes of several are
    assert known.size > two * 3 // 2


@pytest.mark.skipif(kernel.library() is None, reason="without it, chunks lie in dicts")
def test_the_chunks_of_many_languages_share_the_room_of_one() -> None:
    most = 1 << 11
    known = Vocabulary(most_chunks=most)
    texts = [" ".join(f"{one:02x}{two:02x}" for two in range(60)) for one in range(50)]
    first, *others = [Letters() for _ in range(5)]
    expected = wanted(texts, first)
    tracemalloc.start()  # which makes all much slower
    try:
        assert read(known, texts, first) == expected
        before, _ = tracemalloc.get_traced_memory()
        for terms in others:
            assert read(known, texts, terms) == expected
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    # a full table takes 32 bytes a chunk; there would be four more, were there one for each
    assert grown < 2 * most * 32


def test_a_vocabulary_that_is_full_begins_anew() -> None:
    known, terms = Vocabulary(most_bytes=700), Letters()
    assert not known.is_full
    read(known, ["ab cd ef gh"], terms)
    assert known.is_full
    known.clear()
    assert not known.is_full
    assert read(known, ["ef ab"], terms) == wanted(["ef ab"], terms)
