"""Addresses: where a quotation stands, for people to write down and for anyone to check.

    slug            an article
    slug#8          its paragraph 8
    slug#7-8        its paragraphs 7 to 8
    slug#8@3f9c2a1b the same, with the hash of the words quoted
    42/slug#8       paragraph 8 of an article that only server 42 has

Paragraphs are what is counted, whatever they were merged into to be found, so that an address
outlives every change of the program. The hash is over words alone: a paragraph that is wrapped
anew is still the same paragraph.
"""

from __future__ import annotations

import re

from bot.core.errors import AddressError
from bot.core.hashes import sha256
from bot.core.named_tuple import NamedTuple

_ADDRESS = (  # compiled only to parse an address: no answer needs it
    r"(?P<slug>[^#]+)(?:#(?P<first>[0-9]{1,9})(?:-(?P<last>[0-9]{1,9}))?(?:@(?P<hash>[0-9a-fA-F]{8,64}))?)?"
)
_HASH_DIGITS = 8
FORBIDDEN_IN_SLUGS = "#@/\\"
"""Characters that a slug must not contain, because they have a meaning in an address."""


class Address(NamedTuple):
    """An address, taken apart."""

    slug: str
    """The article, with its server's prefix if it has one."""
    first: int | None = None
    """First paragraph, from 1; None for the article as a whole."""
    last: int | None = None
    """Last paragraph, from 1; None for the article as a whole."""
    hash: str | None = None
    """The hash of the words quoted, in lower case hexadecimal."""

    def __str__(self) -> str:
        if self.first is None or self.last is None:
            return self.slug
        paragraphs = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.slug}#{paragraphs}" + (f"@{self.hash}" if self.hash else "")


def parse_address(text: str) -> Address:
    """Take an address apart; raises `AddressError` if it is none."""
    match = re.fullmatch(_ADDRESS, text.strip())
    if match is None:
        raise AddressError("address.malformed", text=text.strip())
    first = int(match["first"]) if match["first"] else None
    last = int(match["last"]) if match["last"] else first
    if first is not None and last is not None and not 1 <= first <= last:
        raise AddressError("address.order", text=text.strip())
    return Address(match["slug"], first, last, match["hash"].lower() if match["hash"] else None)


def words_hash(text: str) -> str:
    """Return the hash an address carries: the first 8 digits of `full_words_hash`."""
    return full_words_hash(text)[:_HASH_DIGITS]


def full_words_hash(text: str) -> str:
    """Return the SHA-256 (FIPS 180-4), in 64 hexadecimal digits, of the text's words, one space
    between two, in UTF-8."""
    return sha256(" ".join(text.split()).encode("utf-8", "surrogatepass"))
