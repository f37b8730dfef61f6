"""Names for people by which misses count them: one for each person and day, and no more."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Callable

from bot.service.records.given_answers import DAY
from bot.service.records.statements import Statements


class AskerNames:
    """Names for people by which nobody can be found once the day is over: they are made under a key
    that lies in the records, is the same for all processes, and is erased when the next day's is
    made. Must be called from one thread; every method raises `bot.core.errors.StorageError` if the
    records cannot be read or written."""

    def __init__(self, file: Statements, clock: Callable[[], float]) -> None:
        """``clock`` gives seconds since 1970."""
        self._file = file
        self._clock = clock
        self._held = (-1, b"")
        """A day and its key."""

    def of(self, person: str) -> str:
        """Return today's name of a person; 16 hexadecimal digits."""
        today = self._today()
        day, key = self._held
        if day != today:
            self.forget_past()
            key = self._key_of(today)
            self._held = today, key
        return name_of(person, key)

    def forget_past(self) -> None:
        """Erase the keys of earlier days."""
        self._file.execute("DELETE FROM asker_key WHERE day < ?", (self._today(),))

    def _key_of(self, day: int) -> bytes:
        new = secrets.token_hex(32)
        self._file.execute(
            "INSERT INTO asker_key (day, key) VALUES (?, ?) ON CONFLICT (day) DO NOTHING",
            (day, new),
        )
        row = self._file.execute("SELECT key FROM asker_key WHERE day = ?", (day,)).fetchone()
        # another process, by whose clock the day is over, may have erased it already
        return bytes.fromhex(new if row is None else row[0])

    def _today(self) -> int:
        return int(self._clock() // DAY)


def erase_keys(copy: sqlite3.Connection) -> None:
    """Erase the keys of all days in a copy of the records, which may be kept for longer than a
    day; another database has none. Raises `sqlite3.Error`."""
    if copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'asker_key'").fetchone():
        copy.execute("PRAGMA secure_delete = ON")
        copy.execute("DELETE FROM asker_key")
        copy.commit()


def name_of(person: str, key: bytes) -> str:
    """Return a person's name under a key."""
    name = person.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(name, digest_size=8, key=key).hexdigest()
