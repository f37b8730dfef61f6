"""Finding passages: the engines behind `bot.core.seams.SearchEngine`. See README.md.

rank_bm25_engine         the engine that leaves the work to the library
reader                   our engine as questions read it, at the moment of a transaction
  snapshot, live, recent all it holds at one moment, and how that is asked
bm25                     our engine as the indexer writes it: what is put, removed and committed
  tables, maintenance    what it keeps in the database; segments written, merged and swept
  merge_policy           which segments are to become one
segments/                one segment: made of texts, written, merged, and asked
kernel/                  the part in C
bulk/                    many files or texts indexed on all cores
processes                processes that work for another one, and end with it
"""
