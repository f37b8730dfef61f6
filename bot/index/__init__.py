"""The index folder: what was read of the articles, as it is read by questions and as it is written.

layout                     its files, tables and locks, and what SQLite's errors mean
connections, reader        the read side: connections in a read transaction, snapshots of them
  catalogue_reader, rows   heads, passages and versions, row by row
  snapshot                 all that a question needs, in one call
database, catalogue        the write side: the only transaction among all processes
indexer                    the only one that writes
shelf_index                both sides together, and what is done where the read side is damaged
from_files                 a snapshot made of the articles' files, meanwhile

Finding passages by their terms is `bot.search`; ``bot/search/README.md`` describes the whole.
"""
