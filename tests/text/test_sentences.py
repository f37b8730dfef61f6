"""Texts are divided into sentences."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from bot.text.abbreviations import abbreviations, before_numbers, starters, titles
from bot.text.sentence_marks import is_marker, may_be_within, outside, quotations
from bot.text.sentences import LONGEST, sentences
from tests.calls import calls_of

ABBREVIATIONS = abbreviations("en") - titles()
STARTERS = starters("en")

GOLDEN = Path(__file__).parents[3] / "shared" / "sentences" / "golden.jsonl"
PUNKT = Counter(en=13, de=12, es=5, it=12, nl=2, ru=22, da=12, hy=2, ar=1, mr=2, kk=1, sk=1)
"""Number of the golden cases that NLTK's Punkt gets right with its trained models, by language."""


def cut(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    "expected",
    [
        ["One here.", "Two there!", "Three?", "Wait ... what?", "Four"],
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
        ["ID. SPACE is the name of a room.", "It is new.", "Ask for an ID.", "SPACE is next."],
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


@example("x" * (LONGEST - 1) + " " + "y" * 100, "en")
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


@pytest.mark.thorough
@pytest.mark.parametrize(
    "unit",
    ["x", "x ", ". ", "Aa.\n", "." * 500 + "x", "a. ", "?)", "[a] ", "A.B", "。", "! ", ";", "ก "],
)
@pytest.mark.parametrize("language", ["en", "el", "th"])
def test_a_huge_paragraph_is_cut_into_bounded_sentences(unit: str, language: str) -> None:
    text = unit * (100_000 // len(unit))
    quoted = cut(text, language)
    assert max(map(len, quoted)) <= LONGEST
    assert "".join("".join(quoted).split()) == "".join(text.split())


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
    text = f"See {word}. {follower.title() if capital else follower}"
    punkt = PunktSentenceTokenizer(parameters)
    assume(not text.split()[2][0].islower())  # one small letter alone begins no sentence
    assert (len(sentences(text)) == 2) is punkt.text_contains_sentbreak(text)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Am Tor stand Prof. Dr. med. Anna Lenz."),
        ("de", "Nach Abs. 4 Nr. 7 gilt das nicht."),
        ("de", "Die röm.-kath. Kirche liegt an der Hafenstr. Nord."),
        ("de", "Das kostet inkl. MwSt. zzgl. Porto 4 Mio. Kronen."),
        ("de", "Prof. Dr.-Ing. Weber sprach zuerst."),
        ("fr", "La Cie. Lux et les Ets. Bon fusionnent."),
        ("pl", "Św. Jan i bł. Anna są patronami."),
        ("uk", "Він живе на вул. Миру, буд. 3."),
        ("da", "Toget kører kl. 7 og igen kl. 19."),
        ("da", "Det gælder bl.a. Hr. Holm og fru Lund jf. Bilag 3."),
        ("no", "Det gjelder f.eks. Bergen og Oslo mfl. Byer."),
        ("sv", "Han bor t.ex. Uppsala och Lund m.fl. Städer."),
        ("it", "Ha chiamato l'Avv. Bruni e il Sig. Conti."),
        ("it", "Lo vide l'ing. Ferri, cfr. Tav. 3."),
        ("ru", "Он жил в пгт. Лесной на ул. Садовой."),
        ("ru", "Это сказал акад. Петров и проф. Орлов."),
        ("pl", "Mieszka przy ul. Długiej, obok woj. Szkoły nr. 4."),
        ("pl", "Rozmawiał m.in. Kowalski, prof. Nowak i inż. Lis."),
        ("fi", "Siellä oli esim. Helsinki, Turku ym. Kaupunkeja."),
        ("fi", "Juna lähtee klo. 8 aamulla."),
        ("es", "La Dra. Gómez vive en la Avda. Mayor, núm. 4."),
        ("es", "El Ilmo. Sr. Ruiz y la Lcda. Paz llegaron."),
        ("fr", "C'est écrit au chap. 3 du vol. 2, éd. Flammarion."),
        ("pt", "O Exmo. Sr. Silva e S. Exa. Lima moram na Av. Central."),
        ("nl", "Mevr. Jansen en dhr. Bakker, resp. Voorzitter en lid, kwamen."),
        ("cs", "Ing. Novák a MUDr. Malá, tj. Oba, přišli např. Včera."),
        ("sk", "Prišiel napr. Kováč a JUDr. Malý."),
        ("hu", "Az ún. Nagy ház és pl. Szt. István."),
        ("tr", "Prof. Dr. Kaya ve Yrd. Doç. Demir geldi."),
        ("el", "Ο κ. Παπάς και ο δρ. Νίκου, βλ. Σελίδα 4."),
        ("bg", "Живее на ул. Шипка, вж. Фиг. 2."),
        ("en", "See Mt. Hood from the N. side, cf. Fig. 4."),
        ("ca", "La Sra. Puig viu a l'av. Diagonal."),
        ("ro", "Dl. Ionescu și prof. Pop, nr. 4."),
    ],
)
def test_no_sentence_ends_at_an_abbreviation(language: str, sentence: str) -> None:
    assert cut(sentence, language) == [sentence]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["1.) Mend the net.", "2.) Row out.", "3.) Come home."]),
        ("en", ["(1) the oars", "(2) the rudder", "(3) the sail"]),
        ("en", ["i. the bow", "ii. the stern", "iii. the keel"]),
        ("en", ["• 4. Nets", "• 5. Buoys", "• 6. Ropes"]),
        ("en", ["• nets", "• buoys and ropes"]),
        ("en", ["She bought 1) nets and 2) buoys."]),
        ("en", ["A. Finch met B. Wren.", "They rowed."]),
        ("en", ["He rowed 30.", "5 more came."]),
        ("en", ["She waited . . . and waited. . . .", "Then he came."]),
        ("en", ["“So it ends. . . .”"]),
        ("en", ["He wrote “[...] the sea [...]” (Wren 12).", "So it was."]),
        ("en", ["“Go. Row out. Come back,” she said.", "He went."]),
        ("en", ["He said “I row.”", "She said “So do I.”"]),
        ("en", ["The boat (it leaked. Badly.) sank.", "All swam."]),
        ("en", ["“It began.", "And it went on.", "Nobody knew why."]),
        ("en", ["The 3' plank broke.", 'The 5" nail held.', "Good."]),
        ("de", ["„Komm. Setz dich“, sagte er.", "»Nein. Ich gehe«, sagte sie."]),
        ("fr", ["« Viens ! Vite ! » dit-il.", "« Non. »", "Elle partit."]),
        ("sv", ["”Kom. Sitt”, sade han.", "Hon gick."]),
        ("ja", ["「はい。行きます。」と彼は言った。", "雨だ。"]),
        ("zh", ["他看了《你好！再见》。", "她没有。"]),
        ("hy", ["Նա եկավ: Ես գնացի:".split(": ")[0] + ":", "Ես գնացի:"]),
        ("hi", ["वह आया|", "मैं गया|"]),
        ("en", ["The net is torn.", "Mend it now.", "Fast"]),
        ("en", ["He left at 6 p.m.", "Mr. Wren stayed."]),
        ("en", ["At 6 p.m. Mr. Wren left."]),
        ("ru", ["Он умер в 1898 г. В. И. Орлов жил дольше."]),
    ],
)
def test_lists_quotations_and_ellipses_are_cut_where_a_reader_would(
    language: str, expected: list[str]
) -> None:
    gap = "" if language in ("ja", "zh") else " "
    assert cut(gap.join(expected), language) == expected


