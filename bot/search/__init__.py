"""Finding passages: the engines behind `bot.core.seams.SearchEngine`. See README.md.

rank_bm25_engine         the engine that leaves the work to the library
engine_reader            our engine as questions read it, at the moment of a transaction
  engine_snapshot        all that it holds at one moment, and the search in it
  live, recent           a segment without removed articles; an article of the log
bm25                     our engine as the indexer writes it: put, removed and committed articles
  tables                 the tables as they are written
  maintenance            segments written, merged and swept
  merge_policy           the choice of the segments to merge
compiled_grams           a question's character n-grams, looked for by the kernel
compiled_terms           its terms, found and weighed by the kernel
segments/                one segment: made of texts, written, merged, and asked
kernel/                  the part in C
bulk/                    many files or texts indexed on all cores
process_pool             worker processes, which end with the one that started them
"""
