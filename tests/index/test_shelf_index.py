"""A shelf keeps its index the same as its store, whatever becomes of either."""

from __future__ import annotations

import pytest

from bot.core.article import Draft, Head, Version
from bot.core.errors import AddressError, ArticleError, DamagedIndexError, Problem
from bot.core.library import Library
from bot.core.seams import Changes, Fault, FileRecord, Listing
from bot.core.shelf import Shelf
from bot.index.refresh_plan import Plan, decide
from bot.text.analyzer import Languages
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.catalogue import FakeCatalogue
from tests.fakes.index import FakeIndex
from tests.fakes.search_engine import FakeSearchEngine
from tests.wording import raises

ANALYZER = Languages()
TEXTS = {
    "owl": "The barn owl hunts mice at night.\n\nIts face gathers sound like a dish.\n",
    "heron": "A heron stands on one leg to keep warm.\n\nIt waits for fish.\n",
    "gull": "A gull's chick pecks at the red spot on its parent's bill.\n",
}


class Fakes:
    """A shelf over fakes only."""

    def __init__(self) -> None:
        self.store = FakeArticleStore()
        self.catalogue = FakeCatalogue()
        self.engine = FakeSearchEngine()
        self.index = FakeIndex(self.store, ANALYZER, self.catalogue, self.engine)
        self.shelf = Shelf(self.store, self.index)
        for slug, text in TEXTS.items():
            self.store.save(slug, Draft(Head(slug), text))

    def another(self, engine: FakeSearchEngine | None = None) -> Shelf:
        """Return the parts of another process, which has an engine of its own."""
        return Shelf(self.store, FakeIndex(self.store, ANALYZER, self.catalogue, engine))

    def found(self, word: str) -> list[str]:
        return [hit.article for hit in self.engine.search(ANALYZER.terms(word, "en"), 10)]


@pytest.fixture
def fakes() -> Fakes:
    return Fakes()


def version(number: int) -> Version:
    return Version("a.md", number, number, number)


def test_what_has_to_be_done_is_decided_by_versions_alone() -> None:
    listing = Listing({"same": version(1), "changed": version(2), "new": version(3)}, [])
    records = {
        "same": FileRecord(version(1), "x", None),
        "changed": FileRecord(version(1), "x", None),
        "gone": FileRecord(version(1), "x", None),
    }
    plan = decide(listing, records)
    assert plan == Plan({"changed": version(2), "new": version(3)}, {"gone"})
    assert plan
    assert not decide(Listing({"same": version(1)}, []), {"same": records["same"]})


def test_a_refresh_takes_up_what_is_there(fakes: Fakes) -> None:
    assert fakes.shelf.refresh() == Changes(added=("gull", "heron", "owl"))
    assert list(fakes.shelf.entries()) == ["gull", "heron", "owl"]
    assert fakes.found("mice") == ["owl"]
    assert fakes.shelf.holds("owl")
    assert not fakes.shelf.holds("fox")


def test_a_second_refresh_reads_nothing(fakes: Fakes) -> None:
    fakes.shelf.refresh()
    fakes.store.reads.clear()
    assert not fakes.shelf.refresh()
    assert fakes.store.reads == []


def test_a_touched_file_is_not_read_again(fakes: Fakes) -> None:
    fakes.shelf.refresh()
    fakes.store.reads.clear()
    fakes.store.touch("owl")
    assert not fakes.shelf.refresh()
    assert fakes.store.reads == []
    assert fakes.catalogue.records()["owl"].version == fakes.store.list().versions["owl"]


def test_changes_are_told_apart(fakes: Fakes) -> None:
    fakes.shelf.refresh()
    fakes.store.save("owl", Draft(Head("owl"), "The owl sleeps by day.\n"))
    fakes.store.save("fox", Draft(Head("fox"), "The fox is red.\n"))
    fakes.store.remove("gull")
    assert fakes.shelf.refresh() == Changes(("fox",), ("owl",), ("gull",))
    assert fakes.found("mice") == []
    assert fakes.found("sleeps") == ["owl"]
    assert fakes.found("pecks") == []


def test_what_is_no_article_is_a_fault_and_the_others_serve(fakes: Fakes) -> None:
    fakes.store.faults.append(Fault("pipe.md", Problem("file.irregular")))
    fakes.store.save("empty", Draft(Head("empty"), ""))
    assert fakes.shelf.refresh().added == ("empty", "gull", "heron", "owl")
    empty = Fault("empty.md", Problem("article.without_body"))
    assert fakes.shelf.faults() == [empty, Fault("pipe.md", Problem("file.irregular"))]
    assert list(fakes.shelf.entries()) == ["gull", "heron", "owl"]
    fakes.store.reads.clear()
    fakes.shelf.refresh()
    assert fakes.store.reads == []
    assert fakes.shelf.faults()[0] == empty


def test_an_article_that_becomes_a_fault_is_no_longer_found_until_it_is_mended(
    fakes: Fakes,
) -> None:
    fakes.shelf.refresh()
    fakes.store.save("owl", Draft(Head("owl"), ""))
    assert fakes.shelf.refresh().changed == ("owl",)
    assert fakes.found("mice") == []
    assert [fault.path for fault in fakes.shelf.faults()] == ["owl.md"]
    fakes.store.save("owl", Draft(Head("owl"), TEXTS["owl"]))
    fakes.shelf.refresh()
    assert fakes.found("mice") == ["owl"]
    assert fakes.shelf.faults() == []


