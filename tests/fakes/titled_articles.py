"""Articles that are found by their titles, for tests of what stands before them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.article import Draft, Head
from bot.core.library import Library
from bot.core.shelf import Shelf
from bot.service.shelves.titles import Title
from bot.wiring import analyzer
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.index import FakeIndex


def titled_articles(titles: Iterable[Title]) -> Library:
    """A library of articles that have nothing but their titles."""
    store, tokens = FakeArticleStore(), analyzer()
    for slug, title in titles:
        store.drafts[slug] = Draft(Head(title, language="en"), "A text.")
        store.touch(slug)
    library = Library([Shelf(store, FakeIndex(store, tokens))], tokens)
    library.refresh()
    return library
