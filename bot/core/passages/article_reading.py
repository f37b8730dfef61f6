"""Reading one file into what an index keeps of it."""

from __future__ import annotations

from typing import Protocol

from bot.core.article import Article, Version
from bot.core.errors import ArticleError
from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage
from bot.core.passages.splitting import split
from bot.core.seams import Analyzer, FileRecord


class ReadableArticles(Protocol):
    """The part of `bot.core.seams.ArticleStore` that reads."""

    def get(self, slug: str, version: Version) -> tuple[Article, str]: ...
    def sha256(self, version: Version) -> str: ...


class ReadFile(NamedTuple):
    record: FileRecord
    article: Article | None
    """None if the file is no article, as the record says."""
    language: str
    passages: tuple[Passage, ...]


def language_of(article: Article, analyzer: Analyzer) -> str:
    """Return the language that an article's head names, or else that its text looks like."""
    return article.head.language or analyzer.detect(article.text)


def read(slug: str, version: Version, store: ReadableArticles, analyzer: Analyzer) -> ReadFile:
    """Read a file of a store."""
    try:
        article, sha256 = store.get(slug, version)
    except ArticleError as error:
        return ReadFile(FileRecord(version, store.sha256(version), error.problem), None, "", ())
    language = language_of(article, analyzer)
    passages = split(article, language, analyzer)
    return ReadFile(FileRecord(version, sha256, None), article, language, passages)
