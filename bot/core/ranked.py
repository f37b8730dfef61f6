"""A candidate that was weighed: a passage, and what speaks for it."""

from __future__ import annotations

from typing import NamedTuple

from bot.core.choosing import Choice
from bot.core.evidence import Evidence
from bot.core.passage import Passage
from bot.core.query import Query
from bot.core.seams import Words
from bot.core.shelf import Shelf


class Ranked(NamedTuple):
    """One candidate."""

    shelf: Shelf
    query: Query
    """The question as it was asked of this shelf, in the passage's language."""
    passage: Passage
    words: Words
    """Those of the passage's sentences."""
    evidence: Evidence
    choice: Choice | None = None
    """Which sentence of it answers; of the few best, where that was looked at."""
