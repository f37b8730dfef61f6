"""Results are kept from one question for the next."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, cast

from bot.cluster.opensearch.documents import IndexedArticle, documents_of
from bot.cluster.opensearch.known_documents import KnownArticle, KnownDocuments, KnownPassage
from bot.cluster.opensearch.known_statistics import KnownStatistics
from bot.cluster.opensearch.layout import Generation
from bot.cluster.opensearch.reading import ReadDocuments, WantedDocuments
from bot.cluster.opensearch.scopes import scope_of
from bot.cluster.opensearch.searches import CandidateHit, ScopeState
from bot.cluster.opensearch.snapshot import OpenSearchSnapshot
from bot.core.article import Article, Head, Span
from bot.core.passage import Passage
from bot.core.seams import Preparation, TermQuery

STATE = ScopeState(2, 10, 1, ("en",), ("index", 1.0, 3.0))
LATER = STATE._replace(identity=("index", 2.0, 5.0))
SCOPE = scope_of(Generation("everyone", "servers"), "")


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
    known.note("1", LATER, {"fox": 1})
    now = known.of("1")
    assert now is not None
    assert (now.state, now.counts) == (LATER, {"fox": 1})


class ChangingIndex:
    """A cluster whose searches for the state and for counts see different moments: those of one
    request are not made at once."""

    def __init__(self) -> None:
        self.state = STATE
        self.count = 0
        """The number of passages that hold any term."""
        self.counted = 0
        """Searches for it."""

    async def search_many(self, lines: Sequence[Any]) -> list[Any]:
        return [self._state() if "aggs" in body else self._count() for body in lines[1::2]]

    def _state(self) -> dict[str, Any]:
        _, greatest, total = self.state.identity
        languages = [{"key": language} for language in self.state.languages]
        return {
            "aggregations": {
                "passages": {
                    "doc_count": self.state.passages,
                    "length": {"value": float(self.state.total_length)},
                },
                "articles": {
                    "doc_count": self.state.articles,
                    "languages": {"buckets": languages},
                },
                "versions": {"max": greatest, "sum": total},
                "index": {"buckets": [{"key": "index"}]},
            }
        }

    def _count(self) -> dict[str, Any]:
        self.counted += 1
        return {"hits": {"total": {"value": self.count}}}


def test_counts_that_may_be_of_the_state_before_are_not_kept() -> None:
    index, known = ChangingIndex(), KnownStatistics()

    def counts() -> Mapping[str, int]:
        async def scene() -> Mapping[str, int]:
            snapshot = OpenSearchSnapshot(cast(Any, index), SCOPE, STATE, known)
            return await snapshot.prepare(Preparation([TermQuery(["owl"], 0)], lambda _: ()))

        return asyncio.run(scene())

    index.state = LATER  # an article about owls is seen by this search already, by the other not
    assert counts() == {"owl": 0}
    index.count = 1
    assert counts() == {"owl": 1}
    assert counts() == {"owl": 1}
    assert index.counted == 2
    index.state, index.count = STATE, 2
    assert counts() == {"owl": 2}
    assert counts() == {"owl": 2}
    assert index.counted == 3


def test_of_all_tenants_together_so_many_terms_are_known() -> None:
    known = KnownStatistics()
    many = {f"term{number}": 1 for number in range(90_000)}
    for tenant in ("1", "2"):
        known.note(tenant, STATE, many)
    known.note("1", STATE, {"owl": 1})
    known.note("3", STATE, many)
    assert [known.of(tenant) is None for tenant in ("1", "2", "3")] == [False, True, False]
    known.note("3", LATER, {"owl": 1})
    known.note("2", STATE, many)
    assert [known.of(tenant) is None for tenant in ("1", "2", "3")] == [False, False, False]


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


def test_an_article_does_not_keep_every_name_that_was_ever_asked() -> None:
    _, article = documents()
    known = KnownDocuments()
    hit = CandidateHit("index", 1.0, 3, 0, "x", 2, None)
    known.passages.note(("index", "/x#0", 3), KnownPassage(documents()[0]))
    known.articles.note(("index", "/x", 3), KnownArticle(article))
    held = []
    for number in range(500):
        read = ReadDocuments(SCOPE, known)
        wanted = WantedDocuments([hit], [f"name{number}", "owl"], originals=True)
        while (missing := read.missing([wanted])).lines(SCOPE):
            heads = [{"_id": "/x", "_index": "index", "_source": article}]
            answers: list[Any] = [{"hits": {"hits": heads}}] if missing.ids else []
            found = {
                str(at): {"articles": {"buckets": [{"key": "x"}] if name == "owl" else []}}
                for at, name in enumerate(missing.names)
            }
            read.take(missing, iter([*answers, {"aggregations": found}]))
        names = cast(KnownArticle, read.article(hit)).names
        assert (names["owl"], names[f"name{number}"]) == (True, False)
        held.append(len(names))
    assert max(held) < 250


def documents() -> tuple[dict[str, Any], dict[str, Any]]:
    """The documents of a passage and of its article."""
    text = "Owls."
    made = Article("x", Head("Owls"), text, (Span(0, 5),))
    passage = Passage("x", 0, 1, 1, 0, 5, text, (Span(0, 5),))
    indexed = IndexedArticle(made, "en", [passage], [["owl", "owl"]])
    (_, article), (_, read) = documents_of("", 3, indexed)
    return read, article
