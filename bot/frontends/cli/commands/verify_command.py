"""``verify`` and ``check``: checks of a citation, and of settings, corpus and index."""

from __future__ import annotations

import select
import stat
import sys
from argparse import Namespace
from collections.abc import Iterator
from itertools import chain
from os import fstat
from pathlib import Path

from bot import config, wiring
from bot.config import Settings
from bot.core.errors import BotError, StorageError
from bot.core.passages.address import parse_address
from bot.core.passages.verification import Difference, Verdict
from bot.frontends.cli.opening import open_service, read_settings, tenant_of, with_temporary_index
from bot.frontends.cli.output.answer_text import taken_for
from bot.frontends.cli.output.terminal import (
    MOST_READ,
    indented,
    is_colourful,
    json_text,
    printable,
    progress_bar,
    style,
    wrapped,
)
from bot.frontends.error_words import in_words
from bot.frontends.languages import Language, mark
from bot.frontends.run_refusals import refusals
from bot.service.presentation.views import verdict_as_json
from bot.wiring import shared_state

_WAIT_SECONDS = 0.2
"""Seconds to wait for an unannounced quotation on standard input."""
_SENTENCES = {
    "identical": mark("identical: the words stand at {address}"),
    "moved": mark("moved: the same words now stand at {address}"),
    "changed": mark("changed: other words stand at {address} now"),
    "gone": mark("gone: nothing stands at {address} any more"),
}


def verify(options: Namespace) -> int:
    """Exit status 0 if the words still stand in the article, 1 if they don't."""
    quotation = (
        sys.stdin.read(MOST_READ) if options.quote == "-" else options.quote or _waiting_quotation()
    )
    service = open_service(options)
    tenant = tenant_of(options)
    address = service.full_address(tenant, options.address)
    if address != parse_address(options.address):
        meant = taken_for(options.address, str(address), options.language)
        print(f"{options.program}: {meant}", file=sys.stderr)
    verdict = service.verify(tenant, str(address), quotation)
    if options.json:
        print(json_text(verdict_as_json(options.address, verdict)))
    else:
        print(_as_text(verdict, options.language))
    return 0 if verdict.holds else 1


def _waiting_quotation() -> str | None:
    """Return the quotation that another program has piped in, or None; does not keep the user
    waiting."""
    try:
        mode = fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError):  # closed, or no file at all
        return None
    if stat.S_ISREG(mode):
        return sys.stdin.read(MOST_READ) or None
    if stat.S_ISFIFO(mode) and select.select([sys.stdin], [], [], _WAIT_SECONDS)[0]:
        return sys.stdin.read(MOST_READ) or None
    return None


def _as_text(verdict: Verdict, language: Language) -> str:
    colour = "green" if verdict.holds else "red"
    address = printable(str(verdict.address))
    said = language.gettext(_SENTENCES[verdict.status], address=address)
    parts = [style(said, "bold", colour)]
    if verdict.differences:
        parts.append(indented(" ".join(map(_difference, verdict.differences))))
    elif verdict.text is not None:
        parts.append(indented(printable(wrapped(verdict.text, 2))))
    return "\n\n".join(parts)


def _difference(difference: Difference) -> str:
    words = printable(difference.words)
    if difference.kind == "same":
        return words
    mark, colour = ("-", "red") if difference.kind == "removed" else ("+", "green")
    if is_colourful(sys.stdout):
        return style(words, colour, "underline" if mark == "+" else "dim")
    return f"[-{words}-]" if mark == "-" else f"{{+{words}+}}"


def check(options: Namespace) -> int:
    """Print every fault of settings, corpus and index, a line each; exit status 1 if there is
    any."""
    language: Language = options.language
    gettext = language.gettext
    wrong_settings = config.faults(options.config, options.corpus)
    for error in wrong_settings:
        print(printable(in_words(error, language=language)))
    if wrong_settings:  # the folders to look into are not known for certain
        return 1
    try:
        settings = read_settings(options)
        for server in shared_state.server_health(settings):
            if server.fault is not None:
                raise server.fault
        refused = list(refusals(settings))
        is_local = settings.search.engine != "opensearch"
        if is_local and not wiring.can_write_index(settings):
            folder = str(wiring.index_folder(settings))
            refused.append(StorageError("index.read_only", folder=folder))
            settings = with_temporary_index(settings)
        library = wiring.library(settings)
        outdated = wiring.renewed_index(settings) if is_local else None
        with progress_bar(gettext("reading articles")) as progress:
            library.refresh(progress)
    except BotError as error:
        print(printable(in_words(error, language=language)))
        return 1
    faults = [*library.faults(), *library.kept_faults()]
    notices = () if settings.storage.postgres else wiring.corpus_folder(settings).notices()
    for fault in chain(faults, notices):
        why = in_words(fault.problem, language=language)
        print(printable(f"{settings.corpus.folder / fault.path}: {why}"))
    for refusal in refused:
        print(printable(in_words(refusal, language=language)))
    entries = library.entries()
    if not faults and not refused:
        for line in _in_order(options, settings, len(entries), outdated):
            print(printable(line))
    if options.answers:
        from bot.frontends.cli.commands.kept_commands import check_answers

        return max(1 if faults or refused else 0, check_answers(options))
    return 1 if faults or refused else 0


def _in_order(
    options: Namespace, settings: Settings, articles: int, outdated: str | None
) -> Iterator[str]:
    """Yield lines about what the settings put to use; ``outdated`` is the fingerprint of an index
    that was made anew."""
    language: Language = options.language
    gettext = language.gettext
    source = options.config
    if source is None:
        source = config.FILE if Path(config.FILE).exists() else gettext("the defaults")
    yield gettext("settings: {source}", source=source)
    if settings.storage.postgres:
        yield from _servers(settings, language, articles)
    else:
        yield language.ngettext(
            "corpus: {folder}, {number:,} article, no faults",
            "corpus: {folder}, {number:,} articles, no faults",
            articles,
            folder=settings.corpus.folder,
        )
    if settings.search.engine == "opensearch":
        return
    index = wiring.index_folder(settings)
    if outdated is None:
        yield gettext("index: {folder}, in order", folder=index)
    else:
        yield gettext(
            "index: {folder}, made with {fingerprint}, and now made anew",
            folder=index,
            fingerprint=outdated,
        )
    is_there, where = wiring.compiled_kernel()
    if is_there:
        yield gettext("kernel: {path}", path=where)
    else:
        yield gettext(
            "kernel: none in use ({why}), so that large indexes are searched slowly; installing "
            "the program again compiles it, and pip's -v shows why where it does not",
            why=where,
        )


def _servers(settings: Settings, language: Language, articles: int) -> Iterator[str]:
    """Yield the state of the servers that hold the articles and find them."""
    for server in shared_state.server_health(settings):
        if server.kind == "storage":
            yield language.ngettext(
                "storage: PostgreSQL at {location}, {state}, {number:,} article, no faults",
                "storage: PostgreSQL at {location}, {state}, {number:,} articles, no faults",
                articles,
                location=server.location,
                state=server.state,
            )
        else:
            yield language.ngettext(
                "search: OpenSearch at {location}, {state}, {number:,} change behind",
                "search: OpenSearch at {location}, {state}, {number:,} changes behind",
                server.behind,
                location=server.location,
                state=server.state,
            )
