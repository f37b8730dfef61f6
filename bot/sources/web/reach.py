"""Hosts that may be reached from here: public addresses, and those that the operator allows
besides.

A link is an attack where it leads into the network of the machine that follows it (server-side
request forgery, OWASP). So every address of a name is checked, at every redirect, and the
connection goes to an address that was checked: a name that answers differently the second time
(DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.core.errors import ArticleError, ConfigError

IPAddress = IPv4Address | IPv6Address
IPNetwork = IPv4Network | IPv6Network

LONGEST_LINK = 2000
"""Maximum number of characters of a link, which every browser and server accepts."""

_HOST = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?")
"""A host's name in its ASCII form."""
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")

NEVER = tuple(
    ip_network(network)
    for network in (
        "168.63.129.16/32",  # a cloud's own service to its machines, at a public address
        "192.0.0.0/24",  # protocol assignments, a cloud's metadata among them (RFC 6890)
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "::ffff:0:0/96",  # IPv4 written as IPv6 (RFC 4291, 2.5.5.2)
        "::/96",  # the same, the older way (2.5.5.1)
        "64:ff9b::/96",  # IPv4 behind a translator (RFC 6052)
        "64:ff9b:1::/48",  # the same, within one network (RFC 8215)
        "2001::/23",  # among others Teredo, which carries IPv4 (RFC 4380)
        "2002::/16",  # 6to4, which carries IPv4 (RFC 3056)
        "3fff::/20",  # documentation (RFC 9637)
        "5f00::/16",  # segment routing (RFC 9602)
        "fec0::/10",  # site-local (RFC 3879)
    )
)
"""Networks that are never reached though Python's own tables, in one of the supported versions,
count them as public."""


class Reach(NamedTuple):
    """Hosts that may be reached though they are not public."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[IPNetwork, ...] = ()
    setting: str = "allow"
    """The key of ``[web]`` that can allow more."""

    def allows(self, host: str, address: IPAddress) -> bool:
        """Return whether a connection for this host may go to this address."""
        if host.lower().rstrip(".") in self.hosts or any(address in net for net in self.networks):
            return True
        return is_public(address)


def read_reach(entries: Iterable[str], setting: str = "allow") -> Reach:
    """Return the hosts that ``[web]`` allows under the key ``setting``: host names, addresses, and
    networks such as ``10.1.0.0/16``. Raises `ConfigError` for anything else."""
    hosts, networks = set(), []
    for entry in entries:
        try:
            networks.append(ip_network(entry))
        except ValueError as error:
            name = entry.lower().rstrip(".")
            if not name or not all(
                part.strip("-").replace("-", "").isalnum() for part in name.split(".")
            ):
                raise ConfigError("settings.host", key=f"web.{setting}", value=entry) from error
            hosts.add(name)
    return Reach(frozenset(hosts), tuple(networks), setting)


def is_public(address: IPAddress) -> bool:
    """Return whether an address belongs to the public internet: not loopback, private, link-local,
    multicast, reserved, nor IPv4 in the guise of IPv6."""
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return False
    if any(address in network for network in NEVER):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def read_link(link: str) -> URL:
    """Return a link that may be followed; raises `ArticleError`, in one line, for any other."""
    shown = link[:100]
    if len(link) > LONGEST_LINK:
        raise ArticleError("link.long", link=shown, longest=LONGEST_LINK)
    no_link = ArticleError("link.malformed", link=shown)
    try:
        url = URL(link.strip())
        port = url.port
        host = url.host or ""  # decoded from its ASCII form, which fails where that is none
        raw_host = url.raw_host or ""
    except (ValueError, IndexError) as error:  # the second for brackets around nothing
        raise no_link from error
    if url.scheme not in ("http", "https"):
        raise ArticleError("link.scheme", link=shown)
    if not host or port is None or any(char.isspace() or char < " " for char in link.strip()):
        raise no_link
    if ":" not in raw_host and not _HOST.fullmatch(raw_host):
        raise no_link
    if _ends_in_a_number(raw_host) and not _is_address(raw_host):
        raise ArticleError("link.number", link=shown)
    if url.user is not None or url.password is not None:
        raise ArticleError("link.password", host=_plain(url))
    return url.with_fragment(None)


def _ends_in_a_number(host: str) -> bool:
    """Return whether a URL parser would read a host as an IPv4 address (WHATWG URL, "ends in a
    number checker"): ``127.1``, ``2130706433``, ``0x7f.1`` and ``0177.0.0.1`` are all 127.0.0.1 to
    some. No top-level domain is a number."""
    return _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) is not None


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def check_literal(url: URL, reach: Reach) -> None:
    """Refuse a link whose host is an address that may not be reached: such a host is never
    looked up, so the resolver does not see it. Raises `ArticleError`."""
    host = url.host or ""
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return
    if not reach.allows(host, address):
        raise _refusal(host, address, reach)


class CheckedResolver(AbstractResolver):
    """Looks names up, and refuses a name of which any address may not be reached."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the name's addresses, every one checked. Raises `ArticleError` if one may not be
        reached, and `OSError` if there is none."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        results: list[ResolveResult] = []
        for kind, _, protocol, _, endpoint in found:
            text = str(endpoint[0])
            address = ip_address(text)
            if not self._reach.allows(host, address):
                raise _refusal(host, address, self._reach)
            results.append(
                ResolveResult(
                    hostname=host,
                    host=text,
                    port=port,
                    family=kind,
                    proto=protocol,
                    flags=socket.AI_NUMERICHOST,
                )
            )
        return results

    async def close(self) -> None:
        """Do nothing: nothing is held."""


def _refusal(host: str, address: IPAddress, reach: Reach) -> ArticleError:
    name = ascii(host).strip("'")
    if reach.setting == "allow":
        shown = str(address)
        return ArticleError("link.not_public", host=name, address=shown, setting=reach.setting)
    # only the operator may learn where a name of the operator's network leads
    return ArticleError("link.not_public_for_servers", host=name, setting=reach.setting)


def _plain(url: URL) -> str:
    """Return a link's host in printable form."""
    return ascii(url.host or "").strip("'")
