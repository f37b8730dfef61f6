"""Events: what happened, with its data, for logs, metrics and learning.

Where a tenant's words must not be kept, an event carries none. `bot.service.events.stream` hands
events to their subscribers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from bot.core.answer import AnswerKind
from bot.core.errors import Problem
from bot.service.records.recorded_misses import Miss
from bot.service.tenants import Tenant


class Asked(NamedTuple):
    """Somebody asked a question."""

    tenant: Tenant
    question: str | None
    """Its text, only where the operator allows questions to be kept."""


class Answered(NamedTuple):
    """A question got an answer, or a passage that may be one."""

    tenant: Tenant
    kind: AnswerKind
    """``answer``, ``unsure`` or ``talk``."""
    confidence: float
    addresses: tuple[str, ...]
    """Addresses of the matches, best first."""
    seconds: Mapping[str, float]
    """Seconds that each stage took, by its name."""
    frontend: str = ""
    """``discord``, ``web``, or empty if there is no front-end to count."""


class Missed(NamedTuple):
    """Nothing in the articles answered a question."""

    tenant: Tenant
    question: str | None
    """Its text, only where the operator allows questions to be kept."""
    confidence: float
    seconds: Mapping[str, float]
    frontend: str = ""


class Unanswered(NamedTuple):
    """Somebody's question was answered with "unsure" or "none"; unlike `Missed`, once for each who
    asked it."""

    miss: Miss
    asker: str
    """Name that only this person has, for counting people. It must not be kept."""


class Shown(NamedTuple):
    """A quotation was shown again, found by its address: for another match, or its context."""

    tenant: Tenant
    address: str


class Voted(NamedTuple):
    """Somebody said whether an answer helped."""

    tenant: Tenant
    helpful: bool


class Added(NamedTuple):
    """An article was added."""

    tenant: Tenant
    slug: str
    """With the tenant's prefix, as in the other events."""


class Changed(NamedTuple):
    """The content of an article's file changed."""

    tenant: Tenant
    slug: str


class Removed(NamedTuple):
    """An article was removed."""

    tenant: Tenant
    slug: str


class KeptForQuestion(NamedTuple):
    """A passage was kept as the answer to a question."""

    tenant: Tenant


class Skipped(NamedTuple):
    """A file is no article."""

    tenant: Tenant
    path: str
    """Relative to the tenant's folder."""
    problem: Problem


class Erased(NamedTuple):
    """All articles of a tenant were deleted."""

    tenant: Tenant


class Refreshed(NamedTuple):
    """Changes in the folders of articles were taken up; their own events came before."""

    seconds: float


class Refused(NamedTuple):
    """A question was refused."""

    frontend: str
    reason: Literal["cooldown", "overload"] = "cooldown"
    """That its asker has asked too much, or that too many questions wait."""


class Failed(NamedTuple):
    """An unexpected error."""

    what: str
    """The task that was under way, in a few words."""
    reference: str
    """The number under which the error is logged, and which its asker was told."""
    error: BaseException


Event: TypeAlias = (
    Asked
    | Answered
    | Missed
    | Unanswered
    | Shown
    | Voted
    | Added
    | Changed
    | Removed
    | KeptForQuestion
    | Skipped
    | Erased
    | Refreshed
    | Refused
    | Failed
)
