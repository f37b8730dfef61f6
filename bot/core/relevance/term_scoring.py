"""BM25, as the engines and the evidence compute it: rank-bm25's ``BM25Plus`` with delta 0, which is
nearly Lucene's.

Lv and Zhai, "Lower-bounding term frequency normalization", CIKM 2011, with delta 0; the form of
the saturation is Robertson and Zaragoza's, "The probabilistic relevance framework: BM25 and
beyond", 2009.
"""

from __future__ import annotations

import math

from bot.core.light_typing import Any

K1 = 0.9
"""BM25's k1: how slowly a term's further occurrences in a passage stop adding to its score."""
B = 0.6
"""BM25's b: how much a passage's length counts against it: 0 not at all, 1 in full."""


def inverse_document_frequency(passages: int, document_frequency: int) -> float:
    """``log((N + 1) / df)``: positive for every term that any of the N passages holds."""
    return math.log((passages + 1) / document_frequency)


def length_norm(length: Any, average_length: float) -> Any:
    """Return the norm that BM25 adds to each term's frequency in a passage of ``length`` terms; of
    a number or of an array."""
    return K1 * (1 - B + B * length / average_length)


def saturation(frequency: Any, norm: Any) -> Any:
    """``tf / (tf + norm)``; of numbers or of arrays."""
    return frequency / (frequency + norm)


def term_score(idf: float, frequency: int, norm: float) -> float:
    """Return the score of a term that occurs ``frequency`` times in a passage of this norm."""
    return idf * (K1 + 1) * (frequency / (frequency + norm))


class Norms(dict[int, float]):
    """The norm of each length, computed when it is first asked for."""

    def __init__(self, average_length: float) -> None:
        super().__init__()
        self._average_length = average_length

    def __missing__(self, length: int) -> float:
        norm: float = length_norm(length, self._average_length)
        self[length] = norm
        return norm
