"""The test whether a question asks if there is something of which a text says nothing.

"Is there a lift up the tower?" is not answered by "Go up the tower in the evening, 294 steps",
however well the names match: the noun behind "is there" is all that is asked.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.core.questions.question_reading import QuestionReading
from bot.core.seams import Cues, Tokens

_LONGEST = 5
"""Number of words that such a phrase has at the most: "est-ce qu'il y a"."""
_WITHIN = 3
"""Number of words before it at the most: "well, so is there"."""


def is_of_other_things(reading: QuestionReading, holds: Callable[[str], bool], cues: Cues) -> bool:
    """Return whether a question asks if there is something, by a phrase at its beginning, and none
    of the words for it is held by a text, as ``holds`` tells of a stem."""
    tokens = reading.tokens
    if reading.kind is not None or not cues.existence:
        return False
    inside = [at for at, start in enumerate(tokens.starts) if start not in reading.context]
    words = [tokens.words[at] for at in inside]
    for first in range(min(_WITHIN + 1, len(words))):
        for size in range(min(_LONGEST, len(words) - first), 0, -1):
            if " ".join(words[first : first + size]) in cues.existence:
                behind = inside[first + size :]
                while behind and tokens.stops[behind[0]]:
                    behind = behind[1:]
                ends = (n for n, at in enumerate(behind) if _ends_noun(tokens, at, cues))
                things = [tokens.stems[at] for at in behind[: next(ends, len(behind))]]
                return bool(things) and not any(map(holds, things))
    return False


def _ends_noun(tokens: Tokens, at: int, cues: Cues) -> bool:
    """Return whether a word of a question belongs to no noun before it: "up" of "a lift up it"."""
    return tokens.stops[at] or tokens.words[at] in cues.places