def test_only_the_articles_that_are_named_are_looked_at(fakes: Fakes) -> None:
    fakes.shelf.refresh()
    fakes.store.reads.clear()
    fakes.store.save("owl", Draft(Head("owl"), "The owl sleeps by day.\n"))
    fakes.store.save("fox", Draft(Head("fox"), "The fox hunts hares.\n"))
    fakes.store.save("gull", Draft(Head("gull"), ""))
    fakes.store.remove("heron")
    assert fakes.shelf.refresh(slugs={"owl"}) == Changes(changed=("owl",))
    assert fakes.store.reads == ["owl"]
    assert (fakes.found("sleeps"), fakes.found("hares")) == (["owl"], [])
    assert fakes.shelf.refresh(slugs={"fox", "heron", "nothing"}) == Changes(
        added=("fox",), removed=("heron",)
    )
    assert sorted(fakes.engine.articles()) == ["fox", "gull", "owl"]
    assert fakes.shelf.faults() == []
    assert fakes.shelf.refresh(slugs={"gull"}) == Changes(changed=("gull",))
    assert [fault.path for fault in fakes.shelf.faults()] == ["gull.md"]
    assert not fakes.shelf.refresh(slugs={"owl"})
    assert [fault.path for fault in fakes.shelf.faults()] == ["gull.md"]
    assert not fakes.shelf.refresh()


def test_an_engine_in_memory_learns_what_another_process_did_to_the_named(fakes: Fakes) -> None:
    fakes.shelf.refresh()
    other = Shelf(
        fakes.store, FakeIndex(fakes.store, ANALYZER, fakes.catalogue, FakeSearchEngine())
    )
    other.refresh()
    fakes.store.remove("gull")
    fakes.store.save("owl", Draft(Head("owl"), "The owl sleeps by day.\n"))
    other.refresh()
    assert not fakes.shelf.refresh(slugs={"owl", "gull"})
    assert sorted(fakes.engine.articles()) == ["heron", "owl"]
    assert (fakes.found("mice"), fakes.found("sleeps")) == ([], ["owl"])


def test_progress_counts_what_is_read(fakes: Fakes) -> None:
    seen: list[tuple[int, int]] = []
    fakes.shelf.refresh(lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_damaged_index_is_rebuilt_without_an_error(fakes: Fakes) -> None:
    fakes.shelf.refresh()
    for reading in (
        fakes.shelf.refresh,
        fakes.shelf.entries,
        lambda: fakes.shelf.passages("owl"),
        lambda: Library([fakes.shelf], ANALYZER).ask("Who hunts mice?"),
    ):
        fakes.catalogue.damaged = True
        reading()
        assert not fakes.catalogue.damaged
        assert list(fakes.shelf.entries()) == ["gull", "heron", "owl"]
        assert fakes.found("mice") == ["owl"]
    assert fakes.catalogue.resets == 4


def test_an_engine_that_lives_in_memory_is_filled(fakes: Fakes) -> None:
    fakes.shelf.refresh()
    fresh = FakeSearchEngine()
    assert not Shelf(
        fakes.store, FakeIndex(fakes.store, ANALYZER, fakes.catalogue, fresh)
    ).refresh()
    assert sorted(fresh.articles()) == ["gull", "heron", "owl"]


def test_an_engine_in_memory_learns_what_another_process_did(fakes: Fakes) -> None:
    """The same number of articles as before, one replaced and one changed."""
    fakes.shelf.refresh()
    other = Shelf(
        fakes.store, FakeIndex(fakes.store, ANALYZER, fakes.catalogue, FakeSearchEngine())
    )
    fakes.store.remove("gull")
    fakes.store.save("fox", Draft(Head("fox"), "The fox is red.\n"))
    fakes.store.save("owl", Draft(Head("owl"), "The owl sleeps by day.\n"))
    other.refresh()
    assert not fakes.shelf.refresh()
    assert sorted(fakes.engine.articles()) == ["fox", "heron", "owl"]
    assert fakes.found("mice") == []
    assert fakes.found("sleeps") == ["owl"]
    assert fakes.found("red") == ["fox"]


def test_an_article_is_left_out_for_a_while(fakes: Fakes) -> None:
    fakes.shelf.refresh()
    with fakes.shelf.left_out("owl"):
        assert fakes.found("mice") == []
    assert fakes.found("mice") == ["owl"]


def test_an_article_is_read_from_its_file(fakes: Fakes) -> None:
    assert fakes.shelf.article("owl").quote(2, 2) == "Its face gathers sound like a dish."
    with raises(AddressError, match=r"^there is no article 'fox'"):
        fakes.shelf.article("fox")
    fakes.store.save("owl", Draft(Head("owl"), ""))
    with raises(ArticleError, match=r"^owl: it holds no text"):
        fakes.shelf.article("owl")


# -- with real parts -----------------------------------------------------------------------------


def test_damage_that_cannot_be_mended_is_told(fakes: Fakes) -> None:
    class Hopeless(FakeCatalogue):
        def reset(self, damaged: tuple[int, int] | None = None) -> None:
            self.damaged = True

    catalogue = Hopeless()
    catalogue.reset()
    shelf = Shelf(fakes.store, FakeIndex(fakes.store, ANALYZER, catalogue))
    with raises(DamagedIndexError, match="the index is damaged"):
        shelf.refresh()
