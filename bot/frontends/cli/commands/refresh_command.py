"""``refresh``: fetch linked articles again, and show what changed before it goes live."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack
from difflib import SequenceMatcher

from bot import wiring
from bot.core.article import Article, Draft
from bot.core.errors import AddressError, BotError
from bot.frontends.cli.commands.preview import (
    PREVIEW,
    AnswerPreview,
    answer_preview,
    questions_to_ask,
)
from bot.frontends.cli.ending import FAULT
from bot.frontends.cli.opening import open_service, read_settings
from bot.frontends.cli.output.terminal import agrees, printable, style
from bot.frontends.error_words import in_words
from bot.frontends.languages import Language
from bot.service.answers.answering import Answering
from bot.service.tenants import EVERYONE
from bot.wiring import incoming, outside


def refresh(options: Namespace) -> int:
    """Fetch again the articles of these slugs, or all that have a link; exit status 0 if all could
    be fetched, 2 else. What changed is shown, with the answers that change, and saved where the
    user agrees or --yes says so. With --preview nothing is saved, and the status is 1 where an
    answer that is kept would be lost."""
    language: Language = options.language
    gettext = language.gettext
    settings = read_settings(options)
    service = open_service(options)
    library = service.shelves.library(EVERYONE)
    named = [service.resolve(EVERYONE, text).slug for text in options.slugs]
    linked = {entry.slug for entry in library.entries() if entry.head.url}
    for slug in named:
        if slug not in linked:
            raise AddressError("refresh.no_link", slug=slug)
    slugs = named or sorted(
        entry.slug for entry in library.entries() if entry.head.url and entry.head.fetched
    )
    if not slugs:
        print(gettext("nothing to fetch again: no article was added from a link"))
        return 0
    if options.preview:
        print(gettext(PREVIEW))
    articles = [library.article(slug) for slug in slugs]
    intake = outside.intake(settings, wiring.article_store(settings))
    links = [article.head.url or "" for article in articles]
    found = asyncio.run(incoming.fetch_again(settings, links, intake))
    failed = is_loss = False
    with ExitStack() as stack:
        saving = _Saving(options, service, stack)
        for article, draft in zip(articles, found, strict=True):
            slug = printable(article.slug)
            if isinstance(draft, BotError):
                failed = True
                line = f"{options.program}: {slug}: {printable(in_words(draft, language=language))}"
                print(line, file=sys.stderr)
                continue
            changes = list(paragraph_changes(article, intake.as_article(article.slug, draft)))
            if not changes:
                print(gettext("unchanged: {slug}", slug=slug))
                continue
            print(gettext("changed: {slug}", slug=slug))
            for mark, text in changes:
                colour = {"+": "green", "-": "red"}[mark]
                print(style(printable(f"  {mark} {text}".replace("\n", "\n    ")), colour))
            head = draft.head._replace(url=article.head.url)
            is_loss |= saving.handle(article.slug, draft._replace(head=head))
    if options.preview:
        return FAULT if failed else int(is_loss)
    library.refresh()
    return FAULT if failed else 0


class _Saving:
    """Shows what an article that changed would do to the answers, and saves it where the user
    agrees."""

    def __init__(self, options: Namespace, service: Answering, stack: ExitStack) -> None:
        """``stack`` closes the preview, which is made for the first article."""
        self._options = options
        self._language: Language = options.language
        self._service = service
        self._stack = stack
        self._store = wiring.article_store(read_settings(options))
        self._preview: AnswerPreview | None = None
        self._is_tried = False

    def handle(self, slug: str, draft: Draft) -> bool:
        """Handle one article; return whether it would lose an answer that is kept."""
        gettext, options = self._language.gettext, self._options
        preview, is_loss = self._opened(), False
        if preview is not None:
            preview.store.save(slug, draft)
            is_loss = preview.show()
        if not options.preview:
            saves = options.yes or agrees(gettext("Save it?"))
            if saves:
                self._store.save(slug, draft)
                said = gettext("saved: {slug}; what was cited of it verifies as changed", slug=slug)
            else:
                said = gettext("left as it was: {slug}; --yes saves it", slug=slug)
            print(printable(said))
            if preview is not None and not saves:
                preview.discard(slug)
                return is_loss
        if preview is not None:
            preview.accept()
        return is_loss

    def _opened(self) -> AnswerPreview | None:
        """Return the preview; None where there is no answer to compare, unless it was asked for."""
        if not self._is_tried:
            self._is_tried = True
            trials = questions_to_ask(self._options, self._service)
            if trials or self._options.preview:
                opening = answer_preview(self._options, self._service, trials)
                self._preview = self._stack.enter_context(opening)
        return self._preview


def paragraph_changes(old: Article, new: Article) -> Iterator[tuple[str, str]]:
    """The paragraphs that are gone (``-``) and that are new (``+``), in order; a changed one is
    both, one after the other."""
    before = [old.text[span.start : span.end] for span in old.paragraphs]
    after = [new.text[span.start : span.end] for span in new.paragraphs]
    for kind, a, b, c, d in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, come = before[a:b], after[c:d]
        for number in range(max(len(gone), len(come))):
            if number < len(gone):
                yield "-", gone[number]
            if number < len(come):
                yield "+", come[number]
