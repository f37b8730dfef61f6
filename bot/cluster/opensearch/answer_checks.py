"""Checks of a cluster's answers: what is wrong with one, as an error.

Faults that another try may mend are `PassingError`s; all others are final.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from bot.core.errors import StorageError, UnfinishedIndexError, UnreachableError

Json: TypeAlias = Any
"""A value that a JSON text holds."""

_AGAIN = frozenset({429, 502, 503, 504})
"""Statuses that another try may change."""
_LEAST_VERSION = (2, 19)
_GREATEST_MAJOR = 3


class PassingError(Exception):
    """A failure that another try, of another node, may mend."""


class SilentNodeError(PassingError):
    """No answer came in time: that node is frozen, or one that it had to wait for."""


class UntrustedNodeError(PassingError):
    """The node's certificate is not trusted: nothing was asked of it."""


def refuse(status: int, answer: Json) -> None:
    """Raise what an answer with an error's status means."""
    kind, reason = type_of(answer), reason_of(answer)
    if kind == "cluster_block_exception" and status in (403, 429):
        raise StorageError("search.read_only", reason=reason)
    if status in (401, 403):
        raise UnreachableError("search.denied", status=status)
    if kind == "index_not_found_exception":
        raise UnfinishedIndexError("search.rebuilding")
    if status in _AGAIN:
        raise PassingError(f"status {status}: {reason}")
    raise StorageError("search.refused", status=status, reason=reason)


def check_version(answer: Json) -> None:
    """Raise `UnreachableError` unless a node tells a version that this program works with."""
    told = answer.get("version", {}) if isinstance(answer, dict) else {}
    number = str(told.get("number", "?"))
    parts = tuple(int(part) for part in number.split(".")[:2] if part.isdecimal())
    is_known = _LEAST_VERSION <= parts < (_GREATEST_MAJOR + 1,)
    if told.get("distribution") != "opensearch" or not is_known:
        raise UnreachableError(
            "search.version",
            found=f"{str(told.get('distribution', '?'))[:40]} {number[:40]}",
            least=".".join(map(str, _LEAST_VERSION)),
            greatest=_GREATEST_MAJOR,
        )


def type_of(answer: Json) -> str:
    """Return the type of an answer's error; empty if it is none."""
    error = answer.get("error") if isinstance(answer, dict) else None
    return str(error.get("type", "")) if isinstance(error, dict) else ""


def reason_of(answer: Json) -> str:
    """Return why a request was refused, safe to be shown: one line of printable characters."""
    error = answer.get("error") if isinstance(answer, dict) else None
    reason = error.get("reason", "") if isinstance(error, dict) else error or ""
    return "".join(c if c.isprintable() else " " for c in str(reason))[:200]


def check_searches(answer: Json) -> None:
    for each in answer["responses"]:
        if "error" in each:
            kind, status = type_of(each), each.get("status", 500)
            if kind == "index_not_found_exception":
                raise UnfinishedIndexError("search.rebuilding")
            if status < 500 and status not in _AGAIN:
                raise StorageError("search.refused", status=status, reason=reason_of(each))
            raise PassingError(f"{kind}: {reason_of(each)}")
        check_shards(each)
        if each.get("timed_out"):
            raise PassingError("a search was given up")


def check_shards(answer: Json) -> None:
    if answer["_shards"]["failed"]:
        raise PassingError("some shards did not answer")


def check_items(answer: Json) -> None:
    """Check each action of a bulk, whose own status is 200 whatever became of them."""
    if not answer["errors"]:
        return
    for item in answer["items"]:
        (result,) = item.values()
        status = result["status"]
        kind, reason = type_of(result), reason_of(result)
        if status < 300 or kind == "version_conflict_engine_exception":  # something newer is there
            continue
        if kind == "cluster_block_exception":
            raise StorageError("search.read_only", reason=reason)
        if kind == "index_not_found_exception":
            raise UnfinishedIndexError("search.rebuilding")
        if status >= 500 or status in _AGAIN:
            raise PassingError(f"{kind}: {reason}")
        raise StorageError("search.refused", status=status, reason=reason)


def check_deletions(answer: Json) -> None:
    """Check that a deletion by a query was complete."""
    if answer.get("failures") or answer.get("timed_out"):
        raise PassingError("not all documents were deleted")
