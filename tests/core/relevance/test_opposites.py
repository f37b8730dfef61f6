"""A sentence about another time, or about the opposite, is no answer."""

from __future__ import annotations

import pytest

from tests.core.relevance.test_relation import relation


@pytest.mark.parametrize(
    ("language", "question", "text", "expected"),
    [
        ("en", "How many boats sank last year?", "This year four boats sank.", 1.0),
        ("en", "How many boats sank this year?", "Last year nine boats sank, this year four.", 0.0),
        ("en", "How many boats sank this year?", "Four boats sank.", 0.0),
        ("en", "Did a boat sink this week?", "A boat sank last week.", 1.0),
        ("en", "How old is he, the keeper?", "The keeper says that she is 54.", 1.0),
        ("en", "When does the kiosk open?", "The kiosk closes at six.", 1.0),
        ("en", "Is the kiosk open?", "The kiosk is closed.", 0.0),  # which says so
        ("en", "What does the ferry cost for adults?", "The ferry costs £2 for children.", 1.0),
        ("en", "When does the ferry sail on Sundays?", "The ferry sails at nine on Mondays.", 1.0),
        (
            "en",
            "When does the ferry sail on Fridays?",
            "The ferry sails at nine from Tuesday to Saturday.",
            0.0,
        ),
        ("en", "When does the ferry sail in spring?", "The ferry sails at nine in summer.", 1.0),
        ("en", "How warm is the spring by the mill?", "In summer it is at 14 degrees.", 0.0),
        ("en", "Which is the oldest boat?", "The youngest boat is the Ada.", 1.0),
        ("de", "Wie viele Boote sanken dieses Jahr?", "Voriges Jahr sanken neun Boote.", 1.0),
        ("de", "Wann fährt die Fähre sonntags?", "Die Fähre fährt samstags um neun.", 1.0),
        ("es", "¿Cuántos barcos hubo este año?", "Hubo nueve barcos el año pasado.", 1.0),
        ("es", "¿Cuándo abre el quiosco?", "El quiosco cierra a las seis.", 1.0),
        ("fr", "Combien de bateaux cette année ?", "L'an dernier, neuf bateaux.", 1.0),
        ("fr", "Combien coûte le bac pour un adulte ?", "Le bac coûte 2 euros par enfant.", 1.0),
        ("it", "Quante barche quest'anno?", "L'anno scorso nove barche.", 1.0),
        ("it", "Quando apre il chiosco?", "Il chiosco chiude alle sei.", 1.0),
        ("pt", "Quantos barcos este ano?", "No ano passado, nove barcos.", 1.0),
        ("pt", "Quando abre o quiosque?", "O quiosque fecha às seis.", 1.0),
        ("nl", "Hoeveel boten zonken dit jaar?", "Vorig jaar zonken negen boten.", 1.0),
        ("nl", "Wanneer vaart de pont op zondag?", "De pont vaart op zaterdag om negen.", 1.0),
        ("ru", "Сколько лодок утонуло в этом году?", "В прошлом году утонуло девять лодок.", 1.0),
        ("tr", "Bu yıl kaç tekne battı?", "Geçen yıl dokuz tekne battı.", 1.0),
        ("zh", "今年沉了多少船？", "去年沉了九艘船。", 1.0),
    ],
)
def test_one_excludes_the_other(language: str, question: str, text: str, expected: float) -> None:
    assert relation(question, text, language=language).unanswered == expected
