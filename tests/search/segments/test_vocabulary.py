"""The terms of texts, looked up many at a time, are those of their chunks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.segments.vocabulary import ChunkTerms, Vocabulary
from bot.text.analyzer import Languages


class Letters(dict[str, Sequence[str]]):
    """A chunk's terms are its letters, two at a time: none, one or several."""

    def __missing__(self, chunk: str) -> Sequence[str]:
        found = self[chunk] = [chunk[at : at + 2] for at in range(0, len(chunk) - 1, 2)]
        return found


def read(known: Vocabulary, texts: Sequence[str], terms: ChunkTerms) -> list[Counter[str]]:
    """The terms of each text, as the vocabulary has them."""
    numbers, owners = known.read(texts, terms)
    spelling = list(known.numbers)
    found = [Counter[str]() for _ in texts]
    for number, owner in zip(numbers.tolist(), owners.tolist(), strict=True):
        found[owner][spelling[number]] += 1
    return found


def wanted(texts: Sequence[str], terms: Mapping[str, Sequence[str]]) -> list[Counter[str]]:
    return [Counter(term for chunk in text.split() for term in terms[chunk]) for text in texts]


any_text = st.text(st.characters(codec=None), max_size=60)
spaced = st.lists(
    st.sampled_from(
        [
            *("a", "bc", "a\0", "\0", "1234567", "12345678", "123456789012345", "x" * 16, "y" * 23),
            *("x" * 24, "x" * 15 + "y", "é" * 8, "ö", "国" * 9, "\ud800"),
            *(" ", "\t", "\n", "\x1c", "\x85", "\xa0", "\u1680", "\u2003", "\u2028", "\u3000"),
        ]
    )
).map("".join)


@given(st.lists(st.lists(any_text | spaced, max_size=4), min_size=1, max_size=4))
def test_terms_are_those_of_the_chunks_between_white_space(batches: list[list[str]]) -> None:
    known, one, other = Vocabulary(), Letters(), Letters()
    for number, texts in enumerate(batches * 2):  # the second time, all of them are known
        terms = other if number % 3 else one
        assert read(known, texts, terms) == wanted(texts, terms)


@pytest.mark.parametrize("slots", [2, 8, 1 << 20])
def test_no_chunk_is_taken_for_another_of_the_same_slot(slots: int) -> None:
    texts = [
        " ".join(f"{word}{number * step}" for number in range(3000))
        for word in ("a", "of-some")
        for step in (1, 7, 10**9)
    ]
    known, terms = Vocabulary(most_slots=slots), Letters()
    for _ in range(3):
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


def test_a_vocabulary_that_is_full_begins_anew() -> None:
    known, terms = Vocabulary(most_terms=3), Letters()
    assert not known.is_full
    read(known, ["ab cd ef gh"], terms)
    assert known.is_full
    known.clear()
    assert not known.is_full
    assert read(known, ["ef ab"], terms) == wanted(["ef ab"], terms)
