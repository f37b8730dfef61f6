"""Evaluation of answers: known questions, the answers given, and measures of their quality."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.core.answer import Answer, Match

DEPTH = 10
"""Number of matches of a question that are examined."""


class KnownQuestion(NamedTuple):
    """A question and what is known of its right answer."""

    question: str
    article: str | None = None
    """The slug of the article that answers it."""
    paragraph: int | None = None
    """The paragraph of it that does, from 1."""
    answers: tuple[str, ...] = ()
    """Wordings of the answer; the right sentence holds one of them."""
    gold: str | None = None
    """Words that stand in the right passage."""

    @property
    def has_passage(self) -> bool:
        """True if the right passage is known."""
        return self.gold is not None or self.paragraph is not None

    @property
    def sentence_words(self) -> tuple[str, ...]:
        """Words of which the right sentence holds one."""
        return self.answers or ((self.gold,) if self.gold is not None else ())

    def is_passage(self, match: Match) -> bool:
        """Return whether a match is the right passage."""
        passage = match.passage
        if self.gold is not None:
            return _holds(passage.text, self.gold)
        return (
            match.citation.slug == self.article
            and self.paragraph is not None
            and passage.first <= self.paragraph <= passage.last
        )

    def is_sentence(self, match: Match) -> bool:
        """Return whether the sentence of a match is one that answers."""
        sentence = match.passage.text[match.sentence.start : match.sentence.end]
        return any(_holds(sentence, words) for words in self.sentence_words)


class AskingResult(NamedTuple):
    answered: bool
    confidence: float
    rank: int | None
    """The right passage's rank among the matches, from 1; None if it is not among them, or if
    nobody knows it."""
    sentence: bool
    """True if the first match's sentence answers."""


class Measures(NamedTuple):
    """The measures over all questions; shares from 0 to 1, None if there is none to count."""

    questions: int
    judged: int
    """The questions whose right passage is known."""
    declined: int
    """The questions to which the bot said that nothing answers them."""
    top1: float | None
    top3: float | None
    mrr: float | None
    """The mean of 1 / rank of the right passage among the first ten, 0 if it is not there."""
    both: float | None
    """The share whose first match is the right passage with the right sentence."""


def judge(known: KnownQuestion, answer: Answer) -> AskingResult:
    """Compare an answer with what is known; where it declined, its nearest matches count."""
    ranks = [
        rank
        for rank, match in enumerate(answer.matches[:DEPTH], 1)
        if known.has_passage and known.is_passage(match)
    ]
    sentence = bool(answer.matches) and known.is_sentence(answer.matches[0])
    return AskingResult(answer.answered, answer.confidence, ranks[0] if ranks else None, sentence)


def measure(known: Sequence[KnownQuestion], results: Sequence[AskingResult]) -> Measures:
    """Return the measures over all questions, in the same order."""
    ranks = [
        (result.rank, result.sentence)
        for question, result in zip(known, results, strict=True)
        if question.has_passage
    ]
    total = len(ranks)
    declined = sum(not result.answered for result in results)
    if not total:
        return Measures(len(results), 0, declined, None, None, None, None)
    return Measures(
        len(results),
        total,
        declined,
        top1=sum(rank == 1 for rank, _ in ranks) / total,
        top3=sum(rank is not None and rank <= 3 for rank, _ in ranks) / total,
        mrr=sum(1 / rank for rank, _ in ranks if rank is not None) / total,
        both=sum(rank == 1 and sentence for rank, sentence in ranks) / total,
    )


def _holds(text: str, words: str) -> bool:
    return _plain(words) in _plain(text)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
