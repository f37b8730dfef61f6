"""Character n-grams of a question, looked for in sentences by Python alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add


class PlainGramShares:
    """A `bot.core.seams.GramShares`."""

    def __init__(self, shares: Mapping[str, float]) -> None:
        self._shares = shares

    def in_each(self, sentences: Sequence[str]) -> list[float]:
        """Return for each sentence the sum of the shares of the n-grams that stand in it."""
        whole = "".join(sentences)
        present = [(gram, share) for gram, share in self._shares.items() if gram in whole]
        # not by sum(), which corrects its rounding from Python 3.12 on, and the kernel does not
        return [
            reduce(add, [share for gram, share in present if gram in sentence], 0.0)
            for sentence in sentences
        ]
