"""Vietnamese syllables as people type them who have no keyboard for their marks."""

from __future__ import annotations

import re
import unicodedata
from itertools import product

_LETTERS = {"a": "aăâ", "d": "dđ", "e": "eê", "o": "oôơ", "u": "uư"}
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS = "aeiouyăâêôơư"
_MARKED_VOWELS = "ăâêôơư"
_SYLLABLE = re.compile(
    r"(?:qu|gi|ngh?|[ckgpt]h|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
"""The parts of a syllable, its marks left out."""


def marked_forms(word: str) -> tuple[str, ...]:
    """Return all syllables that become this word, in lower case, where their marks are left out;
    none for a word that is marked itself, or is no syllable. Some hundred at the most."""
    if _SYLLABLE.fullmatch(word) is None:
        return ()
    found = []
    for letters in product(*(_LETTERS.get(letter, letter) for letter in word)):
        plain = "".join(letters)
        at = _tone_index(plain)
        before, after = plain[: at + 1], plain[at + 1 :]
        found += [unicodedata.normalize("NFC", before + tone + after) for tone in _TONES]
    return tuple(form for form in found if form != word)


def _tone_index(letters: str) -> int:
    """Return where a syllable's tone is written: on its last marked vowel, else on the vowel before
    the last where it ends in vowels, else on the last."""
    vowels = [at for at, letter in enumerate(letters) if letter in _VOWELS]
    if letters.startswith(("qu", "gi")) and len(vowels) > 1:
        vowels.remove(1)
    marked = [at for at in vowels if letters[at] in _MARKED_VOWELS]
    if marked:
        return marked[-1]
    ends_in_vowels = len(vowels) > 1 and vowels[-1] == len(letters) - 1
    return vowels[-2] if ends_in_vowels else vowels[-1]
