"""The contract of every search engine, whatever its scores:
`bot.core.seams.SearchEngine`."""

from __future__ import annotations

import pytest

from bot.core.seams import SearchEngine, Statistics
from tests.contracts.engines import fill, keys


def test_finds_the_passages_that_share_a_term_best_first(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red fox", "blue sea", "red red sky"], "b": ["green red hill top", "owl"]})
    assert keys(engine.search(["red"], 10)) == [("a", 2), ("a", 0), ("b", 0)]


def test_more_of_the_terms_is_better(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red fox runs", "red sea salt", "blue fox sits", "grey owl nods"]})
    assert keys(engine.search(["red", "fox"], 10))[0] == ("a", 0)


def test_keeps_to_the_limit(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red"] * 7})
    assert len(engine.search(["red"], 3)) == 3
    assert engine.search(["red"], 0) == []
    assert engine.search(["red"], -1) == []


def test_nothing_is_found_in_nothing(engine: SearchEngine) -> None:
    assert engine.search(["red"], 10) == []
    assert engine.statistics(["red"]) == Statistics(0, 0.0, {"red": 0})
    assert list(engine.articles()) == []


def test_no_terms_find_nothing(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red fox"]})
    assert engine.search([], 10) == []


def test_an_article_without_passages_is_held(engine: SearchEngine) -> None:
    fill(engine, {"a": []})
    assert list(engine.articles()) == ["a"]
    assert engine.search(["red"], 10) == []
    assert engine.statistics(["red"]) == Statistics(0, 0.0, {"red": 0})


def test_passages_that_are_all_empty_divide_nothing_by_zero(engine: SearchEngine) -> None:
    fill(engine, {"a": ["", ""]})
    assert engine.search(["red"], 10) == []
    assert engine.statistics(["red"]) == Statistics(2, 0.0, {"red": 0})
    assert engine.statistics([], {"a"}) == Statistics(2, 0.0, {})


def test_an_empty_passage_counts_but_is_never_found(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red fox", ""]})
    assert keys(engine.search(["red", "fox"], 10)) == [("a", 0)]
    assert engine.statistics(["red"]) == Statistics(2, 1.0, {"red": 1})


def test_a_passage_without_a_term_is_not_found_though_all_others_are(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red fox", "red owl", "sea"]})
    assert keys(engine.search(["red"], 10)) == [("a", 0), ("a", 1)]


def test_what_is_put_is_found_before_it_is_committed(engine: SearchEngine) -> None:
    engine.put("a", [["red"]])
    assert keys(engine.search(["red"], 10)) == [("a", 0)]
    engine.remove("a")
    assert engine.search(["red"], 10) == []


def test_putting_an_article_again_forgets_what_it_said(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red fox", "owl"]})
    fill(engine, {"a": ["blue sea"]})
    assert engine.search(["red", "owl"], 10) == []
    assert keys(engine.search(["sea"], 10)) == [("a", 0)]
    assert engine.statistics(["red", "sea"]) == Statistics(1, 2.0, {"red": 0, "sea": 1})


def test_removing_what_is_not_there_does_nothing(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red fox"]})
    engine.remove("b")
    engine.commit()
    assert keys(engine.search(["red"], 10)) == [("a", 0)]


def test_statistics_of_everything_and_of_some_articles(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red fox red", "red"], "b": ["red owl"], "c": []})
    assert engine.statistics(["red", "owl", "sea"]) == Statistics(
        3, 2.0, {"red": 3, "owl": 1, "sea": 0}
    )
    assert engine.statistics(["red", "owl"], {"a"}) == Statistics(2, 2.0, {"red": 2, "owl": 0})
    assert engine.statistics(["red"], {"c", "nowhere"}) == Statistics(0, 0.0, {"red": 0})
    assert engine.statistics(iter(["owl", "owl"]), {"a", "b"}) == Statistics(3, 2.0, {"owl": 1})


@pytest.mark.parametrize(
    "term", ["", "\0", "a b", "\n", "naïve", "東京", "\U0001f98a", "\ud800", "x" * 70_000]
)
def test_any_string_is_a_term(engine: SearchEngine, term: str) -> None:
    engine.put("a", [["red"], [term, "fox"]])
    engine.commit()
    assert keys(engine.search([term], 10)) == [("a", 1)]
    assert engine.statistics([term]) == Statistics(2, 1.5, {term: 1})
