"""The sentence that answers is chosen, and what matched in it."""

from __future__ import annotations

from collections.abc import Set

import pytest

from bot.core.passage import Passage
from bot.core.passages.passage_blocks import blocks_of
from bot.core.questions.query import Query, weigh
from bot.core.questions.question_reading import read
from bot.core.relevance.choosing import SentenceChoice, choose, highlights
from bot.core.seams import Statistics
from bot.text.analyzer import Languages

ANALYZER = Languages()


def asked(question: str) -> Query:
    """A question of a hundred passages, five of which hold each of its terms."""
    reading = read(question, "en", ANALYZER)
    query = weigh(reading, Statistics(100, 10.0, dict.fromkeys(reading.terms, 5)))
    return query._replace(average_sentence=8.0)


def chosen(question: str, text: str, subject: Set[str] = frozenset()) -> SentenceChoice:
    """Return the choice in a passage of an article about some of the question's stems."""
    passage = Passage("a", 0, 1, 1, 0, len(text), text, tuple(ANALYZER.sentences(text, "en")))
    words = ANALYZER.words(text, passage.sentences, "en")
    return choose(
        asked(question),
        passage,
        words,
        blocks_of(passage)[0],
        blocks_of(passage),
        ANALYZER,
        subject,
    )


@pytest.mark.parametrize(
    ("question", "text", "sentence"),
    [
        (
            "When did the old mill burn?",
            "The old mill stood by the river. It did burn in 1823. Children played there.",
            1,
        ),
        (
            "Who painted the ceiling?",
            "The ceiling was painted twice. The ceiling was painted by Anna Rossi.",
            1,
        ),
        (
            "How many bells hang in the tower?",
            "Bells hang in the tower of Elling. Seven bells hang in the tower of Brack.",
            1,
        ),
    ],
)
def test_the_sentence_gives_the_kind_of_answer_asked_for(
    question: str, text: str, sentence: int
) -> None:
    found = chosen(question, text)
    assert (found.sentence, found.gives_kind) == (sentence, True)


def test_a_sentence_may_not_give_the_kind_of_answer_asked_for() -> None:
    assert not chosen("When did the mill burn?", "The mill did burn.").gives_kind
    assert not chosen("What is a mill?", "A mill burnt in 1823.").gives_kind


def test_a_sentence_is_read_with_the_one_before_it() -> None:
    text = "The mill fell. It was built again in 1830. The inn fell. It was built again in 1840."
    assert chosen("When was the inn built again?", text).sentence == 3


def test_a_word_that_means_the_same_counts() -> None:
    text = "The mill was closed by a baker. The mill was built by a lord. The mill fell."
    assert chosen("Which man had the mill constructed?", text).sentence == 1


def test_a_word_that_says_the_same_counts_more_than_one_that_is_near() -> None:
    text = "The toll was criticised by a carter. The toll was repealed by a lord. The toll fell."
    assert chosen("Who had the toll abolished?", text).sentence == 1
    text = "A nurse was trained there. Two nurses lost a job there. Three were made redundant."
    assert chosen("Whom did the layoffs hit?", text).sentence == 2


def test_the_reply_is_shown_and_not_the_question_that_it_answers() -> None:
    text = "Can the plum cake be frozen? It can, for three months at most. Leave the sugar off."
    assert chosen("can plum cake be frozen", text).sentence == 1


def test_a_question_without_a_reply_may_be_shown() -> None:
    assert chosen("can plum cake be frozen", "Can the plum cake be frozen?").sentence == 0


def test_the_sentence_before_that_counts_a_little_less() -> None:
    text = "The loaves of Orlo are known in Elling. She is old. One inn buys them."
    assert chosen("Which inn buys the loaves of Orlo?", text).sentence == 2
    text = "The loaves of Orlo are known. She is old. She is ill. One inn buys them."
    assert chosen("Which inn buys the loaves of Orlo?", text).sentence == 0


def test_a_sentence_that_names_somebody_does_not_answer_for_that() -> None:
    text = "Anna Lund is a painter. Last year she did win the prize of the city of Elling."
    assert chosen("What did Anna Lund win?", text).sentence == 1


def test_another_block_of_the_passage_may_answer_clearly_better() -> None:
    text = (
        "The club has signed the player Orlo Dele from Elling.\n\nHe has agreed to stay four years."
    )
    assert chosen("How many years has Orlo Dele signed for?", text) == SentenceChoice(1, True)
    assert chosen("Who has signed the player Orlo Dele?", text).sentence == 0


def test_a_sentence_need_not_name_what_the_article_is_about() -> None:
    text = "The loaves of Orlo are known in Elling. She is old. She is ill. One inn buys them."
    question = "Which inn buys the loaves of Orlo?"
    assert chosen(question, text).sentence == 0
    assert chosen(question, text, {"orlo", "loaf"}).sentence == 3


def test_a_date_is_shown_where_the_sentence_beside_it_names_what_is_asked() -> None:
    text = "The Fifth was dictated bar by bar. It was finished in 1955."
    assert chosen("When was the Fifth completed?", text) == SentenceChoice(1, gives_kind=True)


def test_a_sentence_that_opens_with_what_is_asked_is_about_it() -> None:
    text = (
        "The fee is 74 euros for a family with as many children as you like. "
        "There is no discount. A late return costs 9 euros."
    )
    assert chosen("How much does the boat cost?", text, {"boat"}).sentence == 0


def test_what_matched_is_told() -> None:
    text = "The king of Spain left. His ships stayed."
    found = highlights(asked("What ships did the king of Spain have?"), text, ANALYZER)
    assert [text[start:end] for start, end in found] == ["king", "Spain", "ships"]


def test_a_measure_that_is_asked_for_is_shown_where_the_sentence_beside_it_gives_it() -> None:
    text = "The strike at the mill was the talk of Elling. It ended after eleven days at the mill."
    choice = chosen("How long did the strike at the mill last?", text)
    assert choice == SentenceChoice(1, gives_kind=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill cost $40.", True),
        ("The mill cost 40 dollars.", True),
        ("The mill cost 40 USD.", True),
        ("The mill cost £40.", False),
        ("The mill cost 40% more.", False),
        ("The mill cost less.", False),
    ],
)
def test_an_amount_is_of_the_currency_that_is_asked_for(text: str, expected: bool) -> None:
    assert chosen("How many dollars did the mill cost?", text).gives_kind is expected
    assert chosen("How much did the mill cost?", text).gives_kind is (text[-5:] != "less.")
