"""Indexing much at once, on all cores.

files     articles' files, into the catalogue and the engine
texts     texts, into the engine alone
  workers the processes that do so
folder    where the files lie that are made meanwhile
"""
