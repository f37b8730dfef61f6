"""``move``: everything that lasts, from files to a database or back."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from bot import config
from bot.frontends.cli.terminal import printable, progress_bar
from bot.frontends.data_lock import only_one

_NAMED = 5


def move(options: Namespace) -> int:
    """Copy what the target lacks, and check it; exit status 0 if all is there, 1 if something
    differs. Nothing is deleted."""
    settings = config.load(options.config, options.corpus, needs_folder=False)
    from bot.wiring.moving import move as moved

    whole = True
    with only_one(settings.discord.data), progress_bar("moving") as progress:
        for part in moved(settings, options.to, replace=options.replace, progress=progress):
            whole = whole and part.is_whole
            print(printable(f"{part.part}: {part.there:,} of {part.total:,} are there"))
            _name("no article, left where it is", part.unreadable)
            _name("differs there, and was left as it is", part.differing)
    if whole:
        print("all is there; nothing was deleted")
        return 0
    print("not all is there: --replace writes over what differs")
    return 1


def _name(what: str, found: Sequence[str]) -> None:
    for name in found[:_NAMED]:
        print(printable(f"  {what}: {name}"))
    if len(found) > _NAMED:
        print(f"  {what}: {len(found) - _NAMED:,} more")
