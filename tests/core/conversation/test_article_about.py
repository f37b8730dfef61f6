"""The article that a question about a head is about, and what is said where there is none."""

from __future__ import annotations

import pytest

from bot.core.article import Head
from bot.core.library import Library
from bot.core.relevance.confidence import ANSWERED_FROM
from tests.core.conversation.test_named_article import library_of

RAIN = "\n\n".join(
    f"{text} in the valley."
    for text in (
        "Hail broke the greenhouses",
        "The vintners lost half of their grapes",
        "Insurers counted the greenhouses",
        "The grapes were pressed at once",
        "New greenhouses will be of plastic",
        "Grapes, says Orla Finn, are patient",
    )
)
ARTICLES = {
    "hail": (Head("A minute in June", "Orla Finn", None, "2021"), RAIN),
    "strike": (
        Head("The strike at the Tarn docks in pictures", "Sam Reyes", None, "2020-03-02"),
        "The cranes stand still. A lighthouse is seen on one of the pictures.",
    ),
    "patch": (Head("Gloomreach 3: rule changes and songs", "Mo Ilves", None, "2022"), "It rains."),
    "letter": (
        Head("Ruderverein Orlo – Rundschreiben im Herbst", "Uwe Tamm", None, "2023"),
        "Das Bootshaus bekommt im Herbst ein neues Dach, und die Boote bekommen neue Farben.",
    ),
}


@pytest.fixture(scope="module")
def library() -> Library:
    return library_of(ARTICLES)


@pytest.mark.parametrize(
    "question",
    [
        "who wrote the article about the eclipse in Norway?",
        "who wrote the story about the lighthouse?",  # it is in a picture
        "when was the piece about the hurricanes published?",
        "wer hat den Artikel über die Sonnenfinsternis in Norwegen geschrieben?",
        "link to the article about referendums?",
    ],
)
def test_nothing_is_told_of_an_article_about_something_else(
    library: Library, question: str
) -> None:
    answer = library.ask(question)
    assert (answer.kind, answer.reply) == ("none", "No article is known to be about this.")


def test_the_first_sentence_says_what_an_article_is_about_too() -> None:
    news = "The mill by the weir was closed on Monday.\n\nA crack was found."
    view = "Keep calm.\n\nThe closure of the mill helps.\n\nLet it stand.\n\nIt hums."
    for more in range(8):
        view += f"\n\nThe weir is {more} years old."
    articles = {
        "view": (Head("Opinion: keep the mill for flour", "Ida Voss", None, "2022"), view),
        "news": (Head("The mill has stopped for a year", "Lars Brook", None, "2021"), news),
    }
    answer = library_of(articles).ask("who wrote the story about the mill closure?")
    assert "Lars Brook" in answer.reply
    assert answer.kind == "answer"
    assert ANSWERED_FROM < answer.confidence < 1.0


def test_the_articles_about_part_of_it_are_named(library: Library) -> None:
    answer = library.ask("who wrote the article about the strike of the nurses?")
    title = "“The strike at the Tarn docks in pictures” (strike)"
    nearest = f"No article is known to be about this.\nThe nearest titles:\n{title}"
    assert (answer.kind, answer.reply) == ("none", nearest)


