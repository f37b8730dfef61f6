"""A store over another: the one below stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.article import Draft, Head
from bot.core.errors import AddressError
from bot.sources.corpus.folder import CorpusFolder
from bot.sources.corpus.overlay_store import OverlayStore

OWL = Draft(Head("The owl"), "The owl hunts at night.\n")
DAY = Draft(Head("The owl"), "The owl sleeps by day.\n")
FOX = Draft(Head("The fox"), "The fox is red.\n")


@pytest.fixture
def below(tmp_path: Path) -> CorpusFolder:
    (tmp_path / "below").mkdir()
    store = CorpusFolder(tmp_path / "below")
    store.save("owl", OWL)
    (tmp_path / "below" / "notes.exe").write_bytes(b"")
    return store


@pytest.fixture
def over(below: CorpusFolder, tmp_path: Path) -> OverlayStore:
    (tmp_path / "over").mkdir()
    return OverlayStore(below, CorpusFolder(tmp_path / "over"))


def text_of(store: OverlayStore | CorpusFolder, slug: str) -> str | None:
    version = store.list({slug}).versions.get(slug)
    return None if version is None else store.get(slug, version)[0].text


def test_without_changes_it_is_the_store_below(over: OverlayStore, below: CorpusFolder) -> None:
    assert over.list() == below.list()
    version = over.list().versions["owl"]
    assert over.get("owl", version) == below.get("owl", version)
    assert over.sha256(version) == below.sha256(version)


def test_what_is_changed_is_changed_here_alone(over: OverlayStore, below: CorpusFolder) -> None:
    before = below.list()
    assert over.save("owl", DAY) == "owl"
    over.save("fox", FOX)
    assert sorted(over.list().versions) == ["fox", "owl"]
    assert over.list().faults == before.faults
    assert text_of(over, "owl") == "The owl sleeps by day."
    assert over.sha256(over.list().versions["owl"]) != below.sha256(before.versions["owl"])
    assert over.remove("owl") == "owl"
    assert list(over.list().versions) == ["fox"]
    with pytest.raises(AddressError):
        over.remove("owl")
    over.save("owl", DAY)
    assert text_of(over, "owl") == "The owl sleeps by day."
    over.sweep()
    assert below.list() == before
    assert text_of(below, "owl") == "The owl hunts at night."


def test_a_change_is_taken_back(over: OverlayStore) -> None:
    over.save("owl", DAY)
    over.save("fox", FOX)
    for slug in ("owl", "fox", "no such owl"):
        over.discard(slug)
    assert list(over.list().versions) == ["owl"]
    assert text_of(over, "owl") == "The owl hunts at night."
    over.remove("owl")
    over.discard("owl")
    assert text_of(over, "owl") == "The owl hunts at night."


def test_a_held_listing_follows_what_is_saved(over: OverlayStore) -> None:
    with over.holding(), over.together():
        with over.exclusive():
            over.save("fox", FOX)
            over.save("owl", DAY)
        assert text_of(over, "owl") == "The owl sleeps by day."
        over.remove("fox")
        assert list(over.list().versions) == ["owl"]
    assert text_of(over, "owl") == "The owl sleeps by day."
    assert text_of(over, "fox") is None
