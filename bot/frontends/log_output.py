"""The log as an operator reads it, for the commands that run for long."""

from __future__ import annotations

import logging

_LEVELS = {"bot": logging.INFO, "discord": logging.WARNING}


def write_log(handler: logging.Handler, *filters: logging.Filter) -> None:
    """Write the log of the bot and of discord.py to this handler, each record filtered first."""
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for each in filters:
        handler.addFilter(each)
    for name, level in _LEVELS.items():
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