def test_a_sentence_ends_without_white_space_but_a_name_does_not() -> None:
    assert cut("The net is torn.Mend it.Mr. Wren has 1,000.Take one.") == [
        "The net is torn.",
        "Mend it.",
        "Mr. Wren has 1,000.",
        "Take one.",
    ]
    for whole in (
        "See www.Example.Org/About for the U.S.Army.",
        "Write to jo.Wren@example.org or to a.B.c.",
        "It is version 1.2.B of the file notes.txt here.",
    ):
        assert cut(whole) == [whole]


@given(
    st.lists(
        st.sampled_from(
            [
                "1.) ",
                "2.) ",
                ". . . ",
                ". . . . ",
                "a. ",
                "• ",
                "3. ",
                "Word. ",
                "word ",
                "(4) ",
                "\n",
            ]
        )
    ).map("".join)
)
def test_no_sentence_is_a_marker_or_an_ellipsis_alone(text: str) -> None:
    found = cut(text)
    assert len(found) < 2 or not any(is_marker(each, 0, len(each)) for each in found[:-1])


def test_a_long_row_of_stops_belongs_to_what_follows() -> None:
    whole = f"1.) {'. ' * 18}2.) "
    assert cut(whole) == [whole.strip()]


@pytest.mark.parametrize("ellipsis", [". . . b ", ". . . . B "])
def test_many_ellipses_take_as_long_each_as_a_few(ellipsis: str) -> None:
    few, many = f"{ellipsis * 300}. A", f"{ellipsis * 3000}. A"
    cut(few)  # Punkt is loaded
    assert calls_of(lambda: cut(many)) < 11 * calls_of(lambda: cut(few))


@pytest.mark.thorough
@pytest.mark.parametrize("opening", ['"', "“", "„", "«", "(", "「", "‘"])
def test_many_marks_that_never_close_take_no_longer(opening: str) -> None:
    text = f"{opening}Aa. Bb. " * 20_000
    assert len(quotations(text)) <= 20_000
    assert cut(text)


def test_each_language_s_lists_are_lower_case_and_end_without_a_stop() -> None:
    for language in ("en", "de", "fr", "es", "it", "pl", "fi", "ru", "el", "xx"):
        for word in abbreviations(language) | before_numbers() | titles():
            assert word == word.lower().strip(".")


