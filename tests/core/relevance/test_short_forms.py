"""Abbreviations: explained by the articles, and known anyway."""

from __future__ import annotations

import pytest

from bot.core.article import Draft, Head
from bot.core.library import Library
from bot.core.relevance.short_forms import explained, substitutes
from bot.core.shelf import Shelf
from bot.text.analyzer import Languages
from tests.core.conversation.test_named_article import library_of
from tests.core.relevance.test_relation import relation
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.index import FakeIndex

TEXTS = {
    "works": "The Ministry of Works (MoW) paid for the pier. Its clerk was Ada Weld, a cousin.",
    "pier": "The MoW closed the pier in 1930. Nobody was told why, and the gulls moved in.",
    "listing": "The initial public offering of the ferry company raised nine pounds in May.",
    "strikes": "A fourth strike ends the season, and the umpire takes the cup home with him.",
}


@pytest.fixture
def library() -> Library:
    store, analyzer = FakeArticleStore(), Languages()
    for slug, text in TEXTS.items():
        store.save(slug, Draft(Head(slug.title()), text))
    found = Library([Shelf(store, FakeIndex(store, analyzer))], analyzer)
    found.refresh()
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Ministry of Works (MoW) paid", {"mow": ("Ministry", "of", "Works")}),
        ("a residual current device (RCD)", {"rcd": ("residual", "current", "device")}),
        ("research and development (R&D)", {}),
        ("the harbour master (HM) and (see below) a (B)", {"hm": ("harbour", "master")}),
        ("a merchant of Elling (XYZ)", {}),
    ],
)
def test_an_explained_abbreviation(text: str, found: dict[str, tuple[str, ...]]) -> None:
    assert explained([text]) == found


def test_each_form_stands_for_the_other() -> None:
    found = substitutes({"mow": ("Ministry", "of", "Works")}, "en", Languages())
    assert found == {"mow": {"ministri", "work"}, "ministri": {"mow"}, "work": {"mow"}}


def test_what_a_short_form_stands_for_is_found_where_it_is_explained(library: Library) -> None:
    answer = library.ask("What does MoW stand for?")
    assert answer.matches[0].citation.slug == "works"
    text, sentence = answer.matches[0].passage.text, answer.matches[0].sentence
    assert "(MoW)" in text[sentence.start : sentence.end]
    assert library.ask("Who closed the pier, the MoW?").matches[0].citation.slug == "pier"


@pytest.mark.parametrize(
    ("question", "slug", "asked", "searched"),
    [
        ("When was the ferry company's IPO?", "listing", "IPO", "initial public offering"),
        ("what happens on the 4th strike", "strikes", "4th", "fourth"),
        ("what happens on strike 4", "strikes", "4", "fourth"),
    ],
)
def test_another_form_is_searched_for(
    library: Library, question: str, slug: str, asked: str, searched: str
) -> None:
    answer = library.ask(question)
    assert answer.matches[0].citation.slug == slug
    assert [tuple(repair) for repair in answer.repairs] == [(asked, searched)]
    assert asked not in answer.unknown


@pytest.mark.parametrize(
    ("language", "question", "text", "expected"),
    [
        ("en", "What does QT stand for in QT-42?", "QT-42 means that the disk is full.", 1.0),
        ("en", "What does QT stand for?", "QT stands for quiet time.", 0.0),
        ("en", "What does QT stand for?", "QT, or quiet time, begins at ten.", 0.0),
        ("en", "What does A stand for?", "A stand-off in Elmley was broken off.", 1.0),
        ("en", "What does A stand for?", "The A stands for air.", 0.0),
        ("en", "What does the queen stand for?", "The queen is loved in Elmley.", 0.0),
        ("de", "Wofür steht QT?", "QT beginnt um zehn.", 1.0),
        ("nl", "Waar staat QT voor?", "QT begint om tien uur.", 1.0),
        ("ru", "Как расшифровывается ОКТ?", "ОКТ начинается в десять.", 1.0),
    ],
)
def test_what_is_not_spelt_out_is_not_explained(
    language: str, question: str, text: str, expected: float
) -> None:
    assert relation(question, text, language=language).unanswered == expected


@pytest.mark.parametrize(
    ("question", "text", "nowhere", "expected"),
    [
        ("How much RAM does the Elm 3 have?", "The Elm 3 has a 32-bit system.", "ram", 1.0),
        ("How much RAM does the Elm 3 have?", "The Elm 3 has 2 GB of RAM.", "ram", 0.0),
        ("Who is the QTO of Elm Audio?", "Elm Audio was sold by Tom Rusk.", "qto", 1.0),
        ("Do I REALLY need the Elm 3?", "The Elm 3 has a 32-bit system.", "", 0.0),
        ("WHO IS THE QTO", "Elm Audio was sold by Tom Rusk.", "qto", 0.0),
    ],
)
def test_a_short_form_that_is_not_there(
    question: str, text: str, nowhere: str, expected: float
) -> None:
    assert relation(question, text, nowhere=nowhere).unanswered == expected


def test_the_words_that_ask_what_it_stands_for_need_not_be_there() -> None:
    text = "The Orlen Swimming Club (OSC) trains here on Mondays. It has no pool of its own."
    answer = library_of({"club": (Head("A club"), text)}).ask("What does OSC stand for?")
    assert (answer.kind, answer.unknown) == ("answer", ())
