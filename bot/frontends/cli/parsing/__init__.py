"""The command line's grammar: the table of commands, the types of their arguments, and argparse in
the reader's language.

What a command does is `bot.frontends.cli.commands`'.
"""
