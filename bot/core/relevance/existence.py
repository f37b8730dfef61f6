"""The test whether a question asks if there is something of which a text says nothing.

"Is there a lift up the tower?" is not answered by "Go up the tower in the evening, 294 steps",
however well the names match: the noun behind "is there" is all that is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import dropwhile, takewhile

from bot.core.questions.question_reading import QuestionReading
from bot.core.seams import Cues

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
                behind = dropwhile(tokens.stops.__getitem__, inside[first + size :])
                noun = takewhile(  # not "up" of "a lift up it"
                    lambda at: not tokens.stops[at] and tokens.words[at] not in cues.places, behind
                )
                things = [tokens.stems[at] for at in noun]
                return bool(things) and not any(map(holds, things))
    return False
