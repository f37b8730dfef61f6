"""``add`` and ``remove``: what lies in the corpus."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from bot import wiring
from bot.core.article import Draft
from bot.core.errors import BotError
from bot.frontends.cli import FAULT
from bot.frontends.cli.opening import open_library, read_settings
from bot.frontends.cli.terminal import printable, progress_bar


def add(options: Namespace) -> int:
    """Add files' articles; exit status 0 where all went in or are there already, 2 where a file
    could not be read, the others being added all the same."""
    settings = read_settings(options)
    intake = wiring.intake(settings)
    failed = False
    if options.title and len(options.files) > 1:
        raise BotError("--title goes with one file; add the others on their own")
    with progress_bar("adding") as progress:
        for number, name in enumerate(options.files, 1):
            try:
                drafts = intake.read(Path(name)) if name != "-" else intake.read_text(_stdin())
                if options.title:
                    drafts[0] = _titled(drafts[0], options.title)
                for draft in drafts:
                    outcome = intake.add(draft)
                    print(printable(f"{outcome.kind}: {outcome.place}  “{outcome.head.title}”"))
                    for change in outcome.changes:
                        print(printable(f"  {change}"))
            except BotError as error:
                failed = True
                source = "standard input" if name == "-" else name
                print(
                    f"{options.program}: {printable(source)}: {printable(str(error))}",
                    file=sys.stderr,
                )
            if progress is not None:
                progress(number, len(options.files))
    open_library(options)
    return FAULT if failed else 0


def remove(options: Namespace) -> int:
    """Remove an article's file."""
    settings = read_settings(options)
    place = wiring.corpus_folder(settings).remove(options.slug)
    print(printable(f"removed: {place}"))
    open_library(options)
    return 0


def _stdin() -> bytes:
    return sys.stdin.buffer.read()


def _titled(draft: Draft, title: str) -> Draft:
    return draft._replace(head=draft.head._replace(title=title))
