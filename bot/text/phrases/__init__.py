"""Phrases by language: small talk, filler, and how questions are put; one file for a language.

A file has sections, ``[name]``, and in them one pattern a line. A pattern is a row of elements with
spaces between them. An element is one word, or several with ``/`` between them of which any may
stand there; ``_`` joins the words of one choice. ``?`` behind an element says that it may be left
out; ``.`` stands for any one word, and ``*`` for any words, none included. ``@name`` is replaced by
what a line ``@name = ...`` lists. Case, accents and apostrophes count for nothing.

The lists are hand-made, of what people write everywhere, and fitted to no set of questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache, lru_cache
from pathlib import Path

from bot.core.named_tuple import NamedTuple
from bot.text.tokens import fold

LANGUAGES = ("en", "de", "es", "fr", "pt", "it", "nl", "ru", "tr", "zh", "pl", "ja")

_WORD = r"[^\W_]+(?:['’ʼ][^\W_]+)*"
_WORD_OR_IDEOGRAPH = (
    r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+(?:['’ʼ][^\W_]+)*"
)
_MOST_READ = 64
"""Number of texts whose words are cached, because a question is matched with several sections."""
_MOST_LOOKED_UP = 10_000
"""Number of words whose languages are cached."""
_APOSTROPHES = "'’ʼ"


class PlainWord(NamedTuple):
    """A word of a text as phrases are compared, and where it stands."""

    word: str
    start: int
    end: int


@lru_cache(_MOST_READ)
def plain_words(text: str) -> tuple[PlainWord, ...]:
    """Return the words of a text; of Chinese and Japanese each character."""
    pattern = _WORD if text.isascii() else _WORD_OR_IDEOGRAPH
    return tuple(
        PlainWord(_without_apostrophes(fold(match[0].lower())), *match.span())
        for match in re.finditer(pattern, text)
    )


def _without_apostrophes(text: str) -> str:
    for sign in _APOSTROPHES:
        text = text.replace(sign, "")
    return text


_Choices = dict[str, list[tuple[str, ...]]]
"""Alternatives at one point of a pattern, by their first word."""


_NOWHERE: frozenset[int] = frozenset()


class _Element(NamedTuple):
    choices: _Choices
    optional: bool
    is_gap: bool
    is_any: bool
    """True if any word may stand there."""


class Phrases:
    """The patterns of some sections."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._text = "".join(lines)
        self._elements: dict[int, list[_Element]] = {}
        self._by_first: dict[str, list[int]] | None = None

    def ends(self, words: Sequence[str], start: int) -> Set[int]:
        """Return the ends of the phrases that begin at a word: the indices after their last
        words."""
        if start >= len(words):
            return _NOWHERE
        word, by_first = words[start], self._by_first
        numbers = self._beginning_with(word) if by_first is None else by_first.get(word)
        if not numbers:  # as for most words
            return _NOWHERE
        found: set[int] = set()
        for number in dict.fromkeys(numbers):
            found |= _match(self._pattern(number), words, start)
        found.discard(start)
        return found

    def may_begin_in(self, words: Sequence[str]) -> bool:
        """Return False if it is known already that no phrase begins at any of these words, which is
        told for all of them at once; where one may, `ends` tells."""
        return self._by_first is None or not self._by_first.keys().isdisjoint(words)

    def longest(self, words: Sequence[str], start: int) -> int:
        """Return the end of the longest phrase that begins at a word; ``start`` if none does."""
        ends = self.ends(words, start)
        return max(ends) if ends else start

    def gap(self, words: Sequence[str]) -> tuple[int, int] | None:
        """Return the first and the end of the words that stand for ``*`` in a pattern of which
        these words are the whole; of several patterns, in the one that says most before it. None if
        there is no such pattern."""
        if not words:
            return None
        numbers = {*self._beginning_with(words[0]), *self._beginning_with("*")}
        found: list[tuple[int, int]] = []
        for pattern in map(self._pattern, numbers):
            at = next((at for at, element in enumerate(pattern) if element.is_gap), len(pattern))
            for first in _match(pattern[:at], words, 0):
                found += [
                    (first, end)
                    for end in range(first + 1, len(words) + 1)
                    if len(words) in _match(pattern[at + 1 :], words, end)
                ][:1]
        return max(found, default=None)

    def _beginning_with(self, word: str) -> Sequence[int]:
        """Return the patterns that may begin with a word."""
        if self._by_first is not None:
            return self._by_first.get(word, ())
        if word not in self._text:  # many sections are never split into their words
            return ()
        by_first: dict[str, list[int]] = {}
        for number, line in enumerate(self._lines):
            for element in _first_elements(line):
                for choice in element.split("/"):
                    first = _words(choice)
                    if first:
                        by_first.setdefault(first[0], []).append(number)
        self._by_first = by_first
        return by_first.get(word, ())

    def _pattern(self, number: int) -> list[_Element]:
        pattern = self._elements.get(number)
        if pattern is None:
            pattern = [_element(text) for text in self._lines[number].split()]
            self._elements[number] = pattern
        return pattern


def _first_elements(line: str) -> Iterator[str]:
    """Yield the elements with which a match of a pattern may begin."""
    for element in line.split():
        yield element.removesuffix("?")
        if not element.endswith(("?", "*")):
            return


