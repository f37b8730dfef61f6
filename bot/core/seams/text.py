"""Seam between the core and the rooms that know languages: tokens, sentences and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cached_property
from itertools import accumulate, compress, pairwise
from operator import not_

from bot.core.article import Span
from bot.core.light_typing import TYPE_CHECKING, Literal, Protocol
from bot.core.named_tuple import NamedTuple
from bot.core.seams.answer_kinds import Cues

if TYPE_CHECKING:
    from bot.core.seams.pairs import LittleWords


class Tokens(NamedTuple):
    """The tokens of one text, in order: five parallel lists of one length."""

    starts: list[int]
    """Offset of each token in the text, in code points."""
    ends: list[int]
    words: list[str]
    """Each token folded: lower case, no accents, no possessive, but not stemmed."""
    stems: list[str]
    """Each token's stem, for stop words too."""
    stops: list[bool]
    """For each token, True if it is a stop word."""

    def terms(self) -> list[str]:
        """Return the terms to index: the stems of the tokens that are not stop words, in order."""
        return [stem for stem, stop in zip(self.stems, self.stops, strict=True) if not stop]


class StandIns(NamedTuple):
    """The stems of the words that may stand for another."""

    exact: Set[str] = frozenset()
    """Those that say the same in most texts: a sentence with one answers what the other asks."""
    near: Set[str] = frozenset()
    """Those that are only about the same."""

    @property
    def all(self) -> Set[str]:
        """All of them."""
        return self.exact | self.near


class _WordLists(NamedTuple):
    words: list[str]
    stems: list[str]
    stops: list[bool]
    ends: list[int]
    """For each sentence, how many tokens it and those before it have."""


class Words(_WordLists):
    """The tokens of a passage's sentences, as in `Tokens`, but without their offsets: three
    parallel lists of one length, and where each sentence ends in them. What is derived from them
    is computed when it is first asked for, and kept, because popular passages are weighed for one
    question after the other. Any thread may ask; callers must not mutate anything."""

    def terms(self) -> list[str]:
        """Return the terms to index: the stems of the tokens that are not stop words, in order."""
        return list(compress(self.stems, map(not_, self.stops)))

    @cached_property
    def term_set(self) -> frozenset[str]:
        """The distinct terms."""
        return frozenset(dict.fromkeys(self.terms()))  # in half the memory of a list's

    @cached_property
    def stem_set(self) -> frozenset[str]:
        """The distinct stems, those of stop words too."""
        return frozenset(dict.fromkeys(self.stems))

    @cached_property
    def length(self) -> int:
        """Number of terms, each as often as it occurs."""
        return len(self.stops) - self.stops.count(True)

    @cached_property
    def stops_before(self) -> list[int]:
        """For each token, how many of those before it are stop words."""
        return [0, *accumulate(self.stops)][:-1]

    @cached_property
    def openings(self) -> list[tuple[int, int]]:
        """For each sentence that has a term, the offset of its first, and where it ends."""
        stops, bounds = self.stops, pairwise([0, *self.ends])
        return [
            (start + stops[start:end].index(False), end)
            for start, end in bounds
            if not all(stops[start:end])
        ]

    @cached_property
    def written(self) -> tuple[str, ...]:
        """Each sentence's words with ``_`` around them, as character n-grams have them."""
        bounds = pairwise([0, *self.ends])
        return tuple([f"_{'_'.join(self.words[start:end])}_" for start, end in bounds])

    @cached_property
    def joined(self) -> str:
        """All of these, one behind the other."""
        return "".join(self.written)

    @cached_property
    def _runs(self) -> dict[tuple[int, int], Words]:
        return {}

    def stems_of(self, first: int, end: int) -> Sequence[str]:
        """Return the stems of the sentences from ``first`` to ``end``, exclusive."""
        if first >= end:
            return []
        return self.stems[self.ends[first - 1] if first else 0 : self.ends[end - 1]]

    def of_sentences(self, first: int, end: int) -> Words:
        """Return the words of the sentences from ``first`` to ``end``, exclusive."""
        if not first and end == len(self.ends):
            return self
        found = self._runs.get((first, end))
        if found is None:
            start = self.ends[first - 1] if first else 0
            stop = self.ends[end - 1]
            found = self._runs[first, end] = Words(
                self.words[start:stop],
                self.stems[start:stop],
                self.stops[start:stop],
                [each - start for each in self.ends[first:end]],
            )
        return found


TalkTopic = Literal[
    "greeting", "farewell", "thanks", "praise", "insult", "acknowledgement", "laughter", "emoji",
    "help", "identity", "quit", "test", "summary", "catalogue",
]  # fmt: skip
"""Topic of small talk. ``summary`` asks for a text to be summed up, ``catalogue`` for the list of
articles."""


class SmallTalk(NamedTuple):
    """A message that is no question to the articles."""

    topic: TalkTopic
    about: str = ""
    """The words that say of what a summary is requested; otherwise empty."""


class AskedParts(NamedTuple):
    """The parts of a message that ask, in code points. Filler is in neither list."""

    asking: tuple[Span, ...]
    """The sentences that ask, or all of them where none is told apart."""
    context: tuple[Span, ...]
    """The other sentences of a longer message, which may help to find what is asked for."""


Following = Literal["no", "perhaps", "yes"]
"""Dependence of a question on the one before it: it stands alone; it may depend on it, but can be
answered alone; it cannot stand alone."""
HeadPart = Literal["author", "published", "publisher", "url", "source"]
"""A part of an article's head that questions ask for; its source is its publisher or its url."""


class Credit(NamedTuple):
    """The words of a question that name the text to ask."""

    words: Span
    """The words that name the text."""
    whole: Span
    """These and what leads to them: "according to the annual report,"."""
    bare: Span
    """The words without one for such a text at their end: "annual"."""


