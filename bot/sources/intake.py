"""The intake: from a path to articles in a store."""

from __future__ import annotations

from pathlib import Path, PurePath

from bot.core.article import Draft
from bot.core.errors import ArticleError
from bot.core.seams import ArticleStore
from bot.sources.adding import Outcome, add
from bot.sources.folder import read_regular_file
from bot.sources.front_matter import clean
from bot.sources.reading import READERS, decode, read_file, read_markdown_file, read_text_file

_LONGEST_TITLE = 80


class Intake:
    """Reads files from anywhere and adds their articles to one store."""

    def __init__(self, store: ArticleStore, largest_file: int) -> None:
        """``largest_file`` in bytes."""
        self._store = store
        self._largest_file = largest_file

    def read(self, path: Path) -> list[Draft]:
        """The articles in a file; raises `ArticleError` where it holds none."""
        drafts = read_file(read_regular_file(path, self._largest_file), path.name)
        return _with_text(drafts)

    def read_text(self, data: bytes) -> list[Draft]:
        """The articles in a text without a file name: Markdown where it looks like it. Called
        by its first words where it names no title."""
        text = decode(data).lstrip("\n")
        words = clean(text[: 10 * _LONGEST_TITLE])
        if len(words) > _LONGEST_TITLE:
            words = words[:_LONGEST_TITLE].rpartition(" ")[0] or words[:_LONGEST_TITLE]
        reader = read_markdown_file if text.startswith(("---\n", "# ")) else read_text_file
        return _with_text(reader(text.encode(), words or "Untitled"))

    def read_upload(self, data: bytes, name: str) -> list[Draft]:
        """The articles in what somebody sent under a file's name; raises `ArticleError` where it
        holds none, or is of no kind that can be read."""
        if PurePath(name).suffix.lower() not in READERS:
            kinds = ", ".join(sorted(READERS))
            raise ArticleError(f"a file of this kind cannot be read as an article; use {kinds}")
        if len(data) > self._largest_file:
            raise ArticleError(f"it has more than {self._largest_file / 1e6:g} MB")
        return _with_text(read_file(data, name))

    def add(self, draft: Draft) -> Outcome:
        """Add an article; see `bot.sources.adding.add`."""
        return add(draft, self._store)


def _with_text(drafts: list[Draft]) -> list[Draft]:
    if not any(draft.body.strip() for draft in drafts):
        raise ArticleError("it holds no text")
    return [draft for draft in drafts if draft.body.strip()]
