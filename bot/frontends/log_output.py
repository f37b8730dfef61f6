"""The log of long-running commands, as text for an operator or as JSON for a program.

An error of ours among the values of a message is said in words, with its code.
"""

from __future__ import annotations

import json
import logging
import time

from bot.core.errors import BotError, Problem
from bot.frontends.error_words import in_words

_LEVELS = {"bot": logging.INFO, "discord": logging.WARNING}


class _JsonLines(logging.Formatter):
    """One JSON object a line: ``time`` (RFC 3339, UTC), ``level``, ``logger``, ``message``, and
    where there is one, an error's ``code`` and ``error``, its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        seconds = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "time": f"{seconds}.{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if codes := _codes(record):
            line["code"] = codes[0]
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line)


class _TextLines(logging.Formatter):
    """One line a record, and a traceback below it if there is one."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        codes = "".join(f" [{code}]" for code in _codes(record))
        record.message = f"{_message(record)}{codes}"
        return super().formatMessage(record)


def _message(record: logging.LogRecord) -> str:
    """Return a record's message, with the errors in it said in words."""
    if not _codes(record):
        return record.getMessage()
    values = record.args if isinstance(record.args, tuple) else ()
    return str(record.msg) % tuple(map(_said, values))


def _said(value: object) -> object:
    if isinstance(value, BotError | Problem):
        return in_words(value)
    return value


def _codes(record: logging.LogRecord) -> list[str]:
    values = record.args if isinstance(record.args, tuple) else ()
    return [value.code for value in values if isinstance(value, BotError | Problem)]


def write_log(handler: logging.Handler, *filters: logging.Filter, format_: str = "text") -> None:
    """Write the log of the bot and of discord.py to this handler, each record filtered first, in
    the format ``text`` or ``json``."""
    handler.setFormatter(_JsonLines() if format_ == "json" else _TextLines())
    for each in filters:
        handler.addFilter(each)
    for name, level in _LEVELS.items():
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
