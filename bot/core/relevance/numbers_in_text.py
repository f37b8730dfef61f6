"""The numbers in a sentence: which of them count, measure, date or price something."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from bot.core.relevance.names_in_text import ends_name
from bot.core.relevance.sentence import Sentence
from bot.core.seams import Cues, Kind

_UNIT_WITHIN = 2
"""Number of words after a number within which its unit may follow: "six square metres"."""
_AGE_WITHIN = 2
"""Number of words before a number of years that may say what they are: "for the eleven years"."""
_COUNTED_WITHIN = 4
"""Number of words between a number and what it counts: "members: 188", "60 of the old members"."""
MEASURES: Set[Kind] = {
    "money", "duration", "length", "weight", "temperature", "age", "time", "share",
}  # fmt: skip
"""Kinds that are a number and a unit."""
_MOST_DIGITS_OF_AGE = 2
_MOST_DIGITS_OF_HOUR = 2
_LAST_HOUR = 24
_AFTER_PHRASE = ".,;:!?)|\n"
"""Characters that end the words which belong to a number."""
_CURRENCY = "£$€¥₹₽₺"
_YEARS = range(1000, 2100)


def is_note(said: Sentence, at: int) -> bool:
    """Return whether a token is the number of a note, "[12]"."""
    return said.text[: said.starts[at]].endswith("[") and said.text.startswith("]", said.ends[at])


def is_count(word: str, numbers: Set[str], one: Set[str]) -> bool:
    """Return whether a word is a number: a digit, one of the words ``numbers``, or for one."""
    return word[0].isdigit() or word in numbers or word in one


def has_unit(words: Sequence[str], units: Set[str]) -> bool:
    """Return whether a unit is part of the number's own word ("5km") or follows soon after it."""
    return words[0].lstrip("0123456789.,") in units or not units.isdisjoint(
        words[1 : 2 + _UNIT_WITHIN]
    )


def is_rate(said: Sentence, at: int) -> bool:
    """Return whether a number tells how often something is: "every 20 minutes", "12 trains a day"
    at its "a"."""
    words, cues = said.words, said.cues
    if at and words[at - 1] in cues.each:
        return True
    numbers = cues.gives.get("frequency", frozenset()) | cues.alone.get("frequency", frozenset())
    return words[at] in cues.one and any(
        word[0].isdigit() or word in numbers for word in words[max(0, at - _UNIT_WITHIN) : at]
    )


def rated(words: Sequence[str], cues: Cues) -> Set[str]:
    """Return those of the words behind a number, the first, that say for how long it is so: it is
    no duration that "9,400 passengers a day" gives."""
    near = words[1 : 2 + _UNIT_WITHIN]
    return {unit for each, unit in pairwise(near) if each in cues.one | cues.each | cues.per}


def is_distance(words: Sequence[str], units: Set[str], asked: Set[str], cues: Cues) -> bool:
    """Return whether a number and its unit, the first of these words, are the distance between two
    places, "four metres from the wall", and the question asks for none."""
    if not cues.apart.isdisjoint(asked):
        return False
    unit = next((at for at in range(min(len(words), 2 + _UNIT_WITHIN)) if words[at] in units), 0)
    behind = words[unit + 1 : unit + 3]
    return bool(behind) and behind[0] in cues.apart and not behind[-1][0].isdigit()


def is_lasting(words: Sequence[str], at: int, cues: Cues) -> bool:
    """Return whether a number of years is one that something took: "for eleven years", "in the 28
    years"."""
    return not cues.lasting.isdisjoint(words[max(0, at - _AGE_WITHIN) : at])


def is_number(said: Sentence, at: int, numbers: Set[str], dates: Set[str]) -> bool:
    """Return whether a token is a number that is neither of a date, nor a price, nor of a name."""
    word = said.words[at]
    return word in numbers or (
        word[0].isdigit() and not is_of_date(said, at, dates) and not ends_name(said, at)
    )


def is_pronoun(said: Sentence, at: int) -> bool:
    """Return whether a word for one counts nothing: "one of the largest", "the one that"."""
    return said.words[at] in said.cues.one and any(said.stops[at + 1 : at + 2])


