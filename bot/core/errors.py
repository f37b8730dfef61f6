"""The errors that the bot raises, as one tree.

    BotError                 anything this program reports in one line
    |-- ConfigError          a setting: the file, the key, what was found, what is wanted
    |-- CorpusError          the folder of articles as a whole: missing, unreadable, not writable
    |-- ArticleError         one article's file: which, why, what to do
    |-- AddressError         an address that cannot be read, or leads to no article
    |-- OverloadedError      a question that would have to wait for too long
    `-- StorageError         the index folder: locked for too long, disk full
        |-- IndexBusyError      another process has been writing for too long
        |-- UnreachableError    a server that holds articles, records or the index does not answer
        |-- UnfinishedIndexError   it is being made, and does not hold all articles yet
        `-- DamagedIndexError   what lies there is not what was written: rebuilt, not reported

An error is a `Problem`: a code with its data, which can be stored, sent and counted. Each front-end
says it in words (`bot.frontends.error_words`); no sentence is made here. A vendor's exception
(sqlite3, yaml, discord) stops at the adapter that calls the vendor and goes on as one of these,
with the original as its ``__cause__``.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.light_typing import Any, Self
from bot.core.named_tuple import NamedTuple


class Problem(NamedTuple):
    """An error as a value: its code, and the values for its message."""

    code: str
    """Such as ``article.missing``: the subject and what is wrong with it."""
    data: Mapping[str, object] = {}
    """Texts, numbers, lists of texts, and problems that are the reason for this one."""

    def __str__(self) -> str:
        """Return it for logs and tests; front-ends say it in words."""
        return " ".join([self.code, *(f"{name}={value!r}" for name, value in self.data.items())])

    def to_json(self) -> str:
        """Return it as a JSON text, for a database or another process."""
        import json  # most questions meet no error

        return json.dumps(_plain(self))

    @staticmethod
    def from_json(text: str) -> Problem:
        """Return what `to_json` wrote. Raises `ValueError` for anything else."""
        import json

        return _problem(json.loads(text))


def _plain(value: object) -> object:
    if isinstance(value, Problem):
        return {
            "code": value.code,
            "data": {name: _plain(each) for name, each in value.data.items()},
        }
    return value


def _problem(found: Any) -> Problem:
    if not isinstance(found, dict) or not isinstance(found.get("code"), str):
        raise ValueError(f"{type(found).__name__} is no problem")
    data = found.get("data")
    if not isinstance(data, dict):
        raise ValueError(f"{type(data).__name__} is no data")
    return Problem(found["code"], {name: _datum(value) for name, value in data.items()})


def _datum(value: Any) -> object:
    if isinstance(value, dict):
        return _problem(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    if isinstance(value, str | int | float):
        return value
    raise ValueError(f"{type(value).__name__} is no datum")


class BotError(Exception):
    """Anything this program reports in one line."""

    def __init__(self, code: str, /, **data: object) -> None:
        """``code`` names the error, such as ``article.missing``; ``data`` are the values for its
        message. Another error among them is kept as its `Problem`."""
        super().__init__(code)
        self.problem: Problem = Problem(
            code,
            {
                name: value.problem if isinstance(value, BotError) else value
                for name, value in data.items()
            },
        )

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Return the error of a problem that was stored or sent."""
        return cls(problem.code, **problem.data)

    @property
    def code(self) -> str:
        return self.problem.code

    @property
    def data(self) -> Mapping[str, object]:
        return self.problem.data

    def __str__(self) -> str:
        """Return it for logs and tests; front-ends say it in words."""
        return str(self.problem)


class ConfigError(BotError):
    """A setting that is misspelt, of the wrong type, or points at nothing."""


class CorpusError(BotError):
    """The folder of articles cannot be used at all."""


class ArticleError(BotError):
    """One article's file cannot be read, or must not be written."""


class AddressError(BotError):
    """An address that is malformed, or whose article or paragraph is not there."""


class OverloadedError(BotError):
    """Too many questions wait for an answer; this one was not taken."""


class StorageError(BotError):
    """The index folder cannot be read or written."""


class IndexBusyError(StorageError):
    """Another process has been writing to the index for longer than was to be waited."""


class UnreachableError(StorageError):
    """A server that holds articles, records or the index cannot be reached; it may be later."""


class UnfinishedIndexError(StorageError):
    """The index is being made, and does not hold all articles yet."""


class DamagedIndexError(StorageError):
    """The index folder does not hold what was written to it; the remedy is to rebuild it."""
