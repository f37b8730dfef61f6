"""The test whether a text gives the kind of answer that a question asks for.

It helps to choose between sentences that match the question's words equally well, and to see that
none of them answers. `bot.core.questions.asked_kind` tells the kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from bot.core.relevance.defining_sentences import defines
from bot.core.relevance.names_in_text import (
    is_asked_name,
    is_beside,
    is_named,
    is_of_asked,
    is_other_word,
    is_pair,
)
from bot.core.relevance.numbers_in_text import (
    MEASURES,
    counts,
    has_unit,
    is_age,
    is_count,
    is_delay,
    is_distance,
    is_hour,
    is_lasting,
    is_measured,
    is_note,
    is_number,
    is_priced,
    is_pronoun,
    is_rate,
    is_year,
    rated,
)
from bot.core.relevance.sentence import Sentence
from bot.core.seams import Kind

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
_PARTS = ("0.", "0,")
"""Beginnings of numbers below one, which count nothing."""
LOOSE: Set[Kind] = {"person", "name", "place", "date", "reason", "definition"}
"""Kinds of which an answer may be put in words that nothing here knows: "the governor", "when the
tide is out". That none is given says less than of other kinds."""


def gives(kind: Kind, said: Sentence, asked: Set[str], nouns: Set[str] = frozenset()) -> bool:
    """Return whether a sentence holds something of that kind that was not already in the question.
    ``asked`` are the question's words, and ``nouns`` are the stems for what has the name that is
    asked for, for what is counted, or for what a definition is asked of, if that is told.

    A number is a token with a digit in it that is no year, day of a month or amount of money, and
    a count one that has no unit; a measure is one with its unit, an age one of years, or one that
    stands behind a name, and a time also one that stands alone behind a preposition; a year is one
    of four digits; a person or a place is a capitalised word that does not open the sentence, is no
    day or month and no part of what is asked about, and a name is one that stands near that.
    """
    cues, end = said.cues, len(said.words)
    if not end:
        return False
    if kind == "definition":
        return defines(said, nouns)
    sign = _SIGNS.get(kind)
    if sign is not None and re.search(sign, said.text):
        return True
    if kind == "person" and cues.persons is not None:
        named = cues.persons(said.text)
        if not asked >= {name[:2] for name in named}:  # the words of a Chinese text are bigrams
            return True
    words = cues.gives.get(kind, frozenset())
    alone = cues.alone.get(kind, frozenset())
    if kind == "duration" and not words.isdisjoint(asked):  # "how many months" wants a number
        alone = frozenset()
    elif kind == "age" and not any(is_year(said, at) for at in range(end)):
        alone = frozenset()  # that somebody was born is no age
    if kind == "duration" and cues.timed.isdisjoint(asked):
        if cues.extended.isdisjoint(asked):
            words = words | cues.extents
        else:  # "how long is the bridge" wants no time
            words, alone = cues.extents, frozenset()
    numbers = cues.gives.get("number", frozenset())
    dates = cues.gives.get("date", frozenset())
    measure = kind in MEASURES
    for at, word in enumerate(said.words):
        if kind == "name" and word in words:
            return True
        if word in asked or is_note(said, at):
            continue
        if (word in alone and not (kind == "age" and is_other_word(said, at))) or (
            not measure and kind != "count" and word in words
        ):
            return True
        if kind in _NAMES:
            if is_named(said, at, dates) and (
                (not words or is_pair(said, at))
                and is_beside(said, at, nouns or asked, bool(words))
                if kind == "name"
                else not is_asked_name(said, at, asked)
                and not (kind == "person" and is_of_asked(said, at, asked))
            ):
                return True
        elif kind in ("date", "year"):
            if is_year(said, at) or (kind == "date" and is_delay(said, at)):
                return True
        elif measure and is_count(word, numbers, cues.one):
            behind = said.words[at:]
            if (
                (kind != "money" and is_priced(said, at))
                or (kind == "age" and is_year(said, at) and int(word) % 100)  # "2016 года"
                or (kind in _TIMES and is_rate(said, at))
                or (kind in _SPANS and is_distance(behind, words, asked, cues))
            ):
                continue
            if (
                (
                    has_unit(behind, words - rated(behind, cues))
                    and not (kind == "age" and is_lasting(said.words, at, cues))
                )
                or (kind == "age" and is_age(said, at, words))
                or (kind == "time" and is_hour(said, at, numbers, dates))
            ):
                return True
        elif kind == "count":
            if (
                is_number(said, at, numbers, dates)
                and not word.startswith(_PARTS)
                and not is_pronoun(said, at)
                and not is_measured(said.words[at:], asked, cues)
                and (not nouns or counts(said, at, nouns))
            ):
                return True
        elif kind == "number" and is_number(said, at, numbers, dates):
            return True
    return False
