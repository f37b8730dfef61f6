"""Two words that were run together because a space was left out: "theferry", "openinghours".

Nothing is searched for here: `bot.core.conversation.unknown_words` looks up which of the words
articles hold.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.core.questions.question_reading import QuestionReading
from bot.core.questions.repair import COMMON_WORD, COUNTED, FUNCTION_WORD, KNOWN_WORD, LISTED
from bot.core.seams import Analyzer, Tokens

_SHORTEST = 5
"""Letters of a word that may be two."""
_LONGEST = 40
_FUNCTION_LETTERS, _SHORT_LETTERS, _HELD_LETTERS = 2, 3, 4
"""Letters that a part needs to be a function word, a known word of the language that some passage
holds, or any other word: "cap" and "ten" make no misspelt "captain"."""
_APOSTROPHES = ("'", "\u2019", "\u02bc")


class Pair(NamedTuple):
    """Two words that one word may be."""

    form: str
    """The two, with the space between them."""
    tokens: Tokens
    besides: tuple[float, float]
    """Number of passages that each counts for besides those that hold it."""

    @property
    def is_sure(self) -> bool:
        """True if hardly anything else can have been meant: one of the two is a function word, or
        both are known words of the language."""
        return any(self.tokens.stops) or all(self.besides)

    def value(self, frequency: Mapping[str, int]) -> float:
        """Return what speaks for the pair, as `bot.core.questions.repair.likeliest` values other
        errors; 0 if one of the two is no word."""
        held = zip(self.tokens.stems, self.tokens.stops, self.besides, strict=True)
        return COUNTED * min(
            besides + (0 if stop else frequency.get(stem, 0)) for stem, stop, besides in held
        )


def pairs_of(
    reading: QuestionReading, unseen: Mapping[int, int], analyzer: Analyzer
) -> dict[str, list[Pair]]:
    """Return the pairs that each unknown word may be. A question of one word has none: its answer
    would rest on a guess alone."""
    tokens = reading.tokens
    if len(tokens.words) - len(reading.context) < 2:
        return {}
    found: dict[str, list[Pair]] = {}
    for at, (start, end, word, _, _) in enumerate(zip(*tokens, strict=True)):
        written = reading.question[start:end]
        if (
            unseen.get(start) == end
            and _SHORTEST <= len(word) <= _LONGEST
            and len(word) == len(written)
            and word.isalpha()
            and not written.isupper()
            and word not in found
            and reading.question[end : end + 1] not in _APOSTROPHES
            and not analyzer.is_word(word, reading.language)
        ):
            is_name = written[0].isupper() and at > 0
            pairs = _pairs(word, reading.language, analyzer, begins_with_name=is_name)
            if pairs:
                found[word] = pairs
    return found


def _pairs(word: str, language: str, analyzer: Analyzer, *, begins_with_name: bool) -> list[Pair]:
    """Return the pairs that a word may be. A name may be followed by a word, but two words are no
    name. What ends like a function word is more often an inflected form, where the language's words
    are not known."""
    cuts = range(_FUNCTION_LETTERS, len(word) - _FUNCTION_LETTERS + 1)
    parts = [part for at in cuts for part in (word[:at], word[at:])]
    tokens = analyzer.tokens(" ".join(parts), language)
    if tokens.words != parts:  # they are not cut at spaces, as in Thai
        return []
    worth = [
        _besides(part, stem, stop, language, analyzer)
        for part, stem, stop in zip(parts, tokens.stems, tokens.stops, strict=True)
    ]
    pairs = []
    for at in range(0, len(parts), 2):
        before, after = worth[at : at + 2]
        if before is None or after is None or (begins_with_name and before):
            continue
        if tokens.stops[at + 1] and language not in LISTED:
            continue
        form = f"{parts[at]} {parts[at + 1]}"
        pairs.append(Pair(form, analyzer.tokens(form, language), (before, after)))
    return pairs


def _besides(part: str, stem: str, stop: bool, language: str, analyzer: Analyzer) -> float | None:
    """Return the number of passages that a part counts for besides those that hold it; None if it
    is too short for a word of its kind."""
    if stop:
        return FUNCTION_WORD if len(part) >= _FUNCTION_LETTERS else None
    is_known = language in LISTED and analyzer.is_word(part, language)
    if len(part) < _HELD_LETTERS:
        return 0.0 if is_known and len(part) >= _SHORT_LETTERS else None
    return (COMMON_WORD if stem in analyzer.common(language) else KNOWN_WORD) if is_known else 0.0


def terms_of(pairs: Mapping[str, Sequence[Pair]]) -> list[str]:
    """Return the terms that tell which of the pairs are words."""
    return [term for found in pairs.values() for pair in found for term in pair.tokens.terms()]


def likelier_pairs(
    pairs: Mapping[str, Sequence[Pair]], others: Mapping[str, float], frequency: Mapping[str, int]
) -> dict[str, Pair]:
    """Return for each word the likeliest pair, if one is of two words and likelier than the other
    error by which the word may have come about; of some words ``others`` holds what speaks for
    that."""
    found = {}
    for word, options in pairs.items():
        best = max(options, key=lambda pair: pair.value(frequency))
        if best.value(frequency) > others.get(word, 0.0):
            found[word] = best
    return found
