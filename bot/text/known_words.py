"""Words of a language, so that a word which is one is not taken for a typing error.

Words of the articles are known anyway. Here are the language's function words, its irregular forms
and the words of its phrases; for some languages there is a list of everyday words besides, such as
``words.en.txt``, hand-made, of no special field, and in alphabetical order, accents aside. The
words that have synonyms in ``everyday.en.txt`` are known too.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.text.phrases import phrase_table
from bot.text.stems import base_forms, stemmer
from bot.text.stopwords import stop_words
from bot.text.tokens import fold

_LISTED = frozenset({"en", "de", "es", "fr", "it", "nl", "pt"})
"""The languages that have a file."""
_SHORTEST_STEM = 4
"""Letters by which a word is known as a form of another; a shorter stem is that of too many."""
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
"""German letters, as they are typed where a keyboard has none of them."""
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
    if not listed or word in listed:
        return bool(listed)
    if language == "en":
        return not listed.isdisjoint(_base_forms(word))
    return not _listed_stems(language).isdisjoint(_stems(word, language))


def _stems(word: str, language: str) -> set[str]:
    """Return the stems by which a folded word is known in another language than English; of German
    verbs those of "raucht" and "geraucht" too, which its stemmer leaves whole."""
    stem = stemmer(language)(word)
    stems = {stem}
    if language == "de" and stem.endswith("t"):
        bare = stem[:-1]
        stems |= {bare, bare.removeprefix("ge")}
    return {each for each in stems if len(each) >= _SHORTEST_STEM}


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
    """Return the listed words of a language, folded; none for one that has no list."""
    if language not in _LISTED:
        return frozenset()
    names = ("words", "everyday") if language == "en" else ("words",)
    files = [Path(__file__).with_name(f"{name}.{language}.txt") for name in names]
    text = "".join(file.read_text("utf-8") for file in files)
    if language == "de":
        text += text.translate(_SPELT_OUT)
    words = fold(text.replace(":", "").replace("|", "")).split()
    return frozenset(words).union(base_forms(language).values())


@cache
def _listed_stems(language: str) -> frozenset[str]:
    return frozenset(map(stemmer(language), _listed(language)))
