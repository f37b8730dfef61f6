"""Cards as Discord's components: the JSON of a message.

It is written here rather than by discord.py's classes of items: those are made for views that wait
for their buttons, and cost more than the rest of a reply.
"""

from __future__ import annotations

from typing import Any

from discord import ButtonStyle, ChannelType, ComponentType, SelectDefaultValueType, ui

from bot.frontends.discord.cards.cards import MENU_LIMIT, Button, Card, Menu, Picker, Row

_Json = dict[str, Any]

_ROW = ComponentType.action_row.value
_BUTTON = ComponentType.button.value
_MENU = ComponentType.select.value
_ROLES = ComponentType.role_select.value
_CHANNELS = ComponentType.channel_select.value
_TEXT = ComponentType.text_display.value
_SEPARATOR = ComponentType.separator.value
_CONTAINER = ComponentType.container.value
_LINK = ButtonStyle.link.value
_STYLES = {
    "grey": ButtonStyle.secondary.value,
    "blue": ButtonStyle.primary.value,
    "red": ButtonStyle.danger.value,
}
_CHANNEL_TYPES = {
    "channel": [
        ChannelType.text.value,
        ChannelType.news.value,
        ChannelType.forum.value,
        ChannelType.voice.value,
    ],
    "forum": [ChannelType.forum.value],
    "help": [ChannelType.forum.value, ChannelType.text.value],
}


class CardView(ui.LayoutView):
    """A card as discord.py takes it to send.

    Nobody waits for its buttons, and discord.py does not keep it: the client answers them by their
    custom_ids alone (`bot.frontends.discord.commands.buttons`).
    """

    def __init__(self, card: Card) -> None:
        super().__init__(timeout=None)
        self._card = card
        self.stop()

    def to_components(self) -> list[_Json]:
        """Return the components of the message."""
        return components_of(self._card)

    def has_components_v2(self) -> bool:
        """Return True: the message has texts as components and no content."""
        return True


def components_of(card: Card) -> list[_Json]:
    """Return the components of a message, as Discord's HTTP API takes them."""
    inside: list[_Json] = []
    for text in card.texts:
        if inside:
            inside.append({"type": _SEPARATOR, "divider": card.ruled})
        inside.append(_text(text))
    for row in card.rows:
        inside += _row(row)
    frame = {"type": _CONTAINER, "accent_color": card.colour, "components": inside}
    return [_text(card.above), frame] if card.above else [frame]


def _text(text: str) -> _Json:
    return {"type": _TEXT, "content": text}


def _row(row: Row) -> list[_Json]:
    """Return a row with the line above it, if it has one; nothing for an empty row."""
    if isinstance(row, Menu):
        return [{"type": _ROW, "components": [_menu(row)]}] if row.choices else []
    if isinstance(row, Picker):
        return [_text(row.caption), {"type": _ROW, "components": [_picker(row)]}]
    return [{"type": _ROW, "components": [_button(button) for button in row]}] if row else []


def _button(button: Button) -> _Json:
    if button.url is not None:
        return {"type": _BUTTON, "style": _LINK, "label": button.label, "url": button.url}
    made: _Json = {"type": _BUTTON, "style": _STYLES[button.style], "custom_id": button.action}
    if button.label:
        made["label"] = button.label
    if button.emoji:
        made["emoji"] = {"id": None, "name": button.emoji}
    return made


def _menu(menu: Menu) -> _Json:
    return {
        "type": _MENU,
        "custom_id": menu.action,
        "placeholder": menu.placeholder,
        "min_values": menu.least,
        "max_values": min(menu.most, len(menu.choices)),
        "options": [
            {
                "label": choice.label,
                "value": choice.value,
                "default": choice.chosen,
                **({"description": choice.description} if choice.description else {}),
            }
            for choice in menu.choices[:MENU_LIMIT]
        ],
    }


def _picker(picker: Picker) -> _Json:
    is_role = picker.kind == "role"
    kind = (SelectDefaultValueType.role if is_role else SelectDefaultValueType.channel).value
    return {
        "type": _ROLES if is_role else _CHANNELS,
        "custom_id": picker.action,
        "placeholder": picker.placeholder,
        "min_values": 0,
        "max_values": picker.most,
        "default_values": [{"id": each, "type": kind} for each in picker.chosen],
        **({} if is_role else {"channel_types": _CHANNEL_TYPES[picker.kind]}),
    }
