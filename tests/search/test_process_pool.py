"""Objects in other processes do what is asked of them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

import pytest

from bot.core.errors import ArticleError, StorageError
from bot.search.process_pool import Here, Workers, apart
from tests.wording import raises


class Counter:
    def __init__(self, number: int) -> None:
        self._number = number
        self._seen = 0

    def double(self, value: int, seconds: float = 0.0) -> int:
        time.sleep(seconds)
        self._seen += 1
        return 2 * value

    def seen(self, factor: int) -> int:
        return factor * self._seen

    def fail(self, error: Exception) -> None:
        raise error

    def end(self) -> None:
        os._exit(3)


@pytest.fixture(scope="module", params=["here", "apart"])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    opened: AbstractContextManager[Workers] = apart(Counter, 2)
    if request.param == "here":
        opened = nullcontext(Here(Counter(0)))
    with opened as found:
        yield found


def test_what_comes_of_calls_is_in_their_order(workers: Workers) -> None:
    before = sum(workers.call_all("seen", 1))
    calls = (("double", (n, 0.05 if n == 0 else 0.0)) for n in range(20))
    assert list(workers.call(calls)) == [2 * n for n in range(20)]
    assert sum(workers.call_all("seen", 10)) == 10 * (before + 20)


def test_an_error_is_raised_here(workers: Workers) -> None:
    with raises(ArticleError, match="it holds no text"):
        list(workers.call([("fail", (ArticleError("article.without_text"),))]))


def test_one_that_breaks_down_is_told() -> None:
    with (
        apart(Counter, 2) as workers,
        raises(StorageError, match="a process that read articles broke down"),
    ):
        list(workers.call([("double", (1,)), ("end", ())]))
    with apart(Counter, 2) as workers, raises(StorageError, match="a file: cannot be written"):
        workers.call_all("fail", PermissionError(13, "Permission denied", "a file"))
