"""``add`` and ``remove``: changes of the corpus."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence, Set
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from typing import cast

from bot import wiring
from bot.core.adding import AddedArticle, CollectedSource
from bot.core.errors import ArticleError, BotError, Problem
from bot.core.library import Library
from bot.core.seams import Progress
from bot.frontends.cli.commands.preview import PREVIEW, AnswerPreview, answer_preview
from bot.frontends.cli.ending import FAULT, INTERRUPTED
from bot.frontends.cli.opening import open_library, open_service, read_settings
from bot.frontends.cli.output.answer_text import taken_for
from bot.frontends.cli.output.difference_text import difference_text
from bot.frontends.cli.output.terminal import agrees, can_ask, printable, progress_bar
from bot.frontends.error_words import in_words
from bot.frontends.languages import Language, mark
from bot.service.tenants import EVERYONE
from bot.wiring import incoming, outside

_TOLD_ONE_BY_ONE = 20
"""Number of articles above which only the sum and the failures are reported."""


_NAMED = 3
"""Number of files that are named where some of many cannot be read."""


_REASONS = {
    "the same link": mark("it has the same link"),
    "the same original": mark("it has the same original"),
    "the original's words": mark("it has the original's words"),
    "the same text for the most part": mark("it has the same text for the most part"),
}
"""The reason why an article took another's place; see `bot.sources.corpus.same_article`."""
_KINDS = {
    "added": mark("added: {location}  “{title}”"),
    "known": mark("known: {location}  “{title}”"),
    "replaced": mark("replaced: {location}  “{title}”"),
}


def is_link(name: str) -> bool:
    """Return whether an argument of the command line is a link rather than a file."""
    scheme, mark, _ = name.partition("://")
    return bool(mark) and scheme.isalpha()


def add(options: Namespace) -> int:
    """Add the articles of files, folders and links; exit status 0 if all went in or are there
    already, 2 where one could not be read, the others being added all the same, 130 where it was
    interrupted, what was added being left. With --preview nothing is saved, and the status is 1
    where an answer that is kept would be lost."""
    if not (options.files or options.feed):
        raise BotError("add.nothing")
    if options.title and (
        len(options.files) != 1 or options.feed or Path(options.files[0]).is_dir()
    ):
        raise BotError("add.title_of_several")
    if options.preview:
        return _preview(options)
    adding = _Adding(options)
    status = adding.run()
    if status != INTERRUPTED:  # a user who interrupts does not want to wait for the index either
        adding.tell_near_duplicates(open_library(options))
    return status


def _preview(options: Namespace) -> int:
    with answer_preview(options, open_service(options)) as preview:
        print(options.language.gettext(PREVIEW))
        adding = _Adding(options, preview)
        status = adding.run()
        if status == INTERRUPTED:
            return status
        adding.tell_near_duplicates(preview.library())
        is_loss = preview.show()
    return status or int(is_loss)


