"""What every test leaves as it found it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def loggers() -> Iterator[None]:
    """Undo what a command that ran in this process did to the logs: it writes them to its own
    standard error, which is closed by the next test."""
    known = [logging.getLogger(name) for name in ("bot", "discord")]
    before = [(each, each.handlers[:], each.level, each.propagate) for each in known]
    yield
    for logger, handlers, level, propagate in before:
        logger.handlers[:] = handlers
        logger.setLevel(level)
        logger.propagate = propagate
