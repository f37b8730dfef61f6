"""Tenants and their prefixes."""

from __future__ import annotations

from bot.service.tenants import EVERYONE, Tenant, discord_server, owner_of


def test_a_tenant_knows_its_prefix_and_a_prefix_its_tenant() -> None:
    assert EVERYONE.prefix == ""
    assert discord_server(42).prefix == "42/"
    assert discord_server(42) == Tenant("42")
    assert owner_of("tides") == EVERYONE
    assert owner_of("42/tides") == discord_server(42)
