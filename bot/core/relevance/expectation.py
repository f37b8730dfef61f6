"""The test whether a text gives the kind of answer that a question asks for.

It helps to choose between sentences that match the question's words equally well, and to see that
none of them answers. `bot.core.questions.asked_kind` tells the kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from bot.core.relevance.names_in_text import (
    ends_name,
    is_asked_name,
    is_beside,
    is_named,
    is_of_asked,
    is_other_word,
    is_pair,
)
from bot.core.seams import Cues, Kind, Tokens

_UNIT_WITHIN = 2
"""Number of words after a number within which its unit may follow: "six square metres"."""
_AGE_WITHIN = 2
"""Number of words before a number of years that may say what they are: "for the eleven years"."""
_COUNTED_WITHIN = 4
"""Number of words between a number and what it counts: "members: 188", "60 of the old members"."""
_MEASURES: Set[Kind] = {
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
_SPANS: Set[Kind] = {"duration", "length"}
_TIMES: Set[Kind] = {"age", *_SPANS}
_NAMES: Set[Kind] = {"person", "name", "place"}
_CLOCK = r"\b\d{1,2}[:h]\d\d\b|\b\d{1,2} ?[ap][.]?m\b"
_UNSPACED = "[0-9〇一二三四五六七八九十百千万亿两半几数]"
"""A digit of Chinese and Japanese, where a unit stands right behind it, and no word ends."""
_SIGNS: Mapping[Kind, str] = {
    "time": f"{_CLOCK}|{_UNSPACED}[点點时時]",
    "date": f"{_CLOCK}|{_UNSPACED}[年月日号點点时時]",
    "share": rf"\d ?%|%\d|{_UNSPACED}分之{_UNSPACED}|[二两三四五六七八九]成|一半|半数|过半|多数",
    "money": rf"[£$€¥₹₽₺]\s?\d|\d\s?(?:\w+\s(?:d[ei]\s)?)?[£$€¥₽₺]|\d ?%"
    f"|{_UNSPACED}[元块圆円]|免费|無料",
    "temperature": "°",
    "contact": r"\w@\w|\d[\d ()/-]{5,}\d|https?:|www[.]",
    "duration": f"{_UNSPACED}个?(小时|分钟|秒|天|周|星期|月|年)",
    "length": f"{_UNSPACED}(米|公里|千米|厘米|里)",
    "age": f"{_UNSPACED}岁",
    "weight": f"{_UNSPACED}(公斤|千克|克|斤|吨)",
}
"""Patterns of an answer of each kind that hold in any language, compiled when one is needed."""
_MOST_DIGITS_OF_AGE = 2
_MOST_DIGITS_OF_HOUR = 2
_LAST_HOUR = 24
_AFTER_PHRASE = ".,;:!?)|\n"
"""Characters that end the words which belong to a number."""
_CURRENCY = "£$€¥₹₽₺"
_YEARS = range(1000, 2100)
LOOSE: Set[Kind] = {"person", "name", "place", "date", "reason"}
"""Kinds of which an answer may be put in words that nothing here knows: "the governor", "when the
tide is out". That none is given says less than of other kinds."""


