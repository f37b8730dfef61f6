"""The test whether a sentence speaks of another time than a question, or of the opposite.

"How many tickets were sold last year?" is not answered by "This year 900 tickets were sold", nor
"When does it open on Sundays?" by "On Mondays it opens at nine", nor "How old is he?" by "She is
54". A text that has the question's own word, too, tells of both; and one that has two others,
"Tuesdays to Fridays", may mean the question's by them. Opposites answer what is asked with yes or
no: "Was it accepted?" "It was rejected."
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from bot.core.passages.passage_blocks import PassageBlock
from bot.core.questions.question_reading import QuestionReading
from bot.core.seams import Cues, Words


def is_opposed(
    reading: QuestionReading, words: Words, block: PassageBlock, sentence: int, cues: Cues
) -> bool:
    """Return whether a sentence has what a word or a pair of words of a question excludes, and it
    and its heading lack what the question has; ``words`` are its passage's, ``block`` its block."""
    tokens = reading.tokens
    asked = [
        word
        for start, word in zip(tokens.starts, tokens.words, strict=True)
        if start not in reading.context
    ]
    wants_yes_or_no = reading.kind is None and bool(asked) and asked[0] in cues.openers
    groups = cues.times if wants_yes_or_no else (*cues.times, *cues.opposites)
    theirs, said = _phrases(asked), _phrases(_words_of(words, sentence, sentence + 1))
    heading = _phrases(_words_of(words, block.first, block.quoted_from))
    return any(
        len(own) == 1
        and own[0].isdisjoint(said | heading)
        and sum(not other.isdisjoint(said) for other in group) == 1
        for group in groups
        if (own := [each for each in group if not each.isdisjoint(theirs)])
    )


def _words_of(words: Words, first: int, end: int) -> Sequence[str]:
    """Return the words of the sentences from ``first`` to ``end``, exclusive."""
    starts = [0, *words.ends]
    return words.words[starts[first] : starts[end]]


def _phrases(words: Sequence[str]) -> Set[str]:
    """Return these words, and each two of them that follow each other."""
    return {*words, *map(" ".join, pairwise(words))}
