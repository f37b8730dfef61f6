"""A sentence about something else does not tell whether there is what a question asks for."""

from __future__ import annotations

import pytest

from tests.core.relevance.test_relation import relation


@pytest.mark.parametrize(
    ("language", "question", "text", "expected"),
    [
        ("en", "Is there a sauna at Birk Lodge?", "At Birk Lodge breakfast ends at ten.", 1.0),
        ("en", "Is there a lift up Birk Tower?", "Go up Birk Tower by 300 steps.", 1.0),
        ("en", "Is there a sauna at Birk Lodge?", "Birk Lodge has a sauna. It is hot.", 0.0),
        ("en", "So, is there parking at Birk Lodge?", "Park your car behind Birk Lodge.", 0.0),
        ("en", "Is the sauna of Birk Lodge hot?", "At Birk Lodge breakfast ends at ten.", 0.0),
        ("en", "How many saunas are there at Birk Lodge?", "Birk Lodge has ten.", 0.0),
        ("de", "Gibt es eine Sauna in Birkheim?", "In Birkheim endet das Frühstück um zehn.", 1.0),
        ("es", "¿Hay sauna en Birka?", "En Birka el desayuno termina a las diez.", 1.0),
        ("fr", "Y a-t-il un sauna à Birka ?", "À Birka, le déjeuner finit à dix heures.", 1.0),
        ("fr", "Est-ce qu'il y a un sauna à Birka ?", "À Birka, le sauna est chaud.", 0.0),
        ("it", "C'è una sauna a Birka?", "A Birka la colazione finisce alle dieci.", 1.0),
        ("pt", "Há sauna em Birka?", "Em Birka o almoço acaba às dez.", 1.0),
        ("nl", "Is er een sauna in Birka?", "In Birka eindigt het ontbijt om tien uur.", 1.0),
        ("ru", "Есть ли сауна в Бирке?", "Завтрак в Бирке кончается в десять.", 1.0),
    ],
)
def test_the_noun_behind_is_what_is_asked(
    language: str, question: str, text: str, expected: float
) -> None:
    assert relation(question, text, language=language).unanswered == expected