def is_measured(words: Sequence[str], asked: Set[str], cues: Cues) -> bool:
    """Return whether a number is followed by a unit that is not asked for: "eleven days" is no
    number of people."""
    return any(has_unit(words[:3], cues.gives.get(kind, frozenset()) - asked) for kind in MEASURES)


def counts(said: Sentence, at: int, nouns: Set[str]) -> bool:
    """Return whether a number counts what one of these stems names: it stands near the number, or
    no noun does: "It has 12.", "eight of them may". "Two sides" are no seats."""
    near = said.stems[max(0, at - _COUNTED_WITHIN) : at + _COUNTED_WITHIN + 1]
    if not nouns.isdisjoint(near):
        return True
    last, end = at, len(said.words)
    while last + 1 < end and said.stops[last + 1] and said.text[said.ends[last]] == " ":
        last += 1
    is_end = last + 1 == end or said.text[said.ends[last]] in _AFTER_PHRASE
    return is_end or last - at > 1


def is_delay(said: Sentence, at: int) -> bool:
    """Return whether a token is the number of "after ten days" or "within two weeks"."""
    cues = said.cues
    return (
        at > 0
        and said.words[at - 1] in cues.delays
        and is_count(said.words[at], cues.gives.get("number", frozenset()), cues.one)
        and has_unit(said.words[at:], cues.gives.get("duration", frozenset()))
    )


def is_age(said: Sentence, at: int, words: Set[str]) -> bool:
    """Return whether a number is an age whatever its unit: "aged 54", "at the age of nine", "Ada
    Lund, 54, said", "She is 54.", "She is 54, works"."""
    behind = at - 2 if at > 1 and said.stops[at - 1] else at - 1
    if behind >= 0 and said.words[behind] in words:
        return True
    word = said.words[at]
    if word[0].isdigit() and not (word.isdigit() and len(word) <= _MOST_DIGITS_OF_AGE):
        return False
    says_who = at == 2 or (at > 0 and said.is_capitalised(at - 1))
    if at + 1 < len(said.words):
        return says_who and said.text.startswith((",", ")"), said.ends[at])
    is_score = any(each[0].isdigit() for each in said.words[:at])  # "by 61 votes to 17."
    before = at - 2 if at > 1 and said.gap(at) == "-" else at - 1  # "at fifty-five."
    return says_who or (before >= 0 and said.stops[before] and not is_score)


def is_hour(said: Sentence, at: int, numbers: Set[str], dates: Set[str]) -> bool:
    """Return whether a number without a unit is an hour of the day: "at 7", "from nine to five",
    "at 5 on Sundays"."""
    word = said.words[at]
    if not at or not said.stops[at - 1]:
        return False
    if not word.isdecimal():  # some scripts have digits that are no decimals
        if word not in numbers:
            return False
    elif len(word) > _MOST_DIGITS_OF_HOUR or int(word) > _LAST_HOUR:
        return False
    return at + 1 == len(said.words) or said.stops[at + 1] or said.words[at + 1] in dates


def is_year(said: Sentence, at: int) -> bool:
    """Return whether a token is a year: four digits without a separator."""
    return len(said.words[at]) == len(said.written(at)) and looks_like_year(said.words[at])


def looks_like_year(word: str) -> bool:
    """Return whether a word, without the separators that it is written with, is a year's number."""
    return len(word) == 4 and word.isdecimal() and int(word) in _YEARS


def is_of_date(said: Sentence, at: int, dates: Set[str]) -> bool:
    """Return whether a number is a year, the day of a month, or an amount of money."""
    if is_year(said, at) or is_priced(said, at):
        return True
    beside = said.words[max(0, at - 1) : at + 2]
    return len(said.words[at]) <= 2 and not dates.isdisjoint(beside)


def is_priced(said: Sentence, at: int) -> bool:
    """Return whether a currency sign stands before a number."""
    return said.text[: said.starts[at]].rstrip()[-1:] in tuple(_CURRENCY)
