"""What outlives a restart, in one SQLite file: the answers given, each server's role, which
server has removed the bot and when, and which commands Discord knows.

An answer's buttons carry its key alone; the question, where it was asked, by whom and the
addresses of its matches lie here, until the answer is deleted, the server removes the bot, or
`[discord] retention_days` have passed. What is deleted is overwritten (secure_delete).
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bot.core.errors import StorageError
from bot.sources.corpus.atomic_files import make_private_folder

FORMAT = 1
_DAY = 86_400.0
_SCHEMA = f"""
CREATE TABLE answer (
    key TEXT PRIMARY KEY,
    created REAL NOT NULL,
    server INTEGER,
    channel INTEGER NOT NULL,
    asker INTEGER NOT NULL,
    question TEXT NOT NULL,
    article TEXT,
    private INTEGER NOT NULL,
    addresses TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX answer_created ON answer (created);
CREATE INDEX answer_server ON answer (server);
CREATE TABLE server (id INTEGER PRIMARY KEY, role INTEGER, removed REAL);
CREATE TABLE synchronised (scope TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
PRAGMA user_version = {FORMAT};
"""


class Place(NamedTuple):
    """Where something is asked."""

    server: int | None
    """The server whose articles count here; None in private, or where the bot is not installed."""
    channel: int


class AnswerRecord(NamedTuple):
    """One answer that was given."""

    key: str
    place: Place
    asker: int
    question: str
    article: str | None
    """The slug of the one article that was asked, if one was."""
    private: bool
    addresses: tuple[str, ...]
    """Of its matches, best first; empty for a miss."""


class Records:
    """The SQLite file. Used from one thread."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        """Opens the file, or makes it; ``clock`` gives seconds since 1970. A file that is damaged
        is put aside, under the same name with ``.damaged`` behind it.

        Raises `StorageError` where it cannot be opened or made, or another program's file lies
        there.
        """
        self._clock = clock
        try:
            if not path.parent.exists():
                make_private_folder(path.parent)
            try:
                self._db = _open(path)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                path.replace(path.with_name(path.name + ".damaged"))
                self._db = _open(path)
        except (OSError, sqlite3.Error) as error:
            raise StorageError(
                f"{path}: cannot be opened ({error}); set [discord] data to a folder that can be "
                "written"
            ) from error

    def close(self) -> None:
        """Close the file; nothing can be asked of it any more."""
        self._db.close()

    def keep(
        self,
        place: Place,
        asker: int,
        question: str,
        article: str | None,
        addresses: tuple[str, ...],
        *,
        private: bool,
    ) -> AnswerRecord:
        """Remember an answer, under a key that nobody can guess."""
        key = secrets.token_urlsafe(12)
        record = AnswerRecord(key, place, asker, question, article, private, addresses)
        self._db.execute(
            "INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                self._clock(),
                *place,
                asker,
                question.encode("utf-8", "replace").decode(),
                article,
                private,
                json.dumps(addresses),
            ),
        )
        return record

    def get(self, key: str, place: Place) -> AnswerRecord | None:
        """The answer of this key, for those at the place where it was given; for anybody else
        there is none."""
        row = self._db.execute(
            "SELECT asker, question, article, private, addresses FROM answer"
            " WHERE key = ? AND server IS ? AND channel = ?",
            (key, *place),
        ).fetchone()
        if row is None:
            return None
        asker, question, article, private, addresses = row
        found = tuple(json.loads(addresses))
        return AnswerRecord(key, place, asker, question, article, bool(private), found)

    def forget(self, key: str) -> None:
        """Erase an answer."""
        self._db.execute("DELETE FROM answer WHERE key = ?", (key,))

    def forget_older(self, days: float) -> int:
        """Erase the answers older than so many days; returns how many."""
        before = self._clock() - days * _DAY
        return self._db.execute("DELETE FROM answer WHERE created < ?", (before,)).rowcount

    def leave(self, server: int) -> None:
        """A server has removed the bot: erase its answers and its role, and note when. Noted
        once: a second time changes nothing."""
        self._db.execute("DELETE FROM answer WHERE server = ?", (server,))
        self._db.execute(
            "INSERT INTO server (id, removed) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET"
            " role = NULL, removed = coalesce(removed, excluded.removed)",
            (server, self._clock()),
        )

    def join(self, server: int) -> None:
        """A server has the bot: if it had removed it, that is forgotten."""
        self._db.execute("UPDATE server SET removed = NULL WHERE id = ?", (server,))

    def servers(self) -> set[int]:
        """The servers that have the bot as far as is known here, and those whose answers are
        kept."""
        found = self._db.execute(
            "SELECT id FROM server WHERE removed IS NULL"
            " UNION SELECT server FROM answer WHERE server IS NOT NULL"
        )
        return {server for (server,) in found}

    def left_longer(self, days: float) -> list[int]:
        """The servers that removed the bot more than so many days ago."""
        before = self._clock() - days * _DAY
        found = self._db.execute("SELECT id FROM server WHERE removed < ? ORDER BY id", (before,))
        return [server for (server,) in found]

    def forget_server(self, server: int) -> None:
        """Erase everything about a server."""
        self._db.execute("DELETE FROM answer WHERE server = ?", (server,))
        self._db.execute("DELETE FROM server WHERE id = ?", (server,))

    def role(self, server: int) -> int | None:
        """The role that may add and remove a server's articles, if one was set."""
        row = self._db.execute("SELECT role FROM server WHERE id = ?", (server,)).fetchone()
        return row[0] if row else None

    def set_role(self, server: int, role: int | None) -> None:
        """Set that role, or take it away with None."""
        self._db.execute(
            "INSERT INTO server (id, role) VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET role = excluded.role",
            (server, role),
        )

    def synchronised(self, scope: str) -> str | None:
        """The digest of the commands that Discord was last given, or None."""
        row = self._db.execute(
            "SELECT digest FROM synchronised WHERE scope = ?", (scope,)
        ).fetchone()
        return row[0] if row else None

    def set_synchronised(self, scope: str, digest: str) -> None:
        """Remember the digest of the commands that Discord was given."""
        self._db.execute("INSERT OR REPLACE INTO synchronised VALUES (?, ?)", (scope, digest))

    def synchronised_scopes(self) -> list[str]:
        """Where commands were given."""
        return [scope for (scope,) in self._db.execute("SELECT scope FROM synchronised")]

    def forget_synchronised(self, scope: str) -> None:
        """Forget that commands were given there."""
        self._db.execute("DELETE FROM synchronised WHERE scope = ?", (scope,))


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA secure_delete = ON")
        found = db.execute("PRAGMA user_version").fetchone()[0]
        if found == 0:
            db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")
        elif found != FORMAT:
            raise sqlite3.OperationalError(f"its format is {found}, this program's is {FORMAT}")
    except BaseException:
        db.close()
        raise
    path.chmod(0o600)
    return db
