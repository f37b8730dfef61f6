"""Questions to which definitions are the answers, by language."""

from __future__ import annotations

import pytest

from bot.service.definitions import LANGUAGES, definition_in


@pytest.mark.parametrize(
    ("language", "sentence", "question", "name"),
    [
        (
            "de",
            "Die alte Mühle war eine Mühle für Öl.",
            "Was war die alte Mühle?",
            "alte Mühle",
        ),
        ("es", "El faro es una torre con luz.", "¿Qué es el faro?", "faro"),
        ("fr", "L’ancre est un outil de marin.", "Qu’est-ce que l’ancre ?", "ancre"),
        ("fr", "Un phare est une tour.", "Qu’est-ce qu’un phare ?", "phare"),
        ("it", "L’ancora è un attrezzo di ferro.", "Che cos’è l’ancora?", "ancora"),
        ("it", "La lanterna fu una lampada.", "Che cosa fu la lanterna?", "lanterna"),
        ("ja", "石臼は、石の道具である。", "石臼とは何ですか？", "石臼"),
        ("pt", "O farol é uma torre com luz.", "O que é o farol?", "farol"),
        ("ru", "Маяк — это башня с огнём.", "Маяк — что это?", "Маяк"),
        ("zh", "石磨是一种工具。", "石磨是什么？", "石磨"),
    ],
)
def test_a_definition_answers_its_question(
    language: str, sentence: str, question: str, name: str
) -> None:
    assert definition_in(sentence, language) == (question, name)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Marta Quill war eine Wärterin."),  # of a person one asks who
        ("de", "Die Mühle steht am Bach."),
        ("fr", "Les phares sont des tours."),
        ("ja", "夏目漱石は、日本の小説家である。"),
        ("ja", "管理人は塔に住んでいる。"),
        ("ru", "Вчера было это."),
        ("zh", "她是一位医生。"),
        ("en", "The lamp is a lamp."),  # has patterns of its own
        ("sw", "Mnara ni jengo."),
    ],
)
def test_what_defines_no_thing_asks_nothing(language: str, sentence: str) -> None:
    assert definition_in(sentence, language) is None


def test_the_languages_with_patterns_are_known() -> None:
    assert {"de", "es", "fr", "it", "ja", "pt", "ru", "zh"} == LANGUAGES
