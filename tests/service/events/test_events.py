"""The stream of events."""

from __future__ import annotations

import logging
import re

import pytest

from bot.service.events.event_types import Added, Event, Failed, Removed
from bot.service.events.stream import Events
from bot.service.tenants import EVERYONE

EVENTS: list[Event] = [Added(EVERYONE, "a"), Removed(EVERYONE, "a")]


def test_every_subscriber_hears_every_event_in_order() -> None:
    events, one, two = Events(), list[Event](), list[Event]()
    for heard in (one, two):
        events.subscribe(heard.append)
    for event in EVENTS:
        events.publish(event)
    assert one == two == EVENTS


def test_a_subscriber_that_fails_disturbs_nobody(caplog: pytest.LogCaptureFixture) -> None:
    events, heard = Events(), list[Event]()

    def fail(event: Event) -> None:
        raise RuntimeError("no room")

    events.subscribe(fail)
    events.subscribe(heard.append)
    with caplog.at_level(logging.ERROR):
        for event in EVENTS:
            events.publish(event)
    assert heard == EVENTS
    assert [record.message for record in caplog.records] == [
        f"a subscriber failed on {event!r}" for event in EVENTS
    ]


def test_a_failure_is_published_under_a_number_of_its_own() -> None:
    events, told = Events(), list[Event]()
    events.subscribe(told.append)
    error = ValueError("why")
    references = [events.failed(error, "a task") for _ in range(2)]
    assert told == [Failed("a task", reference, error) for reference in references]
    assert len(set(references)) == 2
    assert all(re.fullmatch("[0-9a-f]{8}", reference) for reference in references)
