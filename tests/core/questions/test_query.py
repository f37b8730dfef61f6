"""A question read and weighed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.questions.query import Query, character_grams, weigh
from bot.core.questions.question_reading import read
from bot.core.seams import Statistics
from bot.text.analyzer import Languages

ANALYZER = Languages()


def query(question: str, frequency: dict[str, int], article: Statistics | None = None) -> Query:
    reading = read(question, "en", ANALYZER)
    return weigh(reading, Statistics(99, 50.0, frequency), article)


def test_a_term_weighs_the_more_the_rarer_it_is_and_an_unseen_one_the_most() -> None:
    found = query("Who saw the red Zeppelin?", {"saw": 50, "red": 10})
    assert found.reading.terms == ("saw", "red", "zeppelin")
    assert found.idf == pytest.approx(
        {"saw": math.log(2), "red": math.log(10), "zeppelin": math.log(100)}
    )
    assert found.total == pytest.approx(math.log(2) + math.log(10) + math.log(100))


def test_relatives_are_long_words_that_begin_alike_and_synonyms_that_are_not_asked_for() -> None:
    found = query("Which small city began building a town?", {}).related
    assert {stem: relatives.beginning for stem, relatives in found.items()} == {
        "small": "_small",
        "citi": "_city_",
        "begin": "_began",
        "build": "_build",
        "town": "_town_",
    }
    assert sum(relatives.share for relatives in found.values()) == pytest.approx(1)
    assert "start" in found["begin"].synonyms
    assert "urban" in found["citi"].synonyms
    assert "town" not in found["citi"].synonyms


def test_within_an_article_its_own_statistics_count_in_equal_parts() -> None:
    own = Statistics(9, 50.0, {"tin": 9, "ore": 1})
    found = query("tin ore", {"tin": 10, "ore": 10}, own)
    assert found.idf["tin"] == pytest.approx((math.log(10) + math.log(10 / 9)) / 2)
    assert found.idf["ore"] == pytest.approx(math.log(10))


def test_a_question_before_says_which_article_is_meant_and_little_within_it() -> None:
    reading = read("and the lathe?", "en", ANALYZER, "What does the saw cost?")
    everywhere = Statistics(99, 50.0, {"lath": 1, "saw": 1, "cost": 1})
    whole = weigh(reading, everywhere).idf
    within = weigh(reading, everywhere, Statistics(9, 50.0, {"lath": 1, "saw": 1, "cost": 1})).idf
    assert whole["saw"] == whole["lath"]  # one term may be too little to find anything by
    assert within["saw"] == pytest.approx(0.2 * within["lath"])


def test_pairs_are_neighbours_or_near_and_never_two_stop_words() -> None:
    found = query("who was the first king of Spain", {"first": 5, "king": 5, "spain": 5})
    assert set(found.pairs) == {
        ("the", "first"),
        ("first", "king"),
        ("king", "of"),
        ("of", "spain"),
    }
    assert ("king", "spain") in found.near_pairs
    assert ("who", "was") not in found.near_pairs


def test_a_term_that_is_asked_twice_counts_once() -> None:
    assert query("tin tin Tin", {"tin": 3}).idf.keys() == {"tin"}


def test_grams_mark_the_ends_of_a_word() -> None:
    assert character_grams("tins") == ["_tin", "tins", "ins_"]
    assert character_grams("a") == ["_a_"]


@given(st.text(), st.integers(1, 5))
def test_shares_of_any_question_add_up_to_one(question: str, passages: int) -> None:
    reading = read(question, "en", ANALYZER)
    found = weigh(reading, Statistics(passages, 0.0, dict.fromkeys(reading.terms, passages)))
    for shares in (found.stems, found.pairs, found.near_pairs):
        assert not shares or sum(shares.values()) == pytest.approx(1.0)
    assert found.total > 0


def test_a_common_word_counts_for_less_than_a_rare_one_of_the_same_frequency() -> None:
    found = query("usually Zeppelin", {"usual": 3, "zeppelin": 3})
    assert found.idf["usual"] == pytest.approx(0.7 * found.idf["zeppelin"])
