"""A reply that quotes nothing, in the reader's language."""

from __future__ import annotations

from bot.core.answer import Answer, Said
from bot.frontends.languages import ENGLISH, Language


def reply_in_words(answer: Answer, language: Language) -> str:
    """Return an answer's reply; empty if it has none."""
    if language is ENGLISH:
        return answer.reply
    return "".join(part.before + _said(part, language) for part in answer.said)


def _said(part: Said, language: Language) -> str:
    if part.many:
        return language.ngettext(part.message, part.many, part.number, **part.values)
    return language.gettext(part.message, **part.values)
