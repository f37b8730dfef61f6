"""Articles and passages as documents: all that is shown comes back, whatever is in it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cluster.opensearch.documents import (
    IndexedArticle,
    documents_of,
    encoded_slug,
    encoded_term,
    entry_of,
    fault_in,
    fault_of,
    passage_of,
)
from bot.cluster.opensearch.layout import Generation
from bot.cluster.opensearch.scopes import scope_of
from bot.cluster.opensearch.snapshot import OpenSearchSnapshot
from bot.core.article import Article, Head, Span
from bot.core.errors import DamagedIndexError, Problem
from bot.core.passage import Passage, Surroundings
from bot.core.seams import Fault

ANY_TEXT = st.text(st.characters(), max_size=40)
JAVA_SPACE = [*range(0x09, 0x0E), *range(0x1C, 0x21), 0x1680, *range(0x2000, 0x2007)]
JAVA_SPACE += [*range(0x2008, 0x200B), 0x2028, 0x2029, 0x205F, 0x3000]
"""Code points by which the server's whitespace analyzer splits."""


@given(
    slug=ANY_TEXT,
    title=ANY_TEXT,
    text=ANY_TEXT,
    page=st.none() | st.integers(1, 9),
    after=st.none() | ANY_TEXT,
)
def test_what_is_shown_comes_back(
    slug: str, title: str, text: str, page: int | None, after: str | None
) -> None:
    url = "https://example.org/" if after is None else None  # a link rests on what follows, too
    head = Head(title, author="An author", url=url)
    article = Article(slug, head, text, (Span(0, len(text)),))
    around = None
    if after is not None:
        quoted, follow = (Span(1, 2),), (Span(2, 2 + len(after)),)
        around = Surroundings(1, (0, len(text) + 2), quoted, "", (), f"\n\n{after}", follow)
    spans = (Span(0, len(text)),)
    passage = Passage(slug, 0, 1, 1, 3, 3 + len(text), text, spans, page, around)
    indexed = IndexedArticle(article, "en", [passage], [["a", "b", "a"]])
    documents = json.loads(json.dumps(list(documents_of("42", 7, indexed))))
    json.dumps(documents, ensure_ascii=False).encode()  # nothing that UTF-8 lacks
    (_, article_document), (_, passage_document) = documents
    entry = entry_of(article_document)
    assert (entry.slug, entry.head, entry.language, entry.paragraphs) == (slug, head, "en", 1)
    assert passage_of(passage_document) == passage
    assert passage_document["terms"] == "a b a"
    assert passage_document["length"] == 3


def test_what_is_not_what_was_written_is_damage() -> None:
    article = Article("owl", Head("The owl"), "Owls.", (Span(0, 5),))
    passage = Passage("owl", 0, 1, 1, 0, 5, "Owls.", (Span(0, 5),))
    indexed = IndexedArticle(article, "en", [passage], [["owl"]])
    for (_, document), read in zip(
        documents_of("", 1, indexed), (entry_of, passage_of), strict=True
    ):
        document["shown"]["values"][0] = "other"
        with pytest.raises(DamagedIndexError):
            read(document)


@given(st.text(st.characters(), max_size=300))
def test_a_term_is_one_token(term: str) -> None:
    encoded = encoded_term(term)
    encoded.encode()
    assert 0 < len(encoded) <= 255
    assert not set(map(ord, encoded)) & set(JAVA_SPACE)


@given(st.lists(ANY_TEXT, unique=True, min_size=2, max_size=2))
def test_no_two_terms_or_slugs_are_one(texts: list[str]) -> None:
    first, second = texts
    assert encoded_term(first) != encoded_term(second)
    assert encoded_slug(first) != encoded_slug(second)
    assert encoded_term(encoded_term("a b")) != encoded_term("a b")


def test_a_fault_comes_back() -> None:
    fault = Fault("owl.md", Problem("file.empty", {"size": 0}))
    _, document = fault_of("42", 7, "owl", fault)
    assert fault_in(document) == fault
    assert (document["scope"], document["kind"], document["put"]) == ("42", "fault", 7)


def test_an_article_that_two_documents_hold_is_one() -> None:
    """Of its heads only one may name an author: they have no order."""
    found = []
    for author in ("Ada", None):
        article = Article("owl", Head("Owls", author), "Owls.", (Span(0, 5),))
        ((_, document),) = documents_of("", 1, IndexedArticle(article, "en", [], []))
        found.append({"_source": document})

    class Client:
        async def search_many(self, lines: Sequence[Any]) -> list[Any]:
            return [{"hits": {"hits": found}}]

    scope = scope_of(Generation("everyone", "servers"), "")
    snapshot = OpenSearchSnapshot(cast(Any, Client()), scope)
    assert list(asyncio.run(snapshot.entries(["owl"]))) == ["owl"]
