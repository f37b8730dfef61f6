# ruff: noqa: E501 - pages are read more easily in few lines
"""Pages that a site sends in place of an article are refused, saying what they are."""

from __future__ import annotations

import pytest

from bot.core.errors import ArticleError
from bot.sources.formats.html.page import read_html
from tests.sources.made_prose import Prose
from tests.wording import raises

PROSE = Prose(5)
LONG = "".join(f"<p>{PROSE.paragraph(3, 4)}</p>" for _ in range(6))


def page_of(title: str, body: str, head: str = "") -> bytes:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Just a moment...", "<h1>orsund.example</h1><p>Please turn on JavaScript and cookies in your browser to go on to this site.</p><p>This may take some seconds, and you are brought to the page when it is done.</p>"),
        ("orsund.example", "<p>We are checking your browser before you reach the site. It takes five seconds at the most.</p>"),
        ("Attention Required! | Walls", "<h1>One more step</h1><p>Please complete the security check to reach orsund.example, where the ferry is.</p>"),
        ("Access denied", "<p>You do not have what it takes to see this page of the harbour board on this server.</p>"),
        ("Robot or human?", "<p>Press and hold the button below until it is green, and we shall let you in to read.</p>"),
        ("Einen Moment bitte", "<p>Wir überprüfen nur Ihren Browser, bevor Sie die Seite der Hafenbehörde sehen können.</p>"),
    ],
)  # fmt: skip
def test_a_challenge_is_refused(title: str, body: str) -> None:
    with raises(ArticleError, match="whether a person is there"):
        read_html(page_of(title, body), "a")


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Page not found", "<h1>Page not found</h1><p>Sorry, the page that you asked for is not here any more. It may have been moved or taken away.</p>"),
        ("404 | Orsund Harbour", "<h1>Sorry, that is gone</h1><p>Try the search box or go back to the front page of the harbour board, please.</p>"),
        ("Orsund Harbour", "<h1>Oops! That page could not be found</h1><p>It looks like nothing was found at this place. Maybe try one of the links below?</p>"),
        ("Error 404 (Not Found)", "<p>The requested address was not found on this server, and that is all that we know.</p>"),
        ("Seite nicht gefunden", "<h1>Seite nicht gefunden</h1><p>Die Seite, die Sie suchen, gibt es nicht oder nicht mehr, leider.</p>"),
        ("Página no encontrada", "<p>La página que busca no existe, o ha cambiado de lugar; vuelva a la portada del puerto.</p>"),
        ("ページが見つかりません", "<p>お探しのページは、移動または削除された可能性があります。トップページからお探しください。</p>"),
    ],
)  # fmt: skip
def test_a_page_that_says_there_is_none_is_refused(title: str, body: str) -> None:
    with raises(ArticleError, match="no such page"):
        read_html(page_of(title, body), "a")


def entries(count: int) -> str:
    return "".join(
        f"<article><h2><a href='/{n}'>Trams are late again in town number {n}</a></h2><p>{PROSE.paragraph(1, 1)}</p></article>"
        for n in range(count)
    )


def test_a_list_of_other_pages_is_refused() -> None:
    declared = '<script type=\'application/ld+json\'>{"@type": "CollectionPage"}</script>'
    with raises(ArticleError, match="list of other pages"):
        read_html(
            page_of("News of the coast", f"<h1>News of the coast</h1>{entries(12)}", declared), "a"
        )


@pytest.mark.parametrize(
    "title",
    [
        "Why pages are not found",
        "Just a moment of your time",
        "Access denied: a history",
        "404 ways to moor a ferry",
        "Are you a robot?",
    ],
)
def test_an_article_about_such_pages_is_read(title: str) -> None:
    page = page_of(
        title,
        f"<article><h1>{title}</h1><p>The site checks your browser, and a captcha follows.</p>{LONG}</article>",
    )
    assert "captcha" in read_html(page, "a")[0].body


@pytest.mark.parametrize(
    "title", ["A moment by the sea", "The ferry is gone", "Please wait for me"]
)
def test_a_short_article_is_read(title: str) -> None:
    page = page_of(title, f"<article><h1>{title}</h1><p>{PROSE.paragraph(2, 3)}</p></article>")
    assert read_html(page, "a")[0].head.title == title
