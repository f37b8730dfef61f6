"""Words of a language, so that a word which is one is not taken for a typing error.

Words of the articles are known anyway. Here are the language's function words, its irregular forms
and the words of its phrases; for English there is a list of everyday words besides,
``words.en.txt``, hand-made, and of no special field, and those that have synonyms in
``everyday.en.txt``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.text.phrases import phrase_table
from bot.text.stems import base_forms
from bot.text.stopwords import stop_words

_LISTED = frozenset({"en"})
"""The languages that have a file."""
_ENDINGS = (
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "er",
    "r",
    "ers",
    "rs",
    "ly",
    "est",
    "st",
    "ness",
    "ful",
    "y",
)
_AFTER_E = frozenset({"d", "r", "rs", "st"})
"""The endings of a word that ends with an "e"."""


def is_word(word: str, language: str) -> bool:
    """Return whether a folded word is a known word, in any of its forms."""
    if word in stop_words(language) or word in _phrase_words(language):
        return True
    if word in base_forms(language):
        return True
    listed = _listed(language)
    return bool(listed) and any(form in listed for form in _base_forms(word))


def _base_forms(word: str) -> set[str]:
    """Return the words of which an English word may be a form: "baking" of "bake", "stopped" of
    "stop"."""
    forms = {word}
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            if ending in _AFTER_E:
                if stem[-1] == "e":
                    forms.add(stem)
                continue
            if ending != "s":
                forms.add(f"{stem}e")
            if ending[0] not in "aeiouy" or not _doubles(stem):
                forms.add(stem)
            if stem[-1] == stem[-2] and ending[0] in "aeiouy":
                forms.add(stem[:-1])
            if stem[-1] == "i" and stem[-2] not in "aeiou":  # "happier", but "player"
                forms.add(f"{stem[:-1]}y")
    return forms


def _doubles(stem: str) -> bool:
    """Return whether a short word doubles its last letter before a vowel: "ban", "banned"."""
    vowels = sum(map("aeiou".__contains__, stem))
    return vowels == 1 and stem[-1] not in "aeiouwxy" and stem[-2] in "aeiou"


@cache
def _phrase_words(language: str) -> frozenset[str]:
    table = phrase_table(language)
    return frozenset() if table is None else frozenset(table.words())


@cache
def _listed(language: str) -> frozenset[str]:
    if language not in _LISTED:
        return frozenset()
    folder = Path(__file__).parent
    text = "".join(
        (folder / f"{name}.{language}.txt").read_text("utf-8") for name in ("words", "everyday")
    )
    return frozenset(text.replace(":", "").replace("|", "").split()).union(
        base_forms(language).values()
    )
