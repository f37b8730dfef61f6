"""A sentence as the tests of what it says read it: its text, its tokens and its language's words.

Each of these tests takes a sentence and the place of one of its tokens, ``at``.
"""

from __future__ import annotations

from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage
from bot.core.seams import Analyzer, Cues


class Sentence(NamedTuple):
    """A text, with the lists of its `bot.core.seams.Tokens`."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    stems: list[str]
    stops: list[bool]
    cues: Cues

    def gap(self, at: int) -> str:
        """Return what stands between a token and the one before it; nothing before the first."""
        return self.text[self.ends[at - 1] : self.starts[at]]

    def is_capitalised(self, at: int) -> bool:
        return self.text[self.starts[at]].isupper()

    def written(self, at: int) -> str:
        """Return a token as it is written."""
        return self.text[self.starts[at] : self.ends[at]]


def read_sentence(text: str, language: str, analyzer: Analyzer) -> Sentence:
    return Sentence(text, *analyzer.tokens(text, language), analyzer.cues(language))


def sentence_of(passage: Passage, number: int, language: str, analyzer: Analyzer) -> Sentence:
    return read_sentence(passage.sentence(number), language, analyzer)
