"""Cards as the JSON that Discord is sent."""

from __future__ import annotations

import asyncio

import discord
from discord.http import handle_message_parameters

from bot.frontends.discord.cards.cards import Button, Card, Choice, Menu, Picker
from bot.frontends.discord.cards.components import CardView, components_of


def test_a_card_is_a_line_and_a_frame_of_texts_and_rows() -> None:
    card = Card(
        ("first", "second"),
        (
            (
                Button("Source", url="https://example.org/a"),
                Button("Next", "answer:key:next:0"),
                Button("", "answer:key:helpful:0", emoji="👍"),
                Button("Erase", "privacy:erase", style="red"),
            ),
            (),
            Menu("More", "more:key:0", (Choice("Why", "why", "What for"), Choice("A", "a"))),
            Menu("Nothing", "none", ()),
        ),
        colour=0x123456,
        above="-# asked",
    )
    assert components_of(card) == [
        {"type": 10, "content": "-# asked"},
        {
            "type": 17,
            "accent_color": 0x123456,
            "components": [
                {"type": 10, "content": "first"},
                {"type": 14, "divider": True},
                {"type": 10, "content": "second"},
                {
                    "type": 1,
                    "components": [
                        {"type": 2, "style": 5, "label": "Source", "url": "https://example.org/a"},
                        {"type": 2, "style": 2, "custom_id": "answer:key:next:0", "label": "Next"},
                        {
                            "type": 2,
                            "style": 2,
                            "custom_id": "answer:key:helpful:0",
                            "emoji": {"id": None, "name": "👍"},
                        },
                        {"type": 2, "style": 4, "custom_id": "privacy:erase", "label": "Erase"},
                    ],
                },
                {
                    "type": 1,
                    "components": [
                        {
                            "type": 3,
                            "custom_id": "more:key:0",
                            "placeholder": "More",
                            "min_values": 1,
                            "max_values": 1,
                            "options": [
                                {
                                    "label": "Why",
                                    "value": "why",
                                    "default": False,
                                    "description": "What for",
                                },
                                {"label": "A", "value": "a", "default": False},
                            ],
                        }
                    ],
                },
            ],
        },
    ]


def test_pickers_have_their_captions_above_them() -> None:
    channels = Picker("Everywhere", "channels", "help", (7, 8), 3, "In these channels:")
    roles = Picker("Nobody", "roles", "role", (), 1, "This role:")
    assert components_of(Card((), (channels, roles), colour=1)) == [
        {
            "type": 17,
            "accent_color": 1,
            "components": [
                {"type": 10, "content": "In these channels:"},
                {
                    "type": 1,
                    "components": [
                        {
                            "type": 8,
                            "custom_id": "channels",
                            "placeholder": "Everywhere",
                            "min_values": 0,
                            "max_values": 3,
                            "default_values": [
                                {"id": 7, "type": "channel"},
                                {"id": 8, "type": "channel"},
                            ],
                            "channel_types": [15, 0],
                        }
                    ],
                },
                {"type": 10, "content": "This role:"},
                {
                    "type": 1,
                    "components": [
                        {
                            "type": 6,
                            "custom_id": "roles",
                            "placeholder": "Nobody",
                            "min_values": 0,
                            "max_values": 1,
                            "default_values": [],
                        }
                    ],
                },
            ],
        }
    ]


def test_discord_py_sends_them_and_keeps_no_view_waiting() -> None:
    async def scene() -> None:
        card = Card(("an answer",))
        view = CardView(card)
        assert view.is_finished()
        with handle_message_parameters(view=view) as made:
            assert made.payload == {
                "components": components_of(card),
                "tts": False,
                "flags": discord.MessageFlags(components_v2=True).value,
            }

    asyncio.run(scene())
