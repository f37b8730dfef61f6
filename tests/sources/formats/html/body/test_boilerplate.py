# ruff: noqa: E501 - lines of pages are read more easily one to a line
"""The set phrases of news pages, and sentences of an article that look like them."""

from __future__ import annotations

import pytest

from bot.sources.formats.html.body.boilerplate import is_caption, is_label
from tests.sources.formats.html.body.test_article_body import OWN, each, read_article


@pytest.mark.parametrize(
    "said",
    [
        "Merchants carried molasses, sugar, gold coins, and bills of exchange (credit slips).",
        "The two programs share a library of four thousand lines (source code and tests).",
        "What the camera sees is compared with what the map has there (image recognition in real time).",
        "The hall was painted again in May. Pictures by local painters hang between its windows.",
        "Nobody had asked for one. Photos via the old cable took an hour each.",
        "She had kept them in a biscuit tin. Pictures: they were all that was left of the house.",
    ],
)
def test_a_sentence_about_pictures_is_no_credit(said: str) -> None:
    assert not is_caption(said)
    assert read_article(f"{each(OWN[:4])}<p>{said}</p>{each(OWN[4:])}") == [
        *OWN[:4],
        said,
        *OWN[4:],
    ]


@pytest.mark.parametrize(
    "caption",
    [
        "The hall in May. Photo by Ada Olsen",
        "The hall in May. Photo by ADA OLSEN for the Foghorn",
        "The hall in May. Photograph: Ada de la Cruz/Foghorn",
        "The hall in May (photo: Ada Olsen)",
        "The hall in May (image courtesy of the county archive)",
        "The hall in May (Photo credit: Foghorn)",
        "The hall in May (source: Foghorn)",
        "The hall in May (file photo)",
        "The hall in May. Foto: dpa",
        "Die Halle im Mai. Foto: Kirsten Müller",
        "Зал в мае. Foto: Анна Смирнова",
    ],
)
def test_a_caption_ends_by_naming_who_made_its_picture(caption: str) -> None:
    assert is_caption(caption)


@pytest.mark.parametrize(
    "call",
    [
        "Suscríbete aquí a nuestra newsletter diaria sobre la provincia.",
        "Abonnez-vous à notre newsletter pour ne rien manquer.",
        "Inscrivez-vous gratuitement à notre lettre d’information.",
        "Jetzt unseren Newsletter abonnieren und nichts mehr verpassen!",
        "Abonnieren Sie unseren kostenlosen Newsletter.",
        "Iscriviti alla newsletter del mattino.",
        "Inscreva-se na nossa newsletter semanal.",
        "Meld je aan voor onze nieuwsbrief.",
        "Anmäl dig till vårt nyhetsbrev.",
        "Zapisz się do naszego newslettera.",
        "Подписывайтесь на наш канал в Telegram",
        "Подпишитесь на нашу рассылку.",
        "Article réservé à nos abonnés",
        "Do you have an opinion on this? Write to letters@foghorn.example in no more than 200 words.",
    ],
)
def test_a_call_to_subscribe_or_to_write_is_a_label(call: str) -> None:
    assert is_label(call)
    assert read_article(f"{each(OWN[:4])}<p>{call}</p>{each(OWN[4:])}") == OWN


@pytest.mark.parametrize(
    "said",
    [
        "Suscríbete, decía el cartel, pero nadie en el pueblo sabía a qué.",
        "Abonnez-vous, répétait le vendeur à la gare.",
        "Jetzt verschickt der Hafenmeister jede Woche einen Newsletter an seine Nachbarn.",
        "Do you have an opinion on this? The council does, and it has had one since 1921.",
    ],
)
def test_a_sentence_that_quotes_a_call_is_none(said: str) -> None:
    assert not is_label(said)
