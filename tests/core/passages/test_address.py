"""Addresses: every one reads back, and what is none says so."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.errors import AddressError
from bot.core.passages.address import Address, parse_address, words_hash

SLUGS = st.text(min_size=1).filter(lambda text: "#" not in text and text == text.strip() != "")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("slug", Address("slug")),
        ("slug#8", Address("slug", 8, 8)),
        ("slug#7-8", Address("slug", 7, 8)),
        ("slug#8-8", Address("slug", 8, 8)),
        ("slug#8@3f9c2a1b", Address("slug", 8, 8, "3f9c2a1b")),
        ("slug#7-8@3F9C2A1B", Address("slug", 7, 8, "3f9c2a1b")),
        ("42/slug#8", Address("42/slug", 8, 8)),
        ("  slug#8\n", Address("slug", 8, 8)),
        ("a slug, with words#1", Address("a slug, with words", 1, 1)),
        ("东海#3", Address("东海", 3, 3)),
    ],
)
def test_takes_an_address_apart(text: str, address: Address) -> None:
    assert parse_address(text) == address


@given(
    SLUGS,
    st.integers(1, 10**9 - 1),
    st.integers(0, 50),
    st.none() | st.text("0123456789abcdef", min_size=8, max_size=64),
)
def test_an_address_reads_back(slug: str, first: int, more: int, digest: str | None) -> None:
    assume(first + more < 10**9)
    for address in (Address(slug), Address(slug, first, first + more, digest)):
        assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "#8", "slug#", "slug#x", "slug#-1", "slug#8-", "slug#8@", "slug#8@3f9", "a#1#2",
        "slug#8@zzzzzzzz", "slug#1.5", "slug#٣", "slug#9999999999", "slug#8@3f9c2a1b extra",
    ],
)  # fmt: skip
def test_what_is_no_address_says_what_one_looks_like(text: str) -> None:
    with pytest.raises(AddressError, match=r"^address\.malformed text="):
        parse_address(text)


@pytest.mark.parametrize("text", ["slug#0", "slug#8-7", "slug#0-3"])
def test_paragraphs_count_from_one_upwards(text: str) -> None:
    with pytest.raises(AddressError, match=r"^address\.order text='slug#"):
        parse_address(text)


@given(st.text())
def test_every_text_is_an_address_or_is_refused_in_one_line(text: str) -> None:
    said = ""
    try:
        parse_address(text)
    except AddressError as error:
        said = str(error)
    assert said.isprintable()


def test_the_hash_is_over_words_alone() -> None:
    expected = hashlib.sha256(b"One two three.").hexdigest()[:8]
    assert words_hash("One two three.") == expected
    assert words_hash(" One\n two\u00a0three.\r\n") == expected
    assert words_hash("One two three") != expected
    assert words_hash("one two three.") != expected


@given(st.text())
def test_every_text_has_a_hash_that_an_address_can_carry(text: str) -> None:
    assert parse_address(f"slug#1@{words_hash(text)}").hash == words_hash(text)
