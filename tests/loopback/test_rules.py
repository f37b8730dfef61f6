"""The rules know what Discord refuses, and what it takes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.loopback import rules
from tests.loopback.specification import MISSING, Specification, find
from tests.loopback.world import COMPONENTS_V2, EPHEMERAL

NO_PING: dict[str, Any] = {"allowed_mentions": {"parse": []}}


def button(label: str = "Go", **other: Any) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": label, "custom_id": label, **other}


def row(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(buttons)}


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


def layout(*components: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {"flags": COMPONENTS_V2, "components": list(components), **NO_PING, **other}


@pytest.mark.parametrize(
    "body",
    [
        {"content": "a" * 2000, **NO_PING},
        {"embeds": [{"description": "a" * 4000}], **NO_PING},
        layout(text("a" * 4000)),
        layout({"type": 17, "components": [text("a"), row(button("1"), button("2"))]}),
        layout(row({"type": 2, "style": 5, "label": "Go", "url": "https://example.org"})),
    ],
)
def test_what_discord_takes(body: dict[str, Any]) -> None:
    assert rules.message_problems(body) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({}, "an empty message"),
        ({"content": "a" * 2001, **NO_PING}, "content over 2000 characters"),
        ({"content": "a"}, "no allowed_mentions: every mention in it would ping"),
        ({"content": "a", "colour": 1, **NO_PING}, "unknown field 'colour'"),
        (
            {"embeds": [{"description": "a" * 4000}, {"title": "b" * 2001}], **NO_PING},
            "embeds hold 6001 characters; 6000 are the most",
        ),
        (
            {"components": [row(button(str(n))) for n in range(6)], **NO_PING},
            "more than 5 action rows",
        ),
        (layout(text("🦊" * 2000 + "a")), "4001 characters of text; 4000 are the most"),
        (layout(*[text("a")] * 41), "41 components; 40 are the most"),
        (layout(), "a Components V2 message without components"),
        (
            layout(text("a"), content="b"),
            "content, embeds, polls and stickers are off in a Components V2 message",
        ),
        ({"components": [text("a")], **NO_PING}, "Components V2 without the flag for them"),
        (layout(row(button("a"), button("a"))), "the custom_id 'a' stands 2 times"),
        (layout(row(button("a", custom_id=""))), "a button needs a custom_id"),
        (layout(row(button("a", custom_id="x" * 101))), "a custom_id is over 100 characters"),
        (layout(row(button(""))), "a button needs a label or an emoji"),
        (layout(row(button("a" * 81))), "a button's label is over 80 characters"),
        (layout(row()), "an empty action row"),
        (layout(text(" ")), "an empty text"),
        (
            layout(row(button("a", style=5, url="https://example.org"))),
            "a link button must not have a custom_id",
        ),
        (
            layout(row({"type": 2, "style": 5, "label": "a", "url": "https://" + "a" * 505})),
            "a button's url is over 512 characters",
        ),
        (layout(row(*[button(str(n)) for n in range(6)])), "more than 5 buttons in an action row"),
    ],
)
def test_what_discord_refuses(body: dict[str, Any], problem: str) -> None:
    assert problem in rules.message_problems(body)


def option(name: str, **other: Any) -> dict[str, Any]:
    return {"name": name, "description": "x", "type": 3, **other}


def command(name: str = "ask", **other: Any) -> dict[str, Any]:
    return {"name": name, "description": "x", "type": 1, **other}


@pytest.mark.parametrize(
    ("commands", "problem"),
    [
        ([command("Ask")], "Ask: not a name for a slash command"),
        ([command(description="")], "ask: a description has 1 to 100 characters"),
        ([command(), command()], "two commands called 'ask'"),
        (
            [command(options=[option("a"), option("b", required=True)])],
            "ask b: a required option after an optional one",
        ),
        (
            [command(options=[option("a", choices=[{"name": "x"}], autocomplete=True)])],
            "ask a: choices together with autocomplete",
        ),
        (
            [command(options=[option("a", choices=[{"name": "x", "value": "y" * 101}])])],
            "ask a: a choice's value has 1 to 100 characters",
        ),
        ([command(options=[option("a"), option("a")])], "ask: two options called 'a'"),
        ([command(options=[option("A")])], "ask A: not a name for an option"),
        ([command(f"c{n}") for n in range(101)], "more than 100 commands of type 1"),
        (
            [command(options=[option(f"o{n}", description="x" * 100) for n in range(80)])],
            "ask: over 8,000 characters",
        ),
        ([command("Ask about", type=3)], "Ask about: a message command has no description"),
    ],
)
def test_commands_that_discord_refuses(commands: list[dict[str, Any]], problem: str) -> None:
    assert problem in rules.commands_problems(commands)
    assert rules.commands_problems([command(options=[option("a", required=True)])]) == []


def test_modals_and_choices() -> None:
    field = {"type": 18, "label": "x", "component": {"type": 4, "custom_id": "a"}}
    good = {"title": "x", "custom_id": "y", "components": [field]}
    assert rules.modal_problems(good) == []
    assert rules.modal_problems({**good, "title": "x" * 46}) == [
        "a modal's title has 1 to 45 characters"
    ]
    assert rules.modal_problems({"title": "x", "components": []}) == [
        "a modal has 1 to 5 components",
        "a modal needs a custom_id",
    ]
    assert rules.choices_problems([{"name": "a", "value": "b"}] * 25) == []
    assert rules.choices_problems([{"name": "", "value": "b" * 101}] * 26) == [
        "more than 25 choices",
        *["a choice's name has 1 to 100 characters", "a choice's value has 1 to 100 characters"]
        * 26,
    ]


@pytest.fixture(scope="module")
def specification() -> Specification:
    path = find()
    if path is None:
        pytest.skip(MISSING)
    return Specification.load(path)


def test_the_specification_names_the_right_fault(specification: Specification) -> None:
    callback = "/interactions/1/token/callback"
    assert specification.problems("POST", callback, {"type": 5}) == []
    good = {"type": 4, "data": {"content": "x", "flags": EPHEMERAL}}
    assert specification.problems("POST", callback, good) == []
    bad = {"type": 4, "data": {"content": "x" * 2001}}
    (problem,) = specification.problems("POST", callback, bad)
    assert "data" in problem
    assert "[8]" not in problem  # the fault of the branch that was meant
    assert specification.problems("POST", "/nowhere", {}) == ["POST /nowhere: no such operation"]
    message = {"content": "x", "message_reference": {"message_id": 123}}
    assert specification.problems("POST", "/channels/1/messages", message) == []
    assert specification.problems("GET", "/users/@me", None) == []
    assert specification.problems("PUT", "/applications/1/commands", [{"name": "ask", "type": "x"}])
