"""Names and terms that a short form stands for by their initials: "Elm Park Rowing Club" for
"EPRC", "point-to-point" for "P2P"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_LETTERS = range(3, 8)
"""Characters of a short form: two are the initials of too much."""
_SIGNS = {"to": "2", "two": "2", "for": "4", "four": "4", "and": "&n"}
"""Characters that stand for a word beside its initial."""
_LITTLE = frozenset(
    "of and the for in on to a at & und der die das des für von zu im am y e de del la el los las"
    " para du les et le pour do da dos das di della dei degli delle il i per van het voor en и по"
    " на в ve".split()
)
"""Words whose initials a short form may leave out."""
_MOST_WORDS = 10
_VOWELS = frozenset("aeiouyäöüаеиоуыэюя")
_WORD = r"[^\W_]+(?:['’][^\W\d_]+)?"


def is_short_form(written: str) -> bool:
    """Return whether a word may be a short form by the way it is written: in capitals, with one
    digit at the most, or in small letters none of which is a vowel."""
    letters = [each for each in written if each.isalpha()]
    if len(written) not in _LETTERS or not written.isalnum() or len(letters) < len(written) - 1:
        return False
    return sum(map(str.isupper, written)) >= 2 or _VOWELS.isdisjoint(written.lower())


def spelt_out(texts: Iterable[str], short: str) -> str:
    """Return the first name or hyphenated term in some texts that has the initials of a short form,
    as it is written there; empty if none has. The words of a name have capitals; those of a term
    hyphens between the first two."""
    wanted = short.lower()
    for text in texts:
        words = list(re.finditer(_WORD, text))
        for at, word in enumerate(words):
            if word[0][0].lower() == wanted[0] and word[0].lower() not in _LITTLE:
                near = words[at : at + _MOST_WORDS]
                end = _end(text, near, wanted, False) or _end(text, near, wanted, True)
                if end:
                    return text[word.start() : end]
    return ""


def _end(text: str, words: Sequence[re.Match[str]], short: str, with_little: bool) -> int:
    """Return where the name ends that begins with the first of some words and has the initials of a
    short form, those of little words only if ``with_little``; 0 if none does."""
    is_term = len(words) > 1 and text[words[0].end() : words[1].start()] == "-"
    left = short
    for number, word in enumerate(words):
        if number and text[words[number - 1].end() : word.start()] not in (" ", "-"):
            return 0
        plain = word[0].lower()
        is_little = plain in _LITTLE
        counts = with_little if is_little else word[0][0].isupper() or is_term
        if (counts and left[0] == plain[0]) or left[0] in _SIGNS.get(plain, ""):
            left = left[1:]
        elif not is_little:
            return 0
        if not left:
            return word.end() if number and not is_little else 0
    return 0
