# ruff: noqa: E501 - pages are read more easily with one part to a line
"""Blocks that are put back among an article's paragraphs: short texts of a series, and the times above them."""

from __future__ import annotations

from tests.sources.formats.html.body.test_article_body import OWN, each, read_article

SHORT = "The first fire engine arrives at the north gate and finds it locked."


def test_a_timeline_keeps_its_times_and_its_short_texts() -> None:
    events = [("6.12 am", OWN[4]), ("6.20 am", SHORT), ("8.45 am", OWN[5])]
    items = "".join(
        f"<div class='event'><div class='event__time'>{time}</div><div class='event__text'>{text}</div></div>"
        for time, text in events
    )
    inner = f"{each(OWN[:4])}<div class='timeline'><h2>How it went</h2>{items}</div>{each(OWN[6:])}"
    expected = [*OWN[:4], "How it went", *(line for event in events for line in event), *OWN[6:]]
    assert read_article(inner) == expected


def test_the_date_above_a_single_text_is_left_out() -> None:
    inner = f"<div class='story'><div class='when'>3 May 2023</div><div class='text'>{OWN[0]}</div></div>{each(OWN[1:])}"
    assert read_article(inner) == OWN
