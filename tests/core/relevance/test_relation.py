"""Signs whether the sentence that would be shown says what is asked."""

from __future__ import annotations

import pytest

from bot.core.article import Article, Head, join_paragraphs
from bot.core.passages.passage_blocks import blocks_of
from bot.core.passages.splitting import split
from bot.core.questions.query import weigh
from bot.core.questions.question_reading import read
from bot.core.relevance.choosing import choose
from bot.core.relevance.ranked import PassageSource
from bot.core.relevance.ranking import weigh_candidates
from bot.core.relevance.relation import Relation, relation_of
from bot.core.seams import Entry, Statistics
from bot.text.analyzer import Languages

ANALYZER = Languages()
ANSWERED = Relation(
    unrelated=0.0,
    unanswered=0.0,
    stated=1.0,
    covered=1.0,
    held=1.0,
    names_beside=0.0,
    unmet=0.0,
    kind_missing=0.0,
    kind_unsaid=0.0,
    announced=0.0,
)
"""All that is asked is in the sentence."""
LACKING = {"unanswered": 1.0}
"""An amount or a number is asked for, and none is there."""


def relation(
    question: str,
    text: str,
    title: str = "News",
    nowhere: str = "",
    earlier: str = "",
    language: str = "en",
) -> Relation:
    """The signs for the sentence of a text that would be shown for a question that follows the one
    ``earlier``; no article has the term ``nowhere``."""
    text, spans = join_paragraphs([text])
    entry = Entry("a", Head(title), language, 1, 10)
    (passage,) = split(Article("a", entry.head, text, spans), language, ANALYZER)
    reading = read(question, language, ANALYZER, earlier)
    frequency = {term: 0 if term == nowhere else 5 for term in reading.terms}
    query = weigh(reading, Statistics(100, 10.0, frequency))
    (item,) = weigh_candidates(query, [(PassageSource(0, "a", entry), passage)], ANALYZER)
    choice = choose(item.query, passage, item.words, item.block, blocks_of(passage), ANALYZER)
    return relation_of(item, choice, ANALYZER)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (
            "What does Ada Byrne earn?",
            "Ada Byrne was late for a train.",
            {**LACKING, "unrelated": 1.0},
        ),
        ("What does Ada Byrne earn?", "Ada Byrne will earn more.", LACKING),
        ("What does Ada Byrne earn?", "Ada Byrne will earn nothing.", {}),
        ("What does Ada Byrne earn?", "Ada Byrne is glad. She gets £300 a week.", {}),
        ("How long did Ada Byrne sing?", "Ada Byrne came to sing. She was tired.", LACKING),
        ("Who is Ada Byrne?", "Ada Byrne, a baker, was late for a train.", {}),
        ("Why are there no flush toilets?", "# Why no flush toilets?\n\nNo sewer is near.", {}),
        ("When was Ada Byrne?", "Ada Byrne was late for a train.", {"unanswered": 1.0}),
        (
            "Where was Hal Orr born?",
            "Ada was born in Elling. The baker Hal Orr sang, and so did Hal Orr.",
            {"unanswered": 1.0},
        ),
    ],
)
def test_names_alone_are_no_answer(question: str, text: str, expected: dict[str, float]) -> None:
    found = relation(question, text)
    assert found.unrelated == expected.get("unrelated", 0.0)
    assert found.unanswered == expected.get("unanswered", 0.0)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Did Ada Byrne have any kids?", "Ada Byrne had no children."),
        ("Who manages the mill for Ada Byrne?", "Ada Byrne found a good manager."),
        ("Who owns the horse of Ada Byrne?", "Ada Byrne is the owner."),
        ("When was Ada Byrne born?", "Ada Byrne (14 May 1902 – 7 June 1988) was a surveyor."),
    ],
)
def test_a_synonym_or_a_derived_word_says_what_is_asked(question: str, text: str) -> None:
    assert relation(question, text).unrelated == 0.0


