"""What kind of answer a question asks for, and whether a sentence gives one of that kind.

This helps to choose between the sentences of a passage that match the question's words equally
well: "when" wants a date, "how many" a number, "who" somebody.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from bot.core.seams import Cues, Kind, Tokens


def expected_kind(words: Sequence[str], cues: Cues) -> Kind | None:
    """The kind of answer that the question's words ask for; None where they don't say."""
    for place, word in enumerate(words):
        two = " ".join(words[place : place + 2])
        kind = cues.asks.get(two) or cues.asks.get(word)
        if kind is not None:
            return kind
    return None


def gives(
    kind: Kind, text: str, tokens: Tokens, start: int, end: int, asked: Set[str], cues: Cues
) -> bool:
    """Whether the tokens from ``start`` to ``end`` of a text hold something of that kind that was
    not in the question already. ``asked`` are the question's words.

    A number is a token with a digit in it, a date one that reads as a year; a person or a place
    is a capitalised word that does not open the sentence.
    """
    words = cues.gives.get(kind, frozenset())
    for at in range(start, end):
        word = tokens.words[at]
        if word in asked:
            continue
        if word in words:
            return True
        if kind == "number" and word[0].isdigit():
            return True
        if kind == "date" and len(word) == 4 and word.isdigit():
            return True
        named = kind in ("person", "place") and at > start and not tokens.stops[at]
        if named and text[tokens.starts[at]].isupper():
            return True
    return False
