"""Questions that need the one before them, and questions that stand alone."""

from __future__ import annotations

import pytest

from bot.text.follow_ups import following


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "and why?"),
        ("en", "who is he?"),
        ("en", "how much?"),
        ("en", "and the lathe?"),
        ("en", "what about the captain?"),
        ("en", "Thanks! And when did she die?"),
        ("en", "and on Sundays?"),
        ("en", "what about Ada Weld?"),
        ("de", "und warum?"),
        ("de", "und im Winter?"),
        ("de", "und wann ist er gestorben?"),
        ("es", "¿y por qué?"),
        ("fr", "et pourquoi ?"),
        ("pt", "e quando?"),
        ("it", "e perché?"),
        ("nl", "en waarom?"),
        ("ru", "а почему?"),
        ("tr", "peki neden?"),
        ("zh", "那他呢？"),
        ("zh", "为什么？"),
        ("zh", "多少钱？"),
        ("zh", "不，我是说多久"),
        ("tr", "hayır, demek istediğim ne kadar"),
    ],
)
def test_a_question_that_cannot_stand_alone(language: str, text: str) -> None:
    assert following(text, language) == "yes"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "any operas?"),
        ("en", "do I have to take pills for it for ever?"),
        ("en", "and how much will the repairs cost?"),
        ("en", "how long does it take?"),
        ("de", "und wer bezahlt die Reparatur?"),
        ("es", "¿cuántos años tiene ahora?"),
        ("pt", "quantos anos tem agora?"),
        ("en", "no i mean how long"),
        ("en", "sorry, I meant how far"),
        ("de", "nein, ich meine wie lange"),
        ("es", "no, quiero decir cuánto tiempo"),
        ("fr", "non, je veux dire combien de temps"),
        ("pt", "não, quero dizer quanto tempo"),
        ("it", "no, volevo dire quanto tempo"),
        ("nl", "nee, ik bedoel hoe lang"),
        ("ru", "нет, я имею в виду как долго"),
    ],
)
def test_a_question_that_may_need_the_one_before(language: str, text: str) -> None:
    assert following(text, language) == "perhaps"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Who made the tide clock in the museum?"),
        ("en", "And who built the harbour of Elling in 1612?"),
        ("en", "and what caused Brexit?"),
        ("en", "When did Ada Weld sell her ferry?"),
        ("en", "how many ferries are there on the lake"),
        ("en", "Who was it that Weld married?"),
        ("en", "opening hours swimming pool"),
        ("de", "und wo liegt Ada Weld begraben?"),
        ("fi", "ja miksi?"),
    ],
)
def test_a_question_that_stands_alone(language: str, text: str) -> None:
    assert following(text, language) == "no"
