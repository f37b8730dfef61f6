"""Seam between the core and what keeps answers: a question and its passage, by the editors' word.

Imported by its own name where it is needed: most questions are asked if nothing is kept.
"""

from collections.abc import Mapping, Sequence, Set
from types import MappingProxyType
from typing import NamedTuple, Protocol

from bot.core.seams.storing import Fault


class KeptPair(NamedTuple):
    """A question, and the passage of which the editors say that it answers it."""

    question: str
    address: str
    """Address of the passage, with the hash of its words."""
    by: str
    """The editor who keeps it: a login name, or a Discord user's id; empty if unknown."""
    when: str
    """Time at which it was kept, in the format of RFC 3339, in UTC; empty if that is not known."""


class KeptPairs(Protocol):
    """The kept pairs of one shelf. Safe for any number of threads and processes."""

    def pairs(self) -> Sequence[KeptPair]:
        """Return all pairs, the latest first, as they are now; at the cost of a look at one file
        where nothing changed. Empty if they cannot be read: `faults` says why."""

    def faults(self) -> Sequence[Fault]:
        """Return the lines that are no kept pairs, as they are now."""

    def keep(self, pair: KeptPair) -> KeptPair | None:
        """Keep a pair, in place of the one of the same question; returns that. Raises
        `bot.core.errors.CorpusError` if it cannot be written."""

    def forget(self, question: str) -> KeptPair | None:
        """Forget the pair of a question, and return it; None if there is none. Raises
        `bot.core.errors.CorpusError` if that cannot be written."""


class LittleWords(NamedTuple):
    """The words of a language that change nothing about what a question asks."""

    articles: Set[str]
    verbs: Mapping[str, str]
    """Auxiliary verbs, each with one that means the same; empty for one that means nothing."""
    negations: Set[str]
    """Words that turn a question into its opposite."""
    subjects: Set[str] = frozenset()
    """Pronouns that stand for anybody who asks: "I", "you", "one"."""
    persons: Set[str] = frozenset()
    """Other words for persons, beside which the subjects are told apart: "my", "your"."""
    conditions: Mapping[str, str] = MappingProxyType({})
    """Conjunctions, each with one that means the same within a question: "if" with "when"."""
    advising: Set[str] = frozenset()
    """Verbs that change nothing where somebody asks whom, where or what: "who should I call"."""
