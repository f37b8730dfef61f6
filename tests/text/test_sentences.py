"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from bot.text.sentences import ABBREVIATIONS, LONGEST, STARTERS, sentences


def cut(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


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


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", ["Am 3. Oktober 1990 war es so weit.", "Im 19. Jahrhundert nicht."]),
        ("de", ["Er war 30.", "Die Stadt wuchs.", "Es war 1990.", "Menschen kamen."]),
        (
            "de",
            ["„Komm!“", "Sie ging mit 20 Mio. Menschen.", "Er sagte: „Ja.“", "Dann schwieg er."],
        ),
        ("tr", ["3. Selim padişahtı.", "Prof. Dr. Ali Bey geldi."]),
        ("en", ["He was born on May 3.", "Selim came."]),
        ("el", ["Τι είναι αυτό;", "Είναι ένα βιβλίο.", "«Έλα εδώ;» είπε ο κ. Παππάς."]),
        ("en", ["It is this; Greek asks so."]),
        ("es", ["El Sr. García vive en EE. UU. desde hace años.", "Es feliz."]),
        ("vi", ["Ông TS. Nguyễn đến TP. Hồ Chí Minh.", "Năm 1990 có 3.000 người."]),
        ("hi", ["डॉ. शर्मा यहाँ हैं।", "“चलो।”", "उसने कहा।"]),
        ("th", [("ก" * 100 + " ") + "ข" * 70, "ค" * 170, "จบ 5 ๆ"]),
        ("th", ["ก" * 170 + " ๆ 5 เมตร AB"]),
    ],
)
def test_each_language_ends_its_sentences_as_it_does(language: str, expected: list[str]) -> None:
    assert cut(" ".join(expected), language) == expected


def test_a_writer_without_capitals_has_sentences_too() -> None:
    assert cut("i tried it. it broke. so i left") == ["i tried it.", "it broke.", "so i left"]


def test_one_small_letter_after_a_full_stop_is_no_new_sentence() -> None:
    assert cut("It came from Acme approx. in May. The end.") == [
        "It came from Acme approx. in May.",
        "The end.",
    ]


@given(
    st.text(alphabet="aZ .!?\n\"')]…。؟1[\ud800\x00;กๆ"), st.sampled_from(["en", "de", "el", "th"])
)
def test_only_white_space_lies_between_sentences(text: str, language: str) -> None:
    position = 0
    for start, end in sentences(text, language):
        assert text[position:start].strip() == ""
        assert text[start:end] == text[start:end].strip() != ""
        position = end
    assert text[position:].strip() == ""


@pytest.mark.parametrize(
    "unit",
    ["x", "x ", ". ", "Aa.\n", "." * 500 + "x", "a. ", "?)", "[a] ", "A.B", "。", "! ", ";", "ก "],
)
@pytest.mark.parametrize("language", ["en", "el", "th"])
def test_a_huge_paragraph_of_any_kind_is_cut_into_bounded_sentences(
    unit: str, language: str
) -> None:
    text = unit * (200_000 // len(unit))
    spans = sentences(text, language)
    assert max(end - start for start, end in spans) <= LONGEST
    quoted = "".join(text[start:end] for start, end in spans)
    assert "".join(quoted.split()) == "".join(text.split())


@given(
    # of one letter it is an initial, with which Punkt never ends a sentence, and we do
    word=st.sampled_from(sorted(word for word in ABBREVIATIONS if len(word) > 1))
    | st.from_regex(r"[0-9]{1,6}|\d{1,3}", fullmatch=True),
    follower=st.from_regex(r"[^\W\d_]{1,12}", fullmatch=True) | st.sampled_from(sorted(STARTERS)),
    capital=st.booleans(),
)
def test_where_it_is_doubtful_the_end_is_where_punkt_says(
    word: str, follower: str, capital: bool
) -> None:
    parameters = PunktParameters()
    parameters.abbrev_types, parameters.sent_starters = set(ABBREVIATIONS), set(STARTERS)
    text = f"{word}. {follower.title() if capital else follower}"
    punkt = PunktSentenceTokenizer(parameters)
    assume(not text.split()[1][0].islower())  # one small letter alone begins no sentence
    assert (len(sentences(text)) == 2) is punkt.text_contains_sentbreak(text)
