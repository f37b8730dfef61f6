"""Doubtful full stops: whether one after an abbreviation, an initial or a number ends a sentence.

Punkt decides, with the lists of `bot.text.abbreviations`; see `bot.text.sentences`.
"""

from __future__ import annotations

import re
import sys
import threading
from functools import cache, lru_cache
from typing import Any

from bot.core.named_tuple import NamedTuple
from bot.text.abbreviations import abbreviations, before_numbers, starters, titles

OPENING = "\"'“‘„«»‹([¿¡—–-*"
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_DOTTED = re.compile(r"[^\W\d_]{1,4}(?:\.[^\W\d_]{1,4})+")
_NUMBER = re.compile(r"\d[\d.,:/-]*")
STREETS = ("str",)
"""Endings of compounds that are abbreviated: "Hafenstr. 4"."""
_TIMES = frozenset({"a.m", "p.m"})
_LOADING = threading.Lock()
_FEW_WORDS = 4
"""Number of words of a sentence that is too short to end with a time of day before a title."""


def _bare(word: str, known: frozenset[str]) -> str:
    """Return a word without the signs before it: quotation marks, brackets, an elided article."""
    word = word.lstrip(OPENING)
    if word.isalpha() or word.lower() in known:
        return word
    for mark in "'’.":  # l'Avv., and "Tuesday.Mr." of someone in haste
        rest = word.rpartition(mark)[2]
        if len(rest) > 1 and rest.lower() in known:
            return rest
    return word


class WordBefore(NamedTuple):
    """The word before a full stop."""

    bare: str
    """The word without the signs before it."""
    is_doubtful: bool
    """True if the stop may be its own: that of an abbreviation, of an initial or of a number."""
    alike: str
    """The word that stands for it where Punkt decides; empty if the stop never ends a sentence."""


@lru_cache(maxsize=20_000)  # of a hundred words before a doubtful stop most are years and initials
def word_before(word: str, language: str) -> WordBefore:
    """Return what is known of a word before a full stop, whatever follows."""
    known = abbreviations(language)
    word = _bare(word, known)
    lower = word.lower()
    is_street = lower.endswith(STREETS)
    alike = STREETS[0] if is_street else "1" if word.isdecimal() else word
    return WordBefore(
        word,
        lower in known or is_street or _is_initial_or_number(word),
        "" if alike.lower() in titles() else alike,
    )


def _is_initial_or_number(word: str) -> bool:
    if len(word) > 1 and word.isalpha():
        return False  # as nearly every word is
    return bool(_INITIALS.fullmatch(word) or _NUMBER.fullmatch(word) or _DOTTED.fullmatch(word))


class _FullWords(dict[str, bool]):
    """For each word, with the signs around it, whether it is certain that a stop after it, and
    before a capital letter, ends a sentence. Computed when it is first asked for."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._known = abbreviations(language)

    def __missing__(self, word: str) -> bool:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found = self[word] = self._is_full(word)
        return found

    def _is_full(self, word: str) -> bool:
        if word.isalpha() and len(word) > 1:
            return word.lower() not in self._known and not word.endswith(STREETS)
        if word.split() != [word] or word[-1] in "[(":  # white space; something left out: [...]
            return False
        return not word_before(word, self._language).is_doubtful


class _ByLanguage(dict[str, _FullWords]):
    def __missing__(self, language: str) -> _FullWords:
        found = self[language] = _FullWords(language)
        return found


_MOST_WORDS = 20_000
"""Maximum number of words of a language that are remembered; none has more than forty letters."""
FULL_WORDS = _ByLanguage()
"""These words of each language."""


def ends_sentence(word: WordBefore, follower: str, language: str) -> bool:
    """Return whether the full stop between these two words ends a sentence."""
    alike = word.alike
    if not alike or (len(alike) == len(follower) == 1 and alike.isalpha()):
        return False  # of two letters the second may be one more initial
    if follower.isalpha() and follower[0].isupper() and follower.lower() not in starters(language):
        follower = "Anna"
    return _ends_alike(alike, follower, language)


@lru_cache(maxsize=10_000)
def _ends_alike(word: str, follower: str, language: str) -> bool:
    """Return the same for a number and a name that represent all numbers and names, because Punkt,
    which decides, treats them alike."""
    if not _NUMBER.fullmatch(word) and _INITIALS.fullmatch(follower[:-1]) and follower[-1] == ".":
        return False  # "Dr. A. Jones": one more initial, not the starter "A"
    if _INITIALS.fullmatch(word) or _DOTTED.fullmatch(word):
        word = "e.g"  # Punkt never ends a sentence with an initial; "World War I. The" does
    found: bool = _punkt(language).text_contains_sentbreak(f"{word}. {follower}")
    return found


def is_late(text: str, end: int, word: str, follower: str) -> bool:
    """Return whether a time of day ends a sentence although a name's title follows: it does after
    some words, as in "He left at 6 p.m. Mr. Smith"."""
    if word.lower() not in _TIMES or follower.rstrip(".").lower() not in titles():
        return False
    return len(re.split(r"[.!?]\s+[A-Z]", text[:end])[-1].split()) > _FEW_WORDS


@cache
def _punkt(language: str) -> Any:
    punkt = _punkt_module()
    parameters = punkt.PunktParameters()
    parameters.abbrev_types = set(abbreviations(language) | before_numbers())
    parameters.sent_starters = set(starters(language))
    return punkt.PunktSentenceTokenizer(parameters)


def _punkt_module() -> Any:
    """Return NLTK's module of Punkt. The packages that it lies in load all other modules of NLTK,
    which takes four times as long as Punkt and what it needs: so it is loaded while modules stand
    there in their stead of which nothing was executed. Later imports find nothing of NLTK loaded.
    """
    from importlib import import_module
    from importlib.util import find_spec, module_from_spec

    with _LOADING:
        if "nltk" in sys.modules:
            return import_module("nltk.tokenize.punkt")
        try:
            for name in ("nltk", "nltk.tokenize"):
                if (spec := find_spec(name)) is not None:
                    sys.modules[name] = module_from_spec(spec)
            return import_module("nltk.tokenize.punkt")
        finally:
            for name in [each for each in sys.modules if each.partition(".")[0] == "nltk"]:
                del sys.modules[name]
