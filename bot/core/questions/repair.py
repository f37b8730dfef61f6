"""Typing errors: a word that no article holds, put right by one edit.

The variants of the word, one letter left out, put in, replaced or swapped (Damerau, "A technique
for computer detection and correction of spelling errors", CACM 1964), are stemmed, and the index
says which of them any passage holds. So nothing has to be kept for it: a few hundred look-ups, and
only for a question that has such a word. A deletion index would save the look-ups and cost its
own file, its own updating, and time to open it in a fresh process.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from bot.core.questions.asked_kind import asked_kind
from bot.core.questions.question_reading import QuestionReading
from bot.core.seams import Analyzer, Tokens

SHORTEST = 4
"""Letters; one edit away from a shorter word stand too many others."""
LONGEST = 40
_LONG = 7
"""Letters of a word of which one wrong letter leaves no doubt."""
_REPLACED, COUNTED, _SWAPPED = 1.0, 4.0, 16.0
"""Likelihoods of an edit: a wrong letter; one too many or too few; two swapped."""
_SLIPPED = 4.0
"""Factor for a wrong letter beside the right one on the keyboard, or one that sounds like it."""
_DOUBLED = 2.0
"""Factor for a letter typed twice that stands once, or once that stands twice."""
_FIRST_LETTER = 0.1
"""Factor for an option that begins with another letter."""
FUNCTION_WORD, COMMON_WORD, KNOWN_WORD = 10.0, 5.0, 0.5
"""Number of passages that a word counts for besides those that hold it: people ask with function
words, which are not indexed, and with common ones, in whatever the articles say; and a word of the
language may be meant that no article holds."""
_INVENTED = 0.5
"""Factor for an option that is known for its stem alone: it may be no word at all."""
_UNLIKELY = 0.25
"""Share of the likeliest option's value from which another may be meant as well."""
_SURE = 0.75
"""Share of the values of all options from which on the likeliest was surely meant. Of 1,834 errors
made at random, 98 of 100 such were put right as they should be, and 52 of 100 others."""
_MOST_OPTIONS = 3
"""Number of options for a word that are compared by what stands beside them."""

LISTED = frozenset({"en"})
"""The languages of which so many words are known that an unknown one is more likely misspelt. In
others a short word may be one that no article holds, such as German "warm" beside the function word
"war", and two known words may make a third."""
_OF_ROOTS = frozenset({"ar", "he"})
"""The languages whose words have stems of three letters as a rule."""

_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءئؤ",
    "अआइईउऊऋएऐओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहािीुूृेैोौ्ंः",
)
_KEYBOARDS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
"""The rows of letters on the commonest Latin and Cyrillic keyboards."""
_SOUNDS = (
    *("aeiouy", "csz", "ckq", "sxz", "dt", "bp", "fv", "gj", "mn", "vw"),
    *("аоеияы", "зс", "дт", "бп", "вф", "гк", "мн"),
)
"""Letters that are taken for each other by ear."""
_VOWELS = "aeiouyаоеияыуюэ"


class Repaired(NamedTuple):
    """The word that was probably meant by a misspelt one."""

    word: str
    stem: str
    is_stop: bool
    """True if it is a function word, which is not searched for."""
    chance: float = 1.0
    """The likelihood of the error; only ratios mean anything."""
    besides: float = 0.0
    """Number of passages that it counts for besides those that hold it."""
    is_held: bool = True
    """True if some passage holds it."""
    is_sure: bool = False
    """True if hardly anything else can have been meant."""

    @property
    def is_searched(self) -> bool:
        """True if it can be said to have been searched for."""
        return self.is_held or self.is_stop


