"""What may be reached from here: public addresses, and what the operator allows besides.

A link is an attack where it leads into the network of the machine that follows it (server-side
request forgery, OWASP). So every address of a name is checked, at every redirect, and the
connection goes to an address that was checked: a name that answers differently the second time
(DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import NamedTuple

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.core.errors import ArticleError, ConfigError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

LONGEST_LINK = 2000
"""Characters; what every browser and server can do with."""

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
"""What Python's own tables, in one of the versions that this runs on, count as public."""


class Reach(NamedTuple):
    """Which hosts may be reached though they are not public."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    def allows(self, host: str, address: Address) -> bool:
        """Whether a connection for this host may go to this address."""
        if host.lower().rstrip(".") in self.hosts or any(address in net for net in self.networks):
            return True
        return is_public(address)


def read_reach(entries: Iterable[str]) -> Reach:
    """What the settings allow: host names, addresses, and networks such as ``10.1.0.0/16``.
    Raises `ConfigError` for what is none of these."""
    hosts, networks = set(), []
    for entry in entries:
        try:
            networks.append(ip_network(entry))
        except ValueError as error:
            name = entry.lower().rstrip(".")
            if not name or not all(
                part.strip("-").replace("-", "").isalnum() for part in name.split(".")
            ):
                raise ConfigError(
                    f"web.allow holds {entry!a}; it has to be a host's name or a network"
                ) from error
            hosts.add(name)
    return Reach(frozenset(hosts), tuple(networks))


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet: not loopback, private, link-local,
    multicast, reserved, nor IPv4 in the guise of IPv6."""
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return False
    if any(address in network for network in NEVER):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def read_link(link: str) -> URL:
    """A link that may be followed; raises `ArticleError`, in one line, for any other."""
    shown = ascii(link[:100])
    if len(link) > LONGEST_LINK:
        raise ArticleError(f"{shown}...: the link is longer than {LONGEST_LINK} characters")
    try:
        url = URL(link.strip())
        port = url.port
    except ValueError as error:
        raise ArticleError(f"{shown}: this is no link; write it as https://...") from error
    if url.scheme not in ("http", "https"):
        raise ArticleError(f"{shown}: only http and https links are followed")
    if not url.host or port is None or any(char.isspace() or char < " " for char in link.strip()):
        raise ArticleError(f"{shown}: this is no link; write it as https://...")
    if url.user is not None or url.password is not None:
        raise ArticleError(
            f"{_plain(url)}: the link holds a user name or a password; take them out"
        )
    return url.with_fragment(None)


def check_literal(url: URL, reach: Reach) -> None:
    """Refuse a link whose host is an address that may not be reached: such a host is never
    looked up, so the resolver does not see it. Raises `ArticleError`."""
    host = url.host or ""
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return
    if not reach.allows(host, address):
        raise ArticleError(_refusal(host, address))


class CheckedResolver(AbstractResolver):
    """Looks names up, and refuses a name of which any address may not be reached."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The name's addresses, every one checked. Raises `ArticleError` where one may not be
        reached, and `OSError` where there is none."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        results: list[ResolveResult] = []
        for kind, _, protocol, _, place in found:
            text = str(place[0])
            address = ip_address(text)
            if not self._reach.allows(host, address):
                raise ArticleError(_refusal(host, address))
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
        """Nothing is held."""


def _refusal(host: str, address: Address) -> str:
    return (
        f"{ascii(host).strip(chr(39))}: it is at {address}, which is no public address; "
        "[web] allow in the settings can name it"
    )


def _plain(url: URL) -> str:
    """A link's host as it can be printed."""
    return ascii(url.host or "").strip("'")
