"""Tenants: the owners of articles."""

from __future__ import annotations

from bot.core.named_tuple import NamedTuple


class Tenant(NamedTuple):
    """Everyone, or an owner of articles that nobody else sees."""

    name: str
    """Empty for everyone; for a Discord server its id, in decimal digits."""

    @property
    def prefix(self) -> str:
        """Prefix of the slugs of this tenant's own articles: ``""`` or ``"42/"``."""
        return f"{self.name}/" if self.name else ""


EVERYONE = Tenant("")
"""Sees the operator's articles alone, which every other tenant sees too."""


def discord_server(number: int) -> Tenant:
    return Tenant(str(number))


def owner_of(slug: str) -> Tenant:
    """Return the tenant whose own article a slug names, its prefix included."""
    name, separator, _ = slug.partition("/")
    return Tenant(name) if separator else EVERYONE
