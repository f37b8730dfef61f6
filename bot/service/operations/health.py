"""Health: the state of the servers that articles, records and the search lie on."""

from __future__ import annotations

from typing import NamedTuple

from bot.core.errors import BotError


class ServerHealth(NamedTuple):
    """The state of one server, or cluster of them."""

    kind: str
    """``storage`` or ``search``."""
    location: str
    """Its address, without a secret."""
    fault: BotError | None
    """The reason for which it cannot be used; None if it can."""
    state: str = ""
    """Its state in a few words, for an operator."""
    behind: int = 0
    """Number of changes of articles that it has not taken up yet."""
