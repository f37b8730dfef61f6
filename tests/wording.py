"""Errors' messages, for tests of the rooms that raise them: whole messages are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest

from bot.core.errors import BotError, Problem
from bot.frontends.error_words import in_words

_Error = TypeVar("_Error", bound=BotError)


def worded(error: BotError | Problem) -> str:
    """The words of an error, which every code has."""
    words = in_words(error)
    assert words != str(error), f"{error.code} has no words"
    return words


@contextmanager
def raises(kind: type[_Error], match: str) -> Iterator[pytest.ExceptionInfo[_Error]]:
    """Do the same as `pytest.raises`; ``match`` is a pattern of the error's message."""
    with pytest.raises(kind) as caught:
        yield caught
    words = worded(caught.value)
    assert re.search(match, words), f"{words!r} does not match {match!r}"
