"""The test whether a sentence says what something is: "Scour is the washing away of a bed".

Sentences define in few ways: by a verb that equates ("a kolk is a ..."), by one that says a meaning
("means", "refers to"), in apposition ("luciferase, an enzyme, ..."), as an entry of a list ("Scour:
the ..."), or by giving a name to what they describe ("this is called a kolk"). What is said of one
of a kind ("the kolk is deep") defines nothing, and nor does "he called a doctor".
"""

from __future__ import annotations

from collections.abc import Set

from bot.core.relevance.sentence import Sentence

_BEFORE = 3
"""Number of words that may open a clause before what it defines: "In hydraulics, a kolk is"."""
_ASIDE = 9
"""Number of words between it and the verb: "a kolk, also called a scour pool, is"."""
_ENTRY = (":", " –", " —", " - ")
"""Signs behind an entry of a list, before what is said of it."""
_ENDS = (".", ";", ":")
"""Signs that end a clause before the next."""


def defines(said: Sentence, stems: Set[str]) -> bool:
    """Return whether a sentence defines something whose name has these stems; never where there
    are none, as of a name that was misspelt."""
    size = len(stems)
    return size > 0 and any(
        {*said.stems[at : at + size]} == stems
        and (
            (_is_named(said, at) and _ends(said, at + size))
            or (
                _begins(said, at, size)
                and (_is_in_apposition(said, at, at + size) or _is_told(said, at + size))
            )
        )
        for at in range(len(said.words) - size + 1)
    )


def _begins(said: Sentence, at: int, size: int) -> bool:
    """Return whether a token begins what a clause is about, near the clause's beginning: neurons
    are not what "mirror neurons" are, nor what "nerves and neurons" are."""
    if at == 0:
        return True
    if at > _BEFORE and not any(said.gap(each)[:1] in _ENDS for each in (at - 1, at)):
        return False
    before = said.words[at - 1]
    words = said.cues.defining
    is_named = at == 1 and before in words.determiners and size > 1 and _has_number(said, at, size)
    return said.gap(at) != " " or before in said.cues.one or before in words.before or is_named


def _has_number(said: Sentence, at: int, size: int) -> bool:
    """Return whether a name ends in a number, as the names of models do: "the Brinel 40"."""
    return said.words[at + size - 1][-1:].isdecimal()


def _ends(said: Sentence, behind: int) -> bool:
    """Return whether what ends before the token ``behind`` is no part of a longer name."""
    return behind >= len(said.words) or said.stops[behind] or said.gap(behind) != " "


def _is_named(said: Sentence, at: int) -> bool:
    """Return whether the words before a token give a name, an article aside."""
    words = said.cues.defining
    before = at - (at > 0 and said.words[at - 1] in words.determiners)
    named = said.words[max(0, before - 2) : before]
    return bool(named) and (named[-1] in words.named_by or " ".join(named) in words.named_by)


def _is_in_apposition(said: Sentence, at: int, behind: int) -> bool:
    """Return whether a description with an indefinite article stands between commas behind a name
    that opens the sentence, an article aside."""
    if at > 1 or (at and said.words[0] not in said.cues.one):
        return False
    behind, end = _behind_brackets(said, behind), len(said.words)
    return (
        behind < end
        and "," in said.gap(behind)
        and said.words[behind] in said.cues.one
        and any("," in said.gap(each) for each in range(behind + 1, end))
    )


def _behind_brackets(said: Sentence, at: int) -> int:
    """Return the token behind brackets that open before a token; itself if none do."""
    end = len(said.words)
    if at < end and "(" in said.gap(at):
        closing = said.text.find(")", said.starts[at], said.ends[-1])
        while at < end and said.starts[at] < closing:
            at += 1
    return at


def _is_told(said: Sentence, behind: int) -> bool:
    """Return whether a verb behind what a clause is about says what it is, or the sign behind an
    entry of a list and a description."""
    words, end = said.cues.defining, len(said.words)
    if behind < end and any(sign in said.gap(behind) for sign in _ENTRY):
        return said.words[behind] in words.determiners or said.words[behind] in words.meaning_verbs
    behind = _behind_brackets(said, behind)
    for at in range(behind, min(end - 1, behind + _ASIDE)):
        if said.words[at] in words.meaning_verbs:
            return True
        if said.words[at] in words.copulas:
            return said.words[at + 1] in words.determiners
        if at == behind and said.gap(at) == " ":
            return False  # the name goes on, or is narrowed: "the scour of", "scour holes"
    return False
