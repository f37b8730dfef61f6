"""The locales of people, as Discord told them with an interaction: it tells none with a message.

They are kept in memory alone, for as long as the process runs.
"""

from __future__ import annotations

from collections import OrderedDict

_MOST = 10_000
"""People whose locale is remembered, those who used the bot last."""


class AskerLocales:
    """The locale of each person that was seen. Called from the event loop."""

    def __init__(self) -> None:
        self._seen: OrderedDict[int, str] = OrderedDict()

    def note(self, person: int, locale: str) -> None:
        """Remember a person's locale."""
        self._seen[person] = locale
        self._seen.move_to_end(person)
        if len(self._seen) > _MOST:
            self._seen.popitem(last=False)

    def of(self, person: int) -> str:
        """Return a person's locale; empty if it is not known."""
        return self._seen.get(person, "")