def test_a_derived_word_counts_in_part() -> None:
    found = relation("Who owns it?", "It has a new owner.")
    assert (found.covered, found.stated) == (0.5, 0.0)
    assert relation("Who owns it?", "It has a new town.").covered == 0.0


def test_a_life_span_says_when_somebody_was_born_and_died() -> None:
    text = "Ada Byrne (14 May 1902 – 7 June 1988) was a surveyor."
    for question in ("When was Ada Byrne born?", "When did Ada Byrne die?"):
        found = relation(question, text)
        assert (found.stated, found.covered) == (1.0, 1.0)
    assert relation("When did Ada Byrne sing?", text).covered == 0.0
    assert relation("What did Ada Byrne die of?", text).covered == 0.0
    assert relation("When was Ada Byrne born?", "Ada Byrne (1902) was there.").covered == 0.0


@pytest.mark.parametrize("years", ["(1902-1988", "(1902)-(1988)", "1902-1988)", "(1902, 1988)"])
def test_two_years_are_a_life_span_in_brackets_only(years: str) -> None:
    assert relation("When was Ada Byrne born?", f"Ada Byrne {years} sang.").covered == 0.0


def test_a_name_typed_in_lower_case_is_no_answer_either() -> None:
    text = "Next door is Ada Byrne, who sings in a mill. The Byrne house is old."
    assert relation("what does ada byrne earn", text).unrelated == 1.0
    opening = "Ada Byrne was late for a train."
    assert relation("what does ada byrne earn", opening).unrelated == 1.0
    assert relation("what does ada byrne sing", text).unrelated == 0.0
    assert relation("how old is the byrne house", text).unrelated == 0.0
    assert relation("what does the mill earn", text).unrelated == 0.0  # a mill is no name


def test_a_kind_alone_is_no_answer_where_no_article_has_what_is_asked() -> None:
    question, text = "When was the school rebuilt?", "The school had a party in 1931."
    title = "The school"
    assert relation(question, text, title).unrelated == 0.0
    assert relation(question, text, title, nowhere="rebuild").unrelated == 1.0


def test_the_words_that_ask_for_a_measure_say_nothing_where_none_is_given() -> None:
    question = "How many years did Ada Byrne row?"
    assert relation(question, "Ada Byrne says the years were hard.").unrelated == 1.0
    assert relation(question, "Ada Byrne did so for nine years.").unrelated == 0.0
    assert relation("How deep is Lake Elling?", "Lake Elling is deep.").unrelated == 1.0
    assert relation("How deep is Lake Elling?", "It is 12 metres deep.").unrelated == 0.0


def test_what_the_question_before_asked_is_no_answer_to_the_one_that_follows() -> None:
    text = "The last miller stopped in 1983."
    earlier = "Who was the last miller?"
    assert relation("and when did he die?", text, earlier=earlier, nowhere="die").unrelated
    assert not relation("and when did he stop?", text, earlier=earlier).unrelated
    assert not relation("and when?", text, earlier=earlier).unrelated


def test_a_name_alone_is_no_answer_to_who() -> None:
    text = "Ada Byrne met Ben Ames on the way."
    assert relation("Who is the wife of Ada Byrne?", text).unrelated == 1.0
    assert relation("Who is the wife of Ada Byrne?", text + " His wife sang.").unrelated == 0.0


def test_a_number_of_the_question_stands_there_too() -> None:
    question = "How many visitors came in 2015?"
    assert relation(question, "In 2015 some 900 visitors came.").unanswered == 0.0
    assert relation(question, "Last year some 900 visitors came.").unanswered == 1.0
    assert relation(question, "Some 900 visitors came.", "Report for 2015").unanswered == 0.0
    assert relation("What is rule 4?", "The fourth rule is this.").unanswered == 0.0
    assert relation("What is rule 4?", "The rule is this.").unanswered == 1.0
    apart = "It is rule 4. It is short. It is old. The rule is this one here."
    assert relation("What is rule 4 here?", apart).unanswered == 0.0
    years = "It is short. It was 2015. It is old. It rained. Some 900 visitors came."
    assert relation(question, years).unanswered == 1.0


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Boats of twelve metres may use the harbour.", 1.0),
        ("The harbour has a depth of twelve metres.", 0.0),
        ("The harbour is twelve metres deep.", 0.0),
        ("The harbour is deep. It is twelve metres.", 0.0),
    ],
)
def test_a_length_belongs_to_the_measure_that_is_asked_for(text: str, missing: float) -> None:
    assert relation("How deep is the harbour?", text).kind_missing == missing


