"""Cards as discord.py's components."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.frontends.discord.cards import MENU_LIMIT, Button, Card, Menu, Picker

_STYLES = {
    "grey": discord.ButtonStyle.secondary,
    "blue": discord.ButtonStyle.primary,
    "red": discord.ButtonStyle.danger,
}


def layout(card: Card) -> ui.LayoutView:
    """Return a card as a view to send.

    Its buttons are plain ones: they are not kept waiting in memory, for the client answers them
    by their custom_ids alone (`bot.frontends.discord.buttons`).
    """
    inside: list[ui.Item[Any]] = []
    for text in card.texts:
        if inside:
            inside.append(ui.Separator(visible=card.ruled))
        inside.append(ui.TextDisplay(text))
    for row in card.rows:
        if isinstance(row, Menu):
            if row.choices:
                inside.append(ui.ActionRow(_menu(row)))
        elif isinstance(row, Picker):
            inside += [ui.TextDisplay(row.caption), ui.ActionRow(_picker(row))]
        elif row:
            inside.append(ui.ActionRow(*map(_button, row)))
    view = ui.LayoutView(timeout=None)
    if card.above:
        view.add_item(ui.TextDisplay(card.above))
    view.add_item(ui.Container(*inside, accent_colour=card.colour))
    view.stop()
    return view


def _button(button: Button) -> ui.Button[Any]:
    if button.url is not None:
        return ui.Button(label=button.label, url=button.url)
    return ui.Button(
        label=button.label or None,
        emoji=button.emoji or None,
        custom_id=button.action,
        style=_STYLES[button.style],
    )


_CHANNELS = {
    "channel": [
        discord.ChannelType.text,
        discord.ChannelType.news,
        discord.ChannelType.forum,
        discord.ChannelType.voice,
    ],
    "forum": [discord.ChannelType.forum],
    "help": [discord.ChannelType.forum, discord.ChannelType.text],
}


def _picker(picker: Picker) -> ui.Select[Any] | ui.RoleSelect[Any] | ui.ChannelSelect[Any]:
    kind = (
        discord.SelectDefaultValueType.role
        if picker.kind == "role"
        else discord.SelectDefaultValueType.channel
    )
    chosen = [discord.SelectDefaultValue(id=each, type=kind) for each in picker.chosen]
    if picker.kind == "role":
        return ui.RoleSelect(
            custom_id=picker.action,
            placeholder=picker.placeholder,
            min_values=0,
            max_values=picker.most,
            default_values=chosen,
        )
    return ui.ChannelSelect(
        custom_id=picker.action,
        placeholder=picker.placeholder,
        channel_types=_CHANNELS[picker.kind],
        min_values=0,
        max_values=picker.most,
        default_values=chosen,
    )


def _menu(menu: Menu) -> ui.Select[Any]:
    return ui.Select(
        custom_id=menu.action,
        placeholder=menu.placeholder,
        min_values=menu.least,
        max_values=min(menu.most, len(menu.choices)),
        options=[
            discord.SelectOption(
                label=choice.label,
                value=choice.value,
                description=choice.description or None,
                default=choice.chosen,
            )
            for choice in menu.choices[:MENU_LIMIT]
        ],
    )
