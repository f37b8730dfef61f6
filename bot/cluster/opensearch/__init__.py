"""OpenSearch, a disposable copy of the articles in which passages are found by many processes.

cluster_client requests to the cluster
  node_requests     requests to its nodes, one after the other
answer_checks  what is wrong with an answer, as an error
documents      articles and passages as documents, and back
layout         the indexes: their mappings, names and aliases
scopes         whose articles are asked: where the scope meets a request
searches       the parts of a request, and what their answers tell
title_searches  searches for articles by their titles
name_searches  searches for which articles hold a question's names
exact_scores   the exact scores of candidates, and the proof that none is missing
exact_searches  searches for the best by exact scores, where that is not proven
preparing      the first request of a question: statistics and candidates
first_answers  its answers, and the ones that serve a query
retrieving     the second: all that it needs, and the best that are missing
inside_articles  passages of single articles, all that hold certain terms
retrieved      the replies to queries, and the error where the articles changed meanwhile
reading        the documents that a question needs and that are still to be read
known_statistics  counts kept from the questions before
known_documents   documents kept from them
gathered_searches   searches of one moment in one request
snapshot       the retrieval seam over an index, to be awaited
blocking       the same for threads that wait
loop_thread    the event loop on which all of this runs
writing        articles put into an index and taken out
generations    the indexes that are asked, and those that are being made
change_reading what changed articles hold now
filling        changes written, some portions at a time
losses         indexes that have lost a part for good
indexing       the indexer, one process at a time
index          the index of one tenant's articles, as the shelves use it
"""
