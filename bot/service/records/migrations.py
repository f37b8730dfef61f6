"""The steps from each format of the records to the next.

The format is SQLite's ``user_version``: the number of steps that a file has taken. A step that was
released is never changed; a new one goes to the end, and ``tests/samples/records`` gets a file of
the format before it. A step runs within a transaction: it executes statements one by one
(``executescript`` would commit).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeAlias

Migration: TypeAlias = Callable[[sqlite3.Connection], None]


def _begin(connection: sqlite3.Connection) -> None:
    """Format 1: answers, Discord servers, the commands that Discord was given."""
    connection.execute(
        "CREATE TABLE answer (key TEXT PRIMARY KEY, created REAL NOT NULL, server INTEGER,"
        " channel INTEGER NOT NULL, asker INTEGER NOT NULL, question TEXT NOT NULL, article TEXT,"
        " private INTEGER NOT NULL, addresses TEXT NOT NULL) WITHOUT ROWID"
    )
    connection.execute("CREATE INDEX answer_created ON answer (created)")
    connection.execute("CREATE INDEX answer_server ON answer (server)")
    connection.execute("CREATE TABLE server (id INTEGER PRIMARY KEY, role INTEGER, removed REAL)")
    connection.execute(
        "CREATE TABLE synchronised (scope TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID"
    )


def _name_tenants(connection: sqlite3.Connection) -> None:
    """Format 2: tenants by name in place of servers by number, of which None meant everyone."""
    connection.execute(
        "CREATE TABLE kept_answer (key TEXT PRIMARY KEY, created REAL NOT NULL,"
        " tenant TEXT NOT NULL, channel INTEGER NOT NULL, asker INTEGER NOT NULL,"
        " question TEXT NOT NULL, article TEXT, private INTEGER NOT NULL, addresses TEXT NOT NULL)"
        " WITHOUT ROWID"
    )
    connection.execute(
        "INSERT INTO kept_answer SELECT key, created, coalesce(CAST(server AS TEXT), ''), channel,"
        " asker, question, article, private, addresses FROM answer"
    )
    connection.execute("DROP TABLE answer")
    connection.execute("CREATE INDEX kept_answer_created ON kept_answer (created)")
    connection.execute("CREATE INDEX kept_answer_tenant ON kept_answer (tenant)")
    connection.execute(
        "CREATE TABLE tenant (name TEXT PRIMARY KEY, role INTEGER, removed REAL) WITHOUT ROWID"
    )
    connection.execute("INSERT INTO tenant SELECT CAST(id AS TEXT), role, removed FROM server")
    connection.execute("DROP TABLE server")


def _keep_earlier_questions(connection: sqlite3.Connection) -> None:
    """Format 3: the questions before an answer's own, which it may follow."""
    connection.execute("ALTER TABLE kept_answer ADD COLUMN earlier TEXT NOT NULL DEFAULT '[]'")


def _keep_misses(connection: sqlite3.Connection) -> None:
    """Format 4: questions that the articles did not answer."""
    connection.execute(
        "CREATE TABLE miss (id INTEGER PRIMARY KEY, created REAL NOT NULL,"
        " tenant TEXT NOT NULL, asker TEXT NOT NULL, question TEXT, words TEXT NOT NULL,"
        " language TEXT NOT NULL, verdict TEXT NOT NULL, nearest TEXT NOT NULL,"
        " unknown TEXT NOT NULL, asks TEXT)"
    )
    connection.execute("CREATE INDEX miss_created ON miss (created)")
    connection.execute("CREATE INDEX miss_tenant ON miss (tenant, id)")


def _keep_votes(connection: sqlite3.Connection) -> None:
    """Format 5: votes for answers, and the answers' verdicts."""
    connection.execute(
        "CREATE TABLE vote (answer TEXT NOT NULL, voter INTEGER NOT NULL, tenant TEXT NOT NULL,"
        " created REAL NOT NULL, address TEXT NOT NULL, helpful INTEGER NOT NULL,"
        " PRIMARY KEY (answer, voter)) WITHOUT ROWID"
    )
    connection.execute("CREATE INDEX vote_voter ON vote (voter)")
    connection.execute("CREATE INDEX vote_tenant ON vote (tenant, created)")
    connection.execute("ALTER TABLE kept_answer ADD COLUMN verdict TEXT NOT NULL DEFAULT ''")


def _keep_tells(connection: sqlite3.Connection) -> None:
    """Format 6: who wants to be told when a question is answered."""
    connection.execute(
        "CREATE TABLE tell (key TEXT PRIMARY KEY, created REAL NOT NULL, tenant TEXT NOT NULL,"
        " channel INTEGER NOT NULL, person INTEGER NOT NULL, question TEXT NOT NULL, article TEXT,"
        " earlier TEXT NOT NULL, direct INTEGER NOT NULL) WITHOUT ROWID"
    )
    connection.execute("CREATE INDEX tell_person ON tell (person)")
    connection.execute("CREATE INDEX kept_answer_asker ON kept_answer (asker)")


def _keep_server_settings(connection: sqlite3.Connection) -> None:
    """Format 7: where and how the bot answers in each server."""
    connection.execute(
        "CREATE TABLE server_settings (tenant TEXT PRIMARY KEY, settings TEXT NOT NULL)"
        " WITHOUT ROWID"
    )


def _find_answers_by_chat(connection: sqlite3.Connection) -> None:
    """Format 8: the latest answer of a chat is found without reading all of its server's."""
    connection.execute("DROP INDEX kept_answer_tenant")
    connection.execute("CREATE INDEX kept_answer_chat ON kept_answer (tenant, channel, created)")


def _keep_asker_keys(connection: sqlite3.Connection) -> None:
    """Format 9: the key of a day, under which people that ask have names."""
    connection.execute("CREATE TABLE asker_key (day INTEGER PRIMARY KEY, key TEXT NOT NULL)")


MIGRATIONS: tuple[Migration, ...] = (
    _begin,
    _name_tenants,
    _keep_earlier_questions,
    _keep_misses,
    _keep_votes,
    _keep_tells,
    _keep_server_settings,
    _find_answers_by_chat,
    _keep_asker_keys,
)