def gives(
    kind: Kind,
    text: str,
    tokens: Tokens,
    start: int,
    end: int,
    asked: Set[str],
    cues: Cues,
    nouns: Set[str] = frozenset(),
) -> bool:
    """Return whether the tokens from ``start`` to ``end`` of a text hold something of that kind
    that was not already in the question. ``asked`` are the question's words, and ``nouns`` are the
    stems for what has the name that is asked for, or for what is counted, if that is told.

    A number is a token with a digit in it that is no year, day of a month or amount of money, and
    a count one that has no unit; a measure is one with its unit, an age one of years, or one that
    stands behind a name, and a time also one that stands alone behind a preposition; a year is one
    of four digits; a person or a place is a capitalised word that does not open the sentence, is no
    day or month and no part of what is asked about, and a name is one that stands near that.
    """
    if start >= end:
        return False
    sign = _SIGNS.get(kind)
    if sign is not None:
        # a sign may stand before the first token, or behind the last one
        begin = tokens.ends[start - 1] if start else 0
        behind = tokens.starts[end] if end < len(tokens.starts) else len(text)
        if re.search(sign, text[begin:behind]):
            return True
    if kind == "person" and cues.persons is not None:
        named = cues.persons(text)
        if not asked >= {name[:2] for name in named}:  # the words of a Chinese text are bigrams
            return True
    words = cues.gives.get(kind, frozenset())
    alone = cues.alone.get(kind, frozenset())
    if kind == "duration" and not words.isdisjoint(asked):  # "how many months" wants a number
        alone = frozenset()
    elif kind == "age" and not any(is_year(tokens, at) for at in range(start, end)):
        alone = frozenset()  # that somebody was born is no age
    if kind == "duration" and cues.timed.isdisjoint(asked):
        words = cues.extents if not cues.extended.isdisjoint(asked) else words | cues.extents
    numbers = cues.gives.get("number", frozenset())
    dates = cues.gives.get("date", frozenset())
    measure = kind in _MEASURES
    for at in range(start, end):
        word = tokens.words[at]
        if kind == "name" and word in words:
            return True
        if word in asked:
            continue
        if (word in alone and not (kind == "age" and is_other_word(text, tokens, at))) or (
            not measure and kind != "count" and word in words
        ):
            return True
        if kind in _NAMES:
            if is_named(text, tokens, at, start, end, dates) and (
                (not words or is_pair(text, tokens, at, start, end))
                and is_beside(text, tokens, at, start, end, nouns or asked, bool(words))
                if kind == "name"
                else not is_asked_name(text, tokens, at, start, end, asked)
                and not (kind == "person" and is_of_asked(text, tokens, at, start, asked, cues))
            ):
                return True
        elif kind in ("date", "year"):
            if is_year(tokens, at) or (kind == "date" and _is_delay(tokens, at, start, end, cues)):
                return True
        elif measure:
            if kind != "money" and _is_priced(text, tokens, at):
                continue
            if kind == "age" and is_year(tokens, at) and int(word) % 100:
                continue  # "2016 года" is nobody's age
            if kind in _TIMES and _is_rate(tokens, at, start, cues):
                continue
            if kind in _SPANS and _is_distance(tokens.words[at:end], words, asked, cues):
                continue
            if _is_count(word, numbers, cues.one) and (
                (
                    _has_unit(tokens.words[at:end], words - _rated(tokens.words[at:end], cues))
                    and not (
                        kind == "age" and _is_lasting(tokens.words[start:end], at - start, cues)
                    )
                )
                or (kind == "age" and _is_age(text, tokens, at, start, end, words))
                or (kind == "time" and _is_hour(tokens, at, start, end, numbers, dates))
            ):
                return True
        elif kind == "count":
            if (
                _is_number(text, tokens, at, numbers, dates)
                and not _is_pronoun(tokens, at, end, cues)
                and not _is_measured(tokens.words[at:end], asked, cues)
                and (not nouns or _counts(text, tokens, at, start, end, nouns))
            ):
                return True
        elif kind == "number" and _is_number(text, tokens, at, numbers, dates):
            return True
    return False


def _is_count(word: str, numbers: Set[str], one: Set[str]) -> bool:
    return word[0].isdigit() or word in numbers or word in one


def _has_unit(words: Sequence[str], units: Set[str]) -> bool:
    """Return whether a unit is part of the number's own word ("5km") or follows soon after it."""
    return words[0].lstrip("0123456789.,") in units or not units.isdisjoint(
        words[1 : 2 + _UNIT_WITHIN]
    )


