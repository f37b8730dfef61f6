"""Texts that are nearly the same are noticed, and never two matches of one answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core.library import Library
from bot.core.relevance.likeness import are_alike, may_be_alike, runs_of
from bot.core.seams import Words
from bot.wiring import library as wired

REPORT = (
    "The ferry Perseverance ran aground off Quillport on Monday with ninety people on board. "
    "Nobody was hurt, the harbour board said, and the tide lifted her off again by the evening.\n\n"
    "Divers will look at her hull today. She is the last ferry that still has a steam whistle, "
    "which the pilots say can be heard in East Pallister when the wind is right."
)
SHORTENED = REPORT.replace(" on Monday", " this week").replace(
    "\n\nDivers", "\n\nDivers of the board"
)
OTHER = "The ferry Perseverance has a new cook, who promises the harbour board a soup of its own."


@pytest.fixture
def library(tmp_path: Path) -> Library:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, text in (("echo", REPORT), ("courier", SHORTENED), ("soup", OTHER)):
        (corpus / f"{name}.md").write_text(f"# {name}\n\n{text}\n", "utf-8")
    found = wired(Settings(CorpusSettings(corpus), SearchSettings(cache=tmp_path / "cache")))
    found.refresh()
    return found


def test_near_duplicates_are_found_by_their_words(library: Library) -> None:
    assert library.near_duplicates("echo") == ["courier"]
    assert library.near_duplicates("courier") == ["echo"]
    assert library.near_duplicates("soup") == []


def test_near_duplicates_are_found_among_many(library: Library) -> None:
    assert library.near_duplicates_among({"echo", "soup"}) == {"echo": ["courier"]}


def test_near_duplicates_are_never_two_matches_of_one_answer(library: Library) -> None:
    answer = library.ask("Where did the ferry Perseverance run aground?", limit=5)
    articles = [match.passage.article for match in answer.matches]
    assert len({"echo", "courier"} & set(articles)) == 1
    assert answer.matches[0].passage.article in ("echo", "courier")


def test_in_its_own_article_each_near_duplicate_is_found(library: Library) -> None:
    for slug in ("echo", "courier"):
        answer = library.ask("Where did the ferry run aground?", article=slug)
        assert answer.matches[0].passage.article == slug


def test_short_texts_and_different_ones_are_not_alike() -> None:
    assert not are_alike(runs_of(["the", "ferry", "sailed"]), runs_of(["the", "ferry", "sailed"]))
    assert not are_alike(runs_of(REPORT.split()), runs_of(OTHER.split()))
    assert are_alike(runs_of(REPORT.split()), runs_of(SHORTENED.split()))


@given(st.lists(st.sampled_from("abcdefghij"), max_size=40), st.data())
def test_no_pair_that_is_alike_is_told_apart_by_its_stems(
    own: list[str], data: st.DataObject
) -> None:
    other = list(own)
    for at in data.draw(st.lists(st.integers(0, max(0, len(own) - 1)), max_size=4)):
        other[at : at + 1] = data.draw(st.lists(st.sampled_from("abcxyz"), max_size=2))
    one, two = (Words(stems, stems, [False] * len(stems), [len(stems)]) for stems in (own, other))
    if are_alike(runs_of(own), runs_of(other)):
        assert may_be_alike(one, two)
        assert may_be_alike(two, one)


def test_most_pairs_are_told_apart_by_their_stems() -> None:
    one, two = (
        Words(text.split(), text.split(), [False] * len(text.split()), [len(text.split())])
        for text in (REPORT, OTHER)
    )
    assert not may_be_alike(one, two)
    assert may_be_alike(one, one)
