"""Answers that were worked out lately, given again as long as the articles are the same: in a
community many ask the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import TypeAlias

from bot.core.answer import Answer

_MOST = 1000
State: TypeAlias = object
"""All that an answer rests on besides its question; it is compared with what there is later."""


class RecentAnswers:
    """Answers by their questions, of which those kept longest ago are dropped. Safe for any number
    of threads."""

    def __init__(self, most: int = _MOST) -> None:
        """Keep at most so many."""
        self._most = most
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, tuple[State, Answer]] = OrderedDict()

    def get(self, question: Hashable, state: State) -> Answer | None:
        """Return the answer to a question; None if there is none that rests on this state."""
        with self._lock:
            found = self._held.get(question)
            return None if found is None or found[0] != state else found[1]

    def keep(self, question: Hashable, state: State, answer: Answer) -> None:
        """Keep the answer to a question, in place of an earlier one, as the latest of all."""
        with self._lock:
            self._held.pop(question, None)
            self._held[question] = state, answer
            if len(self._held) > self._most:
                self._held.popitem(last=False)
