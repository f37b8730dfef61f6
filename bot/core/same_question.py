"""Test whether two questions ask the same in other words.

Guarded, for the answer of one is given to the other: filler, articles, word order of auxiliary
verbs and a final "s" may differ, and nothing else. "From Leeds to York" is not "to Leeds from
York", "opened" not "opens", and "can" not "cannot".
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from bot.core.seams import Analyzer


class QuestionWording(NamedTuple):
    """A question as it is compared with others."""

    words: tuple[str, ...]
    """Its words in order, folded, without filler, articles and auxiliary verbs."""
    stems: tuple[str, ...]
    """The stem of each of them."""
    verbs: frozenset[tuple[str, int]]
    """Meanings of its auxiliary verbs, each with its frequency."""
    terms: frozenset[str]
    """The stems that are searched for."""
    is_negative: bool
    """True if it asks what is not so."""
    is_whole: bool
    """True if nothing else was said that might change what is asked."""


def wording(question: str, language: str, analyzer: Analyzer) -> QuestionWording:
    """Read a question in one language for comparison."""
    parts = analyzer.asked(question, language)
    little = analyzer.little_words(language)
    tokens = analyzer.tokens(question, language)
    words: list[str] = []
    stems: list[str] = []
    verbs: Counter[str] = Counter()
    terms: set[str] = set()
    negations = 0
    for start, _, word, stem, stop in zip(*tokens, strict=True):
        if not any(span.start <= start < span.end for span in parts.asking):
            continue
        negations += word in little.negations
        if word in little.verbs:
            verbs[little.verbs[word]] += 1
        elif word not in little.articles:
            words.append(word)
            stems.append(stem)
        if not stop:
            terms.add(stem)
    del verbs[""]
    return QuestionWording(
        tuple(words),
        tuple(stems),
        frozenset(verbs.items()),
        frozenset(terms),
        is_negative=negations % 2 == 1,
        is_whole=not parts.context and len(parts.asking) == 1,
    )


def ask_the_same(one: QuestionWording, other: QuestionWording) -> bool:
    """Return whether two questions, read in the same language, ask the same. Without a word to
    search for, none does: whoever compares "who are you?" compares its text."""
    return (
        bool(one.terms)
        and one.is_whole
        and other.is_whole
        and one.stems == other.stems
        and one.verbs == other.verbs
        and all(map(_is_same_word, one.words, other.words))
    )


def folded_text(question: str) -> str:
    """Return a question's text but for upper case, white space and the signs at its end."""
    return " ".join(question.casefold().split()).rstrip(" ?!.")


def _is_same_word(one: str, other: str) -> bool:
    return one == other or one.removesuffix("s").removesuffix("e") == other.removesuffix(
        "s"
    ).removesuffix("e")
