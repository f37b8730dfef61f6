"""Misses: what is kept of a question that the articles did not answer.

`bot.service.learning.miss_recording` records them, `bot.service.learning.gaps` groups them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.questions.asked_kind import asked_kind
from bot.service.records.recorded_misses import Miss, MissVerdict, WeighedWord
from bot.service.tenants import Tenant

if TYPE_CHECKING:
    from bot.core.answer import Answer
    from bot.core.library import Library
    from bot.core.seams import Analyzer

_LONGEST_QUESTION = 1000
"""Characters of a question that are kept."""
_MOST_WORDS = 40


def miss_of(
    tenant: Tenant,
    answer: Answer,
    verdict: MissVerdict,
    library: Library,
    analyzer: Analyzer,
    *,
    keep_question: bool,
) -> Miss:
    """Return what is kept of a question that ``library`` did not answer; ``keep_question`` is True
    if its text may be. A follow-up is kept together with the question that it follows."""
    nearest = answer.matches[0] if answer.matches else None
    entry = None if nearest is None else library.entry(nearest.citation.slug)
    text = f"{answer.follows} {answer.question}".strip()
    language = _language_of(text, library, analyzer) if entry is None else entry.language
    tokens = analyzer.tokens(text, language)
    return Miss(
        tenant,
        text[:_LONGEST_QUESTION] if keep_question else None,
        _words(text, answer, language, analyzer),
        language,
        verdict,
        "" if nearest is None else nearest.citation.address,
        tuple(answer.unknown[:_MOST_WORDS]),
        asked_kind(tokens.words, tokens.stops, analyzer.cues(language)).kind,
    )


def _language_of(text: str, library: Library, analyzer: Analyzer) -> str:
    """Return the language of a question of which nothing was found: as its text tells, if there are
    articles in it, for a short text tells little. Where all are in one, it is that: the model that
    tells languages apart takes a second to load."""
    languages = library.languages()
    if len(languages) == 1:
        return languages.pop()
    detected = analyzer.detect(text)
    return detected if detected in languages or not languages else min(languages)


def _words(text: str, answer: Answer, language: str, analyzer: Analyzer) -> tuple[WeighedWord, ...]:
    """Return the words of a question that are searched for, each once, with their weights."""
    searched = {
        word: repair.searched
        for repair in answer.repairs
        for word in repair.asked.casefold().split()  # two, if they were written apart
    }
    explained = () if answer.explanation is None else answer.explanation.terms
    weights = {term.word.casefold(): term.weight for term in explained}
    asking = analyzer.asked(text, language).asking
    found: dict[str, float] = {}
    tokens = analyzer.tokens(text, language)
    for start, end, _, _, stop in zip(*tokens, strict=True):
        if stop or not any(span.start <= start < span.end for span in asking):
            continue
        written = text[start:end].casefold()  # with its accents, without which stems are others
        found[searched.get(written, written)] = weights.get(written, 0.0)
    words = sorted(found.items(), key=lambda item: -item[1])[:_MOST_WORDS]
    total = sum(weight for _, weight in words)
    return tuple(
        sorted(
            WeighedWord(word, weight / total if total else 1 / len(words)) for word, weight in words
        )
    )
