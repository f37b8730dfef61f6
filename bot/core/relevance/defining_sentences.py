"""The test whether a sentence says what something is: "Scour is the washing away of a bed".

Sentences define in few ways: by a verb that equates ("a kolk is a ..."), by one that says a meaning
("means", "refers to"), in apposition ("luciferase, an enzyme, ..."), as an entry of a list ("Scour:
the ..."), or by giving a name to what they describe ("this is called a kolk"). What is said of one
of a kind ("the kolk is deep") defines nothing, and nor does "he called a doctor".
"""

from __future__ import annotations

from collections.abc import Set

from bot.core.seams import Cues, Defining, Tokens

_BEFORE = 3
"""Number of words that may open a clause before what it defines: "In hydraulics, a kolk is"."""
_ASIDE = 9
"""Number of words between it and the verb: "a kolk, also called a scour pool, is"."""
_ENTRY = (":", " –", " —", " - ")
"""Signs behind an entry of a list, before what is said of it."""
_ENDS = (".", ";", ":")
"""Signs that end a clause before the next."""


def defines(text: str, tokens: Tokens, start: int, end: int, stems: Set[str], cues: Cues) -> bool:
    """Return whether the tokens from ``start`` to ``end`` of a text define something whose name has
    these stems; never where there are none, as of a name that was misspelt."""
    size, words = len(stems), cues.defining
    return size > 0 and any(
        {*tokens.stems[at : at + size]} == stems
        and (
            (_is_named(tokens, at, start, words) and _ends(text, tokens, at + size, end))
            or (
                _begins(text, tokens, at, start, cues)
                and (
                    _is_in_apposition(text, tokens, at, start, at + size, end, cues)
                    or _is_told(text, tokens, at + size, end, words)
                )
            )
        )
        for at in range(start, end - size + 1)
    )


def _gap(text: str, tokens: Tokens, at: int) -> str:
    """Return what stands between a token and the one before it."""
    return text[tokens.ends[at - 1] : tokens.starts[at]]


def _begins(text: str, tokens: Tokens, at: int, start: int, cues: Cues) -> bool:
    """Return whether a token begins what a clause is about, near the clause's beginning: neurons
    are not what "mirror neurons" are, nor what "nerves and neurons" are."""
    if at == start:
        return True
    if not (
        at - start <= _BEFORE
        or any(_gap(text, tokens, each)[:1] in _ENDS for each in range(at - 1, at + 1))
    ):
        return False
    before = tokens.words[at - 1]
    return _gap(text, tokens, at) != " " or before in cues.one or before in cues.defining.before


def _ends(text: str, tokens: Tokens, behind: int, end: int) -> bool:
    """Return whether what ends before the token ``behind`` is no part of a longer name."""
    return behind >= end or tokens.stops[behind] or _gap(text, tokens, behind) != " "


def _is_named(tokens: Tokens, at: int, start: int, words: Defining) -> bool:
    """Return whether the words before a token give a name, an article aside."""
    before = at - (at > start and tokens.words[at - 1] in words.determiners)
    named = tokens.words[max(start, before - 2) : before]
    return bool(named) and (named[-1] in words.named_by or " ".join(named) in words.named_by)


def _is_in_apposition(
    text: str, tokens: Tokens, at: int, start: int, behind: int, end: int, cues: Cues
) -> bool:
    """Return whether a description with an indefinite article stands between commas behind a name
    that opens the sentence, an article aside."""
    if at - start > 1 or (at > start and tokens.words[start] not in cues.one):
        return False
    behind = _behind_brackets(text, tokens, behind, end)
    return (
        behind < end
        and "," in _gap(text, tokens, behind)
        and tokens.words[behind] in cues.one
        and any("," in _gap(text, tokens, each) for each in range(behind + 1, end))
    )


def _behind_brackets(text: str, tokens: Tokens, at: int, end: int) -> int:
    """Return the token behind brackets that open before a token; itself if none do."""
    if at < end and "(" in _gap(text, tokens, at):
        closing = text.find(")", tokens.starts[at], tokens.ends[end - 1])
        while at < end and tokens.starts[at] < closing:
            at += 1
    return at


def _is_told(text: str, tokens: Tokens, behind: int, end: int, words: Defining) -> bool:
    """Return whether a verb behind what a clause is about says what it is, or the sign behind an
    entry of a list and a description."""
    if behind < end and any(sign in _gap(text, tokens, behind) for sign in _ENTRY):
        return (
            tokens.words[behind] in words.determiners or tokens.words[behind] in words.meaning_verbs
        )
    behind = _behind_brackets(text, tokens, behind, end)
    for at in range(behind, min(end - 1, behind + _ASIDE)):
        if tokens.words[at] in words.meaning_verbs:
            return True
        if tokens.words[at] in words.copulas:
            return tokens.words[at + 1] in words.determiners
        if at == behind and _gap(text, tokens, at) == " ":
            return False  # the name goes on, or is narrowed: "the scour of", "scour holes"
    return False
