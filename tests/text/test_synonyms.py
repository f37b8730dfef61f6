"""Words that may stand for each other."""

from __future__ import annotations

from collections.abc import Sequence, Set
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.text.synonyms
from bot.text.stems import stemmer
from bot.text.stopwords import stop_words
from bot.text.synonyms import Synonyms, synonyms

LISTED = Path(bot.text.synonyms.__file__).with_name("synonyms.en.txt")


@pytest.mark.parametrize(
    ("word", "other"),
    [("begin", "starting"), ("French", "France"), ("decade", "1990s"), ("wives", "husband")],
)
def test_a_word_may_stand_for_the_other_and_the_other_for_it(word: str, other: str) -> None:
    one, two = map(stemmer("en"), (word.lower(), other.lower()))
    assert two in synonyms("en")[one]
    assert one in synonyms("en")[two]


def test_stems_that_are_looked_up_late_have_the_same_synonyms() -> None:
    lines = LISTED.read_text("utf-8").splitlines()
    words = [*dict.fromkeys(map(stemmer("en"), " ".join(lines).replace(":", "").split()))]
    asked = [*words[:250], *(f"{first}{second}zz" for first in "abcdef" for second in "aeiouy")]

    def looked_up(order: Sequence[str]) -> dict[str, Set[str]]:
        known = Synonyms(LISTED.read_text("utf-8"), "en")
        return {stem: known.get(stem, frozenset()) for stem in [*order, *reversed(words)]}

    assert looked_up(asked) == looked_up([*reversed(asked), *asked])


def test_a_language_without_a_list_has_none() -> None:
    assert synonyms("de") == {}
    assert synonyms("../en") == {}


def test_the_list_reads_as_it_should() -> None:
    lines = LISTED.read_text("utf-8").splitlines()
    heads = [line.partition(": ")[0] for line in lines]
    assert heads == sorted(set(heads))
    for line in lines:
        head, colon, others = line.partition(": ")
        assert colon, line
        assert others.split() == sorted(set(others.split())), line
        # a stop word stands everywhere, and would stand for anything
        assert not stop_words("en") & {head, *others.split()}, line


def test_a_listed_word_begins_as_its_stem_does_by_which_it_is_looked_up() -> None:
    stem = stemmer("en")
    words = LISTED.read_text("utf-8").replace(":", "").split()
    assert [word for word in words if word[:2] != stem(word)[:2]] == []


def paired(lines: list[str]) -> dict[str, set[str]]:
    """The stem of each line's first word with those of the others, both ways."""
    stem = stemmer("en")
    pairs: dict[str, set[str]] = {}
    for line in lines:
        head, *others = map(stem, line.replace(":", "").split())
        for other in others:
            if other != head:
                pairs.setdefault(head, set()).add(other)
                pairs.setdefault(other, set()).add(head)
    return pairs


def test_what_is_looked_up_is_what_the_whole_list_says() -> None:
    assert dict(synonyms("en")) == paired(LISTED.read_text("utf-8").splitlines())


@given(st.lists(st.lists(st.sampled_from("tin tins ore iron mill".split()), min_size=1)))
def test_pairs_go_both_ways_and_never_to_the_same_stem(groups: list[list[str]]) -> None:
    lines = [f"{group[0]}: {' '.join(group[1:])}" for group in groups]
    found = Synonyms("".join(f"{line}\n" for line in lines), "en")
    assert dict(found) == paired(lines)
    assert len(found) == len(list(found))
    for stem, others in found.items():
        assert others
        assert stem not in others
        assert all(stem in found[other] for other in others)
