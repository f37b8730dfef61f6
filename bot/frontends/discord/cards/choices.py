"""The suggestions of autocomplete: names and values, within Discord's limits."""

from __future__ import annotations

from collections.abc import Iterable

from bot.frontends.discord.cards.escaping import length, one_line, prefix
from bot.service.shelves.titles import Title

CHOICES = 25
"""Maximum number of choices that Discord takes."""


def choices(found: Iterable[Title]) -> list[tuple[str, str]]:
    """Names and values for some titles, at most 100 units each."""
    offered = []
    for title in found:
        name = one_line(title.title, 100) or prefix(title.slug, 100)
        offered.append((name, title.slug if length(title.slug) <= 100 else name))
    return offered