def test_what_the_title_holds_is_the_subject_and_not_what_is_asked() -> None:
    text = "The lido is a pool."
    assert relation("how deep is the lido", text).unrelated == 0.0
    assert relation("how deep is the lido", text, title="The lido opens").unrelated == 1.0


def test_a_heading_says_what_its_paragraph_is_about() -> None:
    text = "Fires\n\nAda Byrne was there."
    found = relation("Which fires did Ada Byrne see?", text)
    assert (found.unrelated, found.stated) == (0.0, 0.0)  # "see" is missing
    assert found.covered == pytest.approx(1 / 1.7)  # which is common, and counts 0.7
    assert found.names_beside == 0.0


def test_a_measure_stands_in_the_sentence_itself() -> None:
    question = "How long do worms live?"
    assert relation(question, "Worms live for ten years.").kind_missing == 0.0
    assert relation(question, "Worms live deep in the soil.").kind_missing == 1.0
    longer = "How long do worms live deep in the soil of our garden?"
    beside = "Worms live deep in the soil of our garden. Ten years is usual."
    assert relation(longer, beside).kind_missing == 1.0


def test_that_nobody_is_named_is_a_sign_of_its_own() -> None:
    question = "Who dissolved the assembly?"
    found = relation(question, "The governor dissolved the assembly.")
    assert found == ANSWERED._replace(kind_unsaid=1.0)
    assert relation(question, "The governor, Ada Byrne, dissolved the assembly.") == ANSWERED
    beside = relation(question, "The governor dissolved the assembly. Ada Byrne was ill.")
    assert beside == ANSWERED._replace(kind_unsaid=1.0)


def test_a_reason_or_a_date_that_is_not_given_counts_half() -> None:
    text = "Nobody dissolved the assembly."
    assert relation("Why did nobody dissolve the assembly?", text).kind_unsaid == 0.5
    assert relation("When did nobody dissolve the assembly?", text).kind_unsaid == 0.5


def test_a_reason_may_stand_in_the_next_sentence() -> None:
    text = "Nobody dissolved the assembly. It was because of the rain."
    assert relation("Why did nobody dissolve the assembly?", text) == ANSWERED


@pytest.mark.parametrize(
    ("text", "unsaid"),
    [
        ("A postman won.", 1.0),
        ("The Women's Guild held it, and of all the sixty people a postman won.", 1.0),
        ("A postman, Abel Lunt, won.", 0.0),
        ("A postman won the contest that the Guild of Elling held.", 1.0),
    ],
)
def test_a_name_is_one_that_stands_near_what_it_is_asked_of(text: str, unsaid: float) -> None:
    found = relation("What was the name of the postman who won the contest?", text)
    assert found.kind_unsaid == unsaid


@pytest.mark.parametrize(
    ("language", "question", "text", "expected"),
    [
        (
            "en",
            "What is the name of the tallest oak?",
            "The tallest oak was felled in a storm, says the forester of Elling, Jo Bell.",
            1.0,
        ),
        (
            "en",
            "What is the name of the tallest oak?",
            "The tallest oak, which was felled in a storm last week, was known as Old Jo.",
            0.0,
        ),
        (
            "en",
            "What is the name of the tallest oak?",
            "The tallest oak of the forest behind the mill is the Old Jo.",
            0.0,
        ),
        (
            "en",
            "What are the names of the oaks?",
            "The oaks were felled in a storm that came last week (Jo, Ada).",
            0.0,
        ),
        ("en", "What are small oaks called?", "Small oaks are called oaklings.", 0.0),
        (
            "fr",
            "Comment s'appelle le chien du roi ?",
            "Le chien du roi mange trop, ce que dit depuis des années Jean Roux.",
            1.0,
        ),
        ("fr", "Comment s'appelle le chien du roi ?", "Le chien du roi, nommé Bello, court.", 0.0),
    ],
)
def test_a_name_further_off_is_said_to_be_one(
    language: str, question: str, text: str, expected: float
) -> None:
    assert relation(question, text, language=language).unanswered == expected


