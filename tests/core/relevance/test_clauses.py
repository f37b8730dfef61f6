"""A sentence that says what is asked of something else is no answer."""

from __future__ import annotations

import pytest

from bot.core.article import Article, Head, join_paragraphs
from bot.core.passages.splitting import split
from bot.core.questions.query import weigh
from bot.core.questions.question_reading import read
from bot.core.relevance.clauses import is_of_another
from bot.core.relevance.subject import names_of
from bot.core.seams import Statistics
from bot.text.analyzer import Languages

ANALYZER = Languages()
BESIDE = "Beside the old ferry stands a bridge, which Tom Rusk built in 1911."
CHAPEL = "The brewery stands beside the chapel that Paul Wenk founded in 1702."


@pytest.mark.parametrize(
    ("language", "question", "text", "expected"),
    [
        ("en", "Who built the ferry?", BESIDE, True),
        ("en", "When was the old ferry built?", BESIDE, True),
        ("en", "Who built the bridge?", BESIDE, False),
        ("en", "Who built the bridge beside the ferry?", BESIDE, False),
        ("en", "What is beside the ferry?", BESIDE, False),
        ("en", "Who founded the brewery?", CHAPEL, True),
        ("en", "Who founded the chapel?", CHAPEL, False),
        ("en", "When was the mill destroyed?", "A bomb destroyed the inn opposite the mill.", True),
        ("en", "When was the inn destroyed?", "A bomb destroyed the inn opposite the mill.", False),
        ("en", "Who built the ferry?", "The ferry, which Tom Rusk built, is old.", False),
        ("en", "Who built the ferry?", "The ferry at Orlen, which Tom Rusk built.", False),
        ("en", "Who led Rome?", "Ada, a general who led Rome, sang.", False),
        ("en", "Who is the head of Orlen?", "The head is Ada, who lives in Orlen.", False),
        ("en", "Who backed Carolina?", "It was backed by lords, who saw Carolina.", False),
        ("en", "When does the mill shop open?", "The shop near the mill opens in May.", False),
        ("de", "Wer baute die Fähre?", "Neben der Fähre steht eine Brücke, die Tom baute.", True),
        ("de", "Wer baute die Brücke?", "Neben der Fähre steht eine Brücke, die Tom baute.", False),
        ("de", "Wer gründete den Hof?", "Am Hof steht ein Turm, den Paul gründete.", True),
        ("es", "¿Quién fundó la sala?", "La sala está junto a la capilla que Paul fundó.", True),
        ("es", "¿Quién fundó la capilla?", "Está junto a la capilla que Paul fundó.", False),
        ("fr", "Qui a construit le bac ?", "À côté du bac est un pont, que Tom a construit.", True),
        ("it", "Chi costruì la nave?", "Accanto alla nave c'è un ponte, che Tom costruì.", True),
        ("pt", "Quem fundou a sala?", "A sala fica ao lado da capela que Paul fundou.", True),
        ("nl", "Wie stichtte de zaal?", "De zaal staat naast de kapel die Paul stichtte.", True),
        ("ru", "Кто основал завод?", "Завод у часовни, которую основал Пауль.", True),
        ("tr", "Fabrika ne zaman yapıldı?", "Fabrika yanında bir köprü yapıldı.", True),
        ("zh", "渡船是什么时候建造的？", "渡船旁边有一座桥。", True),
    ],
)
def test_what_is_said_of_something_else_is_told(
    language: str, question: str, text: str, expected: bool
) -> None:
    text, spans = join_paragraphs([text])
    (passage,) = split(Article("a", Head("News"), text, spans), language, ANALYZER)
    reading = read(question, language, ANALYZER)
    query = weigh(reading, Statistics(100, 10.0, dict.fromkeys(reading.terms, 5)))
    assert is_of_another(query, passage, 0, {*names_of(reading)}, ANALYZER) == expected
