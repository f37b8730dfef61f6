"""Character n-grams looked for by the kernel: the same as by Python alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.questions.query import character_grams
from bot.search import kernel
from bot.search.compiled_grams import CompiledGramShares, gram_shares
from bot.text.grams import PlainGramShares

_LETTERS = st.text(alphabet="ab_é中😀\ud800", max_size=12)
"""Few letters, so that n-grams occur; of one byte to four in UTF-8, and a lone surrogate."""
_SHARES = st.dictionaries(_LETTERS, st.floats(0, 1), max_size=30)
_SENTENCES = st.lists(_LETTERS.map("_{}_".format), max_size=8)


@given(_SHARES, _SENTENCES)
def test_both_find_the_same(shares: dict[str, float], sentences: list[str]) -> None:
    assert gram_shares(shares).in_each(sentences) == PlainGramShares(shares).in_each(sentences)


@given(st.lists(_LETTERS, max_size=8), st.lists(st.lists(_LETTERS, max_size=6), max_size=6))
def test_both_find_the_same_of_words(asked: list[str], written: list[list[str]]) -> None:
    grams = [gram for word in asked for gram in character_grams(word)]
    shares = {gram: 1 / (number + 3) for number, gram in enumerate(grams)}
    sentences = [f"_{'_'.join(words)}_" for words in written]
    assert gram_shares(shares).in_each(sentences) == PlainGramShares(shares).in_each(sentences)


@pytest.mark.parametrize(
    "sentences", [["_two_\n_lines_", "_one_"], ["_one_", "\n"], ["\n"], ["_", "__", ""]]
)
def test_a_line_feed_in_a_sentence_and_short_sentences_change_nothing(sentences: list[str]) -> None:
    shares = {"_one": 0.25, "one_": 0.25, "ines": 0.5, "____": 0.125}
    assert gram_shares(shares).in_each(sentences) == PlainGramShares(shares).in_each(sentences)


@pytest.mark.parametrize("gram", ["", "_", "ab", "a\nbc"])
def test_n_grams_that_the_kernel_cannot_look_for_are_looked_for_by_python(gram: str) -> None:
    found = gram_shares({"_one": 0.25, gram: 0.5})
    assert isinstance(found, PlainGramShares)
    assert found.in_each([f"_one_{gram}_"]) == [0.75]


@pytest.mark.skipif(kernel.library() is None, reason="there is no kernel")
def test_the_kernel_looks_where_there_is_one() -> None:
    found = gram_shares({f"w{number:03}": number / 1e6 for number in range(3000)})
    assert isinstance(found, CompiledGramShares)
    assert found.in_each(["_w0007_w299_", "_"]) == [(0 + 299) / 1e6, 0.0]
    assert found.in_each([]) == []
