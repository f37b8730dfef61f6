"""The client address of a request. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from bot.core.errors import ConfigError

ProxyNetwork = IPv4Network | IPv6Network
_OWN_NETWORK = 64
"""Bits of an IPv6 address that one customer of a provider has."""


def read_proxies(texts: Sequence[str]) -> tuple[ProxyNetwork, ...]:
    """Return the networks that ``[reader] proxies`` names. Raises `ConfigError`."""
    found: list[ProxyNetwork] = []
    for text in texts:
        try:
            found.append(ip_network(text, strict=False))
        except ValueError as error:
            raise ConfigError("reader.proxy", value=text) from error
    return tuple(found)


def client_address(peer: str | None, forwarded: str, proxies: Sequence[ProxyNetwork]) -> str:
    """Return the client's address: the peer's, or if the peer is one of our proxies the one that it
    forwards (``forwarded``, all its X-Forwarded-For headers in order, with commas between), as far
    back as proxies of ours vouch for it. An IPv6 address is given as its /64."""
    address = _parse(peer or "")
    if address is None:
        return ""  # a Unix socket, or a connection that is gone already
    told = forwarded[-1000:].split(",")
    while told and any(address in network for network in proxies):
        before = _parse(told.pop())
        if before is None:
            break
        address = before
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _OWN_NETWORK), strict=False).network_address)
    return str(address)


def is_in(peer: str | None, networks: Sequence[ProxyNetwork]) -> bool:
    """Return whether an address belongs to one of these networks."""
    address = _parse(peer or "")
    return address is not None and any(address in network for network in networks)


def is_near(address: str) -> bool:
    """Return whether an address is this machine's or of a private network, as an operator's is."""
    parsed = _parse(address)
    return parsed is not None and (parsed.is_loopback or parsed.is_private)


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address
