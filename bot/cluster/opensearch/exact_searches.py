"""Searches that the server answers by exact scores: the best of the passages that reach a bound.

What the server ranks by otherwise is rounded, so that ever so many passages may reach a bound there
of which few do. Here a script scores those that may again, by what
`bot.core.relevance.term_scoring` computes, so that no more need be sent than are wanted. A score is
a number of single precision to the server, which is too coarse; so it is told as one of the two
thousand million numbers of that kind, in their order, by how far it lies between the bound and the
greatest score that there may be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.documents import encoded_term
from bot.cluster.opensearch.exact_scores import boosts_of, slack
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import (
    CANDIDATE_COLUMNS,
    CANDIDATE_ORDER,
    CandidateHit,
    Lines,
    none_of,
    terms_clauses,
    within,
)
from bot.core.relevance.term_scoring import K1, B

_FIRST = 0x00800000
"""The bits of the least number of single precision that is kept with all of these."""
_STEPS = 2_100_000_000
"""Numbers of single precision that follow it, up to nearly the greatest."""
_NONE = 1e-38
"""Less than that number, and more than nothing, which a passage is given that does not reach the
bound."""
_CARE = 1 - 1e-12
"""Factor of a bound that another order of summation does not miss."""
_SCRIPT = """
double norm = params.k1 * (params.unnormed + params.b * doc['length'].value / params.average);
double total = 0;
for (int at = 0; at < params.terms.length; ++at) {
  double frequency = termFreq('terms', params.terms[at]);
  if (frequency > 0) { total += params.weights[at] * (frequency / (frequency + norm)); }
}
if (total < params.least) { return 0; }
return Float.intBitsToFloat(params.first + (int) (params.steps * (total - params.least)));
"""


def exact_query(
    scope: Scope,
    articles: frozenset[str] | None,
    weights: Mapping[str, float],
    average_length: float,
    least: float,
    without: Sequence[CandidateHit] = (),
) -> Json:
    """Return the query that scores passages exactly: those that hold some of the terms, score at
    least ``least`` and are not ``without``, in the same version. ``weights`` are the exact ones.
    Such as differ by less than the two thousand millionth part of the greatest score that there may
    be have one score."""
    likely = scope.query(
        *within(articles),
        should=terms_clauses(boosts_of(weights)),
        minimum_should_match=1,
        **none_of(scope, without),
    )
    greatest = {term: weight * (K1 + 1) for term, weight in weights.items()}
    bound = _CARE * least
    script = {
        "source": _SCRIPT,
        "params": {
            "k1": K1,
            "b": B,
            "unnormed": 1 - B,
            "average": average_length,
            "terms": list(map(encoded_term, greatest)),
            "weights": list(greatest.values()),
            "least": bound,
            "first": _FIRST,
            "steps": _STEPS / (sum(greatest.values()) - bound),
        },
    }
    bounded = {"function_score": {"query": likely, "min_score": least / slack(average_length)}}
    return {"script_score": {"query": bounded, "script": script, "min_score": _NONE}}


def exact_lines(scope: Scope, articles: frozenset[str] | None, exact: Json, size: int) -> Lines:
    """Return a search for the best passages that a query finds which `exact_query` made, at most
    ``size``, with their texts; of one score, the one put first comes first."""
    body: dict[str, Any] = {
        "size": size,
        "track_total_hits": False,
        "query": exact,
        "sort": CANDIDATE_ORDER,
        "docvalue_fields": CANDIDATE_COLUMNS,
    }
    return [scope.header(articles), body]
