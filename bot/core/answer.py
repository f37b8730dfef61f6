"""Questions and answers: facts for a front-end to render, without any markup."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.article import Span
from bot.core.light_typing import Literal
from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage
from bot.core.passages.citation import Citation

AnswerKind = Literal["answer", "unsure", "none", "talk"]
"""Kind of an answer: the first match answers; it may answer; nothing answers; or the question was
small talk and needs no article."""
LONGEST_QUESTION = 4000
"""Code points of a question that are searched for and kept."""


class Question(NamedTuple):
    """A question to the articles, and how much of an answer is wanted."""

    text: str
    article: str | None = None
    """The one article in which to look."""
    limit: int = 1
    """Number of matches that are given at most."""
    further: int = 0
    """Number of more matches that are named by their addresses alone."""
    earlier: tuple[str, ...] = ()
    """The questions before this one, oldest first."""


class Match(NamedTuple):
    """One passage that matches a question, with what shows that it does."""

    passage: Passage
    citation: Citation
    sentence: Span
    """The one sentence that answers, within ``passage.text``."""
    highlights: tuple[Span, ...]
    """The words that matched, within ``passage.text``, in order, not overlapping."""
    score: float
    """Score from the ranking by evidence; comparable within one answer only."""
    is_kept: bool = False
    """True if the editors keep this passage for this very question."""


class Repair(NamedTuple):
    """A word of the question that no article holds, and what was searched for instead."""

    asked: str
    searched: str


class TermEvidence(NamedTuple):
    """One term of the question and where it was met."""

    word: str
    """The word as written in the question."""
    weight: float
    """Its share of the question's idf total, 0.0 to 1.0."""
    matched: str
    """Way in which the first passage holds the term: ``word``, ``stem``, ``relative`` or ``no``."""
    frequency: int
    """Number of passages that hold the term."""
    relative: str = ""
    """The first passage's word that counts a little in its place, folded, if there is one."""


class Explanation(NamedTuple):
    """The explanation why the first match is the first, which a front-end shows for "Why this
    passage?"."""

    terms: tuple[TermEvidence, ...]
    phrases: tuple[str, ...]
    """Words of the question that stand next to each other in the first passage too."""
    features: tuple[tuple[str, float, float], ...]
    """Each kind of evidence: its name, its value from 0 to 1, its share of the score."""
    runner_up: str | None
    """The second match's address."""
    margin: float
    """The first match's score less the second's."""


class NearTitle(NamedTuple):
    """An article that comes near a question, by its title."""

    slug: str
    title: str


class Said(NamedTuple):
    """A part of a reply, as a message with the values for its placeholders, which front-ends say in
    other languages."""

    message: str
    values: Mapping[str, object] = {}
    many: str = ""
    """The message for another number than one; empty if it is the same."""
    number: int = 0
    """Fills ``{number}``, where there is a message for several."""
    before: str = ""
    """White space between the part before and this one."""


class Answer(NamedTuple):
    """The articles' answer to a question, or the statement that they have none."""

    question: str
    kind: AnswerKind
    confidence: float
    """Calibrated probability, 0.0 to 1.0, that the first match is right."""
    matches: tuple[Match, ...]
    """Best first; of ``unsure`` and ``none`` the nearest passages."""
    unknown: tuple[str, ...]
    """The question's words that no article contains."""
    repairs: tuple[Repair, ...]
    explanation: Explanation | None
    """None if nothing matched."""
    further: tuple[str, ...] = ()
    """The addresses of the next best, where they were asked for."""
    reply: str = ""
    """Plain text that stands in place of a match: to small talk, and to a question about an
    article's author, date or publisher. Empty otherwise."""
    nearest: tuple[NearTitle, ...] = ()
    """The articles of the best passages, where the kind is ``unsure`` or ``none``."""
    follows: str = ""
    """The earlier question that this one was taken together with; empty if it stood alone."""
    said: tuple[Said, ...] = ()
    """The reply, part by part."""

    @property
    def answered(self) -> bool:
        """True if the question is answered, by the first match or by the reply."""
        return self.kind == "answer"
