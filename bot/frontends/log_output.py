"""The log of long-running commands, as text for an operator or as JSON for a program."""

from __future__ import annotations

import json
import logging
import time

FORMATS = ("text", "json")
_LEVELS = {"bot": logging.INFO, "discord": logging.WARNING}


class _JsonLines(logging.Formatter):
    """One JSON object a line: ``time`` (RFC 3339, UTC), ``level``, ``logger``, ``message``, and
    ``error`` with its traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        seconds = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "time": f"{seconds}.{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line)


class _TextLines(logging.Formatter):
    """One line a record, and a traceback below it if there is one."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")


def write_log(handler: logging.Handler, *filters: logging.Filter, format_: str = "text") -> None:
    """Write the log of the bot and of discord.py to this handler, each record filtered first, in
    one of `FORMATS`."""
    handler.setFormatter(_JsonLines() if format_ == "json" else _TextLines())
    for each in filters:
        handler.addFilter(each)
    for name, level in _LEVELS.items():
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
