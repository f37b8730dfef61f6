"""Seam between the core and what looks for a question's terms in many passages at once."""

from __future__ import annotations

from collections.abc import Mapping, Set

from bot.core.named_tuple import NamedTuple


class TermShares(NamedTuple):
    """The weights of a question's terms; see `bot.core.questions.query.Query`."""

    idf: Mapping[str, float]
    total: float
    words: Mapping[str, float]
    stems: Mapping[str, float]
    pairs: Mapping[tuple[str, str], float]
    near_pairs: Mapping[tuple[str, str], float]
    average_length: float
    average_sentence: float
    reach: int
    """Two words may stand up to so many apart to be near each other."""
    has_stops: bool
    """False if the question has no stop words, so that those of a passage part no neighbours."""


class BlockTerms(NamedTuple):
    """A question's terms in a block of a passage; see `bot.core.relevance.found_terms`."""

    held: Set[str]
    """The question's stems that stand there."""
    words: float
    phrases: float
    sentence: float


BlockBounds = tuple[int, int]
"""The first sentence of a block, and the one behind its last, counted in its passage."""
