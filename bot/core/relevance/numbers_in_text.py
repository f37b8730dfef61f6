"""The numbers in a text: which of them count, measure, date or price something."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from bot.core.relevance.names_in_text import ends_name
from bot.core.seams import Cues, Kind, Tokens

_UNIT_WITHIN = 2
"""Number of words after a number within which its unit may follow: "six square metres"."""
_AGE_WITHIN = 2
"""Number of words before a number of years that may say what they are: "for the eleven years"."""
_COUNTED_WITHIN = 4
"""Number of words between a number and what it counts: "members: 188", "60 of the old members"."""
MEASURES: Set[Kind] = {
    "money",
    "duration",
    "length",
    "weight",
    "temperature",
    "age",
    "time",
    "share",
}
"""Kinds that are a number and a unit."""
_MOST_DIGITS_OF_AGE = 2
_MOST_DIGITS_OF_HOUR = 2
_LAST_HOUR = 24
_AFTER_PHRASE = ".,;:!?)|\n"
"""Characters that end the words which belong to a number."""
_CURRENCY = "£$€¥₹₽₺"
_YEARS = range(1000, 2100)


def is_note(text: str, tokens: Tokens, at: int) -> bool:
    """Return whether a token is the number of a note, "[12]"."""
    return text[: tokens.starts[at]].endswith("[") and text.startswith("]", tokens.ends[at])


def is_count(word: str, numbers: Set[str], one: Set[str]) -> bool:
    """Return whether a word is a number: a digit, one of the words ``numbers``, or for one."""
    return word[0].isdigit() or word in numbers or word in one


def has_unit(words: Sequence[str], units: Set[str]) -> bool:
    """Return whether a unit is part of the number's own word ("5km") or follows soon after it."""
    return words[0].lstrip("0123456789.,") in units or not units.isdisjoint(
        words[1 : 2 + _UNIT_WITHIN]
    )


def is_rate(tokens: Tokens, at: int, start: int, cues: Cues) -> bool:
    """Return whether a number tells how often something is: "every 20 minutes", "12 trains a day"
    at its "a"."""
    if at > start and tokens.words[at - 1] in cues.each:
        return True
    before = tokens.words[max(start, at - _UNIT_WITHIN) : at]
    numbers = cues.gives.get("frequency", frozenset()) | cues.alone.get("frequency", frozenset())
    return tokens.words[at] in cues.one and any(
        word[0].isdigit() or word in numbers for word in before
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


def is_number(text: str, tokens: Tokens, at: int, numbers: Set[str], dates: Set[str]) -> bool:
    """Return whether a token is a number that is neither of a date, nor a price, nor of a name."""
    word = tokens.words[at]
    return word in numbers or (
        word[0].isdigit()
        and not is_of_date(text, tokens, at, dates)
        and not ends_name(text, tokens, at)
    )


def is_pronoun(tokens: Tokens, at: int, end: int, cues: Cues) -> bool:
    """Return whether a word for one counts nothing: "one of the largest", "the one that"."""
    return tokens.words[at] in cues.one and at + 1 < end and tokens.stops[at + 1]


def is_measured(words: Sequence[str], asked: Set[str], cues: Cues) -> bool:
    """Return whether a number is followed by a unit that is not asked for: "eleven days" is no
    number of people."""
    return any(has_unit(words[:3], cues.gives.get(kind, frozenset()) - asked) for kind in MEASURES)


def counts(text: str, tokens: Tokens, at: int, start: int, end: int, nouns: Set[str]) -> bool:
    """Return whether a number counts what one of these stems names: it stands near the number, or
    no noun does: "It has 12.", "eight of them may". "Two sides" are no seats."""
    near = range(max(start, at - _COUNTED_WITHIN), min(end, at + _COUNTED_WITHIN + 1))
    if any(tokens.stems[each] in nouns for each in near):
        return True
    last = at
    while last + 1 < end and tokens.stops[last + 1] and text[tokens.ends[last]] == " ":
        last += 1
    is_end = last + 1 == end or text[tokens.ends[last]] in _AFTER_PHRASE
    return is_end or last - at > 1


def is_delay(tokens: Tokens, at: int, start: int, end: int, cues: Cues) -> bool:
    """Return whether a token is the number of "after ten days" or "within two weeks"."""
    return (
        at > start
        and tokens.words[at - 1] in cues.delays
        and is_count(tokens.words[at], cues.gives.get("number", frozenset()), cues.one)
        and has_unit(tokens.words[at:end], cues.gives.get("duration", frozenset()))
    )


def is_age(text: str, tokens: Tokens, at: int, start: int, end: int, words: Set[str]) -> bool:
    """Return whether a number is an age whatever its unit: "aged 54", "at the age of nine", "Ada
    Lund, 54, said", "She is 54.", "She is 54, works"."""
    behind = at - 2 if at - 1 > start and tokens.stops[at - 1] else at - 1
    if behind >= start and tokens.words[behind] in words:
        return True
    word = tokens.words[at]
    if word[0].isdigit() and not (word.isdigit() and len(word) <= _MOST_DIGITS_OF_AGE):
        return False
    is_behind_name = at > start and text[tokens.starts[at - 1]].isupper()
    says_who = is_behind_name or at == start + 2
    if at + 1 < end:
        return says_who and text.startswith((",", ")"), tokens.ends[at])
    is_score = any(each[0].isdigit() for each in tokens.words[start:at])  # "by 61 votes to 17."
    before = at - 1
    if before > start and text[tokens.ends[before] : tokens.starts[at]] == "-":
        before -= 1  # "at fifty-five."
    return says_who or (before >= start and tokens.stops[before] and not is_score)


def is_hour(
    tokens: Tokens, at: int, start: int, end: int, numbers: Set[str], dates: Set[str]
) -> bool:
    """Return whether a number without a unit is an hour of the day: "at 7", "from nine to five",
    "at 5 on Sundays"."""
    word = tokens.words[at]
    if at == start or not tokens.stops[at - 1]:
        return False
    if not word.isdecimal():  # some scripts have digits that are no decimals
        if word not in numbers:
            return False
    elif len(word) > _MOST_DIGITS_OF_HOUR or int(word) > _LAST_HOUR:
        return False
    return at + 1 == end or tokens.stops[at + 1] or tokens.words[at + 1] in dates


def is_year(tokens: Tokens, at: int) -> bool:
    """Return whether a token is a year: four digits without a separator."""
    word = tokens.words[at]
    return len(word) == tokens.ends[at] - tokens.starts[at] and looks_like_year(word)


def looks_like_year(word: str) -> bool:
    """Return whether a word, without the separators that it is written with, is a year's number."""
    return len(word) == 4 and word.isdecimal() and int(word) in _YEARS


def is_of_date(text: str, tokens: Tokens, at: int, dates: Set[str]) -> bool:
    """Return whether a number is a year, the day of a month, or an amount of money."""
    word = tokens.words[at]
    if is_year(tokens, at):
        return True
    beside = tokens.words[max(0, at - 1) : at + 2]
    return is_priced(text, tokens, at) or (len(word) <= 2 and not dates.isdisjoint(beside))


def is_priced(text: str, tokens: Tokens, at: int) -> bool:
    """Return whether a currency sign stands before a number."""
    return text[: tokens.starts[at]].rstrip()[-1:] in tuple(_CURRENCY)
