"""Registrations: what was given to another service last, by its digest, so as not to give it
again."""

from __future__ import annotations

from bot.service.records.statements import Statements


class Registrations:
    """Digests by scope, such as an application's commands on one server. Must be called from one
    thread; every method raises `bot.core.errors.StorageError` if the records cannot be read or
    written."""

    def __init__(self, file: Statements) -> None:
        self._file = file

    def digest(self, scope: str) -> str | None:
        """Return the digest of what was given last, or None."""
        row = self._file.execute(
            "SELECT digest FROM synchronised WHERE scope = ?", (scope,)
        ).fetchone()
        return row[0] if row else None

    def put(self, scope: str, digest: str) -> None:
        """Record the digest of what was given."""
        self._file.execute(
            "INSERT INTO synchronised (scope, digest) VALUES (?, ?)"
            " ON CONFLICT (scope) DO UPDATE SET digest = excluded.digest",
            (scope, digest),
        )

    def scopes(self) -> list[str]:
        """Return the scopes for which something was given, in order."""
        found = self._file.execute("SELECT scope FROM synchronised ORDER BY scope")
        return [scope for (scope,) in found]

    def forget(self, scope: str) -> None:
        """Forget the digest of this scope."""
        self._file.execute("DELETE FROM synchronised WHERE scope = ?", (scope,))
