"""The text that a question names as its source: "according to the annual report, ...", "in “Bees in
town”, ...". The words are in `bot.text.phrases`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.article import Span
from bot.core.seams import Credit
from bot.text.phrases import PhraseTable, PlainWord, phrase_table, plain_words

_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」", "《": "》", "‘": "’"}
_MOST = 16
"""Maximum number of words of a title that is looked for."""


def credited(text: str, language: str) -> Credit | None:
    """Return the text that a question names as its source; see
    `bot.core.seams.Analyzer.credited`."""
    table = phrase_table(language)
    if table is None:
        return None
    words = plain_words(text)
    plain = [each.word for each in words]
    crediting, quoting = table.phrases("credit"), table.phrases("credit quoted")
    if not (crediting.may_begin_in(plain) or quoting.may_begin_in(plain)):
        return None
    for at in range(len(words)):
        end = crediting.longest(plain, at)
        is_credit = end > at
        if not is_credit and (at == 0 or words[at].start > 0):
            end = quoting.longest(plain, at)
        if at < end < len(words):
            found = bare = _quoted(text, words, end)
            is_named = is_credit or found is not None
            if found is None:
                found = _clause(text, words, at, end)
                bare = None if found is None else _without_document(found, words, table)
            if found is not None and bare is not None and (is_named or bare != found):
                return Credit(found, Span(words[at].start, _behind(text, found.end)), bare)
    return None


def _behind(text: str, end: int) -> int:
    """Return the offset at which the text after a title continues: after its closing quotation mark
    and a comma."""
    while end < len(text) and not (text[end].isalnum() or text[end] in "?!？！(["):
        end += 1
    return end


def _quoted(text: str, words: Sequence[PlainWord], at: int) -> Span | None:
    """Return the quoted text that begins at a word, of two words or more."""
    before = text[words[at - 1].end : words[at].start].rstrip()[-1:]
    closing = _QUOTES.get(before)
    end = text.find(closing, words[at].start) if closing else -1
    if end < 0 or (at + 1 < len(words) and words[at].end <= end < words[at + 1].start):
        return None
    return Span(words[at].start, end)


def _clause(text: str, words: Sequence[PlainWord], first: int, at: int) -> Span | None:
    """Return the text after the words, up to the next comma; the rest of the sentence if it ends
    so."""
    end = at + 1
    while end < len(words) and end - at < _MOST:
        if any(sign in text[words[end - 1].end : words[end].start] for sign in ",，、;:?!"):
            return Span(words[at].start, words[end - 1].end)
        end += 1
    if first > 0 and end == len(words):
        return Span(words[at].start, words[-1].end)
    return None


def _without_document(found: Span, words: Sequence[PlainWord], table: PhraseTable) -> Span:
    """Return the words that name a text without the word for such a text at their end: "the ferry
    FAQ"."""
    inside = [each for each in words if found.start <= each.start < found.end]
    plain = [each.word for each in inside]
    for at in range(1, len(inside)):
        for section in ("head document", "head work"):
            if table.phrases(section).longest(plain, at) == len(plain):
                return Span(found.start, inside[at - 1].end)
    return found
