"""Words that no article contains, as an answer names them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.questions.unknown_runs import unknown_runs


def unseen(question: str, *words: str) -> dict[int, int]:
    """The spans of some words of a question, each the first that is not taken."""
    spans: dict[int, int] = {}
    for word in words:
        start = question.index(word)
        while start in spans:
            start = question.index(word, start + 1)
        spans[start] = start + len(word)
    return spans


@pytest.mark.parametrize(
    ("question", "words", "told"),
    [
        ("Who is the zorkmaster of Zork?", ("zorkmaster", "Zork"), ("zorkmaster", "Zork")),
        ("图书馆长是谁", ("图书", "书馆", "馆长"), ("图书馆长",)),
        ("館長は誰ですか", ("館長", "長は", "です", "すか"), ("館長",)),
        ("サーバーを直す", ("サー", "ーバ", "バー", "ーを", "を直", "直す"), ("サーバーを直",)),
        ("建てられましたか", ("られ", "れま", "まし", "した", "たか"), ()),
        ("", (), ()),
    ],
)
def test_pairs_of_characters_are_told_as_one_word(
    question: str, words: tuple[str, ...], told: tuple[str, ...]
) -> None:
    assert unknown_runs(question, unseen(question, *words)) == told


@given(st.text("ab いを犬館", max_size=12), st.data())
def test_what_is_told_is_said_in_the_question(question: str, data: st.DataObject) -> None:
    starts = st.integers(0, max(0, len(question) - 1))
    spans = data.draw(st.dictionaries(starts, st.integers(1, 2), max_size=6))
    given_spans = {start: min(len(question), start + size) for start, size in spans.items()}
    for run in unknown_runs(question, given_spans):
        assert run in question
