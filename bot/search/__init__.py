"""Finding passages: the index folder, and the engines behind `bot.core.seams.SearchEngine`.

database, catalogue      the index folder's SQLite file, and what was read off the articles
rank_bm25_engine         the engine that leaves the work to the library
bm25                     our engine: what is put, removed and committed
  tables, maintenance    what it keeps in the database; segments written and merged
  snapshot, live, recent all it holds at one moment, and how that is asked
  segment                one segment's format, and how it is read
  segment_writer, building, merging   how a segment comes about
  maxscore               which postings matter, decided over an `Arithmetic`:
  plain, vector          in plain Python for a process's first question, in numpy for the rest
  scoring                the formula
"""