def _element(text: str) -> _Element:
    name = text.removesuffix("?")
    choices: _Choices = {}
    for choice in name.split("/"):
        if words := _words(choice):
            choices.setdefault(words[0], []).append(words)
    return _Element(choices, text.endswith("?"), name == "*", name == ".")


def _words(choice: str) -> tuple[str, ...]:
    if choice == ".":
        return ()
    if choice.isascii() or max(choice) < "\u3000":
        return tuple(choice.split("_"))
    return tuple(found.word for found in plain_words(choice))


def _match(pattern: Sequence[_Element], words: Sequence[str], start: int) -> set[int]:
    ends = {start}
    for element in pattern:
        if element.is_gap:
            ends = set(range(min(ends), len(words) + 1))
            continue
        after = set(ends) if element.optional else set()
        for at in ends:
            if at < len(words):
                if element.is_any:
                    after.add(at + 1)
                for choice in element.choices.get(words[at], ()):
                    size = len(choice)
                    if size == 1 or tuple(words[at : at + size]) == choice:
                        after.add(at + size)
        if not after:
            return after
        ends = after
    return ends


class PhraseTable:
    """One language's file."""

    def __init__(self, language: str) -> None:
        self.language = language
        file = Path(__file__).with_name(f"{language}.txt")
        text = _without_apostrophes(fold(file.read_bytes().decode().lower()))
        macros: dict[str, str] = {}
        self._sections: dict[str, list[str]] = {}
        self._phrases: dict[str, Phrases] = {}
        section: list[str] = []
        for line in text.replace("-", "_").splitlines():
            if line.startswith("["):
                section = self._sections.setdefault(line[1:-1], [])
            elif " = " in line:
                name, _, listed = line.partition(" = ")
                macros[name] = listed
            elif line and line[0] != "#":
                section.append(line)
        self._macros = sorted(macros.items(), key=lambda each: -len(each[0]))

    def phrases(self, section: str) -> Phrases:
        """Return the patterns of one section; none if the file lacks it."""
        found = self._phrases.get(section)
        if found is None:
            found = Phrases(self._lines(section))
            self._phrases[section] = found
        return found

    def _lines(self, section: str) -> list[str]:
        """Return the patterns of a section, each name in them replaced by what it lists."""
        lines = "\n".join(self._sections.get(section, []))
        if "@" in lines:
            for name, listed in self._macros:
                lines = lines.replace(name, listed)
        return lines.splitlines()

    def words(self, sections: Sequence[str] | None = None) -> set[str]:
        """Return all words of some sections, or of all."""
        return {
            word
            for section in self._sections
            if sections is None or section in sections
            for line in self._lines(section)
            for element in line.split()
            for choice in element.removesuffix("?").split("/")
            for word in _words(choice)
        }


@cache
def phrase_table(language: str) -> PhraseTable | None:
    """Return a language's phrases; None if it has no file."""
    return PhraseTable(language) if language in LANGUAGES else None


@cache
def _vocabulary() -> bytes:
    return Path(__file__).with_name("vocabulary.txt").read_bytes()


_Listed = tuple[Set[str], Set[str]]
"""The languages whose files hold a word, and those of them in which it may ask for a summary."""
_UNLISTED: _Listed = frozenset(), frozenset()


@lru_cache(_MOST_LOOKED_UP)
def _listed(word: str) -> _Listed:
    # the lines are sorted, and bisected where they lie: to split them takes longer than to look up
    text, wanted = _vocabulary(), f"{word} ".encode("utf-8", "surrogatepass")
    first, end = 0, len(text)
    while first < end:
        begin = text.rfind(b"\n", first, (first + end) // 2) + 1 or first
        behind = text.index(b"\n", begin) + 1
        if text[begin:behind] < wanted:
            first = behind
        else:
            end = begin
    found = text[first : text.find(b"\n", first)].decode().split()
    if found[:1] != [word]:
        return _UNLISTED
    summary = [language[:-1] for language in found if language[-1] == "+"]
    return frozenset(each.removesuffix("+") for each in found[1:]), frozenset(summary)


def is_listed(word: str) -> bool:
    """Return whether the file of some language holds a word, without reading the files."""
    return bool(_listed(word)[0])


def languages_of(words: Sequence[str]) -> list[str]:
    """Return the languages whose files hold all of these words."""
    found: Set[str] = frozenset(LANGUAGES)
    for word in words:
        found &= _listed(word)[0]
        if not found:
            return []
    return [language for language in LANGUAGES if language in found]


def summary_languages(words: Sequence[str]) -> list[str]:
    """Return the languages in which one of these words may ask for a summary."""
    found: Set[str] = frozenset().union(*[_listed(word)[1] for word in words])
    return [language for language in LANGUAGES if language in found] if found else []


def make_vocabulary() -> str:
    """Return the text of ``vocabulary.txt``: each word of the files, and the languages that have
    it, with ``+`` if it may ask for a summary. A test compares it with the files."""
    languages: dict[str, list[str]] = {}
    for language in LANGUAGES:
        table = PhraseTable(language)
        asking = table.words(["summary words"])
        for word in table.words():
            languages.setdefault(word, []).append(f"{language}+" if word in asking else language)
    return "".join(f"{word} {' '.join(languages[word])}\n" for word in sorted(languages))