def _is_rate(tokens: Tokens, at: int, start: int, cues: Cues) -> bool:
    """Return whether a number tells how often something is: "every 20 minutes", "12 trains a day"
    at its "a"."""
    if at > start and tokens.words[at - 1] in cues.each:
        return True
    before = tokens.words[max(start, at - _UNIT_WITHIN) : at]
    numbers = cues.gives.get("frequency", frozenset()) | cues.alone.get("frequency", frozenset())
    return tokens.words[at] in cues.one and any(
        word[0].isdigit() or word in numbers for word in before
    )


def _rated(words: Sequence[str], cues: Cues) -> Set[str]:
    """Return those of the words behind a number, the first, that say for how long it is so: it is
    no duration that "9,400 passengers a day" gives."""
    near = words[1 : 2 + _UNIT_WITHIN]
    return {unit for each, unit in pairwise(near) if each in cues.one | cues.each | cues.per}


def _is_distance(words: Sequence[str], units: Set[str], asked: Set[str], cues: Cues) -> bool:
    """Return whether a number and its unit, the first of these words, are the distance between two
    places, "four metres from the wall", and the question asks for none."""
    if not cues.apart.isdisjoint(asked):
        return False
    unit = next((at for at in range(min(len(words), 2 + _UNIT_WITHIN)) if words[at] in units), 0)
    behind = words[unit + 1 : unit + 3]
    return bool(behind) and behind[0] in cues.apart and not behind[-1][0].isdigit()


def _is_lasting(words: Sequence[str], at: int, cues: Cues) -> bool:
    """Return whether a number of years is one that something took: "for eleven years", "in the 28
    years"."""
    return not cues.lasting.isdisjoint(words[max(0, at - _AGE_WITHIN) : at])


def _is_number(text: str, tokens: Tokens, at: int, numbers: Set[str], dates: Set[str]) -> bool:
    word = tokens.words[at]
    return word in numbers or (
        word[0].isdigit()
        and not _is_of_date(text, tokens, at, dates)
        and not ends_name(text, tokens, at)
    )


def _is_pronoun(tokens: Tokens, at: int, end: int, cues: Cues) -> bool:
    """Return whether a word for one counts nothing: "one of the largest", "the one that"."""
    return tokens.words[at] in cues.one and at + 1 < end and tokens.stops[at + 1]


def _is_measured(words: Sequence[str], asked: Set[str], cues: Cues) -> bool:
    """Return whether a number is followed by a unit that is not asked for: "eleven days" is no
    number of people."""
    return any(
        _has_unit(words[:3], cues.gives.get(kind, frozenset()) - asked) for kind in _MEASURES
    )


def _counts(text: str, tokens: Tokens, at: int, start: int, end: int, nouns: Set[str]) -> bool:
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


def _is_delay(tokens: Tokens, at: int, start: int, end: int, cues: Cues) -> bool:
    """Return whether a token is the number of "after ten days" or "within two weeks"."""
    return (
        at > start
        and tokens.words[at - 1] in cues.delays
        and _is_count(tokens.words[at], cues.gives.get("number", frozenset()), cues.one)
        and _has_unit(tokens.words[at:end], cues.gives.get("duration", frozenset()))
    )


def _is_age(text: str, tokens: Tokens, at: int, start: int, end: int, words: Set[str]) -> bool:
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
    return at + 1 == end or (says_who and text.startswith((",", ")"), tokens.ends[at]))


def _is_hour(
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
    return (
        len(word) == 4 == tokens.ends[at] - tokens.starts[at]
        and word.isdecimal()
        and int(word) in _YEARS
    )


def _is_of_date(text: str, tokens: Tokens, at: int, dates: Set[str]) -> bool:
    """Return whether a number is a year, the day of a month, or an amount of money."""
    word = tokens.words[at]
    if is_year(tokens, at):
        return True
    beside = tokens.words[max(0, at - 1) : at + 2]
    return _is_priced(text, tokens, at) or (len(word) <= 2 and not dates.isdisjoint(beside))


def _is_priced(text: str, tokens: Tokens, at: int) -> bool:
    """Return whether a currency sign stands before a number."""
    return text[: tokens.starts[at]].rstrip()[-1:] in tuple(_CURRENCY)
