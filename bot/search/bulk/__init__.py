"""Indexing much at once, on all cores.

files     articles' files, into the catalogue and the engine
texts     texts, into a segment alone
  inverter what both do in each process, and how a segment comes of it
folder    where the files lie that are made meanwhile
"""
