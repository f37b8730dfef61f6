"""Cards as discord.py's components."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.frontends.discord.cards import Button, Card

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
    inside += [ui.ActionRow(*map(_button, row)) for row in card.rows if row]
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
        label=button.label,
        custom_id=button.action,
        style=_STYLES[button.style],
        disabled=button.disabled,
    )