def test_a_name_beside_another_name_of_the_question_is_not_what_is_asked_for() -> None:
    text = "A gunman fired at a cinema in the old part of the US state of Ohio."
    assert relation("What was the name of the gunman in Ohio?", text).kind_unsaid == 1.0


def test_what_the_passage_or_its_title_holds_of_the_question_is_its_share() -> None:
    question = "Who mended nets?"
    assert relation(question, "Nets were dry.").held == pytest.approx(1 / 2)
    assert relation(question, "Ben Ames fixed the nets.").held == 1.0
    assert relation(question, "Ben Ames mended it.", "The nets").held == 1.0


def test_what_is_asked_is_in_the_sentence_or_beside_it_or_missing() -> None:
    question = "Which loaves did the baker begin to sell in the market?"
    text = "The baker sold loaves. It started in the market. Nobody came. They were dry."
    found = relation(question, text)
    assert found.stated < found.covered == 1.0  # for "started" is a synonym
    assert relation(question, "The baker was in the market.").covered < 0.5
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


def test_a_date_of_something_else_does_not_tell_when_what_no_article_has_was_done() -> None:
    asked = "When was the Arn straightened?"
    named = "The Arn was named in a treaty of 1856."
    assert relation(asked, named, nowhere="straighten").unanswered == 1.0
    assert relation(asked, named).unanswered == 0.0


@pytest.mark.parametrize(
    ("question", "text", "unanswered"),
    [
        ("Où est né Paul Wenk ?", "Le pont de Brest est de Paul Wenk.", 1.0),
        ("Où est né Paul Wenk ?", "Paul Wenk est né à Brest.", 0.0),
        ("Où est né Paul Wenk ?", "Paul Wenk (1887–1961) vivait à Brest.", 0.0),
        ("Quand est né Paul Wenk ?", "Paul Wenk ne bâtit le pont qu'en 1911.", 1.0),
    ],
)
def test_where_somebody_was_born_is_not_told_by_a_name(
    question: str, text: str, unanswered: float
) -> None:
    assert relation(question, text, language="fr").unanswered == unanswered


@pytest.mark.parametrize(
    ("language", "question", "text"),
    [
        ("es", "¿Cómo se llama la hermana de Ana Ruiz?", "La hermana de Ana Ruiz vive lejos."),
        ("it", "Come si chiama la sorella di Ada Neri?", "La sorella di Ada Neri vive lontano."),
        ("nl", "Hoe heet de zus van Ada Smit?", "De zus van Ada Smit woont ver weg."),
        ("en", "How old is Ada Lund?", "Ada Lund did not want to go to the fair."),
    ],
)
def test_names_of_the_question_give_neither_a_name_nor_an_age(
    language: str, question: str, text: str
) -> None:
    found = relation(question, text, language=language)
    assert 1.0 in (found.unrelated, found.unanswered)


def test_a_sign_says_what_its_unit_says() -> None:
    question = "Was the mill built for 40 dollars?"
    assert relation(question, "The mill was built for $40.").covered == 1.0
    assert relation(question, "The mill was built for £40.").covered < 1.0
    assert relation("Did the mill grind 40 percent?", "The mill did grind 40%.").covered == 1.0


def test_what_leads_to_a_question_need_not_be_said() -> None:
    story = "My oven is cold, the door is stuck and the lamp is broken."
    found = relation(f"{story} What did the keeper pay?", "The keeper did pay £3 for it.")
    assert (found.stated, found.covered, found.unrelated) == (1.0, 1.0, 0.0)
    assert found.held < 1.0
    assert relation(f"{story} What did the keeper pay?", "The lamp is broken.").unrelated == 1.0
