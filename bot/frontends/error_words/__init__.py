"""Errors in words: one table of messages for every front-end, and how a message is filled.

    article_words   files and formats: why a file is no article
    link_words      links and feeds
    storage_words   the articles' folder, the index, records, back-ups
    search_words    the search cluster
    request_words   questions, addresses, kept answers
    operator_words  settings, Discord's connection, the pages' server
    system_words    the operating system's reasons within the others

A message is looked up in the reader's language and filled with the error's data; the data is never
read as a template.
Only a front-end that meets an error imports this.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import ModuleType

from bot.core.errors import BotError, Problem
from bot.frontends.languages import ENGLISH, Language


def tables() -> tuple[ModuleType, ...]:
    """Return the modules of messages."""
    from bot.frontends.error_words import (
        article_words,
        link_words,
        operator_words,
        request_words,
        search_words,
        storage_words,
    )

    return (article_words, link_words, operator_words, request_words, search_words, storage_words)


@cache
def messages() -> Mapping[str, str]:
    """Return the message for each code."""
    return {code: message for table in tables() for code, message in table.MESSAGES.items()}


def singulars() -> Mapping[str, tuple[str, str]]:
    """Return the forms for one of the messages that say a number, each with the number's name."""
    from bot.frontends.error_words.request_words import SINGULARS

    return SINGULARS


def in_words(
    error: BotError | Problem, listing: str = "`articles`", language: Language = ENGLISH
) -> str:
    """Return an error as one line; ``listing`` is the command that lists the articles."""
    message = messages().get(error.code)
    if message is None:
        return str(error)
    data = {name: _datum(name, value, listing, language) for name, value in error.data.items()}
    values = {"listing": listing, **data}
    try:
        if (singular := singulars().get(error.code)) is not None:
            one, counted = singular
            return language.ngettext(one, message, int(str(values[counted])), **values)
        return language.gettext(message, **values)
    except (LookupError, TypeError, ValueError):  # another version of the program stored the data
        return str(error)


def _datum(name: str, value: object, listing: str, language: Language) -> object:
    if isinstance(value, Problem):
        return in_words(value, listing, language)
    if name == "reason" and isinstance(value, str) and language is not ENGLISH:
        from bot.frontends.error_words.system_words import reason_in_words

        return reason_in_words(value, language)
    return ", ".join(value) if isinstance(value, tuple) else value