@pytest.mark.parametrize(
    ("question", "author"),
    [
        ("who wrote the article about the docks strike?", "Sam Reyes"),
        ("who wrote the article about the grapes?", "Orla Finn"),  # they are all over it
        ("who published the gloomreach rule changes article", "Mo Ilves"),
        ("wer hat das Rundschreiben von Orlo geschrieben?", "Uwe Tamm"),
        ("wer hat das Rundschreiben geschrieben?", "Uwe Tamm"),
    ],
)
def test_an_article_is_about_what_its_title_and_its_paragraphs_say(
    library: Library, question: str, author: str
) -> None:
    answer = library.ask(question)
    assert answer.kind == "answer"
    assert f"written by {author}" in answer.reply


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("who wrote the newsletter?", "Spring at the mill: a newsletter"),
        ("Wer hat den Rundbrief geschrieben?", "Die Mühle – Rundbrief im Mai"),
        ("¿Quién escribió el boletín?", "El molino: boletín de mayo"),
        ("Qui a écrit le communiqué ?", "Le moulin – communiqué de mai"),
        ("Quem escreveu o boletim?", "O moinho: boletim de maio"),
        ("Chi ha scritto il notiziario?", "Il mulino: notiziario di maggio"),
        ("Wie schreef de nieuwsbrief?", "De molen – nieuwsbrief van mei"),
        ("Кто написал вестник?", "Мельница: вестник за май"),
        ("Bülteni kim yazdı?", "Değirmen: mayıs bülteni"),
        ("这份简报是谁写的？", "磨坊：简报"),
    ],
)
def test_the_only_text_of_its_sort_is_meant(question: str, title: str) -> None:
    texts = {
        "en": "The mill grinds rye for the bread of the village.",
        "de": "Die Mühle mahlt Roggen für das Brot im Dorf.",
        "es": "El molino muele centeno para el pan del pueblo.",
        "fr": "Le moulin moud du seigle pour le pain du village.",
        "pt": "O moinho mói centeio para o pão da aldeia.",
        "it": "Il mulino macina la segale per il pane del paese.",
        "nl": "De molen maalt rogge voor het brood van het dorp.",
        "ru": "Мельница мелет рожь для хлеба всей деревни.",
        "tr": "Değirmen köyün ekmeği için çavdar öğütür. Herkes sabah erkenden gelir.",
        "zh": "磨坊为全村的面包磨黑麦。",
    }
    articles = {lang: (Head(f"{lang} 7"), text) for lang, text in texts.items()}
    library = library_of({**articles, "mill": (Head(title, "Ada Weld"), " ".join(texts.values()))})
    answer = library.ask(question)
    assert (answer.kind, answer.nearest[0].slug) == ("answer", "mill")
    several = {**articles, "mill": (Head(title, "A"), "1."), "also": (Head(title, "B"), "2.")}
    assert library_of(several).ask(question).reply == ""


def test_what_a_text_says_of_an_article_goes_before_that_there_is_none() -> None:
    news = (Head("The press"), "The article about the eclipse was written by Hanna Lund in 1990.")
    answer = library_of({"news": news}).ask("who wrote the article about the eclipse?")
    assert (answer.kind, answer.reply) == ("answer", "")


THINGS = {
    "brinel": (
        Head("Brinel 40 garden shredder", None, "Orlo Works", "2023-05-02"),
        "It takes branches of 40 millimetres. Its knives are sharpened twice a year.",
    ),
    "anthem": (
        Head("The anthem of Orlo at last", "Uwe Tamm"),
        "The anthem is sung in Orlo on Sundays by the choir.",
    ),
    "pears": (Head("Two pears", "Ann Dee", None, "2020-02-03"), "The orchard is cold."),
}


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("who wrote two pears", "“Two pears” was written by Ann Dee and published on 2020-02-03."),
        ("who wrote the article two pears?", "“Two pears” was written by Ann Dee and"),
        ("author of two pears", "“Two pears” was written by Ann Dee and published on 2020-02-03."),
        ("when was the brinel 40 published", "“Brinel 40 garden shredder” was published by Orlo"),
        ("is the article about pears from 2020", "“Two pears” was written by Ann Dee and publ"),
        ("how old is the article about pears", "“Two pears” was written by Ann Dee and published"),
        ("what is the title of the article about shredders", "“Brinel 40 garden shredder” was p"),
        ("what's the shredder article about?", "“Brinel 40 garden shredder” was published by"),
    ],
)
def test_what_is_named_by_a_title_is_answered_from_the_head(question: str, reply: str) -> None:
    answer = library_of(THINGS).ask(question)
    assert (answer.kind, answer.reply[: len(reply)], answer.unknown) == ("answer", reply, ())


@pytest.mark.parametrize("question", ["who wrote the anthem?", "who wrote the anthem of Orlo"])
def test_an_article_about_a_song_is_not_the_song(question: str) -> None:
    answer = library_of(THINGS).ask(question)
    assert (answer.reply, answer.unknown, answer.answered) == ("", (), False)


def test_who_wrote_something_is_asked_of_the_text_inside_one_article() -> None:
    answer = library_of(THINGS).ask("who wrote two pears", article="pears")
    assert answer.reply == ""
