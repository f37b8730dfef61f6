"""What every search engine must do: the contract of `bot.core.seams.SearchEngine`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from bot.core.seams import Hit, SearchEngine, Statistics
from bot.index.database import Database
from bot.search.bm25 import Bm25Engine
from bot.search.rank_bm25_engine import RankBm25Engine
from tests.fakes.search_engine import FakeSearchEngine

MakeEngine = Callable[[], SearchEngine]
ENGINES: dict[str, Callable[[Path], SearchEngine]] = {
    "bm25": lambda folder: Bm25Engine(Database(folder)),
    "rank-bm25": lambda _: RankBm25Engine(),
    "fake": lambda _: FakeSearchEngine(),
}


@pytest.fixture(params=list(ENGINES))
def make(request: pytest.FixtureRequest, tmp_path: Path) -> MakeEngine:
    numbers = count()
    return lambda: ENGINES[request.param](tmp_path / str(next(numbers)))


@pytest.fixture
def engine(make: MakeEngine) -> SearchEngine:
    return make()


def fill(engine: SearchEngine, articles: dict[str, Sequence[str]]) -> None:
    """Put articles whose passages are written as words with spaces between them."""
    for article, passages in articles.items():
        engine.put(article, [passage.split() for passage in passages])
    engine.commit()


def keys(hits: Sequence[Hit]) -> list[tuple[str, int]]:
    return [(hit.article, hit.number) for hit in hits]


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


def test_a_term_in_half_of_the_passages_or_in_all_still_scores(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red fox", "red owl", "sea", "sky"], "b": ["red"]})
    assert all(hit.score > 0 for hit in engine.search(["red"], 10))
    everywhere = engine.search(["red", "fox", "owl", "sea", "sky"], 10)
    assert len(everywhere) == 5
    assert all(hit.score > 0 for hit in everywhere)


def test_a_passage_without_a_term_is_not_found_though_all_others_are(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red fox", "red owl", "sea"]})
    assert keys(engine.search(["red"], 10)) == [("a", 0), ("a", 1)]


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


def test_removing_an_article_leaves_no_trace_in_scores(make: MakeEngine) -> None:
    removed, never = make(), make()
    fill(removed, {"a": ["red fox"], "b": ["red sea salt", "owl"], "c": ["red", "red fox den"]})
    removed.remove("b")
    removed.commit()
    fill(never, {"a": ["red fox"], "c": ["red", "red fox den"]})
    assert removed.search(["red", "fox"], 10) == never.search(["red", "fox"], 10)
    assert removed.statistics(["red", "owl"]) == never.statistics(["red", "owl"])
    assert sorted(removed.articles()) == ["a", "c"]


def test_removing_what_is_not_there_does_nothing(engine: SearchEngine) -> None:
    fill(engine, {"a": ["red fox"]})
    engine.remove("b")
    engine.commit()
    assert keys(engine.search(["red"], 10)) == [("a", 0)]


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


def test_a_term_may_stand_in_a_passage_ever_so_often(engine: SearchEngine) -> None:
    engine.put("a", [["red"] * 300, ["red"] * 70_000, ["red"] * 44, ["fox"] * 9])
    engine.commit()
    expected = reference([("a", 0), ("a", 1), ("a", 2), ("a", 3)], [300, 70_000, 44, 0], ["red"])
    assert_same(engine.search(["red"], 10), expected)


def reference(
    places: Sequence[tuple[str, int]], counts: Sequence[int], terms: list[str]
) -> list[Hit]:
    """What rank-bm25 gives where passage i holds the first term ``counts[i]`` times, or else
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


@settings(max_examples=150, deadline=None)
@given(
    corpus=CORPUS,
    terms=st.lists(TERMS | st.just("unheard"), max_size=6),
    limit=st.integers(1, 12),
    names=st.none() | st.frozensets(st.sampled_from("abcdefghz"), max_size=4),
)
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
    """What the library itself gives, over the passages in the order in which they were put."""
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
