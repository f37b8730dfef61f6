# ruff: noqa: E501 - pages are read more easily with one part to a line
"""Questions that are buttons, and the answers that they open."""

from __future__ import annotations

import pytest

from bot.core.article import Draft
from bot.sources.formats.html.blocks.accordions import open_all
from bot.sources.formats.html.blocks.page_blocks import blocks_of
from bot.sources.formats.html.blocks.page_tree import parse
from bot.sources.formats.html.page import read_html
from bot.sources.formats.markdown import article_of

ANSWERS = {
    "When does it leave?": "The ferry leaves the north quay at six each morning, and at noon on Sundays, when the church is over.",
    "What if I am late?": "Boats that miss the tide wait at the outer buoy for six hours, and tea is sold to those on board.",
    "Who counts the boats?": "The harbour master does, each evening, and writes their number into a book that nobody reads.",
}
PATTERNS = (
    '<h3><button aria-expanded="false" aria-controls="a{n}">{question}</button></h3><div id="a{n}" hidden><p>{answer}</p></div>',
    '<h3><button type="button">{question}</button></h3><div style="color: red; display: none"><p>{answer}</p></div>',
    '<h3 class="x"><span><button data-bs-target="#a{n}">{question}</button></span></h3><hr><div id="a{n}" aria-hidden="true"><p>{answer}</p></div>',
    '<h3><a href="#a{n}" aria-expanded="false">{question}</a></h3><div id="a{n}" style="display:none"><p>{answer}</p></div>',
    '<div><button aria-expanded="false" aria-controls="a{n}"><span>{question}</span><svg></svg></button><div id="a{n}" role="region" hidden><p>{answer}</p></div></div>',
    "<details><summary>{question}</summary><p>{answer}</p></details>",
)


def read(inner: str) -> Draft:
    page = f"<title>The ferry</title><nav><button>Menu</button></nav><main><h1>The ferry</h1>{inner}</main>"
    return read_html(page.encode(), "a")[0]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_questions_and_answers_are_read(pattern: str) -> None:
    inner = "".join(
        f"<div class='item'>{pattern.format(n=n, question=question, answer=answer)}</div>"
        for n, (question, answer) in enumerate(ANSWERS.items())
    )
    expected = [text for pair in ANSWERS.items() for text in pair]
    assert article_of("a", read(inner)).text.split("\n\n") == expected


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        (
            "<dl><dt><h3><button aria-controls=a>Why?</button></h3></dt><dd id=a hidden>Rain.</dd></dl>",
            ["Why?", "Rain."],
        ),
        (
            "<dl><dt><h3><button>Why?</button></h3></dt><dd hidden>Rain.</dd></dl>",
            ["Why?", "Rain."],
        ),
        ("<h3><button>Why?</button></h3><p hidden>Rain.</p><p hidden>Snow.</p>", ["Why?", "Rain."]),
        (
            "<h1><a href=#a aria-expanded=false><img src=logo.png></a></h1><div id=a hidden>Menu</div>",
            [],
        ),
        ("<h1><button><svg></svg></button></h1><nav style='display:none'>Menu</nav>", []),
        ("<h3><button>Why?</button> <button>Share</button></h3><div hidden>Rain.</div>", []),
    ],
)
def test_what_is_shown_once_all_is_open(page: str, seen: list[str]) -> None:
    tree = parse(page.encode())
    open_all(tree)
    assert [block.text for block in blocks_of(tree)] == seen


def test_other_buttons_open_nothing_and_say_nothing() -> None:
    text = "".join(f"<p>{answer}</p>" for answer in ANSWERS.values())
    draft = read(
        f"<h2>Times <button aria-controls='copy'>Copy the link</button></h2>{text}"
        "<button aria-controls='terms'>Terms</button>"
        "<div id='terms' hidden><p>The company pays for nothing, whatever happens to you on the quay or on board.</p></div>"
        "<div id='copy' hidden><p>The link was copied, and you can now send it to all of your friends by mail.</p></div>"
    )
    assert article_of("a", draft).text.split("\n\n") == ["Times", *ANSWERS.values()]


@pytest.mark.parametrize(
    "inner",
    [
        "<nav><button aria-controls='m'>All our many departments</button><div id='m' hidden>Nets and lines.</div></nav>",
        "<button aria-controls='m'>Choose your own harbour</button><ul id='m' hidden><li>Nets and lines</li></ul>",
        "<button aria-controls='m'>Read in another language</button><div id='m' hidden><div>Nets</div><div>lines</div></div>",
        "<button aria-controls='m'>Menu</button><div id='m' hidden>Nets and lines.</div>",
        "<button aria-controls='m'>All our many departments</button><div id='m' hidden><a href='/n'>Nets and lines</a></div>",
        "<button aria-controls='m'>Search in all pages</button><div id='m' hidden>Words: <input></div>",
        "<button aria-controls='m'>Choose what we store</button><div class='cookie-consent'><div id='m' hidden>Nets and lines.</div></div>",
        "<button aria-controls='x'>Choose what we store</button><div id='m' hidden>Nets and lines.</div>",
        "<div id='m' hidden><button aria-controls='m'>Close this part again</button>Nets and lines.</div>",
    ],
)
def test_a_button_of_the_site_opens_nothing(inner: str) -> None:
    tree = parse(inner.encode())
    open_all(tree)
    assert not any(block.kind == "heading" for block in blocks_of(tree))
    assert not any("Nets" in block.text or "lines" in block.text for block in blocks_of(tree))
