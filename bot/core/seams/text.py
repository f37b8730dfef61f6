"""Seam between the core and the rooms that know languages: tokens, sentences and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from bot.core.article import Span
from bot.core.light_typing import TYPE_CHECKING, Literal, Protocol
from bot.core.named_tuple import NamedTuple
from bot.core.seams.answer_kinds import Cues
from bot.core.seams.finding import BlockBounds, BlockTerms, TermShares
from bot.core.seams.words import Tokens, Words

if TYPE_CHECKING:
    from bot.core.seams.pairs import LittleWords


class Substitutes(NamedTuple):
    """The stems of the words that may stand for another."""

    exact: Set[str] = frozenset()
    """Those that say the same in most texts: a sentence with one answers what the other asks."""
    near: Set[str] = frozenset()
    """Those that are only about the same."""

    @property
    def all(self) -> Set[str]:
        """All of them."""
        return self.exact | self.near


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
HeadPart = Literal["author", "title", "published", "publisher", "url", "source"]
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
    is_title: bool = False
    """True if ``about`` names an article only where it is the whole title: "who wrote Hamlet?"."""


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
        which take longest to find. They are kept for the passage: callers must not mutate them."""

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

    def find_terms(
        self, asked: TermShares, passages: Sequence[tuple[Words, Sequence[BlockBounds]]]
    ) -> Sequence[BlockTerms] | None:
        """Return what stands of a question in each block of some passages, one behind the other;
        None if it is to be looked for in each."""

    def cues(self, language: str) -> Cues:
        """Return that language's cues for asking and answering; empty if none are known."""

    def common(self, language: str) -> Set[str]:
        """Return the stems of words that stand in texts about anything; empty if none are known."""

    def synonyms(self, language: str) -> Mapping[str, Set[str]]:
        """Return the stems of synonyms for each stem that has any; empty if none are known."""

    def everyday(self, language: str) -> Mapping[str, Substitutes]:
        """Return the stems of the words that articles use for an everyday word, for each stem of
        one; empty if none are known."""

    def phrase_words(self, tokens: Tokens, language: str) -> Mapping[str, Substitutes]:
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
        """Return where a question says which text it asks: "according to the report, ..."."""

    def asked(self, text: str, language: str) -> AskedParts:
        """Return the parts of a message that ask, without greetings, thanks and other filler."""

    def little_words(self, language: str) -> LittleWords:
        """Return the folded words that change nothing about what a question asks; empty if none are
        known."""

    def detect(self, text: str) -> str:
        """Return the language of the text, as ISO 639-1; English where it cannot be told."""
