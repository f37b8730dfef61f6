"""Reloading of settings while the bot runs: changeable ones take effect, others are reported.

A file that cannot be read changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

from bot.config import Settings
from bot.core.errors import BotError
from bot.frontends.discord.client import ArticleBot
from bot.frontends.discord.reply_cards import Replies
from bot.service.shelves.shelves import Quota
from bot.wiring import shared_state

CHANGEABLE = frozenset(
    {
        "discord.user_cooldown",
        "discord.user_burst",
        "discord.server_cooldown",
        "discord.server_burst",
        "discord.quota_articles",
        "discord.quota_mb",
        "discord.retention_days",
        "discord.erase_after_days",
        "discord.log_questions",
    }
)
"""The settings that take effect at once; the others do at the next start."""
_log = logging.getLogger(__name__)


def reload_settings(
    load: Callable[[], Settings], started: Settings, bot: ArticleBot, replies: Replies
) -> None:
    """Read the settings, and put those of `CHANGEABLE` into effect. ``started`` are the settings at
    the start, which hold for the others. Must be called from the event loop."""
    try:
        new = load()
    except BotError as error:
        _log.error("SIGHUP: nothing is changed: %s", error)
        return
    before = bot.settings
    changed = list(_differences(started._replace(discord=before), new))
    names = [key.partition(".")[2] for key in CHANGEABLE]
    own = before._replace(**{name: getattr(new.discord, name) for name in names})
    bot.settings = own
    replies.cooldown = shared_state.cooldowns(started._replace(discord=own))
    replies.shelves.quota = Quota(own.quota_articles, own.quota_mb)
    replies.service.answering.events.keep_questions = own.log_questions
    for key in changed:
        if key in CHANGEABLE:
            _log.info("SIGHUP: %s is changed", key)
        else:
            _log.warning("SIGHUP: %s takes effect at the next start", key)
    if not changed:
        _log.info("SIGHUP: the settings are as they were")


def _differences(old: Any, new: Any, prefix: str = "") -> Iterator[str]:
    """Yield the keys whose values differ."""
    for name, before, after in zip(old._fields, old, new, strict=True):
        if hasattr(before, "_fields"):
            yield from _differences(before, after, f"{prefix}{name}.")
        elif before != after:
            yield f"{prefix}{name}"
