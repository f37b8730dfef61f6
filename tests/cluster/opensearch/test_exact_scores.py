"""The bound below which no passage can be among those that a query wants."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.cluster.opensearch.exact_scores import (
    Candidate,
    boosts_of,
    least_needed,
    least_possible,
    scored,
)
from bot.cluster.opensearch.layout import AVERAGE_LENGTH
from bot.cluster.opensearch.searches import CandidateHit, spaced
from bot.core.relevance.term_scoring import length_norm, term_score
from bot.core.seams import Hit, TermQuery
from bot.index.shelf_snapshot import worth_reading

SCORES = st.lists(st.floats(0.01, 30.0), max_size=12).map(lambda each: sorted(each, reverse=True))
QUERIES = st.builds(
    TermQuery,
    st.just(["a"]),
    st.integers(1, 10),
    enough=st.integers(0, 10),
    least_share=st.sampled_from([0.0, 0.3, 0.9]),
)


@given(scores=SCORES, query=QUERIES, missing=st.floats(0.01, 30.0))
def test_what_scores_less_than_the_bound_changes_nothing(
    scores: list[float], query: TermQuery, missing: float
) -> None:
    query = query._replace(enough=min(query.enough, query.limit))
    best = scores[: query.limit]
    least = least_needed([candidate(score) for score in best], query)
    wanted = worth_reading([Hit("x", 0, score) for score in best], query)
    assert [hit.score for hit in wanted if hit.score < least] == []
    if missing < least:
        more = sorted([*scores, missing], reverse=True)[: query.limit]
        assert worth_reading([Hit("x", 0, score) for score in more], query) == wanted


def test_digests_may_be_left_out_later() -> None:
    best = [candidate(9.0, title="key"), candidate(8.0), candidate(1.0)]
    query = TermQuery(["a"], 3, enough=1, least_share=0.5)
    assert least_needed(best, query) == 1.0
    assert least_needed(best, query._replace(article="one")) == 4.5


def test_a_term_counts_as_often_as_a_passage_holds_it() -> None:
    terms = spaced("a a ab b a")
    hit = CandidateHit("index", 1.0, 1, 0, "x", 5, None, terms)
    (one,) = scored([(hit, terms)], {"a": 1.0}, 5.0)
    (other,) = scored([(hit, spaced("c a d a a"))], {"a": 1.0}, 5.0)
    assert one == other
    assert one.negated < 0.0
    assert [each.negated for each in scored([(hit, terms)], {"aa": 1.0}, 5.0)] == [0.0]


KEPT_LENGTHS = [*range(41), *range(42, 57, 2), *range(60, 89, 4), *range(96, 153, 8)]
"""Lengths that the server keeps as they are; others are rounded down to these."""


@given(
    passages=st.lists(
        st.tuples(st.lists(st.integers(0, 4), min_size=2, max_size=2), st.integers(8, 155)),
        max_size=8,
    ),
    each_weight=st.tuples(st.floats(1e-6, 9.0), st.floats(1e-6, 9.0)),
    average=st.floats(10.0, 160.0),
    query=QUERIES,
)
def test_by_the_servers_scores_no_less_is_needed_than_by_the_exact_ones(
    passages: list[tuple[list[int], int]],
    each_weight: tuple[float, float],
    average: float,
    query: TermQuery,
) -> None:
    weights = dict(zip("ab", each_weight, strict=True))
    query = query._replace(enough=min(query.enough, query.limit))
    hits, exact = [], []
    for number, (frequencies, length) in enumerate(passages):
        kept = max(each for each in KEPT_LENGTHS if each <= length)
        norm = length_norm(kept, AVERAGE_LENGTH)
        score = sum(
            term_score(boost, frequency, norm)
            for boost, frequency in zip(boosts_of(weights).values(), frequencies, strict=True)
        )
        hit = CandidateHit("index", score, 1, number, "x", length, None)
        hits.append(hit)
        terms = spaced(" ".join(["a"] * frequencies[0] + ["b"] * frequencies[1]))
        exact += scored([(hit, terms)], weights, average)
    least = least_needed(sorted(exact)[: query.limit], query)
    assert least_possible(hits, weights, average, query) <= least


def candidate(score: float, title: str | None = None) -> Candidate:
    return Candidate(-score, 1, 0, "x", title)
