# ruff: noqa: E501 - addresses and pages are read more easily in few lines
"""Addresses that may be reached: public ones, and those that the operator allows besides."""

import asyncio
import socket
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import ArticleError, ConfigError
from bot.sources.web.reach import (
    CheckedResolver,
    Reach,
    check_literal,
    is_public,
    read_link,
    read_reach,
)
from tests.wording import raises, worded


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0",  # noqa: S104
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "192.0.2.1", "203.0.113.9", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
        "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1"])
def test_an_address_that_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "link",
    [
        "", "no link", "file:///etc/passwd", "ftp://paper.test/a", "gopher://paper.test", "javascript:alert(1)",
        "http://", "https:///a", "http://me@paper.test/", "http://me:secret@paper.test/", "http://paper.test:99999/",
        "http://[::1/", "https://paper.test/" + "a" * 3000, "http://pa per.test/", "//paper.test/a", "http://pa\nper.test",
        "[]@", "http://[]@/",
    ],
)  # fmt: skip
def test_a_link_that_is_not_followed(link: str) -> None:
    with pytest.raises(ArticleError) as error:
        read_link(link)
    assert worded(error.value).isprintable()
    assert "secret" not in worded(error.value)


def test_a_link_loses_its_fragment() -> None:
    assert str(read_link(" https://paper.test/a?b=1#c ")) == "https://paper.test/a?b=1"


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:10.0.0.1]", "169.254.169.254"])
def test_an_address_in_a_link_is_checked(host: str) -> None:
    with raises(ArticleError, match="no public address"):
        check_literal(read_link(f"http://{host}/"), Reach())


def test_the_operator_can_allow_hosts_and_networks() -> None:
    reach = read_reach(["Intranet.test", "10.1.0.0/16", "::1"])
    assert reach.allows("intranet.test", ip_address("192.168.0.1"))
    assert reach.allows("wiki.test", ip_address("10.1.2.3"))
    assert reach.allows("wiki.test", ip_address("::1"))
    assert not reach.allows("wiki.test", ip_address("10.2.2.3"))


@pytest.mark.parametrize("entry", ["", "http://a.test", "10.1.0.1/16", "a b", "*"])
def test_what_cannot_be_allowed_is_said(entry: str) -> None:
    with raises(ConfigError, match=r"web\.allow"):
        read_reach([entry])


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1"])
def test_a_name_that_leads_inside_is_refused(host: str) -> None:
    resolver = CheckedResolver(Reach())
    with pytest.raises((ArticleError, socket.gaierror)):
        asyncio.run(resolver.resolve(host, 80))


def test_the_addresses_that_were_checked_are_those_that_are_given() -> None:
    resolver = CheckedResolver(read_reach(["127.0.0.0/8"]))
    found = asyncio.run(resolver.resolve("127.0.0.1", 80))
    assert [(place["host"], place["port"]) for place in found] == [("127.0.0.1", 80)]


NUMBERS = [
    "127.1", "127.0.1", "2130706433", "0", "0177.0.0.1", "017700000001", "0x7f.1", "0x7f000001",
    "0X7F.0.0.1", "127.0.0.1.", "0x", "00000177.1", "127.0.0.0x1", "1.2.3.4.5", "256.1.1.1", "010.8.8.8",
    "①②⑦.1", "127。1", "a.0x7f", "%31%32%37.1",
]  # fmt: skip
"""Hosts that some programs take for the address 127.0.0.1, or for another than others do."""


@pytest.mark.parametrize("host", NUMBERS)
def test_a_number_that_is_no_address_is_no_host(host: str) -> None:
    with pytest.raises(ArticleError) as error:
        read_link(f"http://{host}/")
    assert worded(error.value).isprintable()


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "[2606:2800:220:1::1]", "feed.de", "1.example.org", "cafe"]
)
def test_an_address_or_a_name_is_a_host(host: str) -> None:
    assert read_link(f"http://{host}/a").host == host.strip("[]")


@pytest.mark.parametrize(
    "link", ["http://xn--/", "http://[", "http://xn--a/", "http://a..b/", "http://\udce9/"]
)
def test_a_host_that_cannot_be_one_is_told_in_a_line(link: str) -> None:
    with raises(ArticleError, match="no link") as error:
        read_link(link)
    assert worded(error.value).isprintable()


@given(st.text("htp:/[]@%xn-.0127é\udce9 \n1aA#?", max_size=20) | st.text(max_size=20))
def test_any_text_is_a_link_or_one_line_of_refusal(text: str) -> None:
    for link in (text, f"http://{text}", f"https://{text}/a"):
        try:
            url = read_link(link)
        except ArticleError as error:
            refusal = worded(error)
        else:
            assert url.scheme in ("http", "https")
            refusal = str(url.origin())
        assert refusal.isprintable()


def test_servers_are_told_of_their_own_setting_and_of_no_address() -> None:
    with pytest.raises(ArticleError) as error:
        check_literal(read_link("http://127.0.0.1/"), read_reach([], "servers_allow"))
    assert worded(error.value) == (
        "127.0.0.1: it is at no public address; [web] servers_allow in the settings can name it"
    )
    with raises(ConfigError, match=r"web\.servers_allow"):
        read_reach(["*"], "servers_allow")
