"""Content of a message, as data: texts, buttons, a colour. Nothing here knows discord.py."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias
from urllib.parse import quote, urlsplit

from bot.frontends.discord.cards.escaping import escape, length

TEXT_LIMIT = 4000
"""Units of text in one message with Components V2, all of them together."""
URL_LIMIT = 512
MENU_LIMIT = 25
"""Choices of a menu."""
CHOICE_LIMIT = 100
"""Units of a choice's label, and of its description."""

ANSWER_COLOUR = 0x2A7F9E
MISS_COLOUR = 0x9A7B4F
PLAIN_COLOUR = 0x6B7280

_ENDS_A_LINK = re.compile(r"[()<>]")
_LIKE_A_HOST = re.compile(r"[^\W\d_]\.[^\W\d_]{2}")
"""A pattern of host names, such as ``example.org``."""
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~"


class Button(NamedTuple):
    """A button: with an ``action`` for the bot, or a ``url`` to open."""

    label: str
    action: str | None = None
    """The custom_id."""
    url: str | None = None
    style: str = "grey"
    """``grey``, ``blue`` or ``red``; a link has its own."""
    emoji: str = ""
    """Shown before the label, or in its place where that is empty."""


class Choice(NamedTuple):
    label: str
    """At most 100 units."""
    value: str
    """The value that the bot is sent; at most 100 characters."""
    description: str = ""
    """At most 100 units."""
    chosen: bool = False
    """True if it is chosen at first."""


class Menu(NamedTuple):
    """A menu, which takes a row of its own."""

    placeholder: str
    """At most 150 units."""
    action: str
    """The custom_id."""
    choices: tuple[Choice, ...]
    """At most `MENU_LIMIT`."""
    most: int = 1
    """Number of choices that may be taken."""
    least: int = 1


class Picker(NamedTuple):
    """A menu of a server's channels or roles, which takes a row of its own."""

    placeholder: str
    """At most 150 units; shown if nothing is chosen."""
    action: str
    """The custom_id."""
    kind: str
    """``channel``, ``forum``, ``help`` (a channel or a forum) or ``role``."""
    chosen: tuple[int, ...]
    most: int
    """Number of them that may be chosen."""
    caption: str
    """A line above it."""


Row: TypeAlias = "tuple[Button, ...] | Menu | Picker"


class Card(NamedTuple):
    """A message: its texts from top to bottom, then rows of buttons, all in one frame."""

    texts: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    """At most 5 buttons a row; empty rows and menus are left out."""
    colour: int = ANSWER_COLOUR
    above: str = ""
    """A line of ours above the frame, if any."""
    ruled: bool = True
    """True if a rule separates two texts; otherwise a little space does."""
    is_miss: bool = False
    """True if it says that nothing answers a question."""

    @property
    def length(self) -> int:
        """Units of text in all."""
        return length(self.above) + sum(map(length, self.texts))


def note(*lines: str) -> Card:
    """Return a short message of our own, already escaped where it quotes."""
    return Card(("\n".join(lines),), colour=PLAIN_COLOUR)


def link_button(label: str, url: str | None) -> tuple[Button, ...]:
    """Return a button that opens a web address; empty if Discord would refuse the address."""
    safe = web_address(url)
    return (Button(label, url=safe),) if safe else ()


def link_text(text: str, url: str | None) -> str | None:
    """Return one line of text as a link; None where there is no address that a link can hold, or
    where the text would not stand in it as it is: no escape works there, and what looks like
    another address must not lead to this one."""
    safe = web_address(url)
    if safe is None or not text or escape(text) != text or _LIKE_A_HOST.search(text):
        return None
    return None if _ENDS_A_LINK.search(safe) else f"[{text}]({safe})"


def web_address(url: str | None) -> str | None:
    """Return the url as Discord takes it for a button: http or https, ASCII, at most 512
    characters; None if it is no such address. A fragment that makes it too long is dropped."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return None
    if (
        parts.scheme not in ("http", "https")
        or not host.replace("-", "").replace(".", "").isalnum()
    ):
        return None
    if any(character.isspace() or not character.isprintable() for character in url):
        return None
    rest = quote(parts._replace(scheme="", netloc="", fragment="").geturl(), safe=_URL_SAFE)
    plain = f"{parts.scheme}://{host}{port}{rest}"
    whole = plain + ("#" + quote(parts.fragment, safe=_URL_SAFE) if parts.fragment else "")
    return next((address for address in (whole, plain) if len(address) <= URL_LIMIT), None)
