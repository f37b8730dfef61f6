"""The commands, a function each, which prints its results and returns the exit status.

The chat has a room of its own; how a command line is read is `bot.frontends.cli.parsing`'s.
"""
