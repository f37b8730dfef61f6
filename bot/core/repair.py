"""Typing errors: a word that no article holds, put right by one edit.

The variants of the word, one letter left out, put in, replaced or swapped (Damerau, "A technique
for computer detection and correction of spelling errors", CACM 1964), are stemmed, and the index
says which of them any passage holds. So nothing has to be kept for it: a few hundred look-ups, and
only for a question that has such a word. A deletion index would save the look-ups and cost its
own file, its own updating, and time to open it in a fresh process.
"""

from collections.abc import Mapping
from typing import NamedTuple

from bot.core.expectation import expected_kind
from bot.core.query import QuestionReading
from bot.core.seams import Analyzer, Tokens

SHORTEST = 4
"""Letters; one edit away from a shorter word stand too many others."""
LONGEST = 40
_LONG = 7
"""Letters of a word of which one wrong letter leaves no doubt."""
_REPLACED, _COUNT, _SWAPPED = 0, 1, 2
"""A wrong letter; one too many or too few; two swapped."""
_FIRST_LETTER = 0.1
"""Factor for an option that begins with another letter."""
_STOP_FREQUENCY = 1.0
"""The passages that a function word counts as if it stood in; they are not indexed."""

_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءئؤ",
    "अआइईउऊऋएऐओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहािीुूृेैोौ्ंः",
)


class Repaired(NamedTuple):
    """The word that was probably meant by a misspelt one."""

    word: str
    stem: str
    is_stop: bool
    """True if it is a function word, which is not searched for."""
    is_sure: bool
    """True if hardly anything else can have been meant."""


def variants(word: str) -> list[str]:
    """Return all that is one edit away from a word, in its own script's letters, the likelier
    first: swapped neighbours, then a letter too many, too few, or wrong; without the word
    itself."""
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
    """Return whether typing errors can be told in a word: it must consist of enough letters of an
    alphabet. The pieces that Chinese or Thai text is cut into are not words."""
    if not SHORTEST <= len(word) <= LONGEST:
        return len(word) == SHORTEST - 1 and word.isalpha() and word.isascii()
    alphabet = _alphabet(word)
    return bool(alphabet) and all(map(str.isalpha, set(word) - set(alphabet)))


def is_name(written: str, opens_sentence: bool) -> bool:
    """Return whether a short word is a name by its shape: a word one edit away from it is another
    name."""
    return written[:1].isupper() and not opens_sentence and len(written) < _LONG


def without_guesses(word: str, options: Mapping[str, Repaired]) -> dict[str, Repaired]:
    """Return those of the options of which only two letters were swapped, as nobody spells a
    name."""
    return {stem: each for stem, each in options.items() if _edit(word, each.word) == _SWAPPED}


def _alphabet(word: str) -> str:
    """Return the alphabet that most letters of a word are from; empty if there is none."""
    return next((a for a in _ALPHABETS if 2 * sum(map(a.count, word)) > len(word)), "")


def candidates(word: str, language: str, analyzer: Analyzer) -> dict[str, Repaired]:
    """Return the words that may be meant by a word, by stem, each with the likeliest word of that
    stem. Function words are included only if two letters were swapped, or one was omitted or
    inserted; a word of three letters can only be one whose letters were swapped."""
    tokens = analyzer.tokens(" ".join(variants(word)), language)
    found: dict[str, Repaired] = {}
    for variant, stem, stop in zip(tokens.words, tokens.stems, tokens.stops, strict=True):
        edit = _edit(word, variant)
        if len(word) < SHORTEST and not (stop and edit == _SWAPPED):
            continue
        if edit == _REPLACED and variant[:1] != word[:1]:  # hardly anybody mistakes that
            continue
        if not stop or edit != _REPLACED:
            is_sure = variant[:1] == word[:1] and (
                edit == _SWAPPED or (edit == _COUNT and len(word) > SHORTEST) or len(word) >= _LONG
            )
            found.setdefault(stem, Repaired(variant, stem, stop, is_sure))
    return found


def _edit(word: str, variant: str) -> int:
    """Return the likelihood of the edit between a word and a variant; greater is likelier."""
    if len(word) != len(variant):
        return _COUNT
    return _SWAPPED if sorted(word) == sorted(variant) else _REPLACED


def likeliest(
    word: str, options: Mapping[str, Repaired], frequency: Mapping[str, int]
) -> Repaired | None:
    """Return the word that was meant by a word, or None if no passage holds any of the options.

    Of several, the one whose stem stands in the most passages, for people ask about what is there;
    but an error that fingers make often counts for more, and one in the first letter for less. A
    function word is meant where nothing else is as likely.
    """
    best: Repaired | None = None
    most = 0.0
    for stem, option in options.items():
        passages = _STOP_FREQUENCY if option.is_stop else frequency.get(stem, 0)
        if not passages:  # so are most, of some hundreds
            continue
        edit = _edit(word, option.word)
        weight = 4.0**edit * (1.0 if option.word[:1] == word[:1] else _FIRST_LETTER)
        value = weight * passages
        if value > most:
            best, most = option, value
    return best


def with_repairs(
    reading: QuestionReading, repairs: Mapping[str, Repaired], analyzer: Analyzer
) -> QuestionReading:
    """Return a reading with words put right."""
    tokens = reading.tokens
    words, stems, stops = list(tokens.words), list(tokens.stems), list(tokens.stops)
    for at, word in enumerate(tokens.words):
        if word in repairs:
            words[at], stems[at], stops[at], _ = repairs[word]
    repaired = Tokens(tokens.starts, tokens.ends, words, stems, stops)
    placed = zip(tokens.starts, words, strict=True)
    asked = [word for start, word in placed if start not in reading.context]
    kind = expected_kind(asked, analyzer.cues(reading.language))
    return reading._replace(
        tokens=repaired, terms=tuple(dict.fromkeys(repaired.terms())), kind=kind
    )
