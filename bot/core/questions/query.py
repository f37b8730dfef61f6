"""A question as it is searched for: its terms weighed by the statistics of what it is asked of.

Every weight is a share of what the whole question weighs, so that a value of 1 means "all that
was asked" for a question of two words as for one of twenty, and scores of different languages
and shelves can be compared.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Set

from bot.core.light_typing import TypeVar
from bot.core.named_tuple import NamedTuple
from bot.core.questions.question_reading import QuestionReading
from bot.core.seams import GramShares, Statistics, TermShares

STOP_WEIGHT = 0.6
"""Weight of a stop word in a sentence or a phrase; a word that is in every other passage weighs
0.7. Stop words are not indexed, so their own frequency is not known; between 0.3 and 1.2 the value
makes no difference."""
COMMON_WEIGHT = 0.7
"""Factor of a common word's idf: to be rare among a thousand passages may be chance."""
CONTEXT_WEIGHT = 0.6
"""Factor of the idf of a term outside the parts of the question that ask; 1 if those parts have
hardly any terms: "What did I do wrong?"."""
LONG_CONTEXT = 5
"""Number of terms outside the sentence that asks from which a message is a story."""
TELLING = 2
"""Terms that are not common, and stand in some passage, of a question that says what it asks."""
CONTEXT_WEIGHT_INSIDE = 0.2
"""The same factor where one article is asked, of whose passages such terms hardly tell one from
another: they say which article is meant. There any other term says what is asked."""
SKIP = 3
"""Two words of the question may stand up to so many words apart to be near each other."""
BEGINNING = 5
"""Two words that share their first so many code points are taken for relatives ("destroy",
"destruction"); of shorter words that is chance."""
GRAM = 4
"""Code points of a character n-gram; the best length for European words (McNamee and Mayfield,
"Character n-gram tokenization for European language text retrieval", 2004)."""


class Relatives(NamedTuple):
    """Substitutes for a missing term, which count a little."""

    beginning: str
    """Beginning of a long word, preceded by ``_``; a short word is given whole, with both ends
    marked."""
    synonyms: Set[str]
    """The stems that may stand for the term, but for those of the question."""
    share: float
    """The term's share of the terms' total."""
    everyday: Set[str] = frozenset()
    """Those of the synonyms that articles use for an everyday word."""
    exact: Set[str] = frozenset()
    """Those of the synonyms that say the same in most texts."""


class Query(NamedTuple):
    """A reading weighed by the statistics of what it is asked of."""

    reading: QuestionReading
    idf: Mapping[str, float]
    """Each term's inverse document frequency; an unseen one's is the greatest there is, and a
    common word's is less than it seems."""
    total: float
    """Their sum, at least a little."""
    words: Mapping[str, float]
    """Each distinct word that is no stop word, with its stem's share of the words' total."""
    stems: Mapping[str, float]
    """Each distinct stem, of stop words too, with its share of the stems' total."""
    pairs: Mapping[tuple[str, str], float]
    """Stems that stand next to each other in the question, with their shares."""
    near_pairs: Mapping[tuple[str, str], float]
    """Stems that stand at most `SKIP` words apart, in order, with their shares."""
    related: Mapping[str, Relatives]
    """For each stem that has relatives what counts as one."""
    synonyms: frozenset[str]
    """All their synonyms together."""
    grams: Mapping[str, float]
    """Each character n-gram of the words, with its share."""
    spelling: GramShares
    """The same, to be looked for in sentences."""
    average_length: float
    """Terms a passage has on average."""
    frequency: Mapping[str, int]
    """Number of passages that hold each term."""
    average_sentence: float = 1.0
    """Tokens a sentence of the candidates has on average."""
    prose: float = 0.0
    """Share of stop words from which a text is prose, as far as the candidates tell."""

    @property
    def term_shares(self) -> TermShares:
        """The weights of its terms, which are looked for in many passages at once."""
        return TermShares(
            self.idf,
            self.total,
            self.words,
            self.stems,
            self.pairs,
            self.near_pairs,
            self.average_length,
            self.average_sentence,
            SKIP,
            any(self.reading.tokens.stops),
        )

    def has_synonym(self, term: str, stems: Set[str]) -> bool:
        """Return whether a synonym of one of the terms is among some stems."""
        related = self.related.get(term)
        return related is not None and not related.synonyms.isdisjoint(stems)

    def says_same(self, term: str, stems: Set[str]) -> bool:
        """Return whether one of the terms or what says the same is among some stems."""
        related = self.related.get(term)
        return term in stems or (related is not None and not related.exact.isdisjoint(stems))


