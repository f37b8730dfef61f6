"""The address that a request comes from."""

from __future__ import annotations

import pytest

from bot.core.errors import ConfigError
from bot.frontends.web.client_addresses import client_address, is_in, is_near, read_proxies
from tests.wording import raises

PROXIES = read_proxies(["127.0.0.1", "10.0.0.0/8", "::1"])


def address(peer: str | None, forwarded: str = "") -> str:
    return client_address(peer, forwarded, PROXIES)


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # anybody can send that
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # the proxy appended the last
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("127.0.0.1", "<script>", "127.0.0.1"),
        ("127.0.0.1", "10.1.2.3, 10.1.2.4", "10.1.2.3"),
        ("::ffff:203.0.113.9", "", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        ("fe80::1%eth0", "", "fe80::"),
        (None, "198.51.100.1", ""),
    ],
)
def test_only_our_proxies_are_believed(peer: str | None, forwarded: str, expected: str) -> None:
    assert address(peer, forwarded) == expected


def test_a_header_as_long_as_it_gets_takes_no_time() -> None:
    assert address("127.0.0.1", "6.6.6.6, " * 100_000 + "198.51.100.1") == "198.51.100.1"
    assert address("127.0.0.1", ",".join(["10.0.0.1"] * 100_000)) == "10.0.0.1"


def test_addresses_in_networks_and_near_ones() -> None:
    assert is_in("10.9.9.9", PROXIES)
    assert not is_in("11.9.9.9", PROXIES)
    assert not is_in(None, PROXIES)
    assert is_near("127.0.0.1")
    assert is_near("192.168.1.5")
    assert not is_near("8.8.8.8")
    assert not is_near("")


def test_what_is_no_network_is_said() -> None:
    with raises(ConfigError, match=r"proxies names 'proxy\.local'"):
        read_proxies(["proxy.local"])
