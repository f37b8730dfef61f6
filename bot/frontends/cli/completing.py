"""``completion``: a shell's completion, printed."""

from __future__ import annotations

from argparse import Namespace

from bot.frontends.cli.parser import make_parser


def complete(options: Namespace) -> int:
    """Print the script that a shell reads to complete our command line."""
    import shtab

    print(shtab.complete(make_parser(), shell=options.shell))
    return 0
