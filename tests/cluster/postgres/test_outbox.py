"""The outbox: changes in their order, and how far a consumer has come."""

from __future__ import annotations

import threading
import time

import pytest

from bot.cluster.postgres.article_store import PostgresArticleStore
from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.outbox import (
    NO_VERSIONS,
    Change,
    ChangeListener,
    LatestVersions,
    NotedShelf,
    Outbox,
)
from bot.cluster.postgres.record_statements import PostgresStatements
from bot.cluster.postgres.stored_shelves import PostgresShelves
from bot.core.article import Draft, Head
from bot.service.records import ServerSettings, records_over
from bot.service.tenants import EVERYONE, Tenant, discord_server
from bot.sources.formats.file_reading import read_file

OWL = Draft(Head("The owl"), "The owl hunts at night.\n")
NORTH = discord_server(10)


@pytest.fixture
def outbox(connections: Connections) -> Outbox:
    return Outbox(connections)


def store(connections: Connections, tenant: Tenant = EVERYONE) -> PostgresArticleStore:
    return PostgresArticleStore(connections, tenant, read_file)


def test_nothing_has_changed_in_a_new_database(outbox: Outbox) -> None:
    assert outbox.version() == 0
    assert outbox.changes(0) == []
    assert outbox.position("search") is None
    assert outbox.shelf_versions([EVERYONE, NORTH]) == {}


def test_changes_come_in_their_order_and_the_last_of_each_article_alone(
    outbox: Outbox, connections: Connections
) -> None:
    everyone, north = store(connections), store(connections, NORTH)
    everyone.save("owl", OWL)
    north.save("owl", OWL)
    everyone.save("fox", OWL)
    everyone.save("owl", OWL._replace(body="It sleeps.\n"))
    everyone.remove("fox")
    assert outbox.version() == 5
    changes = [
        Change(2, NORTH, "owl", "put"),
        Change(4, EVERYONE, "owl", "put"),
        Change(5, EVERYONE, "fox", "remove"),
    ]
    assert outbox.changes(0) == changes
    assert outbox.changes(2) == changes[1:]
    assert outbox.changes(0, limit=1) == changes[:1]
    assert outbox.changes(5) == []
    assert outbox.shelf_versions([EVERYONE, NORTH, discord_server(11)]) == {EVERYONE: 5, NORTH: 2}


def test_of_a_tenant_that_was_erased_no_name_is_left(
    outbox: Outbox, connections: Connections
) -> None:
    north, shelves = store(connections, NORTH), PostgresShelves(connections)
    north.save("owl", OWL)
    north.save("fox", OWL)
    store(connections).save("owl", OWL)
    shelves.erase(NORTH)
    assert north.list().versions == {}
    assert outbox.changes(0) == [Change(3, EVERYONE, "owl", "put"), Change(4, NORTH, "", "erase")]
    assert shelves.tenants() == []
    north.save("gull", OWL)
    assert outbox.changes(4) == [Change(5, NORTH, "gull", "put")]
    shelves.erase(NORTH)
    assert outbox.changes(3) == [Change(6, NORTH, "", "erase")]


def test_the_languages_of_a_tenant_s_articles_are_noted(
    outbox: Outbox, connections: Connections
) -> None:
    assert outbox.shelf(NORTH) == NotedShelf(0, ())
    store(connections, NORTH).save("owl", OWL)
    outbox.note_languages({NORTH: {"en", "de"}, EVERYONE: {"fr"}})
    outbox.note_languages({NORTH: {"de", "da"}})
    assert outbox.shelf(NORTH) == NotedShelf(1, ("da", "de", "en"))
    assert outbox.shelf(EVERYONE) == NotedShelf(0, ())  # it has no articles


def test_a_consumer_says_how_far_it_is(outbox: Outbox) -> None:
    outbox.done("search", 3)
    outbox.done("search", 7)
    outbox.done("other", 1)
    assert (outbox.position("search"), outbox.position("other")) == (7, 1)
    outbox.forget("search")
    assert outbox.position("search") is None


def test_who_waits_for_a_consumer_waits_no_longer_than_it_takes(outbox: Outbox) -> None:
    assert not outbox.wait_for_consumer("search", 5, 0.0)
    waited: list[bool] = []
    waiting = threading.Thread(
        target=lambda: waited.append(outbox.wait_for_consumer("search", 5, 30.0))
    )
    waiting.start()
    outbox.done("search", 5)
    waiting.join()
    assert waited == [True]
    assert outbox.wait_for_consumer("search", 4, 0.0)


def test_a_change_wakes_who_waits_for_it(connections: Connections) -> None:
    listener = ChangeListener(connections)
    assert listener.wait(-1, 30.0) == 0  # it listens from now on
    saving = threading.Thread(target=lambda: store(connections).save("owl", OWL))
    began = time.monotonic()
    saving.start()
    assert listener.wait(0, 30.0) == 1
    assert time.monotonic() - began < 15
    assert listener.wait(0, 30.0) == 1
    assert listener.wait(1, 0.0) == 1
    saving.join()
    listener.close()


def test_a_server_s_settings_wake_who_waits_for_any_change(connections: Connections) -> None:
    """Also where a version of the program changes them that does not know of their number."""
    records = records_over(PostgresStatements(connections), time.time, lambda: None, waits=True)
    listener = ChangeListener(connections)
    assert listener.wait_for_any(LatestVersions(-1, -1), 30.0) == NO_VERSIONS
    quiet = ServerSettings(quiet=True)
    putting = threading.Thread(target=lambda: records.settings.put(NORTH, quiet))
    putting.start()
    first = listener.wait_for_any(NO_VERSIONS, 30.0)
    assert (first.articles, first.settings > 0) == (0, True)
    putting.join()
    assert listener.wait(0, 0.0) == 0
    records.settings.forget_tenant(NORTH)
    second = listener.wait_for_any(first, 30.0)
    assert (second.articles, second.settings > first.settings) == (0, True)
    store(connections).save("owl", OWL)
    assert listener.wait_for_any(second, 30.0) == second._replace(articles=1)
    listener.close()


def test_versions_become_visible_in_their_order(outbox: Outbox, connections: Connections) -> None:
    """Whoever has read up to a version has missed nothing before it, however many write."""
    seen: list[int] = []
    done = threading.Event()

    def follow() -> None:
        at = 0
        while not (done.is_set() and at == outbox.version()):
            for change in outbox.changes(at):
                seen.append(change.version)
                at = change.version

    def write(name: str) -> None:
        mine = store(connections)
        for number in range(20):
            mine.save(f"{name}-{number}", OWL)

    writers = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "c")]
    following = threading.Thread(target=follow)
    following.start()
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    done.set()
    following.join()
    assert seen == list(range(1, 61))