def inverse_document_frequency(passages: int, document_frequency: int) -> float:
    """Return ``log((N + 1) / df)``; an unseen term counts as if it were in one passage."""
    return math.log((passages + 1) / max(1, document_frequency))


def weigh(reading: QuestionReading, whole: Statistics, article: Statistics | None = None) -> Query:
    """Weigh a reading's terms by the statistics of all passages. If the question is asked of one
    article, that article's statistics count as much: a term that is rare among all passages may be
    in every paragraph of the article, and tells nothing there."""
    idf = {term: _idf(term, whole) for term in reading.terms}
    if article is not None and article.passages:
        idf = {term: (weight + _idf(term, article)) / 2 for term, weight in idf.items()}
    for term in reading.common & idf.keys():
        idf[term] *= COMMON_WEIGHT
    context = reading.context_terms
    if context:
        frequency = whole.document_frequency
        asked = [term for term in idf if term not in context and term not in reading.common]
        if article is None:
            is_telling = sum(bool(frequency.get(term)) for term in asked) >= TELLING
            factor = CONTEXT_WEIGHT if is_telling else 1.0
        else:
            factor = CONTEXT_WEIGHT_INSIDE if asked else 1.0
        for term in context:
            if not frequency.get(term):
                del idf[term]
            else:
                idf[term] *= factor
    tokens = reading.tokens
    entries = [
        (word, stem, stop)
        for word, stem, stop in zip(tokens.words, tokens.stems, tokens.stops, strict=True)
        if stop or stem in idf
    ]
    words = {word: idf[stem] for word, stem, stop in entries if not stop}
    stems = {stem: idf.get(stem, STOP_WEIGHT) for _, stem, _ in entries}
    grams: dict[str, float] = {}
    for word, weight in words.items():
        of_word = character_grams(word)
        for gram in of_word:
            grams[gram] = max(grams.get(gram, 0.0), weight / len(of_word))
    grams = _shares(grams)
    total = sum(idf.values()) or 1.0
    related = {
        stem: _relatives(reading, word, stem, stems.keys(), idf[stem] / total)
        for word, stem, stop in entries
        if not stop
        and (len(word) >= BEGINNING or stem in reading.synonyms or stem in reading.everyday)
    }
    return Query(
        reading,
        idf,
        total,
        _shares(words),
        _shares(stems),
        _shares(_pairs(entries, stems, 1)),
        _shares(_pairs(entries, stems, SKIP)),
        related,
        frozenset().union(*(relatives.synonyms for relatives in related.values())),
        grams,
        reading.gram_shares(grams),
        whole.average_length or 1.0,
        whole.document_frequency,
    )


def _relatives(
    reading: QuestionReading, word: str, stem: str, asked: Set[str], share: float
) -> Relatives:
    synonyms: Set[str] = frozenset()
    everyday: Set[str] = frozenset()
    exact: Set[str] = frozenset()
    if stem in reading.synonyms:
        synonyms = reading.synonyms[stem] - asked
    if stem in reading.everyday:
        exact, everyday = reading.everyday[stem].exact - asked, reading.everyday[stem].all - asked
        synonyms = synonyms | everyday
    beginning = f"_{word[:BEGINNING]}" if len(word) >= BEGINNING else f"_{word}_"
    return Relatives(beginning, synonyms, share, everyday, exact)


def character_grams(word: str) -> list[str]:
    """Return a word's distinct character n-grams, in order, its ends marked with ``_``; a short
    word is one itself."""
    marked = f"_{word}_"
    ends = range(max(1, len(marked) - GRAM + 1))
    return list(dict.fromkeys([marked[at : at + GRAM] for at in ends]))


def _idf(term: str, statistics: Statistics) -> float:
    return inverse_document_frequency(
        statistics.passages, statistics.document_frequency.get(term, 0)
    )


def _pairs(
    entries: list[tuple[str, str, bool]], stems: Mapping[str, float], reach: int
) -> dict[tuple[str, str], float]:
    """Return the pairs of stems at most ``reach`` apart, without pairs of two stop words."""
    pairs = {}
    for row, (_, first, stop) in enumerate(entries):
        for _, second, other_stop in entries[row + 1 : row + 1 + reach]:
            if not (stop and other_stop):
                pairs[first, second] = (stems[first] + stems[second]) / 2
    return pairs


_Key = TypeVar("_Key")


def _shares(weights: Mapping[_Key, float]) -> dict[_Key, float]:
    total = math.fsum(weights.values()) or 1.0
    return {key: weight / total for key, weight in weights.items()}
