"""Segments: files of postings that never change. Nothing here knows the database.

scoring, impacts         the formula, and what of it postings keep
vocabulary, building     what terms texts have, inverted
  run_file               what is inverted so far, where memory is full
segment                  the format, and how it is read
segment_writer           how it is written
  joining, merging       of postings from several sources; of segments
vector, accumulators     a segment's best passages, in numpy
  entries                of postings as numpy takes them, kept
plain                    the same for a process's first question, without it
"""
