# ruff: noqa: E501 - pages are read more easily one to a line
"""Pages of short lines, none of which is left out."""

from __future__ import annotations

import pytest

from bot.sources.formats.html.page import read_html
from bot.sources.formats.markdown import article_of

MENU = "<nav><ul><li><a href='/'>Home</a><li><a href='/n'>News</a></ul></nav>"
FOOT = "<footer><p>© 2024 The Harbour Site. All rights reserved.</p></footer>"
SENTENCE = "The ferry leaves the north quay at six each morning, and it takes forty minutes in calm weather."


def read(inner: str, title: str = "The harbour") -> list[str]:
    page = f"<title>{title} | Site</title>{MENU}{inner}{FOOT}"
    return article_of("a", read_html(page.encode(), "a")[0]).text.split("\n\n")


@pytest.mark.parametrize("tag", ["main", "article", "div"])
def test_what_changed_in_each_version(tag: str) -> None:
    versions = {"2.1.0": ("Fix the bell.", "Add fog."), "2.0.0": ("Drop sails.", "Add ropes.")}
    inner = "".join(f"<h2>{v}</h2><ul><li>{a}<li>{b}</ul>" for v, (a, b) in versions.items())
    found = read(f"<{tag}><h1>The harbour</h1>{inner}</{tag}>")
    assert found == ["2.1.0", "Fix the bell.\nAdd fog.", "2.0.0", "Drop sails.\nAdd ropes."]


def test_rules_under_their_headings() -> None:
    lines = [
        "§ 1 Scope",
        "(1) This act is for boats.",
        "(2) It is not for planes.",
        "§ 2 Fees",
        "(1) Six crowns.",
        "(2) Children pay half.",
    ]
    inner = "".join(f"<h2>{x}</h2>" if x.startswith("§") else f"<p>{x}</p>" for x in lines)
    assert read(f"<div class='law'><h1>The harbour</h1>{inner}</div>") == lines


def test_a_hearing_in_which_somebody_says_little() -> None:
    lines = [
        "CHAIR: Order.",
        "OLSEN: I rang it.",
        "CHAIR: When?",
        "OLSEN: At six.",
        "CHAIR: Order.",
    ]
    inner = "".join("<p><b>{}</b>{}</p>".format(*line.split(" ", 1)) for line in lines)
    inner = inner.replace("</b>", "</b> ")
    assert read(f"<article><h1>The harbour</h1>{inner}</article>") == lines


def test_a_small_table_between_lines() -> None:
    table = "<table><tr><td>Adult<td>6<tr><td>Child<td>3</table>"
    found = read(
        f"<main><h1>The harbour</h1><p>Fares of the year.{table}<h2>To pay</h2><p>At the office.</main>"
    )
    assert found == ["Fares of the year.", "Adult | 6\nChild | 3", "To pay", "At the office."]


def test_a_list_of_which_the_extractor_took_some_items_is_whole() -> None:
    items = "<li>Food<ul><li>Bread and butter<li>Cheese</ul><li>Clothes<ul><li>Coat</ul>"
    found = read(
        f"<main><h1>The harbour</h1><p>{SENTENCE}</p><p>Bring this:</p><ul>{items}</ul><p>{SENTENCE[:-1]}, too.</p></main>"
    )
    assert found[1:-1] == ["Bring this:", "Food\nBread and butter\nCheese\nClothes\nCoat"]


def test_panels_of_tabs_are_read() -> None:
    panels = "<div role=tabpanel><p>Adults pay six crowns for the crossing.</p></div><div role=tabpanel hidden><p>Children pay three crowns for it.</p></div>"
    found = read(f"<main><h1>The harbour</h1><p>{SENTENCE}</p>{panels}</main>")
    assert found == [
        SENTENCE,
        "Adults pay six crowns for the crossing.",
        "Children pay three crowns for it.",
    ]
