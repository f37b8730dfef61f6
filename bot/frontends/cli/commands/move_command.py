"""``move``: everything that lasts, from files to a database or back."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from bot import config
from bot.frontends.cli.output.terminal import printable, progress_bar
from bot.frontends.data_lock import only_one
from bot.frontends.languages import Language

_NAMED = 5


def move(options: Namespace) -> int:
    """Copy what the target lacks, and check it; exit status 0 if all is there, 1 if something
    differs. Nothing is deleted."""
    language: Language = options.language
    gettext = language.gettext
    settings = config.load(options.config, options.corpus, needs_folder=False)
    from bot.wiring.moving import move as moved

    whole = True
    with only_one(settings.discord.data), progress_bar(gettext("moving")) as progress:
        for part in moved(settings, options.to, replace=options.replace, progress=progress):
            whole = whole and part.is_whole
            line = gettext(
                "{part}: {there} of {total} are there",
                part=part.part,
                there=part.there,
                total=part.total,
            )
            print(printable(line))
            _name(language, gettext("no article, left where it is"), part.unreadable)
            _name(language, gettext("differs there, and was left as it is"), part.differing)
    if whole:
        print(gettext("all is there; nothing was deleted"))
        return 0
    print(gettext("not all is there: --replace writes over what differs"))
    return 1


def _name(language: Language, what: str, found: Sequence[str]) -> None:
    for name in found[:_NAMED]:
        print(printable(f"  {what}: {name}"))
    if len(found) > _NAMED:
        more = language.gettext("{number:,} more", number=len(found) - _NAMED)
        print(printable(f"  {what}: {more}"))
