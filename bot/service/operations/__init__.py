"""Running the bot for many: limits on questions, shares of the shards, threads that wait for
servers, and the servers' health.

Nothing here knows an answer, an article or a record.
"""
