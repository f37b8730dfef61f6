"""Prose is told from what only holds the words by its stop words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.relevance.prose import lack_of_prose, least_stop_share, stop_share
from bot.core.seams import Words
from bot.text.analyzer import Languages

ANALYZER = Languages()
PROSE = [
    "It was the first of the mills on the river, and it is still at work.",
    "In the winter they cut the ice on the pond and kept it under straw.",
    "She had learnt it from her aunt, who had been a baker in the town.",
]
REFERENCE = "^ Mills of Elling. Harbour Press. Retrieved 4 May 2009."


def words_of(text: str) -> Words:
    return ANALYZER.words(text, tuple(ANALYZER.sentences(text, "en")), "en")


def test_a_reference_lacks_most_of_what_prose_has_of_stop_words() -> None:
    least = least_stop_share([*map(words_of, PROSE), words_of(REFERENCE)])
    assert [lack_of_prose(words_of(text), least) for text in PROSE] == [0.0, 0.0, 0.0]
    assert lack_of_prose(words_of(REFERENCE), least) > 0.5


def test_where_no_candidate_has_stop_words_none_lacks_them() -> None:
    assert least_stop_share([]) == 0.0
    least = least_stop_share([words_of("Nettle 4, sorrel 3."), words_of("Barley 2.")])
    assert (least, lack_of_prose(words_of("Nettle 4, sorrel 3."), least)) == (0.0, 0.0)


def test_a_text_without_words_has_no_stop_words() -> None:
    assert stop_share(words_of("…")) == pytest.approx(1.0)


@given(st.lists(st.sampled_from("the of mill river Elling is 1894".split()), max_size=12))
def test_what_a_text_lacks_is_a_share(given_words: list[str]) -> None:
    least = least_stop_share(list(map(words_of, PROSE)))
    assert 0.0 <= lack_of_prose(words_of(" ".join(given_words)), least) <= 1.0
