"""Results are kept from one question for the next."""

from __future__ import annotations

from typing import Any

from bot.cluster.opensearch.documents import IndexedArticle, documents_of
from bot.cluster.opensearch.known_documents import KnownArticle, KnownDocuments, KnownPassage
from bot.cluster.opensearch.known_statistics import KnownStatistics
from bot.cluster.opensearch.searches import ScopeState
from bot.core.article import Article, Head, Span
from bot.core.passage import Passage

STATE = ScopeState(2, 10, 1, ("en",), ("index", 1.0, 3.0))


def test_counts_hold_as_long_as_nothing_changes() -> None:
    known = KnownStatistics()
    assert known.of("1") is None
    known.note("1", STATE, {"owl": 2, "fox": 0})
    known.note("1", STATE, {"hare": 1})
    now = known.of("1")
    assert now is not None
    assert now.counts == {"owl": 2, "fox": 0, "hare": 1}
    assert [known.holds("1", term) for term in ("owl", "fox", "heron")] == [True, False, False]
    assert not known.holds("2", "owl")
    later = STATE._replace(identity=("index", 2.0, 5.0))
    known.note("1", later, {"fox": 1})
    now = known.of("1")
    assert now is not None
    assert (now.state, now.counts) == (later, {"fox": 1})


def test_what_stands_in_everyone_s_articles_is_known_to_a_server() -> None:
    known = KnownStatistics()
    known.note("", STATE, {"owl": 2})
    assert known.holds("7", "owl")


def test_the_least_recently_used_documents_are_dropped() -> None:
    passage, article = documents()
    known = KnownDocuments(passages=2, articles=1)
    for number in range(2):
        known.passages.note(("index", "x", number), KnownPassage(passage))
    assert known.passages.get(("index", "x", 0)) is not None
    known.passages.note(("index", "x", 2), KnownPassage(passage))
    assert [known.passages.get(("index", "x", number)) is None for number in range(3)] == [
        *(False, True),
        False,
    ]
    known.articles.note(("index", "x", 0), KnownArticle(article))
    assert known.articles.get(("index", "x", 0)) is not None


def test_a_passage_is_taken_apart_once() -> None:
    passage, article = documents()
    read = KnownPassage(passage)
    assert read.terms == " owl  owl "
    shown, link = read.passage_and_link()
    assert (shown.text, link) == ("Owls.", None)
    assert read.passage_and_link()[0] is shown
    assert KnownArticle(article).entry.head.title == "Owls"


def test_terms_that_were_seen_are_known_until_there_are_too_many() -> None:
    seen = KnownDocuments().terms
    seen.note("", " owl  fox ")
    seen.note("1", "hare")
    assert [seen.holds("2", term) for term in ("owl", "fox", "hare")] == [True, True, False]
    assert seen.holds("1", "hare")
    seen.note("1", " ".join(f"term{number}" for number in range(100_000)))
    seen.note("1", "hare")
    assert [seen.holds("1", term) for term in ("owl", "hare", "term1")] == [False, True, False]


def documents() -> tuple[dict[str, Any], dict[str, Any]]:
    """The documents of a passage and of its article."""
    text = "Owls."
    made = Article("x", Head("Owls"), text, (Span(0, 5),))
    passage = Passage("x", 0, 1, 1, 0, 5, text, (Span(0, 5),))
    indexed = IndexedArticle(made, "en", [passage], [["owl", "owl"]])
    (_, article), (_, read) = documents_of("", 3, indexed)
    return read, article