class _Adding:
    """One call of ``add``: its results, reported as it goes and in sum."""

    def __init__(self, options: Namespace, preview: AnswerPreview | None = None) -> None:
        """With ``preview``, the articles are added to its store."""
        self._options = options
        self._language: Language = options.language
        self._settings = read_settings(options)
        self._tried_in = None if preview is None else preview.folder
        self._store = wiring.article_store(self._settings) if preview is None else preview.store
        self._intake = outside.intake(self._settings, self._store)
        self._counts: Counter[str] = Counter()
        self._collector = incoming.collector(self._settings, self._intake)
        self._known: Set[str] = frozenset()
        self._added: list[str] = []
        self._brief = False
        self._beside = 0

    def run(self) -> int:
        """Add everything; the exit status."""
        links = [name for name in self._options.files if is_link(name)]
        paths: list[Path] = []
        for path in (Path(name) for name in self._options.files if not is_link(name)):
            paths += self._files_in(path) if path.is_dir() else [path]
        self._brief = len(paths) + len(links) > _TOLD_ONE_BY_ONE
        if self._brief:
            # files that an interrupted run added before are skipped by their bytes
            entries = open_library(self._options).entries()
            self._known = {entry.head.sha256 for entry in entries if entry.head.sha256}
        interrupted = False
        with progress_bar(self._language.gettext("adding")) as progress, self._store.holding():
            try:
                self._add_files(paths, progress)
                if links:
                    asyncio.run(self._add_links(links, progress))
                if self._options.feed:
                    asyncio.run(self._add_feeds(self._options.feed))
            except KeyboardInterrupt:
                interrupted = True
        self._sum_up(interrupted)
        if interrupted:
            return INTERRUPTED
        return FAULT if self._counts["failed"] else 0

    def _files_in(self, folder: Path) -> list[Path]:
        """Return the files of a folder that can be read; print what is left out, or why there are
        none."""
        found = self._collector.files_in(folder)
        for link in found.outside:
            self._fail(str(link), ArticleError("file.leads_out_of_added"))
        if not found.readable and (found.others or not found.outside):
            self._fail(str(folder), _nothing_in(found.others, self._collector.kinds))
        elif found.others:
            print(printable(_left_out(found.others, self._language)))
        return found.readable

    def _add_files(self, paths: Sequence[Path], progress: Progress | None) -> None:
        together = self._store.together() if self._brief else nullcontext()
        found = self._collector.read_files(paths, self._known, sys.stdin.buffer.read)
        with together, closing(found):
            for number, collected in enumerate(found, 1):
                self._take(collected)
                if progress is not None:
                    progress(number, len(paths))

    async def _add_links(self, links: Sequence[str], progress: Progress | None) -> None:
        number = 0
        async for collected in self._collector.read_links(links):
            # in another thread, for the other links are being fetched meanwhile
            await asyncio.to_thread(self._take, collected)
            number += 1
            if progress is not None:
                progress(number, len(links))

    async def _add_feeds(self, feeds: Sequence[str]) -> None:
        async for feed, found in incoming.ask_feeds(
            self._settings, feeds, self._intake, self._tried_in
        ):
            for link, outcomes, fault in found:
                if fault is not None:
                    if fault.code == "feed.never_worked":  # it has only just been named
                        fault = cast(Problem, fault.data["problem"])
                    self._fail(link, ArticleError.of(fault))
                for outcome in outcomes:
                    self._tell(outcome)
            if not found:
                print(printable(self._language.gettext("nothing new: {feed}", feed=feed)))

    def _take(self, collected: CollectedSource) -> None:
        """Add the articles of one source."""
        if collected.error is not None:
            self._fail(collected.source, collected.error)
        elif collected.drafts is None:
            self._counts["known"] += 1
        else:
            drafts = list(collected.drafts)
            try:
                if self._options.title:
                    drafts[0] = self._intake.retitled(drafts[0], self._options.title)
                for draft in drafts:
                    self._tell(self._intake.add(draft))
            except BotError as error:
                self._fail(collected.source, error)

    def tell_near_duplicates(self, library: Library) -> None:
        """Report the added articles of which near-duplicates are there already."""
        if self._brief:
            found = library.near_duplicates_among(set(self._added))
        else:
            found = {slug: near for slug in self._added if (near := library.near_duplicates(slug))}
        told: set[str] = set()
        for slug, near in list(found.items())[:_TOLD_ONE_BY_ONE]:
            others = [other for other in near if other not in told or slug not in found[other]]
            told.add(slug)
            if not others:
                continue  # that two added together are nearly the same is said once
            line = self._language.gettext(
                "nearly the same: {slug} and {others}", slug=slug, others=", ".join(others)
            )
            print(printable(line))
        if len(found) > _TOLD_ONE_BY_ONE:
            print(
                self._language.ngettext(
                    "nearly the same as others in all: {number:,} article",
                    "nearly the same as others in all: {number:,} articles",
                    len(found),
                )
            )

    def _tell(self, outcome: AddedArticle) -> None:
        self._counts[outcome.kind] += 1
        self._beside += bool(outcome.beside)
        if outcome.kind != "known":
            self._added.append(outcome.slug)
        if self._brief:
            return
        gettext = self._language.gettext
        line = gettext(_KINDS[outcome.kind], location=outcome.location, title=outcome.head.title)
        if outcome.beside:
            beside = gettext("beside {slug}, another article of that name", slug=outcome.beside)
            line = f"{line} ({beside})"
        elif outcome.reason:
            line = f"{line} ({gettext(_REASONS[outcome.reason])})"
        print(printable(line))
        for change in outcome.changes:
            print(printable(f"  {difference_text(change, self._language)}"))

    def _fail(self, source: str, error: BotError) -> None:
        self._counts["failed"] += 1
        line = in_words(error, language=self._language)
        if not line.startswith((f"{source}: ", f"{source[:100]!a}: ")):
            line = f"{source}: {line}"
        print(f"{self._options.program}: {printable(line)}", file=sys.stderr)

    def _sum_up(self, interrupted: bool) -> None:
        if not (self._brief or interrupted):
            return
        gettext = self._language.gettext
        done = gettext(
            "added {added:,}, replaced {replaced:,}, known {known:,}, failed {failed:,}",
            **{name: self._counts[name] for name in ("added", "replaced", "known", "failed")},
        )
        if self._beside:
            beside = gettext("beside another article of its name: {number:,}", number=self._beside)
            done = f"{done}; {beside}"
        print(f"{gettext('interrupted')}; {done}" if interrupted else done)