def variants(word: str) -> list[str]:
    """Return all that is one edit away from a word, in its own script's letters, the likelier
    first: swapped neighbours, a letter two places too early or late, then a letter too many, too
    few, or wrong; without the word itself."""
    alphabet = _alphabet(word)
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    swapped = [a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1]
    moved = [a + b[2:3] + b[:2] + b[3:] for a, b in cuts if len(b) > 2]
    moved += [a + b[1:3] + b[:1] + b[3:] for a, b in cuts if len(b) > 2]
    fewer = [a + b[1:] for a, b in cuts if b]
    more = [a + letter + b for a, b in cuts for letter in alphabet]
    other = [a + letter + b[1:] for a, b in cuts if b for letter in alphabet]
    found = dict.fromkeys([*swapped, *moved, *fewer, *more, *other])
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
    """Return those of the options of which only letters were swapped, as nobody spells a name, or
    of which one is lacking that nobody hears: "Hanson" for "Hansson", "Brant" for "Brandt". That
    one is a word says nothing then, unless some passage holds it: "Mona" is no "moan"."""
    return {
        stem: each if each.is_stop else each._replace(besides=0.0)
        for stem, each in options.items()
        if sorted(word) == sorted(each.word) or _is_unheard(word, each.word)
    }


def _is_unheard(word: str, variant: str) -> bool:
    """Return whether two words differ by one consonant that is doubled, or that sounds like the one
    beside it."""
    longer, shorter = sorted((word, variant), key=len, reverse=True)
    if len(longer) != len(shorter) + 1 or longer[0] != shorter[0]:
        return False
    at = next((n for n, letter in enumerate(shorter) if letter != longer[n]), len(shorter))
    beside = longer[at - 1 : at] + longer[at + 1 : at + 2]
    return longer[at] not in _VOWELS and any(
        longer[at] == each or _is_slip_of_ear(longer[at], each) for each in beside
    )


def _alphabet(word: str) -> str:
    """Return the alphabet that most letters of a word are from; empty if there is none."""
    return next((a for a in _ALPHABETS if 2 * sum(map(a.count, word)) > len(word)), "")


def candidates(word: str, language: str, analyzer: Analyzer) -> dict[str, Repaired]:
    """Return the words that may be meant by a word, by stem, each with the likeliest word of that
    stem. A word of three letters can only be a function word, or a known word of which a letter was
    left out."""
    tokens = analyzer.tokens(" ".join(variants(word)), language)
    common = analyzer.common(language)
    found: dict[str, Repaired] = {}
    for variant, stem, stop in zip(tokens.words, tokens.stems, tokens.stops, strict=True):
        chance = likelihood(word, variant)
        if chance == _REPLACED * _FIRST_LETTER:  # hardly anybody mistakes that
            continue
        if stop and language not in LISTED and not _is_plain_slip(word, variant):
            continue
        is_likely = language in LISTED and chance > _REPLACED
        is_known = stop or (is_likely and analyzer.is_word(variant, language))
        is_invented = not is_known and not stem.endswith(variant)
        if is_invented and language not in LISTED | _OF_ROOTS and _is_of_little(stem, variant):
            continue
        if variant[1:] == word and not is_known and language not in LISTED:
            continue  # hardly anybody misses the first letter: "rauchen" is not "brauchen"
        if is_invented and chance <= _REPLACED and len(word) < _LONG:
            continue
        if is_invented and chance <= COUNTED and _is_derived_too(word, stem, variant):
            continue
        if len(word) < SHORTEST and not _is_meant_by_three_letters(word, variant, stop, is_known):
            continue
        besides = (
            FUNCTION_WORD
            if stop
            else COMMON_WORD
            if stem in common and is_known
            else KNOWN_WORD * is_known
        )
        option = Repaired(
            variant, stem, stop, chance * (_INVENTED if is_invented else 1.0), besides
        )
        if stem not in found or found[stem].chance < option.chance:
            found[stem] = option
    return found


def _is_of_little(stem: str, variant: str) -> bool:
    """Return whether a variant has little in common with other words of its stem: "maries" with
    "mars", where the whole of it may be a word that is not known here."""
    _, _, bare = stem.rpartition(":")
    return len(bare) < SHORTEST and len(variant) > len(bare) + 1


def _is_derived_too(word: str, stem: str, variant: str) -> bool:
    """Return whether a word ends as a variant is derived from its stem, and so may be derived from
    another: "severance" is not from "server"."""
    _, _, bare = stem.rpartition(":")
    ending = variant[len(bare) :]
    return len(ending) >= SHORTEST and word.endswith(ending)


