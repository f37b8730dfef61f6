"""Signs whether the sentence that would be shown says what is asked."""

from __future__ import annotations

import pytest

from bot.core.article import Article, Head, join_paragraphs
from bot.core.choosing import choose
from bot.core.passage_blocks import blocks_of
from bot.core.query import weigh
from bot.core.question_reading import read
from bot.core.ranked import PassageSource
from bot.core.ranking import weigh_candidates
from bot.core.relation import Relation, relation_of
from bot.core.seams import Entry, Statistics
from bot.core.splitting import split
from bot.text.analyzer import Languages

ANALYZER = Languages()
ANSWERED = Relation(
    unrelated=0.0,
    stated=1.0,
    covered=1.0,
    missing=0.0,
    names_beside=0.0,
    kind_beside=0.0,
    kind_missing=0.0,
    name_missing=0.0,
    told=0.0,
    heading=0.0,
    words=5.0,
    announced=0.0,
)
"""All that is asked is in a sentence of five words."""


def relation(question: str, text: str, title: str = "News") -> Relation:
    """The signs for the sentence of a text that would be shown for a question."""
    text, spans = join_paragraphs([text])
    entry = Entry("a", Head(title), "en", 1, 10)
    (passage,) = split(Article("a", entry.head, text, spans), "en", ANALYZER)
    reading = read(question, "en", ANALYZER)
    query = weigh(reading, Statistics(100, 10.0, dict.fromkeys(reading.terms, 5)))
    (item,) = weigh_candidates(query, [(PassageSource(0, "a", entry), passage)], ANALYZER)
    choice = choose(item.query, passage, item.words, item.block, blocks_of(passage), ANALYZER)
    return relation_of(item, choice, ANALYZER)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("What does Ada Byrne earn?", "Ada Byrne was late for a train.", {"unrelated": 1.0}),
        ("What does Ada Byrne earn?", "Ada Byrne will earn more.", {}),
        ("What does Ada Byrne earn?", "Ada Byrne is glad. She gets £300 a week.", {}),
        ("How long did Ada Byrne sing?", "Ada Byrne came to sing. She was tired.", {}),
    ],
)
def test_names_alone_are_no_answer(question: str, text: str, expected: dict[str, float]) -> None:
    assert relation(question, text).unrelated == expected.get("unrelated", 0.0)


def test_what_the_title_holds_is_the_subject_and_not_what_is_asked() -> None:
    text = "The lido is a pool."
    assert relation("how deep is the lido", text).unrelated == 0.0
    assert relation("how deep is the lido", text, title="The lido opens").unrelated == 1.0


def test_a_heading_says_what_its_paragraph_is_about() -> None:
    text = "Fires\n\nAda Byrne was there."
    found = relation("Which fires did Ada Byrne see?", text)
    assert (found.unrelated, found.stated) == (0.0, 0.0)  # "see" is missing
    assert found.covered == pytest.approx(1 / 1.7)  # which is common, and counts 0.7
    assert found.heading == found.covered
    assert found.names_beside == 0.0


def test_the_kind_of_answer_may_stand_beside_the_sentence_or_nowhere() -> None:
    def signs(question: str, text: str) -> tuple[float, float]:
        found = relation(question, text)
        return found.kind_beside, found.kind_missing

    question = "How long do worms live?"
    assert signs(question, "Worms live for ten years.") == (0.0, 0.0)
    longer = "How long do worms live deep in the soil of our garden?"
    beside = "Worms live deep in the soil of our garden. Ten years is usual."
    assert signs(longer, beside) == (1.0, 0.0)
    assert signs(question, "Worms live deep in the soil.") == (0.0, 1.0)


def test_that_nobody_is_named_is_no_sign() -> None:
    found = relation("Who dissolved the assembly?", "The governor dissolved the assembly.")
    assert found == ANSWERED


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("A postman won.", 1.0),
        ("The Women's Guild held it, and of all the sixty people a postman won.", 1.0),
        ("A postman, Abel Lunt, won.", 0.0),
    ],
)
def test_a_name_is_one_that_stands_near_what_it_is_asked_of(text: str, missing: float) -> None:
    found = relation("What was the name of the postman?", text)
    assert (found.name_missing, found.told) == (missing, 1.0 - missing)


def test_a_name_beside_another_name_of_the_question_is_not_what_is_asked_for() -> None:
    text = "A gunman fired at a cinema in the old part of the US state of Ohio."
    assert relation("What was the name of the gunman in Ohio?", text).name_missing == 1.0


def test_a_kind_that_may_be_put_in_other_words_is_told_or_not() -> None:
    assert relation("Who sang?", "Ada Byrne was there, and Ben Ames sang.").told == 1.0
    assert relation("Who sang?", "The guard sang.").told == 0.0
    assert relation("How many sang?", "Nine sang.").told == 0.0


def test_what_is_asked_is_in_the_sentence_or_beside_it_or_missing() -> None:
    question = "Which loaves did the baker begin to sell in the market?"
    text = "The baker sold loaves. It started in the market. Nobody came. They were dry."
    found = relation(question, text)
    assert found.stated < found.covered == 1.0  # for "started" is a synonym
    assert found.missing == 0.0
    assert relation(question, "The baker was in the market.").missing == 3.0
    alone = relation("Where was Ada Byrne?", "Ada Byrne was in Elling.")
    assert (alone.stated, alone.covered) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("text", "title", "share"),
    [
        ("Ada Byrne came in 1931 and sang.", "News", 0.0),
        ("She came in 1931 and sang.", "News", 0.5),
        ("She came in 1931 and sang.", "A talk with Ada Byrne", 0.0),
        ("She sang.", "News", 1.0),
    ],
)
def test_names_may_stand_neither_there_nor_in_the_title(
    text: str, title: str, share: float
) -> None:
    found = relation("Where did Byrne sing in 1931?", text, title)
    assert found.names_beside == share


@pytest.mark.parametrize(
    ("question", "text", "announced"),
    [
        ("How did the talks end?", "The talks are to resume on Friday.", 1.0),
        ("How did the talks end?", "The talks ended on Friday.", 0.0),
        ("When will the talks resume?", "The talks are to resume on Friday.", 0.0),
    ],
)
def test_what_is_announced_has_not_happened(question: str, text: str, announced: float) -> None:
    assert relation(question, text).announced == announced
