"""Typing errors: a word that no article holds, put right by one edit.

The variants of the word, one letter left out, put in, replaced or swapped (Damerau, "A technique
for computer detection and correction of spelling errors", CACM 1964), are stemmed, and the index
says which of them any passage holds. So nothing has to be kept for it: a few hundred look-ups, and
only for a question that has such a word. A deletion index would save the look-ups and cost its
own file, its own updating, and time to open it in a fresh process.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.query import QuestionReading
from bot.core.seams import Analyzer, Tokens

SHORTEST = 4
"""Letters; one edit away from a shorter word stand too many others."""
LONGEST = 40

_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءئؤ",
    "अआइईउऊऋएऐओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहािीुूृेैोौ्ंः",
)


def variants(word: str) -> list[str]:
    """All that is one edit away from a word, in its own script's letters, the likelier first:
    swapped neighbours, then a letter too many, too few, or wrong; without the word itself."""
    alphabet = _alphabet(word)
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    swapped = [a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1]
    fewer = [a + b[1:] for a, b in cuts if b]
    more = [a + letter + b for a, b in cuts for letter in alphabet]
    other = [a + letter + b[1:] for a, b in cuts if b for letter in alphabet]
    found = dict.fromkeys([*swapped, *fewer, *more, *other])
    found.pop(word, None)
    return list(found)


def can_be_repaired(word: str) -> bool:
    """Whether a word is one in which a typing error can be told: letters of an alphabet, and
    enough of them. What is cut from Chinese or Thai is no word."""
    if not SHORTEST <= len(word) <= LONGEST:
        return False
    alphabet = _alphabet(word)
    return bool(alphabet) and all(map(str.isalpha, set(word) - set(alphabet)))


def _alphabet(word: str) -> str:
    """The alphabet that most letters of a word are from; empty where there is none."""
    return next((a for a in _ALPHABETS if 2 * sum(map(a.count, word)) > len(word)), "")


def candidates(word: str, language: str, analyzer: Analyzer) -> dict[str, str]:
    """The stems of the words that may be meant, each with the likeliest word of that stem."""
    tokens = analyzer.tokens(" ".join(variants(word)), language)
    found: dict[str, str] = {}
    for variant, stem, stop in zip(tokens.words, tokens.stems, tokens.stops, strict=True):
        if not stop:
            found.setdefault(stem, variant)
    return found


def most_frequent(
    candidates: Mapping[str, str], frequency: Mapping[str, int]
) -> tuple[str, str] | None:
    """The word that was meant and its stem, or None where no passage holds any candidate.

    Of several, the one whose stem stands in the most passages: people ask about what is there.
    """
    best = max(candidates, key=lambda stem: frequency.get(stem, 0), default=None)
    if best is None or not frequency.get(best):
        return None
    return candidates[best], best


def with_repairs(
    reading: QuestionReading, repairs: Mapping[str, tuple[str, str]]
) -> QuestionReading:
    """A reading with words put right; ``repairs`` gives for a word the one meant and its stem."""
    tokens = reading.tokens
    words = [repairs[word][0] if word in repairs else word for word in tokens.words]
    stems = [
        repairs[word][1] if word in repairs else stem
        for word, stem in zip(tokens.words, tokens.stems, strict=True)
    ]
    repaired = Tokens(tokens.starts, tokens.ends, words, stems, tokens.stops)
    return reading._replace(tokens=repaired, terms=tuple(dict.fromkeys(repaired.terms())))
