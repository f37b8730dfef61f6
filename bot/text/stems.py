"""Stems: Snowball, through PyStemmer (the algorithms in C; it imports in a millisecond), and a
table of the forms that no suffix rule finds. Arabic has its affixes taken off first, for
Snowball leaves the article and "and" on many words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import Stemmer

from bot.text.irregular import base_forms

_ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}


# Of Arabic: the prefixes, longest first, and the suffixes in the order in which they come off.
_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي")
_SIGNS = "[\u0640\u064b-\u0652\u0670]"
_ALEFS = str.maketrans("أإآٱى", "ااااي")


def without_affixes(word: str) -> str:
    """Return an Arabic word without its article, an "and" before it, and its commonest suffixes:
    "light10" (Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval",
    2007). Two letters stay at least."""
    word = re.sub(_SIGNS, "", word).translate(_ALEFS)
    if word.startswith("و") and len(word) > 3:
        word = word[1:]
    article = next((a for a in _ARTICLES if word.startswith(a) and len(word) > len(a) + 1), "")
    word = word[len(article) :]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) > len(suffix) + 1:
            word = word[: -len(suffix)]
    return word


def _unchanged(word: str) -> str:
    return word


def term_prefix(language: str) -> str:
    """Return what the terms of a language begin with, so that none is taken for one of another."""
    return "" if language == "en" else f"{language}:"


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """Return a function that stems a lower-case word, or returns it unchanged if Snowball has no
    stemmer for that language (older releases of it know fewer)."""
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None or algorithm not in Stemmer.algorithms():
        return _unchanged
    # its own cache is off: the analyzer keeps each word's stem already
    stem: Callable[[str], str] = Stemmer.Stemmer(algorithm, 0).stemWord
    if language == "ar":
        return lambda word: stem(without_affixes(word))
    bases = base_forms(language)
    if not bases:
        return stem
    stems = {form: stem(base) for form, base in bases.items()}
    return lambda word: stems.get(word) or stem(word)
