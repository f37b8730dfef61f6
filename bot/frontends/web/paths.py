"""Where an address is found on the web: ``slug#7-8@3f9c2a1b`` is ``/a/slug/7-8@3f9c2a1b``.

Pure: nothing here knows of a request or a server's host.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from bot.core.address import FORBIDDEN_IN_SLUGS, Address, parse_address
from bot.core.errors import AddressError

CITED = "cited"
"""The id of the passage that an address names. It is the passage's, not the paragraph's number's,
so that a link leads to words that have moved."""


def address_path(address: Address) -> str:
    """The path of the page that shows an address."""
    _, _, place = str(address).partition("#")
    path = f"/a/{quote(address.slug.encode('utf-8', 'replace'), safe='')}"
    return f"{path}/{place}" if place else path


def cited_path(address: Address) -> str:
    """The same, with the fragment that scrolls to the passage."""
    return f"{address_path(address)}#{CITED}"


def read_path(slug: str, place: str | None = None) -> Address:
    """The address that a path's parts, percent-decoded, name. Raises `AddressError` where they
    name none."""
    if set(slug) & set(FORBIDDEN_IN_SLUGS) or (place is not None and "#" in place):
        raise AddressError(f"{slug!a} is no article's name")
    return parse_address(slug if place is None else f"{slug}#{place}")


def safe_url(url: str | None) -> str | None:
    """A link from outside, where it is one that a page may have: to the web, and nothing that a
    browser would run."""
    if url is None or any(ord(char) <= 32 for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else None
