"""A sentence in the passive that leaves out who did what is asked is no answer."""

from __future__ import annotations

import pytest

from bot.core.article import Article, Head, join_paragraphs
from bot.core.passages.splitting import split
from bot.core.questions.query import weigh
from bot.core.questions.question_reading import read
from bot.core.relevance.agents import is_without_agent
from bot.core.seams import Statistics
from bot.text.analyzer import Languages
from tests.core.conversation.test_named_article import library_of
from tests.core.relevance.test_relation import relation

ANALYZER = Languages()


@pytest.mark.parametrize(
    ("language", "question", "text", "expected"),
    [
        ("en", "Who painted the gate?", "The gate was painted in Orlen in 1911.", True),
        ("en", "Who had painted the gate?", "In May the gate was hastily painted.", True),
        ("en", "Who painted the gate?", "The gate was painted by a sailor.", False),
        ("en", "Who painted the gate?", "The gate was painted, says Tom Rusk, who did it.", False),
        ("en", "Who painted the gate?", "A sailor painted the gate.", False),
        ("en", "Who was painted by Tom?", "The mayor was painted.", False),
        ("en", "When was the gate painted?", "The gate was painted in May.", False),
        ("de", "Wer strich das Tor?", "Das Tor wurde 1911 gestrichen.", False),  # another stem
        ("de", "Wer hat das Tor repariert?", "Das Tor wurde 1911 in Orlen repariert.", True),
        ("de", "Wer hat das Tor repariert?", "Das Tor wurde von Matrosen repariert.", False),
        ("de", "Wer hat das Tor repariert?", "Das Tor wurde repariert, Tom Rusk war es.", False),
        ("es", "¿Quién ha pintado la puerta?", "La puerta fue pintada en Orlen.", True),
        ("es", "¿Quién ha pintado la puerta?", "La puerta fue pintada por un marino.", False),
        ("fr", "Qui a peint la porte ?", "La porte a été peinte à Orlen.", True),
        ("fr", "Qui a peint la porte ?", "La porte a été peinte par un marin.", False),
        ("pt", "Quem pintou o portão?", "O portão foi pintado em Orlen.", True),
        ("pt", "Quem pintou o portão?", "O portão foi pintado pelo marinheiro.", False),
        ("it", "Chi ha dipinto la porta?", "La porta è stata dipinta a Orlen.", True),
        ("it", "Chi ha dipinto la porta?", "La porta è stata dipinta da un marinaio.", False),
        ("nl", "Wie heeft de poort geverfd?", "De poort werd in Orlen geverfd.", True),
        ("nl", "Wie heeft de poort geverfd?", "De poort werd door een matroos geverfd.", False),
    ],
)
def test_nobody_is_named_by_whom(language: str, question: str, text: str, expected: bool) -> None:
    text, spans = join_paragraphs([text])
    (passage,) = split(Article("a", Head("News"), text, spans), language, ANALYZER)
    reading = read(question, language, ANALYZER)
    query = weigh(reading, Statistics(100, 10.0, dict.fromkeys(reading.terms, 5)))
    assert is_without_agent(query, passage, 0, ANALYZER) == expected


def test_it_is_no_answer() -> None:
    library = library_of(
        {
            "sextant": (Head("The sextant of Elmley"), "The sextant was sold in 1950 in Hull."),
            "bell": (Head("The bell of Elmley"), "The bell was sold in 1950 by Ida Brook."),
        }
    )
    assert library.ask("who sold the sextant?").kind != "answer"
    assert library.ask("who sold the bell?").kind == "answer"


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Which keeper came in for Tom?"),
        ("de", "Welcher Torwart kam für Tom?"),
        ("es", "¿Qué portero entró por Tom?"),
        ("fr", "Quel gardien a remplacé Tom ?"),
        ("pt", "Qual goleiro entrou no lugar de Tom?"),
        ("it", "Quale portiere è entrato per Tom?"),
        ("nl", "Welke keeper kwam voor Tom?"),
        ("ru", "Какой вратарь вышел вместо Тома?"),
        ("tr", "Hangi kaleci Tom'un yerine girdi?"),
        ("zh", "哪位门将替换了汤姆？"),
    ],
)
def test_which_of_those_who_play_a_role_asks_for_somebody(language: str, question: str) -> None:
    assert read(question, language, ANALYZER).kind == "person"


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Who won the medal for the best scone?", "Medals for the best scone are gold.", 1.0),
        ("Who won the medal for the best scone?", "A baker won the best medal.", 0.0),
        ("Who won the medal for the best scone?", "The best scone was that of Ida Brook.", 0.0),
        ("Who will judge the scone?", "The vicar will judge the scone.", 0.0),
        ("Who is going to judge the scone?", "The vicar will judge the scone.", 0.0),
        ("Who is the judge of the scone?", "The scone was dry.", 0.0),  # asked by no verb
    ],
)
def test_where_nobody_is_named_the_verb_has_to_be_there(
    question: str, text: str, expected: float
) -> None:
    assert relation(question, text).unanswered == expected
