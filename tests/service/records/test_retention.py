"""Records of tenants that left, and old ones, are erased in time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.service.records import Chat, Records, ServerSettings, retention
from bot.service.records.recorded_misses import Miss
from bot.service.tenants import Tenant
from tests.fakes.clock import Clock
from tests.fakes.records import records_in_memory

DAY = 86_400.0
NORTH, SOUTH = Tenant("1"), Tenant("2")
QUIET = ServerSettings(quiet=True)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def records(clock: Clock) -> Iterator[Records]:
    """Records of two servers, each with an answer, a vote, a miss, a tell and settings."""
    made = records_in_memory(clock)
    for tenant in (NORTH, SOUTH):
        retention.note_arrival(made, tenant)
        made.memberships.set_role(tenant, 3)
        given = made.answers.keep(
            Chat(tenant, 7), 5, "When does the ferry sail?", None, ("ferry#1@0",), private=False
        )
        made.votes.put(given, 0, 5, helpful=False)
        made.misses.keep(Miss(tenant, None, (), "en", "none", "", ()), "ada")
        made.tells.put(given, 5, direct=False)
        made.settings.put(tenant, QUIET)
    yield made
    made.close()


def kinds(records: Records, tenant: Tenant) -> set[str]:
    """The kinds of records that there are of a tenant's members."""
    there = {
        "answers": tenant in records.answers.tenants(),
        "votes": tenant in records.votes.tenants(),
        "misses": tenant in records.misses.tenants(),
        "tells": tenant in {tell.chat.tenant for tell in records.tells.open()},
        "settings": records.settings.get(tenant) == QUIET,
    }
    return {kind for kind, is_there in there.items() if is_there}


ALL = {"answers", "votes", "misses", "tells", "settings"}


def test_of_a_server_that_removes_the_bot_its_membership_alone_is_kept(records: Records) -> None:
    assert kinds(records, NORTH) == ALL
    retention.note_departure(records, NORTH)
    assert kinds(records, NORTH) == set()
    assert records.memberships.has_left(NORTH)
    assert kinds(records, SOUTH) == ALL
    assert not records.memberships.has_left(SOUTH)


def test_of_a_forgotten_server_nothing_is_kept(records: Records) -> None:
    retention.note_departure(records, NORTH)
    retention.forget_tenant(records, NORTH)
    assert not records.memberships.has_left(NORTH)
    assert records.memberships.role(NORTH) is None
    assert kinds(records, NORTH) == set()


def test_known_servers_that_are_not_there_have_left(records: Records) -> None:
    east, west = Tenant("3"), Tenant("4")
    retention.note_present(records, {NORTH}, [east, west], lambda tenant: tenant != west)
    left = {tenant for tenant in (NORTH, SOUTH, east, west) if records.memberships.has_left(tenant)}
    assert left == {SOUTH, east}  # the fourth is another process's
    assert kinds(records, SOUTH) == set()
    assert kinds(records, NORTH) == ALL


def test_old_votes_and_misses_are_erased(records: Records, clock: Clock) -> None:
    retention.forget_older(records, 1)
    assert kinds(records, NORTH) == ALL
    clock.seconds += 2 * DAY
    retention.forget_older(records, 1)
    assert kinds(records, NORTH) == ALL - {"votes", "misses"}
