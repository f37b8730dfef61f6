"""Reading one file into what an index keeps of it."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from bot.core.article import Article, Version
from bot.core.errors import ArticleError
from bot.core.passage import Passage
from bot.core.seams import Analyzer, FileRecord
from bot.core.splitting import split


class ReadableArticles(Protocol):
    """The part of `bot.core.seams.ArticleStore` that reads."""

    def get(self, slug: str, version: Version) -> tuple[Article, str]: ...
    def digest(self, version: Version) -> str: ...


class ReadFile(NamedTuple):
    """The result of reading one file."""

    record: FileRecord
    article: Article | None
    """None if the file is no article, as the record says."""
    language: str
    passages: tuple[Passage, ...]


def read(slug: str, version: Version, store: ReadableArticles, analyzer: Analyzer) -> ReadFile:
    """Read a file of a store; its language is what its head says, or else what it looks like."""
    try:
        article, digest = store.get(slug, version)
    except ArticleError as error:
        return ReadFile(FileRecord(version, store.digest(version), error.problem), None, "", ())
    language = article.head.language or analyzer.detect(article.text)
    passages = split(article, language, analyzer)
    return ReadFile(FileRecord(version, digest, None), article, language, passages)
