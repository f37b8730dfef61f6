"""Properties of the passages of every article, and the paragraphs that become one passage."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.article import Article, Head, Span, join_paragraphs, word_count
from bot.core.passages.quoted_paragraphs import MOST_PARAGRAPHS, MOST_WORDS
from bot.core.passages.splitting import LONGEST_WORDS, count_words, split
from bot.text.analyzer import Languages

ANALYZER = Languages()

HOSTILE = st.one_of(
    st.text(),
    st.text(alphabet="aB. \n\r\t!?\"')[]…。؟\x00\ud800\u0301\u200f\u05d0中"),
    st.lists(st.sampled_from(["Mr. ", "The end. ", "e.g. ", "\r\n", "。", "U.S. ", "x" * 500])).map(
        "".join
    ),
)


def article(paragraphs: list[str]) -> Article:
    text, spans = join_paragraphs(paragraphs)
    return Article("a", Head("A"), text, spans)


def words(count: int, word: str = "word") -> str:
    return " ".join([word] * (count - 1) + ["end."])


@given(st.lists(HOSTILE, max_size=6))
@example(["Hello there. " * 16_000])
@example(["x" * 200_000])
@example([". " * 20_000])
@example(["." * 200_000 + "x"])
@example(["中" * 20_000])
@example(["One.", " ", "Two."])
@example(["\r\nOne.\r\nTwo.\r\n", "\x00", "\ud800", "", " "])
def test_passages_are_slices_in_order_and_lose_no_sentence(paragraphs: list[str]) -> None:
    whole = article(paragraphs)
    passages = split(whole, "en", ANALYZER)
    position = 0
    quoted = [0] * len(whole.text)
    for number, passage in enumerate(passages):
        assert whole.text[passage.start : passage.end] == passage.text
        assert passage.number == number
        assert passage.start >= position
        assert 1 <= passage.first <= passage.last <= len(whole.paragraphs)
        assert whole.paragraphs[passage.first - 1].start <= passage.start
        assert passage.end <= whole.paragraphs[passage.last - 1].end
        position = passage.end
        inner = 0
        assert passage.sentences
        for start, end in passage.sentences:
            assert inner <= start < end <= len(passage.text)
            assert passage.text[inner:start].strip() == ""
            inner = end
            for at in range(passage.start + start, passage.start + end):
                quoted[at] += 1
        assert inner == len(passage.text)
    assert all(
        count == 1 or (count == 0 and character.isspace())
        for count, character in zip(quoted, whole.text, strict=True)
    )
    for start, end in whole.paragraphs:
        for sentence in ANALYZER.sentences(whole.text[start:end], "en"):
            inside = Span(start + sentence.start, start + sentence.end)
            assert any(p.start <= inside.start and inside.end <= p.end for p in passages)


def addresses(paragraphs: list[str]) -> list[tuple[int, int]]:
    return [(passage.first, passage.last) for passage in split(article(paragraphs), "en", ANALYZER)]


def test_paragraphs_of_ordinary_length_stay_alone_even_a_short_one_among_them() -> None:
    assert addresses([words(80), words(12), words(60), words(70)]) == [
        (1, 1),
        (2, 2),
        (3, 3),
        (4, 4),
    ]


def test_short_paragraphs_are_put_together_until_there_are_enough_words() -> None:
    assert addresses([words(30)] * 7) == [(1, 3), (4, 6), (7, 7)]
    assert addresses([words(40), words(79), words(30), words(30)]) == [(1, 3), (4, 4)]
    assert addresses([words(40), words(80), words(30), words(30)]) == [(1, 2), (3, 4)]


def test_a_merged_passage_has_at_most_three_paragraphs_and_200_words() -> None:
    assert addresses([words(5)] * 7) == [(1, 3), (4, 6), (7, 7)]
    assert addresses([words(20), words(190), words(20), words(20), words(20)]) == [
        (1, 1),
        (2, 2),
        (3, 5),
    ]


@given(st.lists(st.integers(1, 500), max_size=12))
def test_no_passage_is_larger_than_promised(counts: list[int]) -> None:
    paragraphs = [words(count) if count % 3 else "And then?" for count in counts]
    for passage in split(article(paragraphs), "en", ANALYZER):
        merged = passage.last - passage.first + 1
        assert merged <= MOST_PARAGRAPHS
        assert count_words(passage.text) <= (MOST_WORDS if merged > 1 else 2 * LONGEST_WORDS)


def test_a_huge_paragraph_is_cut_at_sentence_ends() -> None:
    sentence = words(30)
    passages = split(article([" ".join([sentence.capitalize()] * 20)]), "en", ANALYZER)
    assert [len(passage.sentences) for passage in passages] == [6, 6, 6, 2]
    assert {(passage.first, passage.last) for passage in passages} == {(1, 1)}


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("one two", 2), ("中" * 80, 50), ("ก" * 55, 10), ("x" * 100 + " y", 10)],
)
def test_words_are_counted_in_any_script(text: str, count: int) -> None:
    assert count_words(text) == count


@given(st.text() | st.text(st.characters(max_codepoint=127)) | st.text("a \x1f\x85\xa0\n"))
def test_words_are_what_stands_between_white_space(text: str) -> None:
    assert word_count(text) == len(text.split())


def test_a_passage_begins_on_its_first_paragraphs_page() -> None:
    paged = article([words(90), words(60)])._replace(pages=(3, 4))
    assert [passage.page for passage in split(paged, "en", ANALYZER)] == [3, 4]


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("Fires\n\nThe mill burned. It was old.", ["Fires", "The mill burned.", "It was old."]),
        ("a network cable\na disk", ["a network cable", "a disk"]),
        ("Day | Hours\nMonday | 10-17", ["Day | Hours", "Monday | 10-17"]),
        ("1. Soak the prunes. Drain.\n12. Stir.", ["1. Soak the prunes.", "Drain.", "12. Stir."]),
        ("It opened in 12.\nNobody came.", ["It opened in 12.", "Nobody came."]),
    ],
)
def test_a_line_end_ends_a_sentence_and_a_number_begins_its_item(
    paragraph: str, sentences: list[str]
) -> None:
    (passage,) = split(article([paragraph]), "en", ANALYZER)
    assert [passage.text[start:end] for start, end in passage.sentences] == sentences


def test_a_heading_written_as_a_paragraph_stays_with_what_is_below_it() -> None:
    short = [words(50), words(20), "The lid", words(30), words(20)]
    assert addresses(short) == [(1, 2), (3, 5)]
    ordinary = [words(80), "The lid", words(90), "The pot", words(199), words(70)]
    assert addresses(ordinary) == [(1, 1), (2, 3), (4, 4), (5, 5), (6, 6)]


def test_a_question_stays_with_its_reply() -> None:
    paragraphs = [words(50), words(20), "And after that?", words(30), words(20)]
    passages = split(article(paragraphs), "en", ANALYZER)
    assert [(passage.first, passage.last) for passage in passages] == [(1, 2), (3, 5)]
