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
from typing import Any, NamedTuple

from bot.cluster.opensearch.documents import encoded_term
from bot.cluster.opensearch.layout import AVERAGE_LENGTH, LEAST_WEIGHT
from bot.core.seams import Statistics
from bot.core.term_scoring import Norms, inverse_document_frequency, term_score

_ROUNDING = 1.0001
"""The server computes in single precision."""


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
    hits: Iterable[Mapping[str, Any]], weights: Mapping[str, float], average_length: float
) -> list[Candidate]:
    """Return candidates with their exact scores, in no order."""
    norms = Norms(average_length)
    asked = {encoded_term(term): weight for term, weight in weights.items()}
    found = []
    for hit in hits:
        source = hit["_source"]
        terms = source["terms"].split(" ")
        norm = norms[source["length"]]
        score = math.fsum(
            term_score(weight, frequency, norm)
            for term, weight in asked.items()
            if (frequency := terms.count(term))
        )
        found.append(
            Candidate(
                -score, source["put"], source["number"], source["article"], source.get("title")
            )
        )
    return found


def slack(average_length: float) -> float:
    """Return by how much the server's score of a passage may fall short of the exact one, as a
    factor."""
    return max(1.0, average_length / AVERAGE_LENGTH) * _ROUNDING


def least_score(candidates: Sequence[Candidate], limit: int, average_length: float) -> float:
    """Return the score that the server gives at least to whatever belongs among the best
    ``limit``; ``candidates`` are sorted."""
    if len(candidates) < limit:
        return 0.0
    return -candidates[limit - 1].negated / slack(average_length)
