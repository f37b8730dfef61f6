"""Stems: Snowball, through PyStemmer (the algorithms in C; it imports in a millisecond), and a
table of the forms that no suffix rule finds."""

from __future__ import annotations

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


def _unchanged(word: str) -> str:
    return word


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """What gives a lower-case word's stem; the word itself where Snowball has no stemmer for
    that language (older releases of it know fewer)."""
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None or algorithm not in Stemmer.algorithms():
        return _unchanged
    # its own cache is off: the analyzer keeps each word's stem already
    stem: Callable[[str], str] = Stemmer.Stemmer(algorithm, 0).stemWord
    bases = base_forms(language)
    if not bases:
        return stem
    stems = {form: stem(base) for form, base in bases.items()}
    return lambda word: stems.get(word) or stem(word)
