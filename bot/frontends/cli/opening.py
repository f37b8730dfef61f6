"""The first steps of every command: settings, library, and the files that are no articles."""

from __future__ import annotations

import sys
import threading

from bot import config, wiring
from bot.config import Settings
from bot.core.errors import StorageError, UnfinishedIndexError, UnreachableError
from bot.core.library import Library
from bot.core.light_typing import TYPE_CHECKING
from bot.frontends.cli.output.terminal import printable, progress_bar
from bot.service.tenants import EVERYONE, discord_server

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from bot.core.seams import Fault, Progress
    from bot.frontends.languages import Language
    from bot.service.answers.answering import Answering
    from bot.service.tenants import Tenant

PATIENCE = 3.0
"""Seconds to wait for another process that writes to the index; and that a question waits for its
own."""


def read_settings(options: Namespace) -> Settings:
    """Return the settings that the command line names, its own options over those of the file,
    which is read once: it may be a pipe, or change meanwhile."""
    settings: Settings | None = getattr(options, "settings", None)
    if settings is None:
        settings = options.settings = config.load(options.config, options.corpus)
    return settings


def tenant_of(options: Namespace) -> Tenant:
    """Return the tenant for which a command runs: everyone, or with ``--server`` that server."""
    server = getattr(options, "server", None)
    return EVERYONE if server is None else discord_server(server)


def open_library(options: Namespace) -> Library:
    """Return the library of the tenant that the command line names; see `open_service`."""
    return open_service(options).shelves.library(tenant_of(options))


def open_service(options: Namespace, seconds: float | None = None) -> Answering:
    """Return the service, with the articles' files as they are now; a file that is no article is
    named on standard error, several are counted. Where it takes longer than so many seconds to
    bring an index on disk up to date, that is said, and the files are read instead."""
    settings = read_settings(options)
    language: Language = options.language
    service = wiring.answering(settings, patience=PATIENCE)
    try:
        library = _refreshed(service, options, seconds)
    except UnreachableError:
        raise
    except StorageError as error:
        if settings.search.engine == "opensearch":
            raise
        if wiring.can_write_index(settings):
            library = _read_files_instead(service, options, error)
        else:
            settings = _with_index_elsewhere(options.program, settings, language)
            service = wiring.answering(settings, patience=PATIENCE)
            library = _refreshed(service, options)
    faults = library.faults()
    if faults:
        _name_faults(options, settings, faults)
    return service


def take_up_changes(service: Answering, options: Namespace) -> None:
    """Bring an opened service's index up to date, within `PATIENCE`; else the files are read, as by
    `open_service`."""
    try:
        _refreshed(service, options, PATIENCE)
    except UnreachableError:
        raise
    except StorageError as error:
        if read_settings(options).search.engine == "opensearch":
            raise
        _read_files_instead(service, options, error)


def _read_files_instead(service: Answering, options: Namespace, error: StorageError) -> Library:
    """Say that the index is not up to date, and why, and let questions do without."""
    from bot.frontends.error_words import in_words  # seldom needed

    language: Language = options.language
    line = language.gettext(
        "{error}; until then the articles' files are read each time",
        error=in_words(error, language=language),
    )
    print(f"{options.program}: {printable(line)}", file=sys.stderr)
    library = service.shelves.existing_library(tenant_of(options))
    library.fall_behind()
    return library


def _name_faults(options: Namespace, settings: Settings, faults: Sequence[Fault]) -> None:
    from bot.frontends.error_words import in_words  # few folders have faults

    language: Language = options.language
    if len(faults) == 1:
        path, why = settings.corpus.folder / faults[0].path, faults[0].problem
        line = language.gettext(
            "skipped {path}: {why}", path=path, why=in_words(why, language=language)
        )
    else:
        line = language.ngettext(
            "skipped {number:,} file; `check` names it",
            "skipped {number:,} files; `check` names them",
            len(faults),
        )
    print(f"{options.program}: {printable(line)}", file=sys.stderr)


def _refreshed(service: Answering, options: Namespace, seconds: float | None = None) -> Library:
    library = service.shelves.existing_library(tenant_of(options))
    with progress_bar(options.language.gettext("reading articles")) as progress:
        settings = read_settings(options)
        if seconds is None or settings.search.engine == "opensearch":
            library.refresh(progress)  # a cluster has time limits of its own
        else:
            folder = wiring.index_folder(settings)
            late = UnfinishedIndexError("index.unfinished", folder=str(folder))
            refresh_within(seconds, library.refresh, progress, late)
    return library


def refresh_within(
    seconds: float,
    refresh: Callable[[Progress], object],
    progress: Progress | None,
    late: StorageError,
) -> None:
    """Wait for a refresh to end, and raise what it does; raise ``late`` after so many seconds. Then
    it stops after the article that it reads; what was read is kept, and the next command goes on
    with it."""
    ended, is_late = threading.Event(), threading.Event()
    raised: list[BaseException] = []

    def tell(done: int, total: int) -> None:
        if is_late.is_set():
            raise late
        if progress is not None:
            progress(done, total)

    def work() -> None:
        try:
            refresh(tell)
        except BaseException as error:  # noqa: BLE001 - it is raised in the thread that waits
            raised.append(error)
        ended.set()

    threading.Thread(target=work, name="refresh", daemon=True).start()
    if not ended.wait(seconds):
        is_late.set()
        raise late
    if raised:
        raise raised[0]


def _with_index_elsewhere(program: str, settings: Settings, language: Language) -> Settings:
    """Say that the index cannot be written where the settings want it, and return them with one
    elsewhere: a user who may only read still gets an answer."""
    line = language.gettext(
        "{folder}: the index cannot be written here; it is made anew each time, until [search] "
        "cache names a folder that can",
        folder=wiring.index_folder(settings),
    )
    print(f"{program}: {printable(line)}", file=sys.stderr)
    return with_temporary_index(settings)


def with_temporary_index(settings: Settings) -> Settings:
    """Return the settings with an index in a temporary folder, which is deleted at exit."""
    import atexit
    from contextlib import ExitStack

    from bot.frontends.cli.ending import end_in_order
    from bot.wiring.temporary_folders import temporary_folder

    end_in_order()
    until_the_end = ExitStack()
    atexit.register(until_the_end.close)
    folder = until_the_end.enter_context(temporary_folder("articlebot-index-"))
    return settings._replace(search=settings.search._replace(cache=folder))


def how_to_begin(settings: Settings, language: Language) -> str:
    """Return the advice to show while there are no articles yet."""
    if settings.storage.postgres:
        return language.gettext("the database holds no articles yet: run `articlebot add FILE`")
    return language.gettext(
        "{folder} holds no articles yet: put a .md or .txt file there, or run `articlebot add "
        "FILE`",
        folder=settings.corpus.folder,
    )
