"""A scan finds the texts that hold words, best first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.index.word_scan import BlockScan, look_through, plain, plain_of, scan, searchable
from bot.text.analyzer import Languages


def scanned(texts: dict[str, str], *terms: str) -> BlockScan:
    return scan(((name, plain(text)) for name, text in texts.items()), terms)


def looked_through(texts: dict[str, str], *terms: str) -> dict[str, list[str]]:
    return look_through(((name, searchable(text.encode())) for name, text in texts.items()), terms)


def test_blocks_that_hold_a_term_are_counted() -> None:
    texts = {
        "owls": "# Owls\n\nThe owl hunts.\n\nOwls sleep; an owl's nest is bare.",
        "mice": "Mice fear the owl.\n\nThey hide.",
        "stones": "Stones do nothing.",
    }
    found = scanned(texts, "owl", "hunt", "whale")
    assert (found.blocks, found.holding) == (6, {"owl": 4, "hunt": 1, "whale": 0})
    weights = {"owl": 1.0, "hunt": 2.0, "whale": 4.0}
    assert list(found.in_order(weights).items()) == [("owls", 3.0), ("mice", 1.0)]


def test_the_text_comes_first_of_which_one_block_holds_the_rarest_terms_together() -> None:
    texts = {
        "apart": "A heron.\n\nA leg.\n\nA leg again.",
        "common": "One leg, two legs.",
        "together": "The heron stands on one leg.",
    }
    in_order = scanned(texts, "heron", "leg").in_order({"heron": 2.0, "leg": 1.0})
    assert list(in_order) == ["together", "apart", "common"]


@pytest.mark.parametrize(
    ("language", "question", "text"),
    [
        ("en", "happiness", "They were happy."),
        ("en", "runs", "It was Running fast"),
        ("en", "O'Brien", "They ask **O’Brien** again"),
        ("en", "1000", "some 1,000 owls"),
        ("en", "us", "the U.S. army"),
        ("en", "cafe", "the _Café_ is open"),
        ("de", "Straßen", "die STRASSE ist gesperrt"),
        ("de", "Häuser", "das Haus und die Häuser"),
        ("fr", "homme", "de l'homme"),
        ("ru", "города", "большой город"),
        ("zh", "北京", "他住在北京市。"),
        ("ar", "كتاب", "هذا كتاب جديد"),
    ],
)
def test_a_term_stands_for_the_forms_of_its_word(language: str, question: str, text: str) -> None:
    terms = Languages().terms(question, language)
    texts = {"text": f"Above.\n\n{text}"}
    assert set(scanned(texts, *terms).together) == {"text"}
    assert looked_through(texts, *terms) == {term: ["text"] for term in terms}


@pytest.mark.parametrize(("term", "text"), [("cat", "a category"), ("owl", "the bowl")])
def test_another_word_is_not_counted(term: str, text: str) -> None:
    assert scanned({"text": text}, term) == BlockScan(1, {term: 0}, {})


_WORDS = st.text(st.characters(categories=["Ll", "Lu", "Lo"]), min_size=1, max_size=12)


@given(
    st.lists(_WORDS, min_size=1, max_size=20), st.integers(0, 19), st.sampled_from([" ", "\n\n"])
)
def test_whatever_is_looked_for_as_it_is_written_is_found(
    words: list[str], at: int, between: str
) -> None:
    word = words[at % len(words)]
    texts = {"text": between.join(words)}
    assert set(scanned(texts, word).together) == {"text"}
    assert looked_through(texts, word) == {word: ["text"]}


_TERMS = st.text(st.sampled_from("abé 'ß北京."), min_size=1, max_size=8)


@given(
    st.lists(st.text(st.sampled_from("abé 'ß北京.\n"), max_size=40), max_size=4),
    st.sets(_TERMS, min_size=12, max_size=20),
)
def test_many_terms_are_found_as_each_of_them_alone(texts: list[str], terms: set[str]) -> None:
    named = {str(number): text for number, text in enumerate(texts)}
    holding = looked_through(named, *terms)
    assert holding == {term: looked_through(named, term)[term] for term in terms}


@given(st.text(st.sampled_from("abZ1 '’“”é\u0301ßΣ\u00a0北,.\n"), max_size=60))
def test_a_whole_file_reads_as_its_blocks_do(text: str) -> None:
    data = text.encode()
    assert searchable(data).split() == plain_of(data).encode().split()


@given(st.text(st.sampled_from("abZ1 '’“”–…é\u0301ßΣς½\u00a0\u200b北,.\n"), max_size=60))
def test_few_characters_are_read_as_among_many_others(text: str) -> None:
    many = "".join(map(chr, range(0x0430, 0x0450)))
    assert plain(text).split() == plain(f"{text}\n\n{many}").split()[:-1]


@pytest.mark.parametrize("word", ["पांच", "बाँसुरी", "เที่ยว", "كَِتب", "e\u0301te\u0301"])
def test_a_word_with_marks_is_found_among_many_other_characters(word: str) -> None:
    many = "".join(map(chr, range(0x0430, 0x0450)))
    assert set(scanned({"text": f"{word} {many}"}, word).together) == {"text"}


def test_many_terms_do_not_make_a_scan_look_through_the_text_for_each() -> None:
    class CountedText(bytes):
        searches = 0

        def __contains__(self, part: Any) -> bool:
            self.searches += 1
            return super().__contains__(part)

    text = CountedText(searchable(b"The owl hunts mice."))
    terms = ["owl", *(f"owle{letter}" for letter in "abcdefghijklmnop")]
    found = look_through([("owls", text)], terms)
    assert found == {**{term: [] for term in terms}, "owl": ["owls"]}
    assert text.searches < 5


def test_words_that_are_forgotten_meanwhile_are_looked_up_again() -> None:
    texts = {"owls": "The owl hunts."}
    texts |= {f"{n}": " ".join(f"w{n}x{m}" for m in range(60_000)) for n in range(2)}
    texts |= {"mice": "Mice fear the owl."}
    terms = ["owl", *(f"owle{letter}" for letter in "abcdefghijklmnop")]
    assert looked_through(texts, *terms)["owl"] == ["owls", "mice"]
