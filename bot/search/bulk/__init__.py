"""Indexing much at once, on all cores.

file_indexing  articles' files, into the catalogue and the engine
texts          texts, into a segment alone
inverter       the work of both in each process, up to one segment
"""