def _is_meant_by_three_letters(word: str, variant: str, stop: bool, is_known: bool) -> bool:
    """Return whether a variant may be meant by a word of three letters: as a function word whose
    letters were swapped, or of which a finger or an ear missed one ("fob" is not "for"), or as a
    known word of which one was left out."""
    if variant[0] != word[0]:
        return stop and sorted(word) == sorted(variant)
    if len(variant) > len(word):
        return stop or is_known
    return stop and likelihood(word, variant) > _REPLACED


def _is_plain_slip(word: str, variant: str) -> bool:
    """Return whether a variant differs from a word in a way that nothing else explains as well: two
    letters swapped, one typed twice, or one left out of many."""
    if sorted(word) == sorted(variant):
        return True
    is_left_out = len(variant) > len(word) and len(word) >= _LONG - 1
    is_doubled = likelihood(word, variant) >= COUNTED * _DOUBLED
    return word[:1] == variant[:1] and (is_left_out or is_doubled)


def likelihood(word: str, variant: str) -> float:
    """Return the likelihood that somebody who means a variant types a word that is one edit away
    from it; only ratios mean anything."""
    first = 1.0 if word[:1] == variant[:1] else _FIRST_LETTER
    at = -1
    for number, (typed, meant) in enumerate(zip(word, variant, strict=False)):
        if typed != meant:
            at = number
            break
    if len(word) == len(variant):
        if sorted(word) == sorted(variant):
            return _SWAPPED * first
        slipped = at >= 0 and _is_slip(word[at], variant[at])
        return _REPLACED * first * (_SLIPPED if slipped and at else 1.0)
    longer = max(word, variant, key=len)
    at = len(longer) - 1 if at < 0 else at
    return COUNTED * first * (_DOUBLED if longer[at] in longer[at - 1 : at] else 1.0)


@cache
def _is_slip(typed: str, meant: str) -> bool:
    """Return whether two letters are neighbours on a keyboard, or sound alike."""
    return _is_slip_of_ear(typed, meant) or any(
        typed in row and meant in row and abs(row.index(typed) - row.index(meant)) == 1
        for row in _KEYBOARDS
    )


def _is_slip_of_ear(typed: str, meant: str) -> bool:
    return any(typed in sounds and meant in sounds for sounds in _SOUNDS)


def likeliest(
    options: Mapping[str, Repaired], frequency: Mapping[str, int]
) -> list[tuple[Repaired, float]]:
    """Return the words that were probably meant, likeliest first, with what speaks for each; none
    if neither a passage holds any of the options nor one is a word of the language.

    Of several, the one whose stem stands in the most passages, for people ask about what is there;
    but an error that fingers or ears make often counts for more, and one in the first letter for
    less.
    """
    valued = [
        (option._replace(is_held=bool(frequency.get(stem))), option.chance * value)
        for stem, option in options.items()
        if (value := option.besides + frequency.get(stem, 0))  # so are few, of some hundreds
    ]
    valued.sort(key=lambda each: -each[1])
    if valued and valued[0][1] >= _SURE * sum(value for _, value in valued):
        valued[0] = valued[0][0]._replace(is_sure=True), valued[0][1]
    return [each for each in valued[:_MOST_OPTIONS] if each[1] >= _UNLIKELY * valued[0][1]]


def with_repairs(
    reading: QuestionReading, repairs: Mapping[str, Repaired], analyzer: Analyzer
) -> QuestionReading:
    """Return a reading with words put right."""
    tokens = reading.tokens
    words, stems, stops = list(tokens.words), list(tokens.stems), list(tokens.stops)
    for at, word in enumerate(tokens.words):
        if word in repairs:
            words[at], stems[at], stops[at] = repairs[word][:3]
    repaired = Tokens(tokens.starts, tokens.ends, words, stems, stops)
    inside = [at for at, start in enumerate(tokens.starts) if start not in reading.context]
    asked, their_stops = [words[at] for at in inside], [stops[at] for at in inside]
    kind = asked_kind(asked, their_stops, analyzer.cues(reading.language)).kind
    return reading._replace(
        tokens=repaired, terms=tuple(dict.fromkeys(repaired.terms())), kind=kind
    )
