"""The contract of every snapshot of a shelf, `bot.core.seams.Snapshot`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.core.article import Draft, Head
from bot.core.seams import Index, Snapshot, TermQuery, TitleLookup
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.index import FakeIndex
from tests.index.opened import ANALYZER, OpenedShelf

MakeIndex = Callable[[FakeArticleStore, Path], Index]
INDEXES: dict[str, MakeIndex] = {
    "folder": lambda store, folder: OpenedShelf(store, folder).index,
    "fake": lambda store, _: FakeIndex(store, ANALYZER),
}
"""Indexes of this process, of which a snapshot never changes."""
CLUSTER = "opensearch"
"""The index over real processes: each call of its snapshots sees one moment."""
LONG = "\n\n".join(f"Heron number {n} waits for fish. {'It waits. ' * 60}" for n in range(3))


def filled_store() -> FakeArticleStore:
    made = FakeArticleStore()
    made.save("owl", Draft(Head("The owl"), "The barn owl hunts mice at night."))
    made.save("short", Draft(Head("The owl", digest_of="the article"), "Owl and mice, in short."))
    made.save("alone", Draft(Head("The gull", digest_of="the article"), "In short: gulls peck."))
    made.save("heron", Draft(Head("The heron"), LONG))
    made.save("eule", Draft(Head("Die Eule", language="de"), "Die Eule jagt nachts nach Mäusen."))
    return made


@pytest.fixture(scope="module", params=[*INDEXES, CLUSTER])
def index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Index]:
    """An index that all tests read, up to date."""
    store = filled_store()
    if request.param == CLUSTER:
        from tests.cluster.opensearch.world import copied_index, new_world

        with new_world(request.getfixturevalue("opensearch")) as world:
            yield copied_index(world, store)
        return
    made = INDEXES[request.param](store, tmp_path_factory.mktemp("index"))
    made.refresh()
    yield made
    made.close()


@pytest.fixture
def snapshot(index: Index) -> Iterator[Snapshot]:
    with index.snapshot() as opened:
        yield opened


def terms(text: str) -> list[str]:
    return list(dict.fromkeys(ANALYZER.terms(text, "en")))


def test_one_call_tells_all_that_a_question_needs(snapshot: Snapshot) -> None:
    asked = TermQuery(terms("owl mice heron zeppelin"), 10, names=tuple(terms("mice heron")))
    (found,) = snapshot.retrieve([asked])
    owl, mice, heron, zeppelin = asked.terms
    frequency = found.statistics.document_frequency
    assert [frequency[term] for term in (owl, mice, heron)] == [2, 2, 3]
    assert not frequency.get(zeppelin)
    assert found.article_statistics is None
    assert found.hits[0].article == "owl"
    keys = {(hit.article, hit.number) for hit in found.hits}
    assert keys == {("owl", 0), *(("heron", number) for number in range(3))}
    assert {key: passage[:2] for key, passage in found.passages.items()} == {k: k for k in keys}
    assert found.entries["owl"].head.title == "The owl"
    assert {slug: set(names) for slug, names in found.names.items() if names} == {
        "owl": {mice},
        "heron": {heron},
    }
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)


def test_a_digest_is_found_where_its_original_is_not_there_or_it_is_asked(
    snapshot: Snapshot,
) -> None:
    everywhere, alone = snapshot.retrieve(
        [TermQuery(terms("owl gulls"), 10), TermQuery(terms("owl"), 10, article="short")]
    )
    assert {hit.article for hit in everywhere.hits} == {"owl", "alone"}
    assert [hit.article for hit in alone.hits] == ["short"]
    assert alone.article_statistics is not None
    assert alone.article_statistics.passages == 1
    assert alone.statistics.passages > 1
    assert snapshot.originals(["The owl", "The gull", "none"]) == {"The owl"}


def test_hits_that_score_little_are_left_out_beyond_what_is_enough(snapshot: Snapshot) -> None:
    asked = TermQuery(terms("barn owl hunts mice at night fish"), 10)
    whole, cut, enough, none = (
        snapshot.retrieve([asked._replace(**wanted)])[0].hits
        for wanted in ({}, {"least_share": 0.9}, {"least_share": 0.9, "enough": 2}, {"limit": 0})
    )
    assert len(whole) == 4
    assert (list(cut), list(enough), list(none)) == (list(whole[:1]), list(whole[:2]), [])


def test_articles_and_passages_are_read(snapshot: Snapshot) -> None:
    assert list(snapshot.languages()) == ["de", "en"]
    assert list(snapshot.entries()) == ["alone", "eule", "heron", "owl", "short"]
    assert list(snapshot.entries(["owl", "none", "eule"])) == ["eule", "owl"]
    passages = snapshot.article_passages("heron")
    assert [passage.number for passage in passages] == [0, 1, 2]
    assert list(snapshot.article_passages("none")) == []
    assert snapshot.passages([("heron", 1), ("heron", 9), ("none", 0)]) == {
        ("heron", 1): passages[1]
    }
    (owl,) = terms("owl")
    assert snapshot.document_frequencies([owl])[owl] == 2
    many = [f"{owl}{number}" for number in range(99)]
    assert sum(snapshot.document_frequencies([*many, owl]).values()) == 2
    assert not snapshot.document_frequencies([])


def test_titles_are_looked_up(snapshot: Snapshot) -> None:
    def found(lookup: TitleLookup) -> list[str]:
        return [title.slug for title in snapshot.titles(lookup)]

    in_order = ["eule", "alone", "heron", "owl", "short"]
    assert found(TitleLookup()) == in_order
    assert found(TitleLookup(skip=1, limit=2)) == in_order[1:3]
    assert found(TitleLookup("the ", limit=2)) == ["alone", "heron"]
    assert found(TitleLookup(slug_beginning="o")) == ["owl"]
    assert found(TitleLookup(holding=["gul", "her"])) == ["alone", "heron"]
    assert found(TitleLookup(holding=["*", "the ow?"])) == []
    assert snapshot.count() == 5


@pytest.mark.parametrize("name", INDEXES)
def test_a_snapshot_of_this_machine_s_index_does_not_change(name: str, tmp_path: Path) -> None:
    store = filled_store()
    index = INDEXES[name](store, tmp_path)
    index.refresh()
    asked = [TermQuery(terms("owl mice"), 10)]
    with index.snapshot() as snapshot:
        before = snapshot.retrieve(asked)
        store.remove("owl")
        store.save("mouse", Draft(Head("The mouse"), "Mice fear the owl."))
        index.refresh()
        assert snapshot.retrieve(asked) == before
        assert list(snapshot.entries(["owl", "mouse"])) == ["owl"]
    with index.snapshot() as later:
        assert list(later.entries(["owl", "mouse"])) == ["mouse"]
        assert {hit.article for hit in later.retrieve(asked)[0].hits} == {"mouse", "short"}
