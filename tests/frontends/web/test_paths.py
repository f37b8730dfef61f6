"""Addresses as paths, and back; links that a page may have."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import AddressError
from bot.core.passages.address import FORBIDDEN_IN_SLUGS, Address
from bot.frontends.web.shown_sources import safe_url
from bot.service.presentation.page_links import address_path, cited_path, read_path

SLUGS = st.text(
    st.characters(exclude_characters=FORBIDDEN_IN_SLUGS, exclude_categories=["Cs"]), min_size=1
).filter(lambda slug: slug == slug.strip())


@given(SLUGS, st.integers(1, 10**6), st.integers(0, 9), st.sampled_from([None, "3f9c2a1b"]))
def test_an_address_reads_back_from_its_path(
    slug: str, first: int, more: int, hash_: str | None
) -> None:
    address = Address(slug, first, first + more, hash_)
    path = address_path(address)
    assert path.isascii()
    assert path.count("/") == 3
    _, _, name, place = path.split("/")
    assert read_path(unquote(name), unquote(place)) == address


def test_a_path_scrolls_to_what_is_cited() -> None:
    address = Address("some-article", 7, 8, "3f9c2a1b")
    assert address_path(address) == "/a/some-article/7-8@3f9c2a1b"
    assert cited_path(address) == "/a/some-article/7-8@3f9c2a1b#cited"
    assert address_path(Address("some-article")) == "/a/some-article"


@pytest.mark.parametrize(
    ("slug", "place"),
    [
        ("42/secret", None),
        ("a#b", None),
        ("a@b", None),
        ("a\\b", None),
        ("", None),
        ("a", "0"),
        ("a", "8-7"),
        ("a", "x"),
        ("a", ""),
        ("a", "8#9"),
        ("a", "8@short"),
    ],
)
def test_what_is_no_address_is_refused(slug: str, place: str | None) -> None:
    with pytest.raises(AddressError):
        read_path(slug, place)


@pytest.mark.parametrize("url", ["https://example.org/a?b#c", "HTTP://EXAMPLE.ORG"])
def test_links_to_the_web_are_links(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org",
        "https:",
        "https://exa mple.org",
        "http://[::1",
    ],
)
def test_nothing_else_is(url: str | None) -> None:
    assert safe_url(url) is None
