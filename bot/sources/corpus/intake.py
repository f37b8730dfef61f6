"""The intake: from a path to articles in a store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

from bot.core.adding import AddedArticle
from bot.core.article import Article, Draft, Version
from bot.core.errors import ArticleError
from bot.core.seams import ArticleStore
from bot.sources.corpus.folder import FileReader, check_size, read_regular_file
from bot.sources.corpus.slugs import add, replaced_by
from bot.sources.formats.data_kinds import refuse_data
from bot.sources.formats.file_reading import decode, name_by_content, read_file
from bot.sources.formats.head_fields import clean
from bot.sources.formats.kinds import SUFFIXES
from bot.sources.formats.markdown import article_of

_LONGEST_TITLE = 80


class Intake:
    """Reads files from anywhere and adds their articles to one store."""

    def __init__(
        self, store: ArticleStore, largest_file: int, reader: FileReader = read_file
    ) -> None:
        """``largest_file`` is in bytes; ``reader`` reads a file's bytes by its name."""
        self._store = store
        self._reader = reader
        self._largest_file = largest_file
        self._fresh: set[str] = set()

    def read(self, path: Path) -> list[Draft]:
        """Return the articles in a file; raises `ArticleError` if it holds none."""
        return self.read_bytes(self.load(path), path.name)

    def load(self, path: Path) -> bytes:
        """Return a file's bytes; raises `ArticleError` if it is no regular file, or too large."""
        return read_regular_file(path, self._largest_file)

    def load_stream(self, read: Callable[[int], bytes]) -> bytes:
        """Return what a stream holds, which may have no end; ``read`` returns at most so many
        bytes. Raises `ArticleError` if it is too large."""
        data = read(self._largest_file + 1)
        check_size(len(data), self._largest_file)
        return data

    def read_bytes(self, data: bytes, name: str) -> list[Draft]:
        """Return the articles in a file's bytes; raises `ArticleError` if there are none. The
        file's own article bears their SHA-256; those that it lists besides are not its original's
        text."""
        sha256 = hashlib.sha256(data).hexdigest()
        drafts = list(self._reader(data, name))
        if drafts:
            own = drafts[0].head
            drafts[0] = drafts[0]._replace(head=own._replace(sha256=own.sha256 or sha256))
        return _with_text(drafts)

    def read_text(self, data: bytes) -> list[Draft]:
        """Return the articles in bytes without a file name, in the format that they look like,
        otherwise Markdown or plain text. The title is their first words if they name none."""
        if name := name_by_content(data):
            return self.read_bytes(data, name)
        refuse_data(data)
        text = decode(data).lstrip("\n")
        words = clean(text[: 10 * _LONGEST_TITLE])
        if len(words) > _LONGEST_TITLE:
            words = words[:_LONGEST_TITLE].rpartition(" ")[0] or words[:_LONGEST_TITLE]
        name = "pasted.md" if text.startswith(("---\n", "# ")) else "pasted.txt"
        return _with_text(self._reader(text.encode(), name, words or "Untitled"))

    def read_upload(self, data: bytes, name: str) -> list[Draft]:
        """Return the articles in what somebody sent under a file's name; raises `ArticleError` if
        it holds none, or is of no kind that can be read."""
        if PurePath(name).suffix.lower() not in SUFFIXES:
            raise ArticleError("upload.kind", kinds=tuple(sorted(SUFFIXES)))
        if len(data) > self._largest_file:
            raise ArticleError("upload.size", megabytes=self._largest_file / 1e6)
        return self.read_bytes(data, name)

    def retitled(self, draft: Draft, title: str) -> Draft:
        """Return a draft under a title that somebody typed, or unchanged if that is blank."""
        return draft._replace(head=draft.head._replace(title=clean(title) or draft.head.title))

    def as_article(self, slug: str, draft: Draft) -> Article:
        """Return a draft as the article that it would be. Raises `ArticleError` if it holds no
        text."""
        return article_of(slug, draft)

    def add(self, draft: Draft) -> AddedArticle:
        """Add an article; see `bot.sources.corpus.slugs.add`. An article that this intake has
        added is not replaced by another of its files."""
        outcome = add(draft, self._store, self._fresh)
        if outcome.kind != "known":
            self._fresh.add(outcome.slug)
        return outcome

    def replaced_by(self, draft: Draft) -> Version | None:
        """Return the existing file that a draft would replace, if any."""
        return replaced_by(draft, self._store)


def _with_text(drafts: Sequence[Draft]) -> list[Draft]:
    if not any(draft.body.strip() for draft in drafts):
        raise ArticleError("article.without_text")
    return [draft for draft in drafts if draft.body.strip()]
