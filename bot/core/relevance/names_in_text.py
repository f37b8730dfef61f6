"""The names in a sentence: which of its words are one, and which of them name what is asked for."""

from __future__ import annotations

from collections.abc import Set

from bot.core.relevance.sentence import Sentence

_NAMED_WITHIN = 5
"""Number of words between a name and what it is the name of: "the postman, a Mr Lunt"."""
_BEFORE_CAPITALS = '|:"“„«\n'
"""Characters before a word that is capitalised, whatever it is."""
_INTRODUCING = ("(", ":", "–", "—", " -")
"""Marks before a name of what stands before them."""


def is_named(said: Sentence, at: int, dates: Set[str]) -> bool:
    """Return whether a token is part of a name. The first word of a sentence, of a table's cell or
    of a quotation is always capitalised, and counts as a name only if the next one is, too."""
    if said.stops[at] or said.words[at] in dates or not said.is_capitalised(at):
        return False
    if at and said.text[: said.starts[at]].rstrip(" ")[-1:] not in _BEFORE_CAPITALS:
        return True
    behind = at + 1
    return behind < len(said.words) and said.gap(behind) == " " and said.is_capitalised(behind)


def ends_name(said: Sentence, at: int) -> bool:
    """Return whether a number is part of a name that it ends: "from Phoenix 85 it is"."""
    before, behind = at - 1, at + 1
    return (
        before >= 0
        and not said.stops[before]
        and said.is_capitalised(before)
        and said.gap(at) == " "
        and behind < len(said.words)
        and said.stops[behind]
    )


def is_pair(said: Sentence, at: int) -> bool:
    """Return whether a capitalised token stands beside another: where all nouns are capitalised,
    that alone tells a name, "der Hund Bello"."""
    return any(
        not said.stops[each] and said.is_capitalised(each) and said.gap(max(at, each)) == " "
        for each in (at - 1, at + 1)
        if 0 <= each < len(said.words)
    )


def is_other_word(said: Sentence, at: int) -> bool:
    """Return whether a token without accents is a stop word, and so not the word that is folded
    alike: French "ne" is not "né"."""
    return said.stops[at] and said.written(at).isascii()


def is_beside(said: Sentence, at: int, asked: Set[str], is_capitalised: bool) -> bool:
    """Return whether a word that is asked about, and is no name itself, stands near a token;
    ``is_capitalised`` says that all nouns are."""
    near = range(max(0, at - _NAMED_WITHIN), min(len(said.words), at + _NAMED_WITHIN + 1))
    return any(
        (said.words[each] in asked or said.stems[each] in asked)
        and not said.stops[each]
        and (is_capitalised or each == 0 or not said.is_capitalised(each))
        for each in near
    )


def is_introduced(said: Sentence, at: int) -> bool:
    """Return whether a name says what something is, by what stands before it: "is the Ada", "two
    boats - the Ada and", "the smallest (Ada)"."""
    while said.gap(at) == " ":
        at -= 1
        if said.words[at] in said.cues.passives:
            return True
        if not said.stops[at]:
            return False
    before = said.text[: said.starts[at]].rstrip(' "“„«')
    return before.endswith(_INTRODUCING)


def is_asked_name(said: Sentence, at: int, asked: Set[str]) -> bool:
    """Return whether a name is that of what is asked about: "the Dunmallow Psalter" is no place
    where a psalter is looked for."""
    for step in (-1, 1):
        near = at + step
        while 0 <= near < len(said.words) and said.is_capitalised(near):
            if said.words[near] in asked:
                return True
            near += step
    return False


def is_of_asked(said: Sentence, at: int, asked: Set[str]) -> bool:
    """Return whether a name says where that is which is asked about, or of what it is: nobody is
    named by "the mayor of Elling", "le refuge du col des Aulnes"."""
    while at and said.is_capitalised(at - 1):
        at -= 1
    while at > 1 and said.words[at - 1] in said.cues.places:
        before = range(max(0, at - 3), at - 1)
        if any(said.words[each] in asked and not said.stops[each] for each in before):
            return True
        at -= 2
    return False
