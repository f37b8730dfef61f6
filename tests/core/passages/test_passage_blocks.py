"""The blocks of a passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Article, Head, join_paragraphs
from bot.core.passage import Passage
from bot.core.passages.passage_blocks import PassageBlock, blocks_of, is_replied_to, rows_of
from bot.core.passages.splitting import split
from bot.text.analyzer import Languages

ANALYZER = Languages()


def passage_of(*paragraphs: str) -> Passage:
    """The one passage that an article of these short paragraphs makes."""
    text, spans = join_paragraphs(paragraphs)
    (passage,) = split(Article("a", Head("A"), text, spans), "en", ANALYZER)
    return passage


def told(passage: Passage) -> list[tuple[list[str], str]]:
    """Each block's sentences, and the first that may be quoted."""
    sentences = [passage.text[start:end] for start, end in passage.sentences]
    return [
        (sentences[block.first : block.end], sentences[block.quoted_from])
        for block in blocks_of(passage)
    ]


def test_a_paragraph_is_a_block() -> None:
    assert blocks_of(passage_of("The mill burned. It was old.")) == (PassageBlock(0, 2, 0),)


def test_each_paragraph_of_a_passage_is_a_block() -> None:
    assert told(passage_of("The mill burned. It was old.", "The river froze.")) == [
        (["The mill burned.", "It was old."], "The mill burned."),
        (["The river froze."], "The river froze."),
    ]


def test_a_heading_belongs_to_the_block_below_it_and_is_never_quoted() -> None:
    assert told(passage_of("The river froze.", "Fires\n\nThe mill burned. It was old.")) == [
        (["The river froze."], "The river froze."),
        (["Fires", "The mill burned.", "It was old."], "The mill burned."),
    ]


@pytest.mark.parametrize("heading", ["“Thumper” ($20)", "Opening hours (winter)", "Fires [1709]"])
def test_a_bracket_may_close_a_heading(heading: str) -> None:
    (block,) = told(passage_of(f"{heading}\n\nThe mill burned. It was old."))
    assert block == ([heading, "The mill burned.", "It was old."], "The mill burned.")


def test_a_long_line_without_a_stop_is_no_heading() -> None:
    note = "Thanks to Ada, members may now bring two guests to the reading room"
    assert told(passage_of(note, "The lamps were replaced.")) == [
        ([note], note),
        (["The lamps were replaced."], "The lamps were replaced."),
    ]


@pytest.mark.parametrize(
    ("paragraph", "is_replied"),
    [
        ("Can it be frozen? It can, for three months.", [True, False]),
        ("It can. Can it be frozen?", [False, False]),
        ("Can it be frozen?", [False]),
        ("可以冷冻吗？可以，三个月。", [True, False]),
        (
            "Did you know that the button appears right under the one that deletes? I did not.",
            [False, False],
        ),
    ],
    ids=["reply", "no-reply", "alone", "chinese", "long"],
)
def test_a_short_question_at_the_beginning_is_replied_to(
    paragraph: str, is_replied: list[bool]
) -> None:
    passage = passage_of(paragraph)
    (block,) = blocks_of(passage)
    told = [is_replied_to(passage, number, block) for number in range(len(passage.sentences))]
    assert told == is_replied


def test_a_sentence_in_brackets_is_no_heading() -> None:
    assert told(passage_of("(The river froze.)", "The mill burned.")) == [
        (["(The river froze.)"], "(The river froze.)"),
        (["The mill burned."], "The mill burned."),
    ]


def test_a_list_belongs_to_the_line_that_introduces_it() -> None:
    assert told(passage_of("These are exempt:", "homes of one room\nhalls\nhuts")) == [
        (["These are exempt:", "homes of one room", "halls", "huts"], "homes of one room")
    ]


def test_a_question_belongs_to_its_reply() -> None:
    assert told(passage_of("Is there a lift?", "Yes, at the back.", "We have no car park.")) == [
        (["Is there a lift?", "Yes, at the back."], "Yes, at the back."),
        (["We have no car park."], "We have no car park."),
    ]


def test_the_head_of_a_table_is_never_quoted() -> None:
    table = "Prices\n\nTicket | Price\nAdult | £8.50\nChild | free"
    assert told(passage_of(table)) == [
        (["Prices", "Ticket | Price", "Adult | £8.50", "Child | free"], "Adult | £8.50")
    ]


def test_a_table_has_rows() -> None:
    table = "Who | How much\nPupils | £2. Free on Sundays.\nGuests | £3"
    passage = passage_of("Fees", table, "Pay at the door.")
    sentences = [passage.text[start:end] for start, end in passage.sentences]
    rows = [
        [sentences[row.start : row.stop] for row in rows_of(passage, each)]
        for each in blocks_of(passage)
    ]
    assert rows == [[["Pupils | £2.", "Free on Sundays."], ["Guests | £3"]], []]


def test_what_stands_last_is_no_heading() -> None:
    assert told(passage_of("The mill burned.", "To be continued")) == [
        (["The mill burned."], "The mill burned."),
        (["To be continued"], "To be continued"),
    ]


@pytest.mark.parametrize("question", ["Why? " * 31, "One long word after the other " * 3])
def test_long_paragraphs_are_no_headings(question: str) -> None:
    assert len(blocks_of(passage_of(question.strip(), "The mill burned."))) == 2


def test_a_passage_without_sentences_has_no_blocks() -> None:
    assert blocks_of(Passage("a", 0, 1, 1, 0, 0, "", ())) == ()


LINES = st.sampled_from(["Fires", "The mill burned.", "Why?", "Exempt:", "a | b", "huts", "12"])
PARAGRAPHS = st.lists(
    st.lists(LINES, min_size=1, max_size=3).map("\n".join)
    | st.lists(LINES, min_size=1, max_size=3).map("\n\n".join),
    min_size=1,
    max_size=6,
)


@given(PARAGRAPHS)
def test_blocks_hold_every_sentence_once_and_always_something_to_quote(
    paragraphs: list[str],
) -> None:
    text, spans = join_paragraphs(paragraphs)
    for passage in split(Article("a", Head("A"), text, spans), "en", ANALYZER):
        blocks = blocks_of(passage)
        held = [number for block in blocks for number in range(block.first, block.end)]
        assert held == list(range(len(passage.sentences)))
        assert all(block.first <= block.quoted_from < block.end for block in blocks)
