"""Words that may stand for each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.text.synonyms
from bot.text.stems import stemmer
from bot.text.stopwords import stop_words
from bot.text.synonyms import paired, synonyms

LISTED = Path(bot.text.synonyms.__file__).with_name("synonyms.en.txt")


@pytest.mark.parametrize(
    ("word", "other"),
    [("begin", "starting"), ("French", "France"), ("decade", "1990s"), ("wives", "husband")],
)
def test_a_word_may_stand_for_the_other_and_the_other_for_it(word: str, other: str) -> None:
    one, two = map(stemmer("en"), (word.lower(), other.lower()))
    assert two in synonyms("en")[one]
    assert one in synonyms("en")[two]


def test_a_language_without_a_list_has_none() -> None:
    assert synonyms("de") == {}
    assert synonyms("../en") == {}


def test_the_list_reads_as_it_should() -> None:
    lines = LISTED.read_text("utf-8").splitlines()
    heads = [line.partition(": ")[0] for line in lines]
    assert heads == sorted(set(heads))
    for line in lines:
        head, colon, others = line.partition(": ")
        assert colon, line
        assert others.split() == sorted(set(others.split())), line
        # a stop word stands everywhere, and would stand for anything
        assert not stop_words("en") & {head, *others.split()}, line


@given(st.lists(st.lists(st.sampled_from("tin tins ore iron mill".split()), min_size=1)))
def test_pairs_go_both_ways_and_never_to_the_same_stem(groups: list[list[str]]) -> None:
    found = paired(groups, "en")
    for stem, others in found.items():
        assert others
        assert stem not in others
        assert all(stem in found[other] for other in others)
