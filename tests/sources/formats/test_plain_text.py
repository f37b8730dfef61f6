"""Plain text and page dumps: what is read off, what is kept word for word, what never returns."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Draft, Head
from bot.sources.formats.markdown import parse
from bot.sources.formats.plain_text import read_plain

RAW = Path(__file__).parents[4] / "shared" / "articles" / "000_7c93cbb4acce225d.txt"

DUMP = """Home > Nature > Birds > The owl’s night shift

Birds: The owl’s night shift

2021/03/05

The barn owl hunts by ear. Its face is a dish that gathers sound, inclunding the steps of a mouse.

* * *

It swallows its prey whole – and what it cannot digest comes up as a pellet (50 g a week: 3.5-%).

Related Articles
  • Why herons stand on one leg: warmth, balance, habit

    2020/12/31 A heron loses heat through its legs. Standing on one of them saves half of it, said
 a study on Thursday.
  • Why herons stand on one leg: warmth, balance, habit

    2020/12/31 A heron loses heat through its legs. Standing on one of them saves half of it, said
 a study on Thursday.
  • A gull’s red spot

    14 February 2019 The chick pecks at it, and the parent brings up food.
"""


def paragraphs(draft: Draft) -> list[str]:
    return [block.text for block in parse(draft.body)]


def test_a_page_dump_is_taken_apart() -> None:
    drafts = read_plain(DUMP, "fallback")
    assert [(draft.head, paragraphs(draft)) for draft in drafts] == [
        (
            Head("The owl’s night shift", published="2021-03-05", section="Birds"),
            [
                "The barn owl hunts by ear. Its face is a dish that gathers sound, inclunding the "
                "steps of a mouse.",
                "* * *",
                "It swallows its prey whole – and what it cannot digest comes up as a pellet (50 g "
                "a week: 3.5-%).",
            ],
        ),
        (
            Head("Why herons stand on one leg: warmth, balance, habit", published="2020-12-31"),
            [
                "A heron loses heat through its legs. Standing on one of them saves half of it, "
                "said\na study on Thursday."
            ],
        ),
        (
            Head("A gull’s red spot", published="2019-02-14"),
            ["The chick pecks at it, and the parent brings up food."],
        ),
    ]


@pytest.mark.skipif(not RAW.exists(), reason="the raw article lies in ../shared, which is not here")
def test_the_raw_article_is_kept_word_for_word() -> None:
    raw = RAW.read_text("utf-8")
    front, _, related = raw.partition("Related Articles\n")
    _, _, body = front.partition("2016/07/18\n")
    article, *briefs = read_plain(raw, "fallback")
    assert article.head == Head(
        "China and Russia’s North Korea problem", published="2016-07-18", section="China"
    )
    assert paragraphs(article) == [block.strip() for block in body.strip().split("\n\n")]
    assert len(paragraphs(article)) == 14
    assert [(brief.head.title, brief.head.published) for brief in briefs] == [
        ("Life after Rosneft deal: CEFC ambitions face debt, regulatory hurdles", "2017-09-17"),
        (
            "Former Fed official Fisher: China could be the key to solving the North Korea crisis",
            "2017-09-16",
        ),
        ("Zhongwang Acquires German Alumnium Extrusion Firm ALUnna", "2017-09-16"),
        ("China’s Aluminium Production Drops for Second Consecutive Month", "2017-09-16"),
    ]
    for brief in briefs:
        [teaser] = paragraphs(brief)
        slashed = str(brief.head.published).replace("-", "/")
        assert f"  • {brief.head.title}\n\n    {slashed} {teaser}\n" in related + "\n"
        assert brief.head == Head(brief.head.title, published=brief.head.published)


def test_plain_text_is_literal() -> None:
    text = "# No heading\n- no *list*\n\n    no code & no <b>\n\n---\ntitle: no head\n---\n[a](b)"
    [draft] = read_plain(text, "Notes")
    assert draft.head == Head("Notes")
    assert paragraphs(draft) == [
        "# No heading\n- no *list*",
        "no code & no <b>",
        "---\ntitle: no head\n---\n[a](b)",
    ]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("A title\n\n2016/07/18\n\nText.", Head("A title", published="2016-07-18")),
        ("A title\n\n18 July 2016\n\nText.", Head("A title", published="2016-07-18")),
        ("Home » A title\n\nA title\n\nText.", Head("A title")),
        ("Home › A title\n\nWorld | A title\n\nText.", Head("A title", section="World")),
        ("A title\n\nText without a date.", Head("fallback")),
        ("If a > b\n\nthen not b > a.", Head("fallback")),
        ("2016/07/18\n\nText.", Head("fallback")),
    ],
)
def test_what_is_read_off_a_page(text: str, head: Head) -> None:
    assert read_plain(text, "fallback")[0].head == head


def test_only_a_page_lists_related_articles() -> None:
    text = "A note.\n\nRelated articles\n\n- One\n\n2016/01/01 Two."
    [draft] = read_plain(text, "Notes")
    assert paragraphs(draft)[1] == "Related articles"


def test_lines_are_paragraphs_where_nobody_wrapped_them_and_none_is_blank() -> None:
    long = "A long line that nobody wrapped. " * 4
    assert paragraphs(read_plain(f"{long}\n{long}\nshort", "a")[0]) == [
        long.strip(),
        long.strip(),
        "short",
    ]
    assert paragraphs(read_plain("A short line\nand another.", "a")[0]) == [
        "A short line\nand another."
    ]


@given(st.text(), st.sampled_from(["", "A > B\n\nB\n\n2016/07/18\n\n", "Related Articles\n• "]))
def test_every_text_is_read_and_nothing_of_it_is_lost(text: str, before: str) -> None:
    whole = (before + text).replace("\r\n", "\n").replace("\r", "\n")
    drafts = read_plain(whole, "fallback")
    assert all(draft.head.title for draft in drafts)
    if not before and drafts[0].head == Head("fallback") and len(drafts) == 1:
        kept = "".join(paragraphs(drafts[0])).split()
        plain = "".join(
            "\ufffd" if char == "\0" or "\ud800" <= char <= "\udfff" else char for char in whole
        )
        assert "".join(kept) == "".join(plain.split())


def test_long_white_space_within_a_line_is_read_at_once() -> None:
    spaces = " " * 200_000
    assert read_plain(f"a{spaces}b", "a") == [Draft(Head("a"), f"a{spaces}b")]
    blank = ("\n" + " " * 50) * 5_000
    assert read_plain(f"a{blank}\nb", "a") == [Draft(Head("a"), "a\n\nb")]
