"""Questions as people type them: with a typing error, in lower case, without the small words."""

from __future__ import annotations

from random import Random
from typing import Literal, get_args

from bot.core.seams import Analyzer

Perturbation = Literal["typo", "lower", "stopwords"]
PERTURBATIONS: tuple[Perturbation, ...] = get_args(Perturbation)

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def perturb(
    question: str, how: Perturbation, random: Random, analyzer: Analyzer, language: str = "en"
) -> str:
    """Return a question as somebody might type it.

    ``typo``: one random edit in the longest word that is no stop word (a letter left out, put in,
    replaced, or swapped with the next); ``lower``: lower case without the question mark;
    ``stopwords``: without stop words. One that nothing would be left of stays as it is.
    """
    if how == "lower":
        return question.lower().rstrip("?？؟; ") or question
    tokens = analyzer.tokens(question, language)
    spans = [
        (start, end)
        for start, end, stop in zip(tokens.starts, tokens.ends, tokens.stops, strict=True)
        if not stop
    ]
    if not spans:
        return question
    if how == "stopwords":
        return " ".join(question[start:end] for start, end in spans)
    start, end = max(spans, key=lambda span: span[1] - span[0])
    return question[:start] + edit(question[start:end], random) + question[end:]


def edit(word: str, random: Random) -> str:
    """Return a word of at least one letter with one random edit; it may come out as it was."""
    at = random.randrange(len(word))
    letter = random.choice(_LETTERS)
    return random.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
        )
    )
