"""A question's terms found by the kernel: the same as by Python alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.questions.query import Query, weigh
from bot.core.questions.question_reading import read
from bot.core.relevance.found_terms import terms_in
from bot.core.seams import BlockBounds, Statistics, Words
from bot.search import kernel
from bot.search.compiled_terms import MOST, find_terms
from bot.text.analyzer import Languages

_ANALYZER = Languages()
needs_kernel = pytest.mark.skipif(kernel.library() is None, reason="there is no kernel")
_WORDS = (
    "the tin miners dig. deep Miners of a hill. and digging älter 中文 tin's 1,500 \ud800x — us."
)
_TEXTS = st.lists(st.sampled_from(_WORDS.split(" ")), max_size=40).map(" ".join)
_Passages = Sequence[tuple[Words, Sequence[BlockBounds]]]


def _asked(question: str, frequency: int) -> Query:
    reading = read(question, "en", _ANALYZER)
    known = {term: at % frequency for at, term in enumerate(reading.terms)}
    return weigh(reading, Statistics(100, 9.7, known))._replace(average_sentence=7.3)


def _passage(text: str, size: int) -> tuple[Words, list[BlockBounds]]:
    """A text's words, and its sentences as blocks of so many."""
    sentences = tuple(_ANALYZER.sentences(text, "en"))
    starts = range(0, len(sentences), size)
    blocks = [(first, min(first + size, len(sentences))) for first in starts]
    return _ANALYZER.words(text, sentences, "en"), blocks


def _by_python(query: Query, passages: _Passages) -> list[tuple[object, ...]]:
    return [tuple(found) for words, blocks in passages for found in terms_in(query, words, blocks)]


@needs_kernel
@given(_TEXTS, st.integers(1, 9), st.lists(st.tuples(_TEXTS, st.integers(1, 4)), min_size=1))
def test_both_find_the_very_same(
    question: str, frequency: int, texts: list[tuple[str, int]]
) -> None:
    query, passages = _asked(question, frequency), [_passage(*each) for each in texts]
    found = find_terms(query.term_shares, passages)
    assert found is not None
    assert list(map(tuple, found)) == _by_python(query, passages)


@needs_kernel
def test_a_question_of_as_many_stems_as_there_are_bits_is_looked_for() -> None:
    words = [f"w{number:02}" for number in range(MOST)]
    passages = [_passage(" ".join(reversed(words)) + ". W63.", 1)]
    query = _asked(" ".join(words), 5)
    found = find_terms(query.term_shares, passages)
    assert found is not None
    assert [len(each.held) for each in found] == [MOST, 1]
    assert list(map(tuple, found)) == _by_python(query, passages)
    assert find_terms(_asked(" ".join([*words, "more"]), 5).term_shares, passages) is None


@needs_kernel
def test_a_token_with_a_line_feed_is_left_to_python() -> None:
    words = Words(["one", "two"], ["one\n", "two"], [False, False], [2])
    assert find_terms(_asked("Is one two?", 5).term_shares, [(words, [(0, 1)])]) is None


def test_without_passages_there_is_nothing_to_look_into() -> None:
    assert not find_terms(_asked("Is one two?", 5).term_shares, [])
