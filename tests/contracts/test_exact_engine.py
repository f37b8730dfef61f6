"""Contract of an engine whose scores are exactly those of rank-bm25, ties included: the
rest of the contract of `bot.core.seams.SearchEngine`."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from bot.core.seams import Hit, SearchEngine
from tests.contracts.engines import CLUSTER, ENGINES, MakeEngine, fill, keys, maker


def test_a_term_in_half_of_the_passages_or_in_all_still_scores(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red fox", "red owl", "sea", "sky"], "b": ["red"]})
    assert all(hit.score > 0 for hit in engine.search(["red"], 10))
    everywhere = engine.search(["red", "fox", "owl", "sea", "sky"], 10)
    assert len(everywhere) == 5
    assert all(hit.score > 0 for hit in everywhere)


def test_a_term_asked_for_twice_counts_once(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red fox", "fox fox"], "b": ["red red owl", "sea"]})
    assert engine.search(["fox", "red", "fox", "fox"], 10) == engine.search(["fox", "red"], 10)


def test_of_equals_the_first_put_comes_first(engine: SearchEngine) -> None:
    fill(engine, {"b": ["red fox", "red fox"], "a": ["red fox"], "c": ["owl"]})
    assert keys(engine.search(["red"], 10)) == [("b", 0), ("b", 1), ("a", 0)]
    assert keys(engine.search(["red"], 2)) == [("b", 0), ("b", 1)]


def test_an_article_put_again_comes_last_of_equals(engine: SearchEngine) -> None:
    fill(engine, {"b": ["red fox"], "a": ["red fox"]})
    fill(engine, {"b": ["red fox", "owl"]})
    assert keys(engine.search(["red"], 10)) == [("a", 0), ("b", 0)]


def test_removing_an_article_leaves_no_trace_in_scores(make: MakeEngine) -> None:
    removed, never = make(), make()
    fill(removed, {"a": ["red fox"], "b": ["red sea salt", "owl"], "c": ["red", "red fox den"]})
    removed.remove("b")
    removed.commit()
    fill(never, {"a": ["red fox"], "c": ["red", "red fox den"]})
    assert removed.search(["red", "fox"], 10) == never.search(["red", "fox"], 10)
    assert removed.statistics(["red", "owl"]) == never.statistics(["red", "owl"])
    assert sorted(removed.articles()) == ["a", "c"]


def test_articles_restrict_what_is_found_but_not_the_scores(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red fox", "red"], "b": ["red owl"], "c": ["red red red"]})
    everywhere = {(hit.article, hit.number): hit for hit in engine.search(["red", "owl"], 10)}
    assert engine.search(["red", "owl"], 10, {"b", "a"}) == [
        everywhere["b", 0],
        everywhere["a", 1],
        everywhere["a", 0],
    ]
    assert keys(engine.search(["red", "owl"], 1, {"a"})) == [("a", 1)]
    assert engine.search(["red"], 10, set()) == []
    assert engine.search(["red"], 10, {"never-heard-of"}) == []


def test_a_term_may_stand_in_a_passage_ever_so_often(engine: SearchEngine) -> None:
    engine.put("a", [["red"] * 300, ["red"] * 70_000, ["red"] * 44, ["fox"] * 9])
    engine.commit()
    expected = reference([("a", 0), ("a", 1), ("a", 2), ("a", 3)], [300, 70_000, 44, 0], ["red"])
    assert_same(engine.search(["red"], 10), expected)


def reference(
    places: Sequence[tuple[str, int]], counts: Sequence[int], terms: list[str]
) -> list[Hit]:
    """Return rank-bm25's scores where passage i holds the first term ``counts[i]`` times, or else
    nine times "fox"."""
    model = BM25Plus([terms[:1] * n or ["fox"] * 9 for n in counts], k1=0.9, b=0.6, delta=0)
    scores = model.get_scores(terms)
    hits = [Hit(*place, score) for place, score, n in zip(places, scores, counts, strict=True) if n]
    return sorted(hits, key=lambda hit: -hit.score)


def assert_same(found: Sequence[Hit], expected: Sequence[Hit]) -> None:
    """The same passages with the same scores to 1e-9, in the same order but for near-ties."""
    assert [hit.score for hit in found] == pytest.approx(
        [hit.score for hit in expected], rel=1e-9, abs=1e-9
    )
    wanted = {(hit.article, hit.number): hit.score for hit in expected}
    for hit in found:
        if (hit.article, hit.number) in wanted:
            assert hit.score == pytest.approx(wanted[hit.article, hit.number], rel=1e-9, abs=1e-9)
        else:  # one of several that tie for the last place
            assert hit.score == pytest.approx(expected[-1].score, rel=1e-9, abs=1e-9)


TERMS = st.sampled_from(["ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen"])
PASSAGES = st.lists(st.lists(TERMS, max_size=12), max_size=6)
CORPUS = st.dictionaries(st.sampled_from("abcdefgh"), PASSAGES, max_size=6)


ANY_QUESTION = given(
    corpus=CORPUS,
    terms=st.lists(TERMS | st.just("unheard"), max_size=6),
    limit=st.integers(1, 12),
    names=st.none() | st.frozensets(st.sampled_from("abcdefghz"), max_size=4),
)


@settings(max_examples=150)
@ANY_QUESTION
@pytest.mark.parametrize("name", list(ENGINES))
def test_scores_are_those_of_rank_bm25(
    name: str,
    corpus: dict[str, list[list[str]]],
    terms: list[str],
    limit: int,
    names: frozenset[str] | None,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[name](Path(folder))
        assert_scores(engine, corpus, terms, limit, names)


@pytest.fixture(scope="session")
def over_a_cluster(request: pytest.FixtureRequest) -> MakeEngine:
    engine_in = maker(CLUSTER, request)
    return lambda: engine_in(Path())


@settings(max_examples=25)
@ANY_QUESTION
def test_scores_over_a_cluster_are_those_of_rank_bm25(
    over_a_cluster: MakeEngine,
    corpus: dict[str, list[list[str]]],
    terms: list[str],
    limit: int,
    names: frozenset[str] | None,
) -> None:
    assert_scores(over_a_cluster(), corpus, terms, limit, names)


def assert_scores(
    engine: SearchEngine,
    corpus: dict[str, list[list[str]]],
    terms: Sequence[str],
    limit: int,
    names: frozenset[str] | None,
) -> None:
    for article, passages in corpus.items():
        engine.put(article, passages)
    engine.commit()
    assert_same(engine.search(terms, limit, names), expected_hits(corpus, terms, limit, names))


def expected_hits(
    corpus: dict[str, list[list[str]]],
    terms: Sequence[str],
    limit: int,
    names: frozenset[str] | None,
) -> list[Hit]:
    """Return the library's own scores, over the passages in the order in which they were put."""
    rows = [(a, n, passage) for a, ps in corpus.items() for n, passage in enumerate(ps)]
    if not any(passage for _, _, passage in rows):
        return []
    model = BM25Plus([passage for _, _, passage in rows], k1=0.9, b=0.6, delta=0)
    scores = model.get_scores(sorted(set(terms)))
    hits = [
        Hit(article, number, float(score))
        for (article, number, passage), score in zip(rows, scores, strict=True)
        if not set(terms).isdisjoint(passage) and (names is None or article in names)
    ]
    return sorted(hits, key=lambda hit: -hit.score)[:limit]
