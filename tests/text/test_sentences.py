"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.sentences import LONGEST, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["One here.", "Two there!", "Three?", "Four"],
        ["Mr. Smith met Dr. A. B. Jones of Acme Inc. in St. Louis.", "They talked."],
        ["The U.S. Army left the U.S. in May.", "It came back."],
        ["He works at Acme Inc.", "The firm is old."],
        ["It cost approx. five pounds, i.e. little.", "Nobody minded."],
        ["See No. 5 and fig. 3 of vol. 2.", "He said no.", "Anna ate a fig.", "Bob left."],
        ["After World War I.", "The town grew."],
        ["She left in 1998.", "The house stood empty."],
        ["“Is it true?”", "“It is.”", "So be it."],
        ["The tower is old.[2]", "The bridge is new.[citation needed]", "Both stand."],
        ["Yahoo! was large and e.g. Altavista was not.", "Both are gone."],
        ["Wait ... what?", "Nothing."],
        ["今天天气很好。", "我们去公园吧！", "好吗？", "好"],
        ["هل هذا صحيح؟", "نعم."],
        ["राम घर गया।", "सीता वन गई।"],
        ["Он родился в 1799 г. в Москве.", "Там он жил."],
    ],
)
def test_sentences_are_cut_where_a_reader_would(expected: list[str]) -> None:
    gap = "" if "。" in expected[0] else " "
    assert cut(gap.join(expected)) == expected


def test_a_writer_without_capitals_has_sentences_too() -> None:
    assert cut("i tried it. it broke. so i left") == ["i tried it.", "it broke.", "so i left"]


def test_one_small_letter_after_a_full_stop_is_no_new_sentence() -> None:
    assert cut("It came from Acme approx. in May. The end.") == [
        "It came from Acme approx. in May.",
        "The end.",
    ]


@given(st.text(alphabet="aZ .!?\n\"')]…。؟1[\ud800\x00"))
def test_only_white_space_lies_between_sentences(text: str) -> None:
    position = 0
    for start, end in sentences(text):
        assert text[position:start].strip() == ""
        assert text[start:end] == text[start:end].strip() != ""
        position = end
    assert text[position:].strip() == ""


@pytest.mark.parametrize(
    "unit", ["x", "x ", ". ", "." * 500 + "x", "a. ", "?)", "[a] ", "A.B", "。", "! "]
)
def test_a_huge_paragraph_of_any_kind_is_cut_into_bounded_sentences(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    spans = sentences(text)
    assert max(end - start for start, end in spans) <= LONGEST
    quoted = "".join(text[start:end] for start, end in spans)
    assert quoted.replace(" ", "") == text.replace(" ", "")
