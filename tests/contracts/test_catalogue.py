"""The contract of a catalogue, in a file and in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.article import Article, Head, Span, Version, join_paragraphs
from bot.core.errors import Problem
from bot.core.passage import Passage, Surroundings
from bot.core.seams import Entry, FileRecord, TitleLookup
from bot.index.catalogue import SqliteCatalogue
from bot.index.index_database import Database
from tests.fakes.catalogue import FakeCatalogue

MakeCatalogue = Callable[[], SqliteCatalogue]
HEAD = Head(
    "The “owl”", "Ann", "The Paper", "2016-07-18", "https://e.org/", "en", "World", "x", "y"
)
RECORD = FileRecord(Version("sub/owl.md", 10, 2**62, 2**62 + 1), "0" * 64, None)


@pytest.fixture(params=["sqlite", "fake"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> MakeCatalogue:
    if request.param == "fake":
        return FakeCatalogue
    return lambda: SqliteCatalogue(Database(Path(tempfile.mkdtemp(dir=tmp_path))))


@pytest.fixture
def catalogue(make: MakeCatalogue) -> SqliteCatalogue:
    return make()


def article(slug: str, *paragraphs: str, head: Head = HEAD) -> Article:
    text, spans = join_paragraphs(paragraphs)
    return Article(slug, head, text, spans)


def passages(of: Article, page: int | None = None) -> list[Passage]:
    """A passage a paragraph, with two sentences of it where it can be halved."""
    found = []
    for number, (start, end) in enumerate(of.paragraphs):
        half = (end - start) // 2
        sentences = (Span(0, half), Span(half, end - start)) if half else (Span(0, end - start),)
        text = of.text[start:end]
        place = number + 1
        found.append(Passage(of.slug, number, place, place, start, end, text, sentences, page))
    return found


OWL = article("owl", "It hunts.", "It is a bird.")


def put(
    catalogue: SqliteCatalogue, of: Article, language: str = "en", record: FileRecord = RECORD
) -> None:
    with catalogue.writing():
        catalogue.put(of, language, passages(of), record)


def test_nothing_is_in_a_new_one(catalogue: SqliteCatalogue) -> None:
    assert catalogue.records() == {}
    assert catalogue.entries() == {}
    assert catalogue.languages() == []
    assert catalogue.passages([("owl", 0)]) == {}
    assert list(catalogue.all_passages("owl")) == []


def test_what_stands_around_a_passage_is_kept(catalogue: SqliteCatalogue) -> None:
    (first, second) = passages(OWL)
    quoted, after = (Span(1, 2),), "\n\nA \ud800 bird."
    around = Surroundings(1, (0, 11), quoted, "", (), after, (Span(2, len(after)),))
    whole = [first._replace(around=around), second]
    with catalogue.writing():
        catalogue.put(OWL, "en", whole, RECORD)
    assert list(catalogue.all_passages("owl")) == whole
    assert catalogue.passages([("owl", 0)]) == {("owl", 0): whole[0]}


def test_an_article_is_kept_whole(catalogue: SqliteCatalogue) -> None:
    put(catalogue, OWL)
    assert catalogue.records() == catalogue.records(["owl", "fox"]) == {"owl": RECORD}
    assert catalogue.records(["fox"]) == {}
    assert catalogue.entries() == {"owl": Entry("owl", HEAD, "en", 2, 6)}
    assert list(catalogue.all_passages("owl")) == passages(OWL)
    assert catalogue.passages([("owl", 1), ("owl", 7), ("fox", 0)]) == {
        ("owl", 1): passages(OWL)[1]
    }


def test_entries_come_in_the_order_of_their_slugs(catalogue: SqliteCatalogue) -> None:
    for slug in ("b", "ä", "a", "東", "B"):
        put(catalogue, article(slug, "Words."))
    assert list(catalogue.entries()) == ["B", "a", "b", "ä", "東"]
    assert list(catalogue.entries(["東", "a", "nothing", "a"])) == ["a", "東"]
    assert catalogue.entries([]) == {}


def test_articles_of_one_title_are_found(catalogue: SqliteCatalogue) -> None:
    short, whole = Head("The \ud800owl", digest_of="the article"), Head("The \ud800owl")
    put(catalogue, article("owl-2", "In short.", head=short))
    put(catalogue, article("owl", "At length.", head=whole))
    put(catalogue, article("fox", "Red.", head=Head("The fox")))
    assert catalogue.titled("The \ud800owl") == catalogue.entries(["owl", "owl-2"])
    assert catalogue.titled("the fox") == {}
    put(catalogue, article("owl-2", "In short.", head=Head("Another")))
    assert list(catalogue.titled("The \ud800owl")) == ["owl"]


FAULT = Problem(
    "kept.malformed",
    {"line": 3, "part": 0.5, "kinds": (".md", "\ud800"), "problem": Problem("text.binary")},
)


def slugs(catalogue: SqliteCatalogue, lookup: TitleLookup) -> list[str]:
    return [title.slug for title in catalogue.titles(lookup)]


def test_titles_are_found_by_their_beginning_and_by_what_they_hold(
    catalogue: SqliteCatalogue,
) -> None:
    titles = {"a": "Zoo", "b": "Ärger im Zoo", "c": "100% wool_en", "d": "ärger", "C2": "\ud800"}
    for slug, title in titles.items():
        put(catalogue, article(slug, "It is a bird.", head=HEAD._replace(title=title)))
    with catalogue.writing():
        catalogue.put_fault("e", FileRecord(RECORD.version, "", Problem("text.binary")))
    everything = catalogue.titles(TitleLookup())
    assert everything == sorted(everything)
    assert {(title.slug, title.folded) for title in everything} == {
        ("a", "zoo"), ("b", "arger im zoo"), ("c", "100% wool_en"), ("d", "arger"), ("C2", "?"),
    }  # fmt: skip
    assert catalogue.count() == 5
    assert slugs(catalogue, TitleLookup(limit=2)) == [title.slug for title in everything[:2]]
    assert slugs(catalogue, TitleLookup("arger")) == ["d", "b"]
    assert slugs(catalogue, TitleLookup("arger", limit=1)) == ["d"]
    assert slugs(catalogue, TitleLookup("arger", holding=["zoo"])) == ["b"]
    assert slugs(catalogue, TitleLookup(holding=["zoo", "%"])) == ["c", "b", "a"]
    assert slugs(catalogue, TitleLookup(limit=2, skip=2)) == [t.slug for t in everything[2:4]]
    assert slugs(catalogue, TitleLookup(skip=4)) == [everything[4].slug]
    assert slugs(catalogue, TitleLookup(slug_beginning="c")) == ["c"]
    assert slugs(catalogue, TitleLookup(slug_beginning="C")) == ["C2"]
    for nothing in ("_", "%", "zoo"):
        assert slugs(catalogue, TitleLookup(slug_beginning=nothing)) == []
    assert slugs(catalogue, TitleLookup("?")) == ["C2"]
    with catalogue.writing():
        catalogue.remove("d")
    put(catalogue, article("a", "It is a bird.", head=HEAD._replace(title="Ärger")))
    assert slugs(catalogue, TitleLookup("arger")) == ["a", "b"]
    assert catalogue.count() == 4


def test_each_language_is_named_once(catalogue: SqliteCatalogue) -> None:
    for slug, language in (("a", "en"), ("b", "de"), ("c", "en"), ("d", "")):
        put(catalogue, article(slug, "Words."), language)
    assert catalogue.languages() == ["", "de", "en"]


def test_an_article_takes_the_place_of_the_one_before(catalogue: SqliteCatalogue) -> None:
    put(catalogue, OWL)
    now = article("owl", "It sleeps.", head=Head("The owl"))
    put(catalogue, now, "de")
    assert catalogue.entries() == {"owl": Entry("owl", Head("The owl"), "de", 1, 2)}
    assert list(catalogue.all_passages("owl")) == passages(now)
    assert catalogue.passages([("owl", 1)]) == {}
    assert catalogue.languages() == ["de"]


def test_a_touch_changes_the_version_alone(catalogue: SqliteCatalogue) -> None:
    put(catalogue, OWL)
    version = Version("owl.md", 11, 1, 2)
    with catalogue.writing():
        catalogue.touch("owl", version)
        catalogue.touch("nothing", version)
    assert catalogue.records() == {"owl": RECORD._replace(version=version)}
    assert list(catalogue.all_passages("owl")) == passages(OWL)


def test_a_fault_is_remembered_and_is_no_article(catalogue: SqliteCatalogue) -> None:
    fault = RECORD._replace(sha256="", fault=FAULT)
    put(catalogue, OWL)
    with catalogue.writing():
        catalogue.put_fault("owl", fault)
    assert catalogue.records() == {"owl": fault}
    assert catalogue.entries() == catalogue.entries(["owl"]) == {}
    assert catalogue.languages() == []
    assert list(catalogue.all_passages("owl")) == []
    put(catalogue, OWL)
    assert catalogue.records() == {"owl": RECORD}


def test_articles_and_faults_are_removed(catalogue: SqliteCatalogue) -> None:
    put(catalogue, OWL)
    put(catalogue, article("fox", "Red."))
    with catalogue.writing():
        catalogue.put_fault("bad", RECORD._replace(fault=FAULT))
        for slug in ("owl", "bad", "nothing"):
            catalogue.remove(slug)
    assert list(catalogue.records()) == list(catalogue.entries()) == ["fox"]
    assert catalogue.passages([("owl", 0)]) == {}


def test_what_ends_with_an_exception_is_forgotten(catalogue: SqliteCatalogue) -> None:
    put(catalogue, OWL)
    with pytest.raises(KeyboardInterrupt), catalogue.writing():  # noqa: PT012 - a transaction
        catalogue.put(article("fox", "Red."), "en", [], RECORD)
        catalogue.remove("owl")
        raise KeyboardInterrupt
    assert list(catalogue.entries()) == ["owl"]
    assert list(catalogue.all_passages("owl")) == passages(OWL)
    put(catalogue, article("fox", "Red."))
    assert list(catalogue.entries()) == ["fox", "owl"]


def test_an_article_without_passages(catalogue: SqliteCatalogue) -> None:
    with catalogue.writing():
        catalogue.put(OWL, "en", [], RECORD)
    assert list(catalogue.all_passages("owl")) == []
    assert list(catalogue.entries()) == ["owl"]


def test_pages_are_kept(catalogue: SqliteCatalogue) -> None:
    with catalogue.writing():
        catalogue.put(OWL, "en", passages(OWL, 7), RECORD)
    assert [passage.page for passage in catalogue.all_passages("owl")] == [7, 7]


def test_a_reset_forgets_everything_and_can_be_written_again(catalogue: SqliteCatalogue) -> None:
    put(catalogue, OWL)
    catalogue.reset()
    assert catalogue.records() == {}
    assert catalogue.entries() == {}
    put(catalogue, OWL)
    assert list(catalogue.all_passages("owl")) == passages(OWL)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # put anew for each
)
@given(
    st.lists(st.text(min_size=1), min_size=1, max_size=4),
    st.text(),
    st.none() | st.text(),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1),
)
def test_every_text_is_kept_word_for_word(
    catalogue: SqliteCatalogue, paragraphs: list[str], title: str, author: str | None, slug: str
) -> None:
    hostile = article(slug, *paragraphs, head=Head(title, author))
    put(catalogue, hostile)
    assert list(catalogue.all_passages(slug)) == passages(hostile)
    assert catalogue.entries([slug])[slug].head == hostile.head
