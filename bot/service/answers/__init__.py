"""Answering: the one place that makes an answer, and finds one again, for threads and event loops.

What becomes of an answer afterwards, votes and kept passages, is `bot.service.learning`'s; which
articles may be asked is `bot.service.shelves`'.
"""
