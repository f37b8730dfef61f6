"""A candidate that was weighed: a passage, and what speaks for it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache

from bot.core.article import Span
from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage
from bot.core.passages.address import Address, words_hash
from bot.core.passages.passage_blocks import PassageBlock, blocks_of
from bot.core.passages.quoted_paragraphs import paragraph_at, quoted_around, quoted_words
from bot.core.questions.query import Query
from bot.core.relevance.block_evidence import BlockEvidence
from bot.core.relevance.choosing import SentenceChoice, choose
from bot.core.relevance.evidence import Evidence
from bot.core.relevance.subject import Subject
from bot.core.seams import Analyzer, Entry, Words

_MOST_HASHED = 1000
"""Number of passages whose hash is cached, because what people ask about is found again."""
_hash_of = lru_cache(_MOST_HASHED)(words_hash)


class PassageSource(NamedTuple):
    """The article that a candidate is from."""

    shelf: int
    """The number of its shelf among those asked, from 0."""
    slug: str
    """Its slug with the shelf's prefix, as in addresses."""
    entry: Entry
    names: Set[str] = frozenset()
    """The stems of the question's names and numbers that stand anywhere in it."""


class Ranked(NamedTuple):
    source: PassageSource
    query: Query
    """The question as it was asked of this shelf, in the passage's language."""
    passage: Passage
    words: Words
    """Those of the passage's sentences."""
    block: PassageBlock
    """The passage's best block."""
    evidence: Evidence
    """The evidence for that block."""
    spelling: Sequence[float]
    """Each of its sentences' share of the question's character n-grams."""
    blocks: Sequence[BlockEvidence]
    """The evidence for each of its blocks, as it was when the best was chosen."""
    title: Set[str] = frozenset()
    """The question's stems that stand in the article's title, or its author's or publisher's
    name."""
    subject: Subject = Subject()
    """The article's subject, as far as the question names it."""
    choice: SentenceChoice | None = None
    """The sentence of the passage that answers; set for the few best only."""
    is_kept: bool = False
    """True if the editors keep it for this very question."""
    kept: Span | None = None
    """The words of the passage and its surroundings that they keep."""

    def at(self, analyzer: Analyzer) -> int:
        """Return the paragraph of the passage, from 0, around which it is quoted: the one that
        answers."""
        if self.passage.around is None:
            return 0
        sentence = self.passage.sentences[self.chosen(analyzer).sentence]
        return paragraph_at(self.passage, sentence.start)

    def quoted(self, analyzer: Analyzer) -> Passage:
        """Return what is quoted of the passage."""
        if self.kept is not None:
            return quoted_words(self.passage, self.kept)
        return quoted_around(self.passage, self.at(analyzer))

    def address(self, analyzer: Analyzer) -> Address:
        """Return the address of what is quoted."""
        quoted = self.quoted(analyzer)
        return Address(self.source.slug, quoted.first, quoted.last, _hash_of(quoted.text))

    def chosen(self, analyzer: Analyzer) -> SentenceChoice:
        """Return the sentence that answers, chosen now if it was not yet: of the best block, or of
        another one that answers clearly better, if the editors don't keep this one."""
        return self.choice or choose(
            self.query,
            self.passage,
            self.words,
            self.block,
            (self.block,) if self.is_kept else blocks_of(self.passage),
            analyzer,
            self.subject.stems,
            self.spelling,
        )

    def with_choice(self, analyzer: Analyzer) -> Ranked:
        """Return the candidate with the sentence of it that would be shown."""
        return self if self.choice else self._replace(choice=self.chosen(analyzer))
