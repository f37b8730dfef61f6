"""The browser of the tests does what the specification's own examples say."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from bot.core.article import Span
from tests.fakes.browser import TextDirective, directive_of, follow, text_of_page

PAGE = "A page.\nThis text has an example text fragment in it.\nThis is another one."


@pytest.mark.parametrize(
    ("link", "parts"),
    [
        ("https://example.com#:~:text=an%20example", ("", "an example", "", "")),
        ("https://example.com/#:~:text=this%20is-,an%20example", ("this is", "an example", "", "")),
        ("https://example.com/#:~:text=a,b", ("", "a", "b", "")),
        ("https://example.com/#top:~:text=a-,b,c,-d", ("a", "b", "c", "d")),
        ("https://example.com/#:~:text=a%2Cb%2Dc", ("", "a,b-c", "", "")),
    ],
)
def test_takes_a_directive_apart(link: str, parts: tuple[str, str, str, str]) -> None:
    assert directive_of(link) == TextDirective(*parts)


@pytest.mark.parametrize("link", ["https://e.org/", "https://e.org/#:~:text=a,b,c", "#:~:text=a-b"])
def test_knows_what_is_no_directive(link: str) -> None:
    assert directive_of(link) is None


@pytest.mark.parametrize(
    ("directive", "found"),
    [
        ("an%20example%20text%20fragment", "an example text fragment"),
        ("AN%20EXAMPLE,FRAGMENT", "an example text fragment"),
        ("text-,has", "has"),
        ("this,-is", "This"),
        ("this%20is-,an", None),
        ("another-,one", "one"),
        ("an,-other", "an"),
        ("it.%20This", None),
        ("text%20frag", None),
        ("page.-,This%20text", "This text"),
        ("this,one", "This text has an example text fragment in it.\nThis is another one"),
    ],
)
def test_stops_where_the_words_stand(directive: str, found: str | None) -> None:
    stop = follow(f"https://e.org/#:~:text={directive}", PAGE)
    assert (stop and PAGE[stop.start : stop.end]) == found


def test_takes_the_first_place_and_counts_in_the_pages_own_characters() -> None:
    assert follow("#:~:text=a%20b", "É  x\na \t b\na b") == Span(5, 10)
    assert follow("#:~:text=e", "É é") == Span(0, 1)


def test_what_is_never_shown_parts_no_line() -> None:
    page = document_fromstring("<p>Yearbook (annual). <link rel='x'>ISBN 1<wbr>2</p><p>Next</p>")
    assert text_of_page(page) == "Yearbook (annual). ISBN 12\nNext"
