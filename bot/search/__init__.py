"""Finding passages: the index folder, and the engines behind `bot.core.seams.SearchEngine`.

database, catalogue      the index folder's SQLite file, and what was read off the articles
bulk, bulk_texts         many files or texts indexed on all cores
  processes, workers     the processes that do so
rank_bm25_engine         the engine that leaves the work to the library
bm25                     our engine: what is put, removed and committed
  tables, maintenance    what it keeps in the database; segments written and merged
  snapshot, live, recent all it holds at one moment, and how that is asked
  segment                one segment's format, and how it is read
  vocabulary, building, run_file   what terms texts have, inverted
  segment_writer, joining   how a segment is written, of postings from several sources
  merging, merge_policy  segments as such sources; which of them are to become one
  vector, accumulators   a segment's best passages, in numpy
  plain                  the same for a process's first question, without numpy
  scoring, impacts       the formula, and what of it postings keep
"""
