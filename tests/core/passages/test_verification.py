"""Checking a citation: the four verdicts, and which words stand where."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Article, Head, Span, join_paragraphs
from bot.core.errors import AddressError
from bot.core.passage import Passage
from bot.core.passages.address import Address, parse_address, words_hash
from bot.core.passages.verification import Difference, Verdict, compare_words, verify

OWL = "The owl is a bird. It hunts at night."
FOX = "The fox is red. It rose by 15 per cent."
SEA = "The sea is blue."


def article(*paragraphs: str) -> Article:
    text, spans = join_paragraphs(paragraphs)
    return Article("slug", Head("A title"), text, spans)


def address(paragraphs: str, quoted: str) -> Address:
    return parse_address(f"slug#{paragraphs}@{words_hash(quoted)}")


def test_identical() -> None:
    there = address("2", FOX)
    assert verify(there, article(OWL, FOX), ()) == Verdict("identical", there, FOX)
    assert verify(there, article(OWL, FOX), (), FOX) == Verdict("identical", there, FOX)
    assert verify(there, article(OWL, FOX), ()).holds


def test_identical_however_the_lines_are_wrapped() -> None:
    wrapped = FOX.replace(" ", "\n")
    there = address("1", wrapped)
    assert verify(there, article(FOX), (), wrapped) == Verdict("identical", there, FOX)


def test_identical_over_several_paragraphs() -> None:
    both = f"{OWL}\n\n{FOX}"
    there = address("1-2", both)
    assert verify(there, article(OWL, FOX, SEA), ()) == Verdict("identical", there, both)


def test_moved() -> None:
    now = article(SEA, OWL, FOX)
    assert verify(address("2", FOX), now, ()) == Verdict("moved", address("3", FOX), FOX)
    assert verify(address("2", FOX), now, ()).holds


def test_moved_to_the_nearest_place_where_the_words_stand() -> None:
    now = article(FOX, SEA, SEA, SEA, FOX, OWL)
    assert verify(address("6", FOX), now, ()).address == address("5", FOX)
    assert verify(address("2", FOX), now, ()).address == address("1", FOX)


def test_moved_from_beyond_the_end() -> None:
    assert verify(address("9", FOX), article(OWL, FOX), ()).address == address("2", FOX)


def test_moved_where_a_paragraph_was_divided_or_two_became_one() -> None:
    one, two = "The owl is a bird.", "It hunts at night."
    divided = verify(address("2", OWL), article(SEA, one, two), ())
    assert divided == Verdict("moved", address("2-3", OWL), f"{one}\n\n{two}")
    joined = verify(address("1-2", OWL), article(OWL, SEA), ())
    assert joined == Verdict("moved", address("1", OWL), OWL)


def test_a_piece_of_a_huge_paragraph_is_identical_or_moved() -> None:
    whole = f"{SEA} {OWL} {FOX}"
    piece = Passage("slug", 1, 1, 1, 17, 17 + len(OWL), OWL, (Span(0, len(OWL)),))
    there = address("1", OWL)
    assert verify(there, article(whole), (piece,)) == Verdict("identical", there, OWL)
    moved = piece._replace(first=2, last=2)
    assert verify(there, article(FOX, whole), (moved,)) == Verdict("moved", address("2", OWL), OWL)


def test_changed() -> None:
    now = article("The owl is a bird. It hunts by day.")
    verdict = verify(address("1", OWL), now, ())
    assert verdict == Verdict("changed", address("1", now.text), now.text)
    assert not verdict.holds


def test_changed_shows_what_became_of_the_quotation() -> None:
    now = article("The owl is a bird. It hunts by day.")
    assert verify(address("1", OWL), now, (), OWL).differences == (
        Difference("same", "The owl is a bird. It hunts"),
        Difference("removed", "at night."),
        Difference("added", "by day."),
    )


HEN = "The hen lays an egg a day, and broods for three weeks in spring."
HEN_NOW = "The hen lays an egg a day, and broods for two weeks in summer."


@pytest.mark.parametrize(
    ("quoted", "was", "paragraphs", "now"),
    [
        (HEN, "2", (OWL, FOX, HEN_NOW), "3"),  # one was put in before it
        (HEN, "4", (OWL, HEN_NOW, FOX), "2"),  # some were taken out
        (f"{FOX}\n\n{HEN}", "1-2", (OWL, FOX, HEN_NOW), "2-3"),
        (
            "渡船早上六点开始运行，冬天停运两周。",
            "1",
            (SEA, "渡船早上六点开始运行，冬天停运三周。"),
            "2",
        ),
    ],
)
def test_what_was_changed_and_has_moved_is_compared_where_it_stands_now(
    quoted: str, was: str, paragraphs: tuple[str, ...], now: str
) -> None:
    verdict = verify(address(was, quoted), article(*paragraphs), (), quoted)
    there = parse_address(f"slug#{now}")
    text = article(*paragraphs).quote(there.first or 0, there.last or 0)
    assert verdict == Verdict("changed", address(now, text), text, compare_words(quoted, text))


def test_what_is_nearly_nowhere_is_compared_with_what_stands_there() -> None:
    verdict = verify(address("2", HEN), article(OWL, FOX, SEA), (), HEN)
    assert verdict == Verdict("changed", address("2", FOX), FOX, compare_words(HEN, FOX))
    assert verify(address("4", HEN), article(OWL, FOX, SEA), (), HEN).status == "gone"


def test_of_several_that_are_nearly_as_quoted_the_nearest_is_compared() -> None:
    verdict = verify(address("2", HEN), article(HEN_NOW, OWL, HEN_NOW, SEA, HEN_NOW), (), HEN)
    assert verdict.address == address("1", HEN_NOW)


LONG = f"{OWL} {FOX} {SEA} Nobody has seen its ground, and few have tried to."


@pytest.mark.parametrize(
    ("quotation", "differences"),
    [
        ("The fox is grey.", [("same", "The fox is"), ("removed", "grey."), ("added", "red.")]),
        (
            "The fox is very red. It rose by 15",
            [("same", "The fox is"), ("removed", "very"), ("same", "red. It rose by 15")],
        ),
        (
            "It rose 15 per cent. The sea",
            [("same", "It rose"), ("added", "by"), ("same", "15 per cent. The sea")],
        ),
        ("few have never tried to.", [("same", "few have"), ("removed", "never"),
                                      ("same", "tried to.")]),
    ],
)  # fmt: skip
def test_a_part_that_was_quoted_is_compared_with_that_part(
    quotation: str, differences: list[tuple[str, str]]
) -> None:
    verdict = verify(address("1", LONG), article(LONG), (), quotation)
    assert verdict.status == "changed"
    assert [(each.kind, each.words) for each in verdict.differences] == differences


def test_a_whole_passage_that_was_quoted_is_compared_with_all_that_stands_there() -> None:
    verdict = verify(address("1", SEA), article(f"{SEA} {LONG}"), (), SEA)
    assert verdict.differences == (Difference("same", SEA), Difference("added", LONG))


def test_a_quotation_without_a_word_in_common_is_compared_with_all() -> None:
    verdict = verify(parse_address("slug#1"), article(LONG), (), "Zebras graze")
    assert verdict.differences == (Difference("removed", "Zebras graze"), Difference("added", LONG))


def test_a_word_that_is_frequent_near_the_quotation_only_is_no_fault() -> None:
    words = [f"then{number}" for number in range(1000)]
    words[300:309] = ["sea"] * 9
    quoted = [f"now{number}" for number in range(100)]
    quoted[50] = "sea"
    verdict = verify(parse_address("slug#1"), article(" ".join(words)), (), " ".join(quoted))
    removed = [each.words for each in verdict.differences if each.kind != "added"]
    added = [each.words for each in verdict.differences if each.kind != "removed"]
    assert (" ".join(removed), " ".join(added)) == (" ".join(quoted), " ".join(words))


def test_gone() -> None:
    for now in (None, article(SEA)):
        verdict = verify(address("2", OWL), now, ())
        assert verdict == Verdict("gone", address("2", OWL), None)
        assert not verdict.holds


def test_words_without_a_hash_are_looked_for_too() -> None:
    now = article(OWL, FOX)
    assert verify(Address("slug", 1, 1), now, (), "It hunts at night").status == "identical"
    assert verify(Address("slug", 1, 1), now, (), "The fox is red.").address.first == 2
    assert verify(Address("slug", 1, 1), now, (), "The fox is blue.").status == "changed"


@pytest.mark.parametrize("cut", ["rose by 1", "rose by 1 ", "ox is red", "fox is re", "The fo"])
def test_a_cut_word_is_not_the_word(cut: str) -> None:
    assert verify(Address("slug", 1, 1), article(FOX), (), cut).status == "changed"


@pytest.mark.parametrize(
    ("quotation", "text"),
    [("by 1", "It rose by 1.5 per cent."), ("5 per cent", "It was 1,5 per cent")],
)
def test_a_cut_number_is_not_the_number(quotation: str, text: str) -> None:
    assert verify(Address("slug", 1, 1), article(text), (), quotation).status == "changed"


@pytest.mark.parametrize(
    ("quotation", "text"),
    [
        ("希望更好", "中国希望更好地遵守。"),
        ("red", "“red,” it said"),
        ("by 1", "It rose by 1."),
        ("*", "a*b"),
    ],
)
def test_words_that_are_whole_are_found(quotation: str, text: str) -> None:
    assert verify(Address("slug", 1, 1), article(text), (), quotation).status == "identical"


def test_a_right_hash_with_other_words_is_not_identical() -> None:
    assert verify(address("1", OWL), article(OWL), (), "The owl is a fish.").status == "changed"


def test_every_digit_of_a_longer_hash_counts() -> None:
    digits = hashlib.sha256(OWL.encode()).hexdigest()
    whole = parse_address(f"slug#1@{digits}")
    assert verify(whole, article(OWL), ()).status == "identical"
    other = parse_address(f"slug#1@{digits[:-1]}{'0' if digits[-1] != '0' else '1'}")
    assert verify(other, article(OWL), ()).status == "changed"


def test_an_address_that_says_nothing_to_check_is_refused() -> None:
    with pytest.raises(AddressError, match=r"^address\.without_paragraph address='slug'"):
        verify(Address("slug"), article(OWL), (), OWL)
    for quotation in (None, "", " \n"):
        with pytest.raises(AddressError, match=r"^address\.without_quotation address='slug#1'"):
            verify(Address("slug", 1, 1), article(OWL), (), quotation)


@given(st.lists(st.text(min_size=1).map(str.strip).filter(bool), min_size=1, max_size=5), st.data())
def test_what_was_just_quoted_is_identical(paragraphs: list[str], data: st.DataObject) -> None:
    now = article(*paragraphs)
    first = data.draw(st.integers(1, len(paragraphs)))
    last = data.draw(st.integers(first, len(paragraphs)))
    quoted = now.quote(first, last)
    there = Address("slug", first, last, words_hash(quoted))
    assert verify(there, now, (), quoted) == Verdict("identical", there, quoted)


@given(st.text(), st.text())
def test_a_difference_holds_both_texts_whole(before: str, after: str) -> None:
    found = compare_words(before, after)
    old = [part.words for part in found if part.kind != "added"]
    new = [part.words for part in found if part.kind != "removed"]
    assert " ".join(old).split() == before.split()
    assert " ".join(new).split() == after.split()
