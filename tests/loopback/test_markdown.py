"""The model of Discord's Markdown reads what Discord's documentation shows."""

from __future__ import annotations

import pytest

from tests.loopback.markdown import kinds, parse, plain


@pytest.mark.parametrize(
    ("text", "found", "seen"),
    [
        ("plain text, 5 > 3", set(), "plain text, 5 > 3"),
        ("**bold** and *italic* and _italic_", {"bold", "italic"}, "bold and italic and italic"),
        ("__under__ ~~strike~~ ||spoiler||", {"underline", "strike", "spoiler"},
         "under strike spoiler"),
        ("***both***", {"bold", "italic"}, "both"),
        (r"\*\*not bold\*\*", set(), "**not bold**"),
        (r"**\*x\***", {"bold"}, "*x*"),
        ("# Title\ntext", {"heading"}, "Titletext"),
        ("   ## Title", {"heading"}, "Title"),
        ("#no heading", set(), "#no heading"),
        ("-# small", {"subtext"}, "small"),
        ("- one\n* two\n1. three", {"list"}, "onetwothree"),
        ("> quoted\nnot", {"quote"}, "quoted\nnot"),
        (">>> all\nof it", {"quote"}, "all\nof it"),
        ("`code **x**` ```py\nblock```", {"code", "codeblock"}, "code **x** block"),
        ("<@123> <@!1> <@&1> <#1> @everyone @here </ask:1>", {"mention"},
         "<@123> <@!1> <@&1> <#1> @everyone @here </ask:1>"),
        ("<t:1700000000:R>", {"timestamp"}, "<t:1700000000:R>"),
        ("<:fox:1> <a:fox:1> :fox:", {"emoji"}, "<:fox:1> <a:fox:1> :fox:"),
        ("[label](https://example.org)", {"masked link"}, "label"),
        ("https://example.org/a_b_c.", {"link"}, "https://example.org/a_b_c."),
        ("<https://example.org>", {"link"}, "<https://example.org>"),
        (r"https\://example.org", set(), "https://example.org"),
        ("snake_case_name", set(), "snake_case_name"),
    ],
)  # fmt: skip
def test_reading(text: str, found: set[str], seen: str) -> None:
    nodes = parse(text)
    assert kinds(nodes) == found
    assert plain(nodes) == seen
