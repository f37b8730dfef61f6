"""The conditions that a question sets: what its answer speaks of, whatever else it says.

"How many seats did the oldest party win in 1931?" is not answered by a sentence about nine votes,
about another party or another year, however well its other words match. Most of these words are
common, and some are stop words, so that the terms hardly tell that they are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Set

from bot.core.questions.question_reading import QuestionReading
from bot.core.seams import Cues


def unmet(
    reading: QuestionReading,
    written: str,
    holds: Callable[[str], bool],
    names: Set[str],
    cues: Cues,
) -> int:
    """Return how many conditions of a question are not met by a text: that it speaks of what is
    counted, that it has the question's numbers, its words that limit ("first", "than"), and a word
    for each if the question has one. ``written`` is the text as
    `bot.core.seams.Words.written` has it, ``holds`` tells whether it has a stem, a synonym or a
    derived word of it, and ``names`` are stems that tell nothing of what is counted."""
    tokens = reading.tokens
    asked = [
        (word, stem)
        for start, word, stem in zip(tokens.starts, tokens.words, tokens.stems, strict=True)
        if start not in reading.context
    ]
    limits = [stem for word, stem in asked if word in cues.limits]
    numbers = [stem for word, stem in asked if word[0].isdigit()]
    nouns = [
        stem
        for start, stem in zip(tokens.starts, tokens.stems, strict=True)
        if start in reading.nouns and reading.kind == "count"
    ]
    counted = [stem for stem in nouns if stem not in names] or nouns
    wants_each = any(word in cues.each for word, _ in asked)
    return sum(
        (
            bool(counted) and not holds(counted[-1]),
            bool(limits) and not any(map(holds, limits)),
            not all(map(holds, numbers)),
            wants_each and not any(f"_{word}_" in written for word in cues.each),
        )
    )
