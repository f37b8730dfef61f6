"""Questions about heads that are told by how they begin and end: which articles there are by an
author or about something, and who wrote, when was published, or what is about, what a few words
name. The words are in `bot.text.phrases`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.light_typing import Literal
from bot.core.named_tuple import NamedTuple
from bot.core.seams import HeadLookup, HeadPart, HeadQuestion
from bot.text.phrases import PhraseTable, PlainWord, plain_words
from bot.text.stopwords import stop_words

_LISTS: tuple[tuple[str, HeadLookup, bool], ...] = (
    ("articles by", "by", False),
    ("articles about", "about", False),
    ("written by", "by", True),
    ("things about", "about", True),
)
"""Of each section of phrases, what it asks for, and whether it may ask for something else."""


class _Section(NamedTuple):
    """A section of phrases that ask for a part of the head of what they name."""

    name: str
    part: HeadPart
    names: Literal["title", "part of title", "document"] = "part of title"
    """The words that have to stand there: a whole title, for songs and letters are written too;
    words that a title holds; or one for a text, and others that say which."""


_THINGS = (
    _Section("wrote thing", "author", "title"),
    _Section("author of thing", "author"),
    _Section("published thing", "published"),
    _Section("dated article", "published", "document"),
    _Section("article about", "title", "document"),
)
_WHO = "who is"
_MOST_NAMED = 6
"""Number of words of a name or of what articles are about."""
_MOST_TITLE = 14
"""The same of a title."""
_MOST_CHARACTERS = 16
"""The same in Chinese and Japanese, whose words here are characters."""
_LONGEST = 30
_BEFORE = ("greeting", "filler people", "thanks")
_BEHIND = ("filler closing", "thanks")
_MOST_BEHIND = 4
"""Number of words of filler at the end that are looked at."""


class _Gap(NamedTuple):
    """The words of a text that stand for ``*`` in a pattern."""

    words: Sequence[PlainWord]
    first: int
    last: int

    def text(self, whole: str) -> str:
        return whole[self.words[self.first].start : self.words[self.last - 1].end]


def listing(text: str, table: PhraseTable, language: str) -> HeadQuestion | None:
    """Return the question of a text that asks for a list of articles, or None if it does not."""
    for section, lists, is_doubtful in _LISTS:
        for gap in _gaps(text, table, section, language, _MOST_NAMED):
            return HeadQuestion((), gap.text(text), is_doubtful=is_doubtful, lists=lists)
    return None


def thing(text: str, table: PhraseTable, language: str) -> HeadQuestion | None:
    """Return the question of a text that asks of what it names by a few words what the head of an
    article of that name tells, or who somebody is, which an author may be; None if it does not."""
    for name, part, names in _THINGS:
        for gap in _gaps(text, table, name, language, _MOST_TITLE):
            if part == "published" and names == "document" and not _is_year_behind(gap):
                continue
            about = document_named(table, gap.words, gap.first, gap.last, language)
            if names == "document" and (about is None or not about.is_said):
                continue
            found = gap if about is None else _Gap(gap.words, about.first, about.last)
            is_doubtful = names != "document"
            is_title = names == "title"
            if is_title and _points_back(table, found):
                continue
            words = found.text(text)
            return HeadQuestion((part,), words, is_doubtful=is_doubtful, is_title=is_title)
    for gap in _gaps(text, table, _WHO, language, _MOST_NAMED):
        if gap.words[gap.first].word not in stop_words(language):
            return HeadQuestion((), gap.text(text), is_doubtful=True, lists="by")
    return None


class NamedDocument(NamedTuple):
    """The words beside one for a text: "ferry" of "the ferry article"."""

    first: int
    last: int
    is_said: bool
    """True if they tell what it is about: "the article about the ferry", not "the article two"."""


def document_named(
    table: PhraseTable, words: Sequence[PlainWord], first: int, last: int, language: str
) -> NamedDocument | None:
    """Return what words with one for a text at their beginning or end say of it; None if there is
    no such word, or nothing beside it."""
    plain, stops = [each.word for each in words[:last]], stop_words(language)
    documents = table.phrases("head document")
    begin = first
    while begin < last and plain[begin] in stops:
        begin += 1
    for at in dict.fromkeys((first, begin)):
        end = documents.longest(plain, at)
        if at < end < last:
            is_said = table.phrases("head about").longest(plain, end) > end
            return NamedDocument(end, last, is_said)
    for at in range(begin + 1, last):
        if documents.longest(plain, at) == last:
            return NamedDocument(begin, at, is_said=True)
    return None


def _gaps(text: str, table: PhraseTable, section: str, language: str, most: int) -> Iterator[_Gap]:
    """Yield what stands for ``*`` in the patterns of a section: without the text's closing filler,
    and with it."""
    words = plain_words(text)
    if not 2 <= len(words) <= _LONGEST:
        return
    plain = [each.word for each in words]
    begin = _behind_greeting(table, plain)
    if language in ("zh", "ja"):
        most = _MOST_CHARACTERS
    for end in _ends(table, plain):
        found = table.phrases(section).gap(plain[begin:end])
        if found is not None:
            first, last = begin + found[0], begin + found[1]
            if last - first <= most and not stop_words(language).issuperset(plain[first:last]):
                yield _Gap(words, first, last)


def _points_back(table: PhraseTable, gap: _Gap) -> bool:
    """Return whether words begin with a pronoun: "this letter"."""
    plain = [each.word for each in gap.words]
    return table.phrases("following pronouns").longest(plain, gap.first) > gap.first


def _is_year_behind(gap: _Gap) -> bool:
    behind = (each.word for each in gap.words[gap.last :])
    return any(len(word) == 4 and word.isdecimal() for word in behind)


def _behind_greeting(table: PhraseTable, plain: Sequence[str]) -> int:
    begin = 0
    while True:
        end = max(table.phrases(section).longest(plain, begin) for section in _BEFORE)
        if end == begin:
            return begin
        begin = end


def _ends(table: PhraseTable, plain: Sequence[str]) -> list[int]:
    """Return the ends that a text may have: without its closing filler, and with it."""
    closings = [
        at
        for at in range(max(1, len(plain) - _MOST_BEHIND), len(plain))
        if any(len(plain) in table.phrases(section).ends(plain, at) for section in _BEHIND)
    ]
    return [*closings[:1], len(plain)]
