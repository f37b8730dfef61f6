"""Processes, bounded in time and memory, in which files from outside are read."""
