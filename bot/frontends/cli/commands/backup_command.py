"""``backup`` and ``restore``: everything that cannot be rebuilt, in one file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from bot import config
from bot.config import Settings
from bot.core.errors import StorageError
from bot.frontends import archive, archive_restoring
from bot.frontends.cli.opening import read_settings
from bot.frontends.cli.output.terminal import printable
from bot.wiring import incoming, shared_state


def backup(options: Namespace) -> int:
    """Write an archive; the bot may run meanwhile."""
    made = archive.back_up(
        _parts(_of_files(read_settings(options))), options.file, force=options.force
    )
    line = options.language.ngettext(
        "{path}: {number:,} file, {bytes:,} bytes before compression",
        "{path}: {number:,} files, {bytes:,} bytes before compression",
        made.files,
        path=options.file,
        bytes=made.bytes,
    )
    print(printable(line))
    return 0


def restore(options: Namespace) -> int:
    """Put an archive's files at the paths in the settings."""
    from bot.frontends.data_lock import only_one

    settings = _of_files(config.load(options.config, options.corpus, needs_folder=False))
    with only_one(settings.discord.data):
        found = archive_restoring.restore(options.file, _parts(settings), force=options.force)
    line = options.language.ngettext(
        "{path}: {number:,} file restored, as it was at {made} (articlebot {version}); "
        "the index is made anew at the first start",
        "{path}: {number:,} files restored, as they were at {made} (articlebot {version}); "
        "the index is made anew at the first start",
        found.files,
        path=options.file,
        made=options.language.moment(found.made),
        version=found.version,
    )
    print(printable(line))
    return 0


def _of_files(settings: Settings) -> Settings:
    """Return the settings; raises `StorageError` if what has to be kept is in no files."""
    location = shared_state.database_location(settings)
    if location:
        raise StorageError("back_up.database", location=location)
    return settings


def _parts(settings: Settings) -> dict[str, Path]:
    return {
        "corpus": settings.corpus.folder,
        "data": settings.discord.data,
        "state/feeds.json": incoming.feed_state(settings).path,
    }
