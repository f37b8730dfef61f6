"""The articles that are searched over a network, in memory: they are taken in as elsewhere."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.errors import ArticleError
from bot.service.tenants import Tenant
from bot.text.analyzer import Languages
from tests.fakes.remote_storage import FakeRemoteStorage

NORTH = Tenant("1")
PAGE = b"# The mill\n\nThe mill burned in 1823.\n"
LINK = "https://example.org/mill"


def test_what_a_link_leads_to_is_added_and_then_found() -> None:
    storage = FakeRemoteStorage(Languages())
    storage.pages[LINK] = PAGE
    (draft,) = asyncio.run(storage.fetch(LINK, NORTH))
    assert draft.head.title == "The mill"
    assert not storage.shelf(NORTH).holds("the-mill")
    slug = storage.intake(NORTH).add(draft).slug
    storage.take_up(NORTH)
    assert (slug, storage.shelf(NORTH).holds(slug)) == ("the-mill", True)


def test_a_link_that_leads_nowhere_is_named() -> None:
    storage = FakeRemoteStorage(Languages())
    with pytest.raises(ArticleError) as told:
        asyncio.run(storage.fetch(LINK, NORTH))
    assert told.value.problem.code == "link.unfetched"
