"""The stream of events: what happened, who is told of it, and the log, which is one that is told.

What else hangs on it, metrics and learning, lives where its data is used.
"""
