"""The bound below which no passage can be among those that a query wants."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.cluster.opensearch.exact_scores import Candidate, least_needed, scored
from bot.cluster.opensearch.searches import CandidateHit, spaced
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


def candidate(score: float, title: str | None = None) -> Candidate:
    return Candidate(-score, 1, 0, "x", title)
