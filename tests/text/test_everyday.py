"""Everyday words and phrases, and the words that articles use for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.text.everyday
from bot.core.seams import Substitutes
from bot.text.analyzer import Languages
from bot.text.everyday import (
    MOST_BETWEEN,
    EverydayPhrases,
    EverydayWords,
    everyday_phrases,
    everyday_words,
)
from bot.text.stems import stemmer, term_prefix
from bot.text.stopwords import stop_words
from bot.text.tokens import fold

FOLDER = Path(bot.text.everyday.__file__).parent
LANGUAGES = ["de", "en", "es", "fr", "ru"]
LISTS = [("everyday", each) for each in LANGUAGES] + [
    ("everyday_phrases", each) for each in ("de", "en")
]


def lines_of(name: str, language: str) -> list[str]:
    return (FOLDER / f"{name}.{language}.txt").read_text("utf-8").splitlines()


def stem_of(language: str) -> Callable[[str], str]:
    stem, prefix = stemmer(language), term_prefix(language)
    return lambda word: prefix + stem(fold(word))


def substitutes(instead: str, stem: Callable[[str], str]) -> Substitutes:
    exact, _, near = instead.partition("|")
    return Substitutes({*map(stem, exact.split())}, {*map(stem, near.split())})


def phrase_words(question: str, language: str = "en") -> dict[str, Substitutes]:
    analyzer = Languages()
    return dict(analyzer.phrase_words(analyzer.tokens(question, language), language))


def test_a_language_without_a_list_has_none() -> None:
    assert everyday_words("sv") == {}
    assert everyday_words("../en") == {}
    assert everyday_phrases("sv").find(["step", "down"]) == []


def test_what_articles_say_for_an_everyday_word_is_not_said_for_everything_else() -> None:
    assert "medicin" in everyday_words("en")["pill"].all
    assert "de:tier" in everyday_words("de")["de:hausti"].all
    found = EverydayWords("pill: tablet | medicine\ntablet: | medicine\n", "en")
    assert dict(found) == {
        "pill": Substitutes({"tablet"}, {"medicin"}),
        "tablet": Substitutes(set(), {"medicin"}),
    }
    assert "medicin" not in found
    assert found.get("medicin") is None


@pytest.mark.parametrize(
    ("word", "exact", "near"),
    [
        ("arrested", "detained", ""),
        ("layoffs", "redundancies", "jobs"),
        ("abolished", "repealed", ""),
        ("abandoned", "derelict", ""),
        ("flood", "flooding", "river"),
        ("accident", "crash", "injury"),
    ],
)
def test_words_that_say_the_same_are_told_from_those_that_are_near(
    word: str, exact: str, near: str
) -> None:
    stem = stem_of("en")
    found = everyday_words("en")[stem(word)]
    if stem(exact) != stem(word):
        assert stem(exact) in found.exact
    assert not near or stem(near) in found.near


@pytest.mark.parametrize(
    ("verb", "other"),
    [
        ("beat", "won"),  # somebody, and a prize
        ("win", "beat"),
        ("defeated", "lost"),
        ("lost", "defeated"),
        ("killed", "died"),
        ("robbed", "stole"),
        ("stole", "robbed"),
        ("lend", "borrow"),
        ("borrow", "lend"),
        ("hire", "rent"),
    ],
)
def test_verbs_with_other_objects_do_not_say_the_same(verb: str, other: str) -> None:
    """ "Who did she beat?" is not answered by what she won, nor "Who did he kill?" by his death."""
    stem = stem_of("en")
    assert stem(other) not in everyday_words("en")[stem(verb)].exact


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_listed_word_is_found_by_its_stem(language: str) -> None:
    stem = stem_of(language)
    lines = [line.partition(":") for line in lines_of("everyday", language)]
    expected = {stem(head): substitutes(others, stem) for head, _, others in lines}
    assert dict(everyday_words(language)) == expected
    assert len(expected) == len(lines)  # no two words have one stem


@pytest.mark.parametrize(
    ("question", "stems", "instead"),
    [
        ("Why is the treasurer stepping down?", {"step", "down"}, "resign"),
        ("Who kicked him out?", {"kick", "out"}, "expel"),
        ("Can I throw my old sofa away?", {"throw", "away"}, "dispose"),
        ("Do they sign people up?", {"sign", "up"}, "register"),
        ("How come it is shut?", {"come"}, "because"),
        ("Do you put up with it?", {"put", "up"}, "tolerate"),
        ("How do I get rid of moss?", {"get", "rid"}, "remove"),
        ("Wann hört der Kurs auf?", {"de:hort"}, "enden"),
        ("Warum tritt die Kassenwartin zurück?", {"de:tritt", "de:zuruck"}, "Rücktritt"),
    ],
)
def test_the_words_of_a_phrase_stand_for_what_articles_say(
    question: str, stems: Set[str], instead: str
) -> None:
    language = "de" if "de:" in "".join(stems) else "en"
    found = phrase_words(question, language)
    assert found.keys() == stems
    assert all(stem_of(language)(instead.lower()) in words.all for words in found.values())


@pytest.mark.parametrize(
    "question",
    [
        "Who stepped over the line down there?",  # "step down" has no other word within
        "Can I throw my very old green sofa away?",  # too many
        "Down the step?",  # in this order only
        "What should I throw?",
        "",
    ],
)
def test_words_that_make_no_phrase_stand_for_nothing(question: str) -> None:
    assert phrase_words(question) == {}


def test_a_phrase_means_nothing_in_another_language() -> None:
    assert phrase_words("step down", "sv") == {}


def test_of_phrases_that_begin_with_one_word_the_longest_is_meant_then_the_nearest() -> None:
    phrases = EverydayPhrases("put ... off: delay\nput ... up: build\nput up with: | bear\n", "en")
    assert phrases.find(["put", "up", "with", "off"]) == [((0, 1, 2), Substitutes(near={"bear"}))]
    assert phrases.find(["put", "up", "or", "off"]) == [((0, 1), Substitutes({"build"}))]
    assert phrases.find(["put", "it", "off", "up"]) == [((0, 2), Substitutes({"delay"}))]


def test_a_word_in_two_phrases_stands_for_what_is_said_for_either() -> None:
    found = phrase_words("Did they call the start off, or put it off?")
    assert found["off"].all == found["call"].all | found["put"].all
    assert found["off"].exact == found["call"].exact | found["put"].exact


@given(st.lists(st.sampled_from("take it the old out of back".split()), max_size=12))
def test_a_phrase_is_found_where_its_words_stand_in_order_and_near(stems: Sequence[str]) -> None:
    found = EverydayPhrases("take ... back: return\ntake out of: remove\n", "en").find(stems)
    for places, instead in found:
        words = [stems[place] for place in places]
        assert (words, instead.exact) in (
            (["take", "back"], {"return"}),
            (["take", "out", "of"], {"remov"}),
        )
        assert list(places) == sorted(places)
        assert places[-1] - places[0] <= MOST_BETWEEN + 1
    whole = [start for start in range(len(stems)) if stems[start : start + 2] == ["take", "back"]]
    assert {places[0] for places, _ in found} >= set(whole)


@pytest.mark.parametrize(("name", "language"), LISTS)
def test_the_list_reads_as_it_should(name: str, language: str) -> None:
    stem, stops, prefix = stem_of(language), stop_words(language), term_prefix(language)
    lines = lines_of(name, language)
    assert lines == sorted(lines, key=fold)
    heads = [line.partition(":")[0] for line in lines]
    assert len({head.replace(" ...", "") for head in heads}) == len(heads)
    for line in lines:
        head, colon, instead = line.partition(":")
        exact, near = (part.split() for part in instead.partition("|")[::2])
        assert line == f"{head}{colon}{' '.join(['', *exact])}{' | ' * bool(near)}{' '.join(near)}"
        words = [fold(word) for word in head.split() if word != "..."]
        assert exact == sorted(set(exact)), line
        assert near == sorted(set(near)), line
        assert set(map(stem, exact)).isdisjoint(map(stem, near)), line
        # a stop word stands everywhere, and would stand for anything
        assert not stops & set(map(fold, exact + near)), line
        assert not stops.issuperset(words), line
        assert len(words) == 1 if name == "everyday" else len(words) > 1, line
        # by its beginning a line is found
        beginning = stem(words[0]).removeprefix(prefix)[:3].removesuffix("i")
        assert words[0].startswith(beginning), line
        said = set(map(stem, exact + near))
        assert said, line
        assert not said & set(map(stem, words)), line


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_phrase_is_found_with_and_without_words_within(language: str) -> None:
    stem, phrases = stem_of(language), everyday_phrases(language)
    for line in lines_of("everyday_phrases", language):
        head, _, instead = line.partition(":")
        stems = ["..." if word == "..." else stem(word) for word in head.split()]
        said = substitutes(instead, stem)
        together = [stem for stem in stems if stem != "..."]
        assert (tuple(range(len(together))), said) in phrases.find(together), line
        apart = phrases.find(["zz" if stem == "..." else stem for stem in stems])
        assert any(words == said for _, words in apart), line
