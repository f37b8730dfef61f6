"""Segments: files of postings that never change. Nothing here knows the database.

impacts                  what of a posting's score is kept
vocabulary, building     what terms texts have, inverted
  chunks                 what stands for each stretch between white space
  run_file               what is inverted so far, where memory is full
segment_format           the format of a segment's file
segment                  a segment as it is read
  segment_bytes          its bytes, and what was read of them lately
segment_writer           writing one
  term_layout            postings in the format of the file
  joining, merging       of postings from several sources; of segments
    article_table        their articles and passages in order
    posting_streams      the postings of one frequent term in order
    saved_laid           postings handed from one process to another
  scratch                files for what would take too much memory
searching                a segment's best passages, in some ranges of them
  compiled, plain        by the kernel, and where there is none
"""
