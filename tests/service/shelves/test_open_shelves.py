"""Tenants' shelves are opened once each, and none waits for another's."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.core.errors import StorageError
from bot.core.library import Library
from bot.core.shelf import Shelf
from bot.service.shelves.open_shelves import OpenShelf, OpenShelves
from bot.service.tenants import Tenant
from bot.text.analyzer import Languages
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.index import FakeIndex

ANALYZER = Languages()
ONE, OTHER, THIRD = Tenant("1"), Tenant("2"), Tenant("3")


class Opener:
    """Opens shelves, and counts that."""

    def __init__(self) -> None:
        self.opened: list[Tenant] = []
        self.slow: Tenant | None = None
        self.begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self, tenant: Tenant) -> OpenShelf:
        self.opened.append(tenant)
        if tenant == self.slow:
            self.begun.set()
            assert self.may_end.wait(60)
        store = FakeArticleStore()
        shelf = Shelf(store, FakeIndex(store, ANALYZER))
        return OpenShelf(Library([shelf], ANALYZER), shelf)


def test_a_shelf_is_opened_while_another_is_still_being_opened() -> None:
    opener = Opener()
    opener.slow = ONE
    shelves = OpenShelves(opener, 2)
    with ThreadPoolExecutor(4) as threads:
        slow = [threads.submit(shelves.get, ONE) for _ in range(3)]
        opener.begun.wait()
        assert threads.submit(shelves.get, OTHER).result(60) is shelves.get(OTHER)
        assert not any(each.done() for each in slow)
        opener.may_end.set()
        first, *rest = (each.result() for each in slow)
    assert all(each is first for each in rest)
    assert sorted(opener.opened) == [ONE, OTHER]
    assert dict(shelves.items()) == {OTHER: shelves.get(OTHER), ONE: first}


def test_those_used_least_recently_are_dropped() -> None:
    opener = Opener()
    shelves = OpenShelves(opener, 2)
    for tenant in (ONE, OTHER, ONE, THIRD, ONE):
        shelves.get(tenant)
    assert opener.opened == [ONE, OTHER, THIRD]
    assert {tenant for tenant, _ in shelves.items()} == {ONE, THIRD}
    shelves.drop(ONE)
    shelves.drop(OTHER)
    shelves.get(ONE)
    assert opener.opened == [ONE, OTHER, THIRD, ONE]


def test_what_could_not_be_opened_is_tried_again() -> None:
    opener = Opener()
    fails = True

    def open_shelf(tenant: Tenant) -> OpenShelf:
        if fails:
            raise StorageError("index.unwritable")
        return opener(tenant)

    shelves = OpenShelves(open_shelf, 2)
    with pytest.raises(StorageError):
        shelves.get(ONE)
    fails = False
    assert shelves.get(ONE) is shelves.get(ONE)
