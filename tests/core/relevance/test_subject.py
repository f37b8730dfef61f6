"""The subject of an article, and what of a question is not about it."""

from __future__ import annotations

import pytest

from bot.core.article import Article, Head, join_paragraphs
from bot.core.passage import Passage
from bot.core.passages.splitting import split
from bot.core.questions.query import Query, weigh
from bot.core.questions.question_reading import read
from bot.core.relevance.subject import (
    ABSENT_NAMES,
    LEAD_NAMES_ALONE,
    NAMES_ALONE,
    names_absent,
    names_alone,
    names_of,
    subject_of,
)
from bot.core.seams import Statistics, Words
from bot.text.analyzer import Languages

ANALYZER = Languages()


def query(question: str, language: str = "en") -> Query:
    reading = read(question, language, ANALYZER)
    return weigh(reading, Statistics(100, 10.0, dict.fromkeys(reading.terms, 5)))


def lead(text: str, language: str = "en") -> tuple[Passage, Words]:
    whole, spans = join_paragraphs([text])
    (passage,) = split(Article("a", Head("A"), whole, spans), language, ANALYZER)
    return passage, ANALYZER.words(passage.text, passage.sentences, language)


def test_the_subject_is_what_the_title_holds_and_the_names_of_the_first_sentence() -> None:
    asked = query("what did orlo say of the loaf, the bread and brandholm?")
    found = subject_of(
        asked,
        set(names_of(asked.reading)),
        {"loaf"},
        lead("Bread was what the baker Orlo made. It was sold as Bread in Brandholm."),
    )
    assert found.stems == {"loaf", "orlo"}  # "Bread" begins a sentence
    assert found.asked == {"say", "bread", "brandholm"}


def test_an_article_loses_the_share_of_the_names_that_stand_nowhere_in_it() -> None:
    asked = query("Where did Orlo meet Tannick?")
    whole = names_absent(asked, {"orlo", "tannick"}, set())
    assert whole == pytest.approx(ABSENT_NAMES * (1 - asked.idf["meet"] / asked.total))
    assert names_absent(asked, {"orlo", "tannick"}, {"orlo"}) == pytest.approx(whole / 2)
    assert names_absent(asked, {"orlo", "tannick"}, {"tannick", "orlo"}) == 0.0


def test_without_a_first_passage_it_is_what_the_title_holds() -> None:
    asked = query("When did Orlo bake the loaf?")
    found = subject_of(asked, set(names_of(asked.reading)), {"loaf"}, None)
    assert found.stems == {"loaf"}
    assert found.asked == {"bake"}  # a name of the question is not what is asked


def test_the_place_that_news_begin_with_is_no_sentence_of_theirs() -> None:
    asked = query("who built the weir at tannick?")
    found = subject_of(
        asked, set(), frozenset(), lead("BRANDHOLM. The weir at Tannick gave way on Sunday.")
    )
    assert found.stems == {"tannick"}
    whole = subject_of(asked, set(), frozenset(), lead("THE WEIR AT TANNICK GAVE WAY."))
    assert whole.stems == frozenset()


def test_a_capital_letter_tells_no_german_name() -> None:
    asked = query("Wer backt das Brot im Ofen?", "de")
    found = subject_of(
        asked, set(names_of(asked.reading)), {"brot"}, lead("Der Müller heizt den Ofen.", "de")
    )
    assert found.stems == {"brot"}
    assert found.asked == frozenset()


@pytest.mark.parametrize(
    ("text", "is_lead", "less"),
    [
        ("Orlo lives in Elling.", False, NAMES_ALONE),
        ("Orlo lives in Elling.", True, LEAD_NAMES_ALONE),
        ("He was born there.", False, 0.0),
        ("He was born there.", True, LEAD_NAMES_ALONE / 2),
        ("His children were painters.", True, LEAD_NAMES_ALONE / 2),
        ("His children were born there.", True, 0.0),
    ],
)
def test_names_alone_cost_something_and_a_first_passage_loses_by_what_it_lacks(
    text: str, is_lead: bool, less: float
) -> None:
    asked = query("Where were the kids of Orlo born?")
    _, words = lead(text)
    found = names_alone(asked, words, is_lead, frozenset({"kid", "bear"}))
    assert found == pytest.approx(less)
    assert names_alone(asked, words, is_lead, frozenset()) == 0.0


def test_names_are_capitalised_inside_the_question_and_numbers_are_names() -> None:
    assert names_of(read("Did Orlo play in 1931?", "en", ANALYZER)) == ["orlo", "1931"]


def test_the_first_word_is_a_name_where_another_capital_follows() -> None:
    assert names_of(read("Aurel Tannick wrote what?", "en", ANALYZER)) == ["aurel", "tannick"]
    assert names_of(read("Describe the life of Orlo.", "en", ANALYZER)) == ["orlo"]
    assert names_of(read("Mahmut Paşa nerede doğdu?", "tr", ANALYZER)) == ["tr:mahmut", "tr:pas"]


@pytest.mark.parametrize(
    ("question", "language", "names"),
    [
        ("Wann öffnet das Schwimmbad für Kinder?", "de", []),
        ("Was tat Birgit Solano 2019?", "de", ["de:birgit", "de:solano", "de:2019"]),
        ("Hat Orlo ein Haus?", "de", []),
        ("How Do I Reset The Router After An Update?", "en", []),
        ("WHO OWNS THE ROUTER?", "en", []),
        ("Is it true that I met Orlo?", "en", ["orlo"]),
        ("Orlo", "en", []),
        ("", "en", []),
    ],
)  # fmt: skip
def test_capitals_tell_no_name_where_other_words_have_them_too(
    question: str, language: str, names: list[str]
) -> None:
    assert names_of(read(question, language, ANALYZER)) == names
