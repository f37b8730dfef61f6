"""Finding passages: the index folder, and the engines behind `bot.core.seams.SearchEngine`.

database, catalogue      the index folder's SQLite file, and what was read off the articles
rank_bm25_engine         the engine that leaves the work to the library
bm25                     our engine: what is put, removed and committed
  tables, maintenance    what it keeps in the database; segments written and merged
  merge_policy           which segments are to become one
  snapshot, live, recent all it holds at one moment, and how that is asked
segments/                one segment: made of texts, written, merged, and asked
kernel/                  the part in C
bulk/                    many files or texts indexed on all cores
processes                processes that work for another one, and end with it
"""
