"""PostgreSQL, the truth that several processes share: articles, records, locks, and the outbox.

connections    sessions with the server, and what its errors mean
schema         the tables, and the steps from each version of them to the next
outbox         changes of articles in their order, for whatever keeps a copy
locks          what one process among all may do at a time
"""
