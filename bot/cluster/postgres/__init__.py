"""PostgreSQL, the truth that several processes share: articles, records, locks, and the outbox.

connections    sessions with the server, and what its errors mean
schema, steps  the tables, and the steps from each version of them to the next
article_store  the articles, each the bytes of its file
kept_pairs     what editors keep as answers
local_index    an index on this machine's disk that follows the database
moving         articles and kept answers copied between folders and the database, and
mirroring      a folder that goes on being copied; moving_records has the records
outbox         changes of articles in their order, for whatever keeps a copy
locks          what one process among all may do at a time

Importing it raises `bot.core.errors.StorageError` if psycopg, which all of them use, is missing.
"""

from __future__ import annotations

from bot.core.errors import StorageError

try:
    import psycopg  # noqa: F401
except ImportError as error:  # it is missing, or finds no libpq
    raise StorageError("storage.no_driver", reason=str(error).splitlines()[0]) from error