@pytest.mark.skipif(not GOLDEN.exists(), reason="the golden cases are not on this machine")
def test_of_the_golden_cases_nine_in_ten_are_right_and_as_many_as_with_trained_models() -> None:
    right: Counter[str] = Counter()
    cases = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]
    for case in cases:
        found = [" ".join(sentence.split()) for sentence in cut(case["text"], case["language"])]
        expected = [" ".join(sentence.split()) for sentence in case["sentences"]]
        right[case["language"]] += found == [sentence for sentence in expected if sentence]
    assert right.total() >= 0.9 * len(cases)
    assert right >= PUNKT


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("el", ["Την Τετάρτη έκλεισαν όλα τα καταστήματα.", "το πλοίο έμεινε έξω."]),
        ("en", ["The ferry left the harbour.", "the crew stayed behind."]),
        ("en", ["It cost approx. the same as the crane (it was an old machine.) and was sold."]),
        ("de", ["Sie wohnt in der Alten Hauptstr. der Stadt gegenüber."]),
        ("en", ["He built the harbour. wall and quay followed."]),
    ],
)
def test_a_sentence_may_begin_without_its_capital_after_a_whole_word(
    language: str, sentences: list[str]
) -> None:
    assert cut(" ".join(sentences), language) == sentences


def test_blank_lines_within_code_are_passed_over_at_once() -> None:
    text = "Run this." + "\n" * 100_000 + "1. Nets"
    assert text[slice(*sentences(text)[-1])] == "1. Nets"
    short = "Run\n \n \t1. Nets"
    assert [short[slice(*span)] for span in sentences(short)] == ["Run", "1. Nets"]


_MARKED = st.text(alphabet='ab. (b) [c] “d” ”e” „f“ «g» »h« "i" ‘j’ 「k」\n', max_size=60)


@given(_MARKED, st.sets(st.integers(0, 60)))
def test_ends_that_cannot_be_in_a_quotation_are_in_none(text: str, places: set[int]) -> None:
    ends = sorted(place for place in places if place <= len(text))
    spans = quotations(text)
    assert may_be_within(text, ends) or outside(ends, spans) == ends


def test_an_end_in_a_quotation_loses_no_end_that_was_typed_in_haste() -> None:
    hasty = ["She made tea.", 'Then "Ice. Milk." came in.', "It was cold."]
    assert cut(hasty[0] + hasty[1] + " " + hasty[2]) == hasty
    more = ["He sat down.", "The cat slept.", "She left him.", "(Who knows. Why ask.)"]
    assert cut(" ".join(more[:2]) + more[2] + " " + more[3]) == more


class CountedText(str):
    """A text that counts how often something is looked for in it."""

    searches = 0

    def find(self, *args: Any) -> int:
        self.searches += 1
        return super().find(*args)


def test_brackets_that_all_end_at_one_are_not_searched_one_by_one() -> None:
    text = CountedText("She left. Then " + "(" * 10_000 + "nothing)")
    assert not may_be_within(text, [9])
    assert text.searches < 10
    assert may_be_within(text, [9, len(text) - 1])


@given(
    st.text(st.sampled_from("aZbéß1.,)]\"'”»([«-"), min_size=1, max_size=6),
    st.sampled_from([".", "!", ".”", ".)", "..."]),
    st.sampled_from(["en", "de", "fr", "el"]),
)
def test_two_spaces_end_a_sentence_as_one_does(word: str, stop: str, language: str) -> None:
    """An end that is certain behind one space is weighed behind two."""
    once, twice = (f"They saw it {word}{stop}{gap}Nobody did." for gap in (" ", "  "))
    assert cut(once, language) == [each.replace("  ", " ") for each in cut(twice, language)]


def test_what_is_left_out_ends_no_sentence() -> None:
    text = "He came [...] They left (...) Nobody stayed. It was (or had been). So they say."
    assert cut(text) == [
        "He came [...] They left (...) Nobody stayed.",
        "It was (or had been).",
        "So they say.",
    ]


def test_of_nltk_only_punkt_is_loaded_and_the_rest_can_be_later() -> None:
    """Loading all of it takes longer than splitting a hundred articles."""
    script = """
import sys
from bot.text.sentences import sentences
assert len(sentences("He met Dr. Smith at noon. They left.", "en")) == 2
assert [each for each in sys.modules if each.startswith("nltk")] == []
assert "numpy" not in sys.modules
import nltk
assert nltk.tokenize.punkt.PunktTokenizer and nltk.data and "nltk.translate" in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)  # noqa: S603 - it is our own


_SIGNS = st.sampled_from(
    [*"......      AaBbIi1»«)]\n_-–·", "Mr", "word", "U.S", "..", ". . .", "[2]"]
)


@given(st.lists(_SIGNS, max_size=30).map("".join))
def test_full_stops_end_sentences_whether_or_not_other_stops_are_in_the_text(text: str) -> None:
    whole = f"It began. Then {text} so it was. It went on. It ended"
    alone = [whole[start:end] for start, end in sentences(f"{whole}.", "en")]
    with_others = f"{whole}!"
    beside = [with_others[start:end] for start, end in sentences(with_others, "en")]
    assert [each.rstrip(".!") for each in alone] == [each.rstrip(".!") for each in beside]
