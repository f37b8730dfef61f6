"""The work of reading a page grows with its length, not with the square of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from bot.core.errors import ArticleError
from bot.sources.formats.html.page import read_html
from bot.sources.formats.markdown import article_of
from tests.calls import calls_of

SENTENCE = "The ferry leaves the north quay at six, and takes forty minutes in calm weather."
TEXT = f"<p>{SENTENCE} {SENTENCE} {SENTENCE}</p>"
FEW, MANY = 60, 480
"""Numbers of parts."""
CALLS = 2.5 * MANY / FEW
"""Most times as many calls for many parts as for few: their square would be 64 times as many."""

PARTS: dict[str, Callable[[int], str]] = {
    "lines": lambda n: "<br><br>".join(f"{i} {SENTENCE}" for i in range(n)),
    "links in a list": lambda n: (
        f"{TEXT}<ul>{''.join(f'<li><a href=/{i}>{i} is one</a></li>' for i in range(n))}</ul>"
    ),
    "linked headings": lambda n: "".join(
        f"<h2><a href=/{i}>Part {i} of them all</a></h2><p>{SENTENCE}</p>" for i in range(n)
    ),
    "calls to read on": lambda n: (
        TEXT + "".join(f"<h3>Related articles</h3><p>{i} {SENTENCE}</p>" for i in range(n))
    ),
    "captions in one figure": lambda n: (
        f"{TEXT}<figure>"
        + "".join(f"<img src={i}><figcaption>{i} {SENTENCE}</figcaption>" for i in range(n))
        + f"</figure>{TEXT}"
    ),
    "buttons": lambda n: "".join(
        f"<h3><button aria-controls=p{i}>Question {i}</button></h3><p id=p{i}>{SENTENCE}</p>"
        for i in range(n)
    ),
    "closed parts": lambda n: (
        3 * TEXT
        + "<details>"
        + "".join(f"<summary>Who is {i}?</summary><p>He.</p>" for i in range(n))
        + "</details>"
    ),
    "quotations": lambda n: (
        TEXT + "".join(f"<blockquote class=pullquote>{i} {SENTENCE}</blockquote>" for i in range(n))
    ),
    "teasers": lambda n: (
        3 * TEXT
        + "".join(
            f"<div class=card><a href=/{i}>Story {i} of many</a><p>{SENTENCE}</p></div>"
            for i in range(n)
        )
    ),
}


def page(inner: str) -> bytes:
    return (
        "<!DOCTYPE html><html><head><title>Fog on the sound</title></head><body>"
        f"<article><h1>Fog on the sound</h1>{inner}</article></body></html>"
    ).encode()


def read(data: bytes) -> None:
    with suppress(ArticleError):
        read_html(data, "a")


@pytest.mark.thorough
@pytest.mark.parametrize("kind", PARTS)
def test_eight_times_as_many_parts_take_eight_times_as_many_calls(kind: str) -> None:
    few, many = (page(PARTS[kind](count)) for count in (FEW, MANY))
    for data in (few, many):
        read(data)  # word lists of libraries are loaded by the first pages
    assert calls_of(lambda: read(many)) < CALLS * calls_of(lambda: read(few))


@pytest.mark.thorough
def test_a_row_of_very_many_cells_is_read() -> None:
    # by the square of their number, some thousand cells would take minutes
    cells = "".join(f"<td>{number}</td>" for number in range(6000))
    draft = read_html(page(f"{TEXT}<table><tr>{cells}</tr><tr>{cells}</tr></table>{TEXT}"), "a")[0]
    text = article_of("a", draft).text
    assert "18 | 19 | 20" in text
    assert text.endswith(SENTENCE)
