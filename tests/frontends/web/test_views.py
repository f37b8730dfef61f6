"""Views as data."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.core.answer import Answer, AnswerKind, Match, NearTitle, Repair
from bot.core.article import Head, Span
from bot.core.passage import Passage
from bot.core.passages.citation import Citation
from bot.frontends.languages import ENGLISH
from bot.frontends.web import templating
from bot.frontends.web.answer_views import answer_view
from bot.frontends.web.shown_sources import source_of

HEAD = Head("Gulls", "Ada", "The Quay", "2015-11-04", "https://example.org/gulls", "en")
TEXT = "Gulls fly. They eat fish."


def answer(kind: AnswerKind, reply: str = "", matches: int = 2) -> Answer:
    passage = Passage("gulls", 0, 1, 1, 0, len(TEXT), TEXT, (Span(0, 10), Span(11, 25)))
    citation = Citation("gulls", HEAD, 1, 1, 3, "gulls#1@3f9c2a1b", "javascript:alert(1)")
    match = Match(passage, citation, Span(11, 25), (Span(16, 19),), 1.0)
    return Answer(
        "What do gulls eat?",
        kind,
        0.5,
        (match,) * matches,
        ("zebra",),
        (Repair("gul", "gull"),),
        None,
        reply=reply,
        nearest=(NearTitle("gulls", "Gulls"),),
    )


def shown(given: Answer, reading: tuple[int, int] | None = None) -> str:
    page = templating.page(
        "home.html",
        ENGLISH,
        private=True,
        answer=answer_view(given),
        articles=3,
        reading=reading,
        article=None,
        longest=100,
    )
    return " ".join(page.decode().split())


def test_there_is_a_view_of_every_kind_of_answer() -> None:
    for kind in get_args(AnswerKind):
        assert answer_view(answer(kind)).kind == kind


def test_an_answer_is_quoted() -> None:
    view = answer_view(answer("answer"))
    assert view.first is not None
    assert (view.said, view.nearest, len(view.others)) == ("", (), 1)
    assert view.first.link is None  # it was none that a page may have
    assert view.first.path == "/a/gulls/1@3f9c2a1b#cited"
    page = shown(answer("answer"))
    assert '<mark>They <em class="hit">eat</em> fish.</mark>' in page
    assert "Searched for “gull” instead of “gul”." in page
    assert "javascript" not in page


def test_an_unsure_one_is_quoted_as_the_closest() -> None:
    page = shown(answer("unsure"))
    assert '<h2 id="said">Not sure. The closest passage:</h2>' in page
    assert "<blockquote" in page
    assert "No article contains “zebra”." in page


def test_a_miss_names_the_nearest_titles_alone() -> None:
    page = shown(answer("none"))
    assert "Nothing in the articles answers this." in page
    assert '<a href="/a/gulls">Gulls</a>' in page
    assert "<blockquote" not in page
    assert "3 articles searched" in shown(answer("none")._replace(nearest=()))


def test_a_miss_while_new_articles_are_read_says_so() -> None:
    said = "New articles are still being read (1,200 of 5,000); ask again in a while."
    assert said in shown(answer("none"), (1200, 5000))
    assert said not in shown(answer("answer"), (1200, 5000))
    assert "still being read" not in shown(answer("none"))


def test_small_talk_is_replied_to() -> None:
    page = shown(answer("talk", "Hello & <b>good</b> day."))
    assert "Hello &amp; &lt;b&gt;good&lt;/b&gt; day." in page
    assert "<blockquote" not in page
    assert "searched" not in page


@pytest.mark.parametrize(
    ("published", "written"),
    [
        ("2015-11-04", "4 November 2015"),
        ("2015-11", "November 2015"),
        ("2015", "2015"),
        ("2015-13", "2015-13"),
        ("soon", "soon"),
        ("1-2-3-4", "1-2-3-4"),
    ],
)
def test_dates_are_written_out(published: str, written: str) -> None:
    assert ENGLISH.date(published) == written


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("en", "ltr")),
        ("ar", ("ar", "rtl")),
        ("he-IL", ("he-il", "rtl")),
        (None, ("", "auto")),
        ('"><b>', ("", "auto")),
        ("x" * 50, ("", "auto")),
    ],
)
def test_a_language_is_one_or_none(language: str | None, expected: tuple[str, str]) -> None:
    source = source_of(Head("T", language=language, url="data:text/html,x"))
    assert (source.language, source.direction) == expected
    assert source.url is None
