"""Exact scores of candidates, and the proof that none is missing.

What the server scores differs from what rank-bm25 does: it keeps a passage's length in one byte,
rounded down, and its statistics are one shard's, passages of others and deleted ones included. So
the server finds candidates, and they are scored here, from their terms and the scope's own
statistics, by the same operations as the embedded engine does.

Where all terms are given their exact weights, the server's score of a passage is at least the exact
one divided by `slack`: rounding a length down raises the score, and where the true average length
is greater than the assumed one, that lowers it by at most their quotient. So whatever may belong
among the best is found by a search for all that score so much there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.cluster.opensearch.documents import encoded_term
from bot.cluster.opensearch.layout import AVERAGE_LENGTH, LEAST_WEIGHT
from bot.cluster.opensearch.searches import CandidateHit
from bot.core.relevance.term_scoring import K1, Norms, inverse_document_frequency, term_score
from bot.core.seams import Statistics, TermQuery

_ROUNDING = 1.0001
"""The server computes in single precision."""
_EXACT_LENGTHS = 24
"""Terms of a passage from which on the server keeps of its length but the first bits of what is
more."""
_LENGTH_BITS = 4


class Candidate(NamedTuple):
    """A passage that the server found; the best sorts first, and of equals the one put first."""

    negated: float
    """Its negated score."""
    put: int
    number: int
    article: str
    """The encoded slug."""
    title: str | None
    """The key of its article's title, where that is a digest."""


def weights_of(statistics: Statistics) -> dict[str, float]:
    """Return the weight of each term that a passage holds, in the order of the query."""
    return {
        term: inverse_document_frequency(statistics.passages, frequency)
        for term, frequency in statistics.document_frequency.items()
        if frequency
    }


def boosts_of(weights: Mapping[str, float]) -> dict[str, float]:
    """Return the weights as the server is told them: none so small that it would be taken for the
    request to use its own."""
    return {term: max(weight, LEAST_WEIGHT) for term, weight in weights.items()}


def scored(
    hits: Iterable[tuple[CandidateHit, str]], weights: Mapping[str, float], average_length: float
) -> list[Candidate]:
    """Return candidates with their exact scores, in no order; each comes with its terms, as
    `bot.cluster.opensearch.searches.spaced` returns them."""
    norms = Norms(average_length)
    asked = [(f" {encoded_term(term)} ", weight) for term, weight in weights.items()]
    found = []
    for hit, terms in hits:
        norm = norms[hit.length]
        score = math.fsum(
            [
                term_score(weight, frequency, norm)
                for term, weight in asked
                if (frequency := terms.count(term))
            ]
        )
        found.append(Candidate(-score, hit.put, hit.number, hit.article, hit.title))
    return found


def slack(average_length: float) -> float:
    """Return by how much the server's score of a passage may fall short of the exact one, as a
    factor."""
    return max(1.0, average_length / AVERAGE_LENGTH) * _ROUNDING


def least_possible(
    hits: Sequence[CandidateHit],
    weights: Mapping[str, float],
    average_length: float,
    query: TermQuery,
) -> float:
    """Return a score that a passage must reach to be among those that a query wants, as
    `least_needed` does, of candidates whose terms are not known: by the server's scores with the
    exact weights of the same terms."""
    raised = (K1 + 1) * sum(
        boost - weight
        for boost, weight in zip(boosts_of(weights).values(), weights.values(), strict=True)
    )
    norms, kept_norms = Norms(average_length), Norms(AVERAGE_LENGTH)
    found = []
    for hit in hits:
        norm, kept = norms[hit.length], kept_norms[_kept_length(hit.length)]
        # a term that stands in the passage once is scored too high there by the most
        share = min(1.0, (1 + kept) / (1 + norm)) / _ROUNDING
        score = max(0.0, hit.score * share - raised)
        found.append(Candidate(-score, hit.put, hit.number, hit.article, hit.title))
    return least_needed(sorted(found), query)


def _kept_length(length: int) -> int:
    """Return a passage's length as the server keeps it, in one byte."""
    if length < _EXACT_LENGTHS:
        return length
    lost = max(0, (length - _EXACT_LENGTHS).bit_length() - _LENGTH_BITS)
    return _EXACT_LENGTHS + ((length - _EXACT_LENGTHS) >> lost << lost)


def least_needed(candidates: Sequence[Candidate], query: TermQuery) -> float:
    """Return the score that a passage must reach to be among those that a query wants, as
    `bot.index.shelf_snapshot.worth_reading` chooses them; ``candidates`` are sorted. Those of
    digests may be left out later, so that the ranks of the others are not known yet."""
    scores = [-each.negated for each in candidates]
    if not scores:
        return 0.0
    among_all = scores[query.limit - 1] if len(scores) >= query.limit else 0.0
    if query.article is None and any(each.title is not None for each in candidates):
        return among_all
    whatever = scores[query.enough - 1] if query.enough <= len(scores) else 0.0
    if query.enough <= 0:
        whatever = scores[0]
    return max(among_all, min(whatever, query.least_share * scores[0]))
