"""The kind of answer that a question asks for.

"When" wants a date, "how many" a number, "who" somebody, "how much does it cost" an amount of
money. `bot.core.relevance.expectation` tests whether a text gives one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from bot.core.named_tuple import NamedTuple
from bot.core.seams import Cues, Kind

_LONGEST_PHRASE = 3
_LONGEST_NAME = 4
"""Number of words that what is asked about has at the most where a definition is asked for."""
_BY_NOUN: Set[Kind] = {"length", "share"}
"""Kinds that a noun asks for which the answer need not have: "the length of", "the share of"; of
any kind it need not have a unit's word: "how many dollars"."""
_NARROWED_WITHIN = 10
"""Number of words after an open question word within which a word may name the kind: "what does the
manager of the pool earn"."""


class AskedKind(NamedTuple):
    """The kind of answer that a question asks for."""

    kind: Kind | None
    """None if the question doesn't say."""
    phrase: tuple[str, ...] = ()
    """The words that ask for it: an answer that gives the kind need not hold them."""
    nouns: tuple[int, ...] = ()
    """Offsets of the words for what has the name, "keeper" of "the name of the lighthouse keeper
    who", for what is counted, "paid" and "staff" of "how many paid staff are there", or for what a
    definition is asked of."""


def asked_kind(words: Sequence[str], stops: Sequence[bool], cues: Cues) -> AskedKind:
    """Return the kind of answer that the question's words ask for; ``stops`` says which of them are
    stop words.

    The first question word decides. One word or two that follow it may say more: "what" asks for
    anything, "what price" for money, and so does "how much does it cost". One that joins a clause
    to a question decides nothing: "Was anyone hurt when the ceiling came down?", nor does one that
    opens it and comes again: "How can I see how long it takes?"
    """
    told = _told(words, stops, cues)
    defined = _defined(words, stops, cues) if told.kind is None else range(0)
    if defined:
        idle = [word for at, word in enumerate(words) if at not in defined]
        return AskedKind("definition", tuple(idle), tuple(defined))
    return told


def _told(words: Sequence[str], stops: Sequence[bool], cues: Cues) -> AskedKind:
    """Return the kind that a question word tells, with those behind it."""
    is_opened = bool(words) and words[0] in cues.openers
    for start in range(len(words)):
        if words[start] not in cues.beginnings:  # as most
            continue
        joins = words[start] in cues.joining or (start > 0 and words[start] == words[0])
        if is_opened and joins and not all(stops[:start]):
            continue
        for length in range(_LONGEST_PHRASE, 0, -1):
            phrase = " ".join(words[start : start + length])
            kind, narrows = cues.asks.get(phrase), cues.narrows.get(phrase)
            if narrows is not None and _asks_sort(words[start : start + _LONGEST_PHRASE], cues):
                return AskedKind(kind, tuple(phrase.split()))
            if narrows is not None:
                behind = words[start + length :][:_NARROWED_WITHIN]
                named, kind = _narrowed(behind, narrows, kind)
                if kind is not None and (kind in _BY_NOUN or named in cues.gives[kind]):
                    phrase += f" {named}"
            if narrows is not None or kind is not None:
                nouns: Sequence[int] = ()
                if kind == "name":
                    nouns = _named(words, stops, start + length, cues)
                elif kind == "count":
                    nouns = _counted(stops, start + length)
                return AskedKind(kind, tuple(phrase.split()), tuple(nouns))
    return AskedKind(None)


def _defined(words: Sequence[str], stops: Sequence[bool], cues: Cues) -> range:
    """Return the offsets of the words for what a definition is asked of, if nothing else is asked:
    "what is a kolk", "kolk meaning". None of them is a stop word."""
    for before, behind in cues.defining.asks:
        end = len(words) - len(behind)
        for begin in range(max(len(before), end - _LONGEST_NAME), end):
            is_model = words[end - 1][-1:].isdecimal()  # "what is the Brinel 40"
            name = begin - (is_model and words[begin - 1] in cues.defining.determiners)
            start = name - len(before)
            if (
                start >= 0
                and tuple(words[start:name]) == before
                and tuple(words[end:]) == behind
                and all(stops[:start])
                and not any(stops[begin:end])
                and (
                    (before and before[-1] in cues.one)
                    or not words[end - 1].endswith(cues.defining.participles)
                )
            ):
                return range(begin, end)
    return range(0)


def _asks_sort(words: Sequence[str], cues: Cues) -> bool:
    """Return whether words ask for a sort of something: "what kind of names" is no name."""
    return len(words) == _LONGEST_PHRASE and " ".join(words) in cues.only_asking


def _counted(stops: Sequence[bool], end: int) -> range:
    """Return the offsets of the words for what is counted, which follow the words that ask and end
    at ``end``."""
    behind = end
    while behind < min(len(stops), end + _LONGEST_PHRASE) and not stops[behind]:
        behind += 1
    return range(end, behind)


def _named(words: Sequence[str], stops: Sequence[bool], end: int, cues: Cues) -> range:
    """Return the offset of the word for what has the name that is asked for; none if none stands
    behind "name of". ``end`` is where the words end that ask."""
    for at in range(max(0, end - _LONGEST_PHRASE), len(words)):
        phrases = ((n, " ".join(words[at : at + n])) for n in (3, 2))
        length = next((n for n, phrase in phrases if cues.asks.get(phrase) == "name"), 0)
        if length:
            behind = at + length
            while behind < len(words) and stops[behind]:
                behind += 1
            while behind + 1 < len(words) and not stops[behind + 1]:
                behind += 1
            return range(behind, min(behind + 1, len(words)))
    return range(0)


def only_asking(words: Sequence[str], cues: Cues) -> list[int]:
    """Return the offsets of the question's words that say what kind of answer is wanted, and
    nothing of what it is about: both of "what time", but not "deep" of "how deep"."""
    found: list[int] = []
    for start in range(len(words)):
        if words[start] not in cues.beginnings:
            continue
        for length in range(1, _LONGEST_PHRASE + 1):
            if " ".join(words[start : start + length]) in cues.only_asking:
                found += range(start, min(start + length, len(words)))
    return found


def _narrowed(
    behind: Sequence[str], narrows: Mapping[str, Kind], otherwise: Kind | None
) -> tuple[str, Kind | None]:
    """Return the first word, or two, of those behind an open question word that say a kind, and
    the kind; no word, and the kind ``otherwise``, if none does."""
    for at, word in enumerate(behind):
        for phrase in (" ".join(behind[at : at + 2]), word):
            if phrase in narrows:
                return phrase, narrows[phrase]
    return "", otherwise
