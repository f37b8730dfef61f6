"""What every command does first: settings, library, and the files that are no articles."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot import config, wiring
from bot.config import Settings
from bot.core.library import Library
from bot.frontends.cli.terminal import printable, progress_bar

if TYPE_CHECKING:
    from argparse import Namespace

_FAULTS_SHOWN = 5


def read_settings(options: Namespace) -> Settings:
    """The settings that the command line names, its own options over those of the file."""
    return config.load(options.config, options.corpus)


def open_library(options: Namespace) -> Library:
    """The library, as the articles' files are now; files that are no articles are named on
    standard error."""
    settings = _with_index(options.program, read_settings(options))
    library = wiring.library(settings, getattr(options, "server", None))
    with progress_bar("reading articles") as progress:
        library.refresh(progress)
    faults = library.faults()
    for fault in faults[:_FAULTS_SHOWN]:
        line = printable(f"{settings.corpus.folder / fault.path}: {fault.reason}")
        print(f"{options.program}: skipped {line}", file=sys.stderr)
    if len(faults) > _FAULTS_SHOWN:
        more = len(faults) - _FAULTS_SHOWN
        print(f"{options.program}: skipped {more} more files; `check` names them", file=sys.stderr)
    return library


def _with_index(program: str, settings: Settings) -> Settings:
    """The settings, with an index in a temporary folder where theirs cannot be written: whoever
    may only read still gets an answer."""
    if wiring.can_write_index(settings):
        return settings
    import atexit
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="articlebot-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    line = printable(f"{wiring.index_folder(settings)}: the index cannot be written here")
    print(
        f"{program}: {line}; it is made anew each time, until [search] cache names a "
        "folder that can",
        file=sys.stderr,
    )
    return settings._replace(search=settings.search._replace(cache=folder))


def how_to_begin(settings: Settings) -> str:
    """What to say where there are no articles yet."""
    return (
        f"{settings.corpus.folder} holds no articles yet: put a .md or .txt file there, "
        "or run `articlebot add FILE`"
    )
