"""PostgreSQL, the truth that several processes share: articles, records, locks, and the outbox.

connections    sessions with the server, and what its errors mean
  watched_sessions    sessions that end where the server answers nothing any more
schema, steps  the tables, and the steps from each version of them to the next
article_store  the articles, each the bytes of its file; many of them in memory
  stored_shelves      the tenants that have articles
kept_pairs     what editors keep as answers
record_statements     the records' statements in PostgreSQL
local_index    an index on this machine's disk that follows the database
file_moving    articles and kept answers moved between a folder and the database
moving_records        the same of the records
mirroring      a folder that goes on being copied
outbox         changes of articles in their order, for whatever keeps a copy
locks          what one process among all may do at a time
shard_slots    the division of Discord's shards among processes
shared_cooldowns, shared_secrets  what all processes count, and the keys that they share

Importing it raises `bot.core.errors.StorageError` if psycopg, which all of them use, is missing.
"""

from __future__ import annotations

from bot.core.errors import StorageError

try:
    import psycopg  # noqa: F401
except ImportError as error:  # it is missing, or finds no libpq
    raise StorageError("storage.no_driver", reason=str(error).splitlines()[0]) from error
