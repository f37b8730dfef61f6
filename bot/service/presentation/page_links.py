"""Links to the pages on which an address is read: ``slug#7-8@3f9c2a1b`` is at
``/a/slug/7-8@3f9c2a1b``.

May be called from any thread.
"""

from __future__ import annotations

from urllib.parse import quote

from bot.core.errors import AddressError
from bot.core.passages.address import FORBIDDEN_IN_SLUGS, Address, parse_address
from bot.service.presentation.signed_links import LinkSigner
from bot.service.tenants import EVERYONE, owner_of

CITED = "cited"
"""The id of the passage that an address names. It is the passage's, not the paragraph's number's,
so that a link leads to words that have moved."""


def address_path(address: Address) -> str:
    """Return the path of the page that shows an address."""
    _, _, location = str(address).partition("#")
    path = f"/a/{quote(address.slug.encode('utf-8', 'replace'), safe='')}"
    return f"{path}/{location}" if location else path


def cited_path(address: Address) -> str:
    """Return the same, with the fragment that scrolls to the passage."""
    return f"{address_path(address)}#{CITED}"


def read_path(slug: str, location: str | None = None) -> Address:
    """Return the address that a path's parts, percent-decoded, name. Raises `AddressError` if they
    name none."""
    if set(slug) & set(FORBIDDEN_IN_SLUGS) or (location is not None and "#" in location):
        raise AddressError("article.no_name", slug=slug)
    return parse_address(slug if location is None else f"{slug}#{location}")


class PageLinks:
    """Links to the pages on which addresses are read, for front-ends other than the pages."""

    def __init__(self, public_url: str = "", signer: LinkSigner | None = None) -> None:
        """``public_url`` is the URL of the pages, without a trailing slash; empty if there are
        none. ``signer`` signs links to tenants' own articles; None if these are not served."""
        self._base = public_url
        self._signer = signer

    def to(self, address: str) -> str | None:
        """Return the link that scrolls to what an address names; None if no page shows it."""
        if not self._base:
            return None
        parsed = parse_address(address)
        owner = owner_of(parsed.slug)
        if owner == EVERYONE:
            return self._base + cited_path(parsed)
        if self._signer is None or not owner.name.isdecimal():
            return None
        local = parsed.slug.removeprefix(owner.prefix)
        location = str(parsed).partition("#")[2]
        return f"{self._base}{self._signer.path(int(owner.name), local, location)}#{CITED}"