HeadOrder = Literal["newest", "oldest"]
"""The end of all articles, in the order of their dates."""


HeadLookup = Literal["by", "about"]
"""The property that the articles have in common for which a question asks: their author, or words
in their titles."""


class HeadQuestion(NamedTuple):
    """A question about an article's head."""

    asks: tuple[HeadPart, ...]
    about: str
    """The words that say which article; empty if none do."""
    only_follows: bool = False
    """True if it asks for that only after an answer: "who wrote it?" may mean a book as well."""
    order: HeadOrder | None = None
    """Set if it asks for the newest article, or for the oldest; then ``about`` is empty."""
    is_doubtful: bool = False
    """True if what it asks about may as well be something that an article tells of: "who wrote the
    rules?"."""
    work: str = ""
    """The word for such a text; where that is doubtful, it is among those of ``about``."""
    lists: HeadLookup | None = None
    """Set if it asks which articles there are by the author ``about``, or about that."""


class ChunkTerms(Protocol):
    """The terms of chunks, stretches of text without white space: those of a text are those of
    its ``split()``."""

    @property
    def ignored(self) -> str:
        """Signs that change nothing around a word of ASCII letters and digits, and around no other
        word, just as its upper case changes nothing; empty if either might."""

    def of(self, chunks: Sequence[str]) -> list[Sequence[str]]:
        """Return the terms of each of these chunks. They are computed at each call; callers cache
        them."""


class GramShares(Protocol):
    """The character n-grams of a question, each with its share of them all."""

    def in_each(self, sentences: Sequence[str]) -> list[float]:
        """Return for each of these sentences, as `Words.written` has them, the sum of the shares of
        the n-grams that stand in it, added in their order. Any thread may call it."""


class Analyzer(Protocol):
    """Tokens and sentences by language. Called by the core when an article is indexed and when
    a question is asked; never raises for any text or any language code."""

    def fingerprint(self) -> str:
        """Return the versions and tables by which an article is analyzed, as one line of names and
        versions. An index that was made with another is rebuilt."""

    def tokens(self, text: str, language: str) -> Tokens:
        """Return the text's tokens in that language (ISO 639-1; an unknown one is treated as
        neutral)."""

    def words(self, text: str, sentences: tuple[Span, ...], language: str) -> Words:
        """Return the tokens of a passage's sentences (spans of ``text``), without their offsets,
        which take longer to find than all else. They may be given again for the same passage, so
        callers must not mutate them."""

    def spans(self, text: str, language: str, stems: Set[str]) -> list[Span]:
        """Return where the text's tokens with one of these stems stand, in order."""

    def terms(self, text: str, language: str) -> list[str]:
        """Return the same as ``tokens(text, language).terms()``, faster."""

    def chunk_terms(self, language: str) -> ChunkTerms:
        """Return the terms of any chunks: the same for every call, so that an index of many texts
        can number chunks rather than terms."""

    def sentences(self, text: str, language: str) -> list[Span]:
        """Return the text's sentences, in order, not overlapping; only white space lies between
        them."""

    def gram_shares(self, shares: Mapping[str, float]) -> GramShares:
        """Return character n-grams, each given with its share, to be looked for in sentences."""

    def cues(self, language: str) -> Cues:
        """Return that language's cues for asking and answering; empty if none are known."""

    def common(self, language: str) -> Set[str]:
        """Return the stems of words that stand in texts about anything; empty if none are known."""

    def synonyms(self, language: str) -> Mapping[str, Set[str]]:
        """Return the stems of synonyms for each stem that has any; empty if none are known."""

    def everyday(self, language: str) -> Mapping[str, StandIns]:
        """Return the stems of the words that articles use for an everyday word, for each stem of
        one; empty if none are known."""

    def phrase_words(self, tokens: Tokens, language: str) -> Mapping[str, StandIns]:
        """Return the stems of the words that articles use for an everyday phrase ("step down"),
        for each stem of the phrases among a question's tokens that is no stop word's; empty if
        there is none."""

    def is_word(self, word: str, language: str) -> bool:
        """Return whether a folded word is known to belong to the language, and so is no typing
        error; many words of the language are unknown."""

    def marked_forms(self, word: str, language: str) -> Sequence[str]:
        """Return the words that are written like this one where their marks are left out, in a
        language whose marks tell words apart; none for any other."""

    def other_forms(self, words: Sequence[str], language: str) -> Mapping[str, Sequence[str]]:
        """Return other ways to write some folded words, for those that have any: numbers in words
        or figures, the long form of an abbreviation, the abbreviation of a long form's words."""

    def small_talk(self, text: str) -> SmallTalk | None:
        """Return the small talk that a message is, in any language; None for a question."""

    def remark(self, text: str) -> SmallTalk | None:
        """Return the small talk that a message which the articles do not answer is taken for, in
        any language; None for a question about something."""

    def head_question(self, text: str, language: str) -> HeadQuestion | None:
        """Return the question that a text asks about an article's head, or None if it asks for
        something else."""

    def following(self, text: str, language: str) -> Following:
        """Return how far a question depends on the one before it."""

    def credited(self, text: str, language: str) -> Credit | None:
        """Return where a question says which text it asks: "according to the annual report,
        ..."."""

    def asked(self, text: str, language: str) -> AskedParts:
        """Return the parts of a message that ask, without greetings, thanks and other filler."""

    def little_words(self, language: str) -> LittleWords:
        """Return the folded words that change nothing about what a question asks; empty if none are
        known."""

    def detect(self, text: str) -> str:
        """Return the language of the text, as ISO 639-1; English where it cannot be told."""
