"""Articles that are found by their titles, for tests of what stands before them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.article import Article, Head, Version, join_paragraphs
from bot.core.library import Library
from bot.core.seams import FileRecord
from bot.core.shelf import Shelf
from bot.service.titles import Title
from bot.wiring import analyzer
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.catalogue import FakeCatalogue
from tests.fakes.index import FakeIndex

_RECORD = FileRecord(Version("x.md", 1, 1, 1), "0" * 64, None)


def titled_articles(titles: Iterable[Title]) -> Library:
    """A library of articles that have nothing but their titles."""
    catalogue = FakeCatalogue()
    for slug, title in titles:
        text, spans = join_paragraphs(["A text."])
        catalogue.put(Article(slug, Head(title), text, spans), "en", (), _RECORD)
    store = FakeArticleStore()
    return Library([Shelf(store, FakeIndex(store, analyzer(), catalogue))], analyzer())
