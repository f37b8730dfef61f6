"""Work that Ctrl-C has to wait for."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from threading import Thread

import pytest

from bot.frontends.cli.ending import uninterrupted


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """Have SIGINT interrupt, as at a terminal: what a shell starts in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_waits_for_what_must_not_be_interrupted() -> None:
    done: list[str] = []

    def short_work() -> None:
        with uninterrupted():
            signal.raise_signal(signal.SIGINT)
            done.append("to its end")
        done.append("more")

    with pytest.raises(KeyboardInterrupt):
        short_work()
    assert done == ["to its end"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_in_another_thread_it_leaves_the_signals_as_they_are() -> None:
    handlers: list[object] = []

    def work() -> None:
        with uninterrupted():
            handlers.append(signal.getsignal(signal.SIGINT))

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert handlers == [signal.default_int_handler]
