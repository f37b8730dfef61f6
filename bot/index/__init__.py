"""The index folder: what was read of the articles, as it is read by questions and as it is written.

index_folder                   its files, tables and locks, and the meaning of SQLite's errors
latest_commit                  a note of the latest commit, by which torn files are told
read_connections, index_reader the read side: connections in a read transaction, snapshots of them
  catalogue_reader, rows       heads, passages and versions, row by row
  shelf_snapshot               all that a question needs, in one call
index_database, catalogue      the write side: the only transaction among all processes
indexer                        the only one that writes
  refresh_plan                 the difference between a store and what was read of it
  article_writer               articles written to a catalogue and to an engine
  prepared_articles            their rows, made ready in any process
shelf_index                    both sides together, and the answers while the read side is damaged
repairs                        repairs in a thread of their own, and the index held meanwhile
from_files                     a snapshot made of the articles' files, meanwhile
scanned_files                  the same of those alone that hold a question's words
  searched_files, word_scan    how these are found
copying                        a copy of an index, for changes that are only tried

Finding passages by their terms is `bot.search`; ``bot/search/README.md`` describes the whole.
"""
