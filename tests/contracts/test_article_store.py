"""The contract of every store of articles, `bot.core.seams.ArticleStore`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cluster.postgres.article_store import PostgresArticleStore
from bot.core.article import Draft, Head
from bot.core.errors import AddressError, ArticleError
from bot.core.seams import ArticleStore, Listing
from bot.sources.corpus.folder import CorpusFolder
from bot.sources.corpus.overlay_store import OverlayStore
from bot.sources.formats.file_reading import read_file
from bot.sources.formats.markdown import article_of, escape
from tests.cluster.postgres.servers import new_tenant, shared_connections
from tests.fakes.article_store import FakeArticleStore
from tests.wording import raises

MakeStore = Callable[[], ArticleStore]
OWL = Draft(Head("The owl", published="2016-07-18"), "The owl hunts at night.\n\nIt is a *bird*.\n")
FOX = Draft(Head("The fox"), "The fox is red.\n")


@pytest.fixture(params=["folder", "postgres", "fake", "overlay"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> MakeStore:
    if request.param == "fake":
        return FakeArticleStore
    if request.param == "postgres":
        connections = shared_connections()
        return lambda: PostgresArticleStore(connections, new_tenant(), read_file)

    def folder() -> CorpusFolder:
        return CorpusFolder(Path(tempfile.mkdtemp(dir=tmp_path)))

    if request.param == "overlay":
        return lambda: OverlayStore(folder(), folder())
    return folder


@pytest.fixture
def store(make: MakeStore) -> ArticleStore:
    return make()


def test_nothing_lies_in_a_new_one(store: ArticleStore) -> None:
    assert store.list() == Listing({}, [])


def test_what_is_saved_is_listed_and_read_back(store: ArticleStore) -> None:
    assert "owl" in store.save("owl", OWL)
    listing = store.list()
    assert list(listing.versions) == ["owl"]
    assert listing.faults == []
    article, sha256 = store.get("owl", listing.versions["owl"])
    assert article == article_of("owl", OWL)
    assert article.text == "The owl hunts at night.\n\nIt is a bird."
    assert len(sha256) == 64
    assert sha256 == store.sha256(listing.versions["owl"])


def test_the_bytes_of_files_are_given_and_those_that_are_gone_left_out(store: ArticleStore) -> None:
    store.save("owl", OWL)
    store.save("fox", FOX)
    versions = store.list().versions
    contents = dict(store.contents(versions))
    assert sorted(contents) == ["fox", "owl"]
    assert b"The owl hunts at night." in contents["owl"]
    assert dict(store.contents({"fox": versions["fox"]})) == {"fox": contents["fox"]}
    store.remove("fox")
    assert dict(store.contents(versions)) == {"owl": contents["owl"]}


def test_some_are_listed_alone(store: ArticleStore) -> None:
    store.save("owl", OWL)
    store.save("fox", FOX)
    whole = store.list()
    assert store.list({"fox", "gull"}) == Listing({"fox": whole.versions["fox"]}, [])
    assert store.list(set()) == Listing({}, [])


def test_pages_are_kept(store: ArticleStore) -> None:
    store.save("owl", OWL._replace(pages=(3, 4)))
    article, _ = store.get("owl", store.list().versions["owl"])
    assert article.pages == (3, 4)


def test_a_change_shows_in_version_and_digest(store: ArticleStore) -> None:
    store.save("a", OWL)
    before = store.list().versions["a"]
    sha256 = store.sha256(before)
    store.save("a", FOX)
    after = store.list().versions["a"]
    assert after != before
    assert store.sha256(after) != sha256
    assert store.get("a", after)[0] == article_of("a", FOX)


def test_the_same_text_has_the_same_digest(store: ArticleStore) -> None:
    store.save("a", OWL)
    sha256 = store.sha256(store.list().versions["a"])
    store.save("a", OWL)
    assert store.sha256(store.list().versions["a"]) == sha256


def test_nothing_changes_by_looking(store: ArticleStore) -> None:
    store.save("a", OWL)
    before = store.list()
    store.get("a", before.versions["a"])
    assert store.list() == before


def test_articles_are_removed_one_by_one(store: ArticleStore) -> None:
    store.save("a", OWL)
    store.save("b", FOX)
    version = store.list().versions["a"]
    assert "a" in store.remove("a")
    assert list(store.list().versions) == ["b"]
    assert store.sha256(version) == ""
    with pytest.raises(ArticleError):
        store.get("a", version)


def test_who_adds_alone_is_not_disturbed(make: MakeStore) -> None:
    store = make()
    free: list[bool] = []

    def take(number: int) -> None:
        with store.exclusive():
            free.append("a" not in store.list().versions)
            if free[-1]:
                store.save("a", Draft(Head("A"), f"Words of {number}.\n"))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(take, range(4)))
    assert sorted(free) == [False, False, False, True]


def test_what_is_not_there_cannot_be_removed(store: ArticleStore) -> None:
    with raises(AddressError, match="there is no article 'a'; `articles` lists them"):
        store.remove("a")


@pytest.mark.parametrize(
    "slug",
    [
        "", ".", "..", ".hidden", "../a", "a/b", "/a", "a\\b", "a#1", "a@b", "a\0", "a\n", " a",
        "a ", "\ud800", "a\u202e",
    ],
)  # fmt: skip
def test_a_name_that_no_address_can_hold_is_refused(store: ArticleStore, slug: str) -> None:
    with raises(ArticleError, match="cannot be an article's name"):
        store.save(slug, OWL)
    assert store.list() == Listing({}, [])


@pytest.mark.parametrize("slug", ["a", "a.b", "a b", "東海", "é", "-", "a,b;c", "CON", "%2e", "~a"])
def test_every_other_name_is_kept(store: ArticleStore, slug: str) -> None:
    store.save(slug, OWL)
    assert list(store.list().versions) == [slug]
    assert store.get(slug, store.list().versions[slug])[0].slug == slug


@settings(
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # a new store for each
)
@given(data=st.data())
def test_every_text_reads_back_word_for_word(make: MakeStore, data: st.DataObject) -> None:
    store = make()
    text = data.draw(st.text().map(str.strip).filter(bool))
    store.save("a", Draft(Head("T"), escape(text)))
    article, _ = store.get("a", store.list().versions["a"])
    assert article == article_of("a", Draft(Head("T"), escape(text)))