def remove(options: Namespace) -> int:
    """Remove an article's file; exit status 0 if it is gone, 1 if the user at a terminal does not
    agree. With --preview nothing is removed, and the status is 1 where an answer that is kept would
    be lost."""
    settings = read_settings(options)
    store = wiring.article_store(settings)
    slug = options.slug
    if slug not in store.list({slug}).versions:  # a file that is no article has a slug too
        asks = options.preview or can_ask()
        meant = partial(open_service(options).resolve, EVERYONE, slug)
        # unless somebody is asked, nothing is guessed; without --yes, no part will do
        slug = meant(guess=asks and not options.yes, part=asks or options.yes).slug
    gettext = options.language.gettext
    if options.preview:
        with answer_preview(options, open_service(options)) as preview:
            print(gettext(PREVIEW))
            preview.store.remove(slug)
            return int(preview.show())
    asked = gettext("Remove {slug}? It cannot be undone.", slug=printable(slug))
    if not options.yes and agrees(asked) is False:
        print(gettext("left as it was: {slug}", slug=printable(slug)))
        return 1
    if slug != options.slug:
        taken = taken_for(options.slug, slug, options.language)
        print(f"{options.program}: {taken}", file=sys.stderr)
    location = store.remove(slug)
    print(printable(gettext("removed: {location}", location=location)))
    open_library(options)
    return 0


def _left_out(others: Sequence[Path], language: Language) -> str:
    """Return the line that names the files of a folder whose kinds are not read."""
    named = ", ".join(path.name for path in others[:_NAMED])
    more = len(others) - _NAMED
    if more <= 0:
        return language.gettext("left out, of kinds that are not read: {files}", files=named)
    return language.gettext(
        "left out, of kinds that are not read: {files} and {more:,} more", files=named, more=more
    )


def _nothing_in(others: Sequence[Path], kinds: Sequence[str]) -> ArticleError:
    """Return the error of a folder that holds no file of these kinds, which can be read."""
    if not others:
        return ArticleError("folder.empty")
    named = tuple(path.name for path in others[:_NAMED])
    if len(others) <= _NAMED:
        return ArticleError("folder.no_kind", files=named, kinds=tuple(kinds))
    more = len(others) - _NAMED
    return ArticleError("folder.no_kind_of_many", files=named, more=more, kinds=tuple(kinds))
