"""Results are kept from one question for the next."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, cast

import pytest

from bot.cluster.opensearch.documents import IndexedArticle, documents_of
from bot.cluster.opensearch.exact_scores import scored, weights_of
from bot.cluster.opensearch.first_answers import FirstAnswers, PreparedQuery
from bot.cluster.opensearch.known_documents import KnownArticle, KnownDocuments, KnownPassage
from bot.cluster.opensearch.known_statistics import KnownStatistics
from bot.cluster.opensearch.layout import Generation
from bot.cluster.opensearch.name_searches import best_holders_lines
from bot.cluster.opensearch.reading import ReadDocuments, WantedDocuments
from bot.cluster.opensearch.retrieved import ChangedMeanwhileError
from bot.cluster.opensearch.retrieving import retrieve
from bot.cluster.opensearch.scopes import scope_of
from bot.cluster.opensearch.searches import CandidateHit, ScopeState
from bot.cluster.opensearch.snapshot import OpenSearchSnapshot
from bot.core.article import Article, Head, Span
from bot.core.passage import Passage
from bot.core.seams import Hit, Preparation, Statistics, TermQuery

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
                    "digests": {"doc_count": 0},
                },
                "titles": {"buckets": []},
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
            asked = Preparation([TermQuery(["owl"], 0)], lambda _: ())
            return (await snapshot.prepare(asked)).frequency

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
    shown, links = read.passage_and_links()
    assert (shown.text, links) == ("Owls.", None)
    assert read.passage_and_links()[0] is shown
    assert KnownArticle(article).entry.head.title == "Owls"


def test_terms_that_were_seen_are_known_until_there_are_too_many() -> None:
    seen = KnownDocuments().terms
    seen.note("", " owl  fox ")
    seen.note("1", "hare")
    assert [seen.holds("2", term) for term in ("owl", "fox", "hare")] == [True, True, False]
    assert seen.holds("1", "hare")
    seen.forget("1")  # its articles have changed
    assert [seen.holds("1", term) for term in ("owl", "hare")] == [True, False]
    seen.note("1", "hare")
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
            read.take(missing, iter([*answers, names_answer(missing.names, 3)]))
        names = cast(KnownArticle, read.article(hit)).names
        assert (names["owl"], names[f"name{number}"]) == (True, False)
        held.append(len(names))
    assert max(held) < 400


@pytest.mark.parametrize("version", [2, 4])
def test_names_of_another_version_of_an_article_are_not_kept(version: int) -> None:
    """A copy of the index that changes a moment later than the others, or sooner, is asked."""
    passage, article = documents()
    known = KnownDocuments()
    hit = CandidateHit("index", 1.0, 3, 0, "x", 2, None)
    known.passages.note(("index", "/x#0", 3), KnownPassage(passage))
    known.articles.note(("index", "/x", 3), KnownArticle(article))
    read = ReadDocuments(SCOPE, known)
    missing = read.missing([WantedDocuments([hit], ["owl"], originals=True)])
    with pytest.raises(ChangedMeanwhileError):
        read.take(missing, iter([names_answer(["owl"], version)]))
    head = known.articles.get(("index", "/x", 3))
    assert head is not None
    assert head.names == {}
    read.take(missing, iter([names_answer(["owl"], 3)]))
    assert head.names == {"owl": True}


@pytest.mark.parametrize(("version", "held"), [(3, True), (4, None)])
def test_the_articles_of_the_best_passages_tell_their_names_in_one_version(
    version: int, *, held: bool | None
) -> None:
    """Very many articles hold such a name, so that not all of them are told."""
    read = ReadDocuments(SCOPE, KnownDocuments())
    hit = CandidateHit("index", 1.0, 3, 0, "x", 2, None)
    (_, asked) = best_holders_lines(SCOPE, ["owl", "fox"], None, {"match_all": {}}, 30)
    (grouped,) = asked["aggs"].values()
    bucket = {name: {"doc_count": int(name == "0")} for name in grouped["aggs"]}
    told = {"key": "x", **bucket, "put": {"value": float(version)}}
    read.take_best_holders(["owl", "fox"], {"aggregations": {"articles": {"buckets": [told]}}})
    assert read.holds(hit, "owl") is held
    assert read.holds(hit, "fox") is (None if held is None else False)
    assert read.holds(hit._replace(article="y"), "owl") is None


def test_a_question_that_meets_two_versions_of_an_article_is_begun_anew() -> None:
    passage, article = documents()
    known = KnownDocuments()
    for version in (3, 4):
        known.passages.note(("index", "/x#0", version), KnownPassage(passage))
        known.articles.note(("index", "/x", version), KnownArticle(article))
    query = TermQuery(["owl"], 1)
    hit = CandidateHit("index", 1.0, 3, 0, "x", 2, None)
    before = PreparedQuery(query, None, frozenset(["owl"]), {}, [hit], hit.score)
    prepared = FirstAnswers(STATE, {"owl": 1}, [before], is_settled=True)

    class Proving:
        def __init__(self, version: int) -> None:
            self._version = version

        async def search_many(self, lines: Sequence[Any]) -> list[Any]:
            fields = {"article": ["x"], "length": [2]}
            found = {
                "_index": "index",
                "_id": "/x#0",
                "sort": [1.0, self._version, 0],
                "fields": fields,
                "_source": passage,
            }
            likely = lines[1]["query"]["script_score"]["query"]["function_score"]["query"]
            (known,) = likely["bool"]["must_not"]["bool"]["filter"][1]["terms"]["put"]
            return [{"hits": {"hits": [found] if self._version != known else []}}]

    async def hits(version: int) -> list[Hit]:
        client = cast(Any, Proving(version))
        found = await retrieve(
            client, SCOPE, [query], prepared=prepared, documents=ReadDocuments(SCOPE, known)
        )
        return list(found.retrievals[0].hits)

    assert [each.article for each in asyncio.run(hits(3))] == ["x"]
    with pytest.raises(ChangedMeanwhileError):
        asyncio.run(hits(4))


def test_a_passage_that_the_proof_found_is_not_asked_for_again() -> None:
    """Its text comes with it: where it is not among the best, nothing more has to be read."""
    passage, article = documents()
    known = KnownDocuments()
    known.passages.note(("index", "/x#0", 3), KnownPassage(passage))
    known.articles.note(("index", "/x", 3), KnownArticle(article))
    query = TermQuery(["owl"], 1)
    hit = CandidateHit("index", 1.0, 3, 0, "x", 2, None)
    before = PreparedQuery(query, None, frozenset(["owl"]), {}, [hit], hit.score)
    prepared = FirstAnswers(STATE, {"owl": 1}, [before], is_settled=True)
    sent: list[Any] = []

    class Proving:
        async def search_many(self, lines: Sequence[Any]) -> list[Any]:
            sent.append(lines)
            found: dict[str, Any] = {
                "_index": "index",
                "_id": "/y#0",
                "sort": [1.0, 4, 0],
                "fields": {"article": ["y"], "length": [2]},
            }
            if lines[1].get("_source", True):
                found["_source"] = dict(passage, article="y", terms="owl fox", put=4)
            return [{"hits": {"hits": [found]}}]

    client = cast(Any, Proving())
    found = asyncio.run(
        retrieve(client, SCOPE, [query], prepared=prepared, documents=ReadDocuments(SCOPE, known))
    )
    assert [each.article for each in found.retrievals[0].hits] == ["x"]
    assert len(sent) == 1


@pytest.mark.parametrize(
    ("boost", "share", "is_proven"),
    [(1.0, 0.9, True), (1.0, 1.1, False), (0.5, 0.4, True), (0.5, 0.6, False), (2.0, 1.9, True)],
)
def test_nearly_exact_weights_prove_as_much_as_they_differ_from_the_exact(
    boost: float, share: float, *, is_proven: bool
) -> None:
    """A passage that the server left out scores at most as the last one that it gave, times the
    quotient of the weights."""
    passage, article = documents()
    known = KnownDocuments()
    known.passages.note(("index", "/x#0", 3), KnownPassage(passage))
    known.articles.note(("index", "/x", 3), KnownArticle(article))
    statistics = Statistics(STATE.passages, STATE.average_length, {"owl": 1})
    (weight,) = weights_of(statistics).values()
    best = CandidateHit("index", 9.0, 3, 0, "x", 2, None)
    ((negated, *_),) = scored([(best, " owl  owl ")], {"owl": weight}, STATE.average_length)
    last = best._replace(score=share * -negated, number=1, terms=" fox ")
    query = TermQuery(["owl"], 1)
    boosts = {"owl": boost * weight}
    before = PreparedQuery(query, None, frozenset(["owl"]), boosts, [best, last], last.score)
    prepared = FirstAnswers(STATE, {"owl": 1}, [before], is_settled=True)
    sent: list[Any] = []

    class Client:
        async def search_many(self, lines: Sequence[Any]) -> list[Any]:
            sent.append(lines)
            return [{"hits": {"hits": []}}]

    client = cast(Any, Client())
    asyncio.run(
        retrieve(client, SCOPE, [query], prepared=prepared, documents=ReadDocuments(SCOPE, known))
    )
    assert (not sent) is is_proven


def test_of_all_documents_together_so_many_characters_are_kept() -> None:
    passage, article = documents()
    size, head = KnownPassage(passage).characters, KnownArticle(article).characters
    assert (size, head) == (len(" owl  owl ") + len("x" + "Owls.") + 2, head)
    known = KnownDocuments(9, 9, passage_characters=2 * size, head_characters=head)
    for number in (0, 1, 1, 2):
        known.passages.note(("index", "x", number), KnownPassage(passage))
        known.articles.note(("index", "x", number), KnownArticle(article))
    assert [known.passages.get(("index", "x", n)) is None for n in range(3)] == [True, False, False]
    assert [known.articles.get(("index", "x", n)) is None for n in range(3)] == [True, True, False]
    large = dict(passage, terms="owl " * 100)
    known.passages.note(("index", "x", 3), KnownPassage(large))  # it has no room even alone
    assert all(known.passages.get(("index", "x", n)) is None for n in range(4))
    known.passages.note(("index", "x", 4), KnownPassage(passage))
    assert known.passages.get(("index", "x", 4)) is not None


def test_a_text_that_is_sent_as_bytes_counts_as_well() -> None:
    passage, _ = documents("Owls \ud800.")
    assert KnownPassage(passage).characters > len(" owl  owl ") + len("Owls .")


def test_terms_as_long_as_a_question_are_not_kept() -> None:
    known = KnownStatistics()
    known.note("1", STATE, {"owl": 1, "o" * 1000: 0})
    now = known.of("1")
    assert now is not None
    assert list(now.counts) == ["owl"]


def names_answer(names: Sequence[str], version: int) -> dict[str, Any]:
    """The answer about an article, of this version, that holds owls and nothing else."""
    found: dict[str, Any] = {
        str(at): {"articles": {"buckets": [{"key": "x"}] if name == "owl" else []}}
        for at, name in enumerate(names)
    }
    heads = {"articles": {"buckets": [{"key": "x", "put": {"value": float(version)}}]}}
    return {"aggregations": {**found, "heads": heads}}


def documents(text: str = "Owls.") -> tuple[dict[str, Any], dict[str, Any]]:
    """The documents of a passage and of its article."""
    made = Article("x", Head("Owls"), text, (Span(0, len(text)),))
    passage = Passage("x", 0, 1, 1, 0, len(text), text, (Span(0, len(text)),))
    indexed = IndexedArticle(made, "en", [passage], [["owl", "owl"]])
    (_, article), (_, read) = documents_of("", 3, indexed)
    return read, article
