"""The names in a text: which of its words are one, and which of them name what is asked for."""

from __future__ import annotations

from collections.abc import Set

from bot.core.seams import Cues, Tokens

_NAMED_WITHIN = 5
"""Number of words between a name and what it is the name of: "the postman, a Mr Lunt"."""
_BEFORE_CAPITALS = '|:"“„«\n'
"""Characters before a word that is capitalised, whatever it is."""
_INTRODUCING = ("(", ":", "–", "—", " -")
"""Marks before a name of what stands before them."""


def is_named(text: str, tokens: Tokens, at: int, start: int, end: int, dates: Set[str]) -> bool:
    """Return whether a token is part of a name. The first word of a sentence, of a table's cell or
    of a quotation is always capitalised, and counts as a name only if the next one is, too."""
    if tokens.stops[at] or tokens.words[at] in dates or not text[tokens.starts[at]].isupper():
        return False
    if at > start and text[: tokens.starts[at]].rstrip(" ")[-1:] not in _BEFORE_CAPITALS:
        return True
    following = text[tokens.ends[at] : tokens.starts[at + 1] + 1] if at + 1 < end else ""
    return following.startswith(" ") and following[1:].isalpha() and following.isupper()


def ends_name(text: str, tokens: Tokens, at: int) -> bool:
    """Return whether a number is part of a name that it ends: "from Phoenix 85 it is"."""
    before, behind = at - 1, at + 1
    return (
        before >= 0
        and not tokens.stops[before]
        and text[tokens.starts[before]].isupper()
        and text[tokens.ends[before] : tokens.starts[at]] == " "
        and behind < len(tokens.words)
        and tokens.stops[behind]
    )


def is_pair(text: str, tokens: Tokens, at: int, start: int, end: int) -> bool:
    """Return whether a capitalised token stands beside another: where all nouns are capitalised,
    that alone tells a name, "der Hund Bello"."""
    return any(
        not tokens.stops[each]
        and text[tokens.starts[each]].isupper()
        and text[tokens.ends[min(at, each)] : tokens.starts[max(at, each)]] == " "
        for each in (at - 1, at + 1)
        if start <= each < end
    )


def is_other_word(text: str, tokens: Tokens, at: int) -> bool:
    """Return whether a token without accents is a stop word, and so not the word that is folded
    alike: French "ne" is not "né"."""
    return tokens.stops[at] and text[tokens.starts[at] : tokens.ends[at]].isascii()


def is_beside(
    text: str,
    tokens: Tokens,
    at: int,
    start: int,
    end: int,
    asked: Set[str],
    is_capitalised: bool = False,
) -> bool:
    """Return whether a word that is asked about, and is no name itself, stands near a token;
    ``is_capitalised`` says that all nouns are."""
    near = range(max(start, at - _NAMED_WITHIN), min(end, at + _NAMED_WITHIN + 1))
    return any(
        (tokens.words[each] in asked or tokens.stems[each] in asked)
        and not tokens.stops[each]
        and (is_capitalised or each == start or not text[tokens.starts[each]].isupper())
        for each in near
    )


def is_introduced(text: str, tokens: Tokens, at: int, cues: Cues) -> bool:
    """Return whether a name says what something is, by what stands before it: "is the Ada", "two
    boats - the Ada and", "the smallest (Ada)"."""
    while at and text[tokens.ends[at - 1] : tokens.starts[at]] == " ":
        at -= 1
        if tokens.words[at] in cues.passives:
            return True
        if not tokens.stops[at]:
            return False
    before = text[: tokens.starts[at]].rstrip(' "“„«')
    return before.endswith(_INTRODUCING)


def is_asked_name(
    text: str, tokens: Tokens, at: int, start: int, end: int, asked: Set[str]
) -> bool:
    """Return whether a name is that of what is asked about: "the Dunmallow Psalter" is no place
    where a psalter is looked for."""
    for step in (-1, 1):
        near = at + step
        while start <= near < end and text[tokens.starts[near]].isupper():
            if tokens.words[near] in asked:
                return True
            near += step
    return False


def is_of_asked(
    text: str, tokens: Tokens, at: int, start: int, asked: Set[str], cues: Cues
) -> bool:
    """Return whether a name says where that is which is asked about, or of what it is: nobody is
    named by "the mayor of Elling", "le refuge du col des Aulnes"."""
    while at > start and text[tokens.starts[at - 1]].isupper():
        at -= 1
    while at - 1 > start and tokens.words[at - 1] in cues.places:
        before = range(max(start, at - 3), at - 1)
        if any(tokens.words[each] in asked and not tokens.stops[each] for each in before):
            return True
        at -= 2
    return False
