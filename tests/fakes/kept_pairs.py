"""A fake of `bot.core.seams.KeptPairs`, in memory; held to the contract in
``tests/contracts/test_kept_pairs.py``."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.seams import Fault
from bot.core.seams.pairs import KeptPair


class FakeKeptPairs:
    """Kept pairs in a list."""

    def __init__(self) -> None:
        self._pairs: list[KeptPair] = []

    def pairs(self) -> Sequence[KeptPair]:
        return self._pairs[::-1]

    def faults(self) -> Sequence[Fault]:
        return []

    def keep(self, pair: KeptPair) -> KeptPair | None:
        before = self.forget(pair.question)
        self._pairs.append(pair)
        return before

    def forget(self, question: str) -> KeptPair | None:
        same = " ".join(question.casefold().split())
        old = [each for each in self._pairs if " ".join(each.question.casefold().split()) == same]
        self._pairs = [each for each in self._pairs if each not in old]
        return old[-1] if old else None
