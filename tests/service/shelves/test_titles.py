"""Titles: the one resolver of what somebody typed for an article."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.seams import Entry, FoldedTitle, TitleLookup
from bot.core.title_folding import fold, holds
from bot.service.shelves.titles import (
    Found,
    Resolution,
    Several,
    Title,
    TitledArticles,
    Titles,
    Unknown,
    unresolved,
)
from tests.fakes.titled_articles import titled_articles

NAMES = [
    "China and Russia's North Korea problem",
    "Life after Rosneft deal: CEFC ambitions",
    "Former Fed official Fisher: China could be the key",
    "Ärger in Zürich",
    "A",
]
LISTED = [Title(f"s{n}", name) for n, name in enumerate(NAMES)]
TITLES = Titles(titled_articles(LISTED))


class _Counting:
    """Articles that count the titles that are read of them."""

    def __init__(self, articles: TitledArticles) -> None:
        self._articles = articles
        self.handed_out = 0

    def titles(self, lookup: TitleLookup) -> Sequence[FoldedTitle]:
        return self.titles_of([lookup])[0]

    def titles_of(self, lookups: Sequence[TitleLookup]) -> Sequence[Sequence[FoldedTitle]]:
        found = self._articles.titles_of(lookups)
        self.handed_out += sum(map(len, found))
        return found

    def entries_of(self, slugs: Sequence[str]) -> Sequence[Entry]:
        return self._articles.entries_of(slugs)

    def count(self) -> int:
        return self._articles.count()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", [4, 3, 0, 2, 1]),
        ("china", [0, 2]),  # at the beginning first
        ("KOREA prob", [0]),
        ("rosenft", [1]),  # two letters swapped
        ("rosnft", [1]),  # one left out
        ("rossneft", [1]),  # one too many
        ("rosmeft", [1]),  # another one
        ("rsneft daal", []),  # two errors
        ("arger in zurich", [3]),
        ("qqq", []),
        ("qqqq", []),
        ("  north   korea ", [0]),
    ],
)
def test_titles_are_found_anywhere_with_one_error_forgiven(typed: str, found: list[int]) -> None:
    assert [title.slug for title in TITLES.complete(typed, 25)] == [f"s{n}" for n in found]


@given(
    st.text(st.sampled_from("abc "), min_size=4, max_size=20)
    .map(fold)
    .filter(lambda t: len(t) > 4),
    st.data(),
)
def test_one_error_anywhere_is_forgiven(title: str, data: st.DataObject) -> None:
    starts = [at for at in range(len(title)) if at == 0 or title[at - 1] == " "]
    start = data.draw(st.sampled_from([at for at in starts if at <= len(title) - 4] or [0]))
    wanted = title[start : data.draw(st.integers(min(start + 4, len(title)), len(title)))]
    at = data.draw(st.integers(0, len(wanted) - 1))
    letter = data.draw(st.sampled_from("abcx"))
    wrong = data.draw(
        st.sampled_from(
            [
                wanted[:at] + letter + wanted[at:],
                wanted[:at] + letter + wanted[at + 1 :],
                wanted[:at] + wanted[at + 1 :],
                wanted[:at] + wanted[at : at + 2][::-1] + wanted[at + 2 :],
            ]
        )
    )
    assert holds(title, wrong)
    if len(fold(wrong)) >= 4 and fold(wrong) == wrong:
        assert Titles(titled_articles([Title("s", title)])).complete(wrong, 25) == [
            Title("s", title)
        ]


S0, S1, S2, S3, S4 = LISTED


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("s1", Found(S1, True)),  # a slug
        (" S1 ", Found(S1, True)),
        ("a", Found(S4, True)),  # a whole title, though others begin with it or hold it
        ("  arger IN  zurich", Found(S3, True)),
        ("china and russia’s north korea PROBLEM", Found(S0, True)),
        ("china and russia's north korea problem\u202e", Found(S0, True)),
        ("china", Found(S0, False)),  # the only one that begins so
        ("fisher", Found(S2, False)),  # the only one that holds it
        ("key china", Found(S2, False)),  # the only one that holds all its words
        ("rosenft", Found(S1, False, True)),  # one error
        ("rosnft", Found(S1, False, True)),
        ("rosnt", Unknown((S1,))),  # in too short a text
        ("korae", Unknown((S0,))),
        ("s", Several((S4, S3, S0))),  # slugs that begin so
        ("o", Several((S0, S2, S1))),
        ("", Unknown(())),
        (" \u202e", Unknown(())),
        ("the key to the north", Unknown((S2, S0))),
        ("qqqq", Unknown(())),
    ],
)
def test_a_text_means_one_article_or_none_or_several(text: str, meant: object) -> None:
    assert TITLES.resolve(text) == meant


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6), st.data())
def test_every_slug_and_every_title_is_found(names: list[str], data: st.DataObject) -> None:
    listed = [Title(f"slug-{n}", name) for n, name in enumerate(names)]
    titles = Titles(titled_articles(listed))
    title = data.draw(st.sampled_from(listed))
    assert titles.resolve(title.slug) == Found(title, True)
    if fold(title.title):
        found = titles.resolve(title.title)
        assert isinstance(found, Found)
        assert found.is_exact


def test_the_rarest_word_typed_finds_a_title_among_many_that_hold_the_others() -> None:
    towns = [Title(f"s{n}", f"The history of town {n}") for n in range(300)]
    titles = Titles(titled_articles([*towns, Title("quarry", "The quarry of Ams, its history")]))
    assert [title.slug for title in titles.complete("history quarry", 25)] == ["quarry"]


def test_a_key_that_is_pressed_has_a_bounded_number_of_titles_compared() -> None:
    articles = _Counting(titled_articles([Title(f"s{n}", f"town {n:05}") for n in range(5000)]))
    assert Titles(articles).complete("town x7799", 25) == []
    assert articles.handed_out < 3000


def test_words_that_no_title_holds_are_named_once() -> None:
    words = ["Zurich", "zebra", "CHINA", "Zebra", "fed", "ärgern", "Fisher"]
    assert TITLES.lacking(words) == ["zebra", "ärgern"]
    assert TITLES.lacking([]) == []
    assert [title.slug for title in TITLES.nearest("Fisher?", 1)] == ["s2"]


OWL, GULL = Title("owl", "The barn owl"), Title("gull", "The gull")


@pytest.mark.parametrize(
    ("text", "resolution", "code", "data"),
    [
        ("  ", Unknown(()), "article.unnamed", {"text": "  "}),
        (
            "the",
            Several((OWL, GULL)),
            "article.ambiguous",
            {"text": "the", "titles": ("“The barn owl”", "“The gull”")},
        ),
        (
            "barn",
            Several((OWL, Title("owl-2", "The barn owl"))),
            "article.ambiguous",
            {"text": "barn", "titles": ("“The barn owl” (owl)", "“The barn owl” (owl-2)")},
        ),
        (
            " owls ",
            Unknown((OWL,)),
            "article.misnamed",
            {"text": "owls", "titles": ("“The barn owl” (owl)",)},
        ),
        (
            "brn owl",
            Found(OWL, is_exact=False, is_guess=True),
            "article.misnamed",
            {"text": "brn owl", "titles": ("“The barn owl” (owl)",)},
        ),
        (" fish ", Unknown(()), "article.unknown", {"text": "fish"}),
    ],
)
def test_what_was_read_decides_what_is_said(
    text: str, resolution: Resolution, code: str, data: dict[str, object]
) -> None:
    error = unresolved(text, resolution)
    assert (error.code, dict(error.data), error.resolution) == (code, data, resolution)
    assert error.text == data["text"]
