"""The analyzer: all that is known of texts by their languages, asked of the modules beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import chain
from operator import add
from threading import Lock

from bot.core.article import Span
from bot.core.light_typing import TYPE_CHECKING, Any
from bot.core.seams import (
    AskedParts,
    BlockBounds,
    BlockTerms,
    ChunkTerms,
    Credit,
    Cues,
    Following,
    GramShares,
    HeadQuestion,
    SmallTalk,
    Substitutes,
    TermShares,
    Tokens,
    Words,
)
from bot.text.common import common_stems
from bot.text.cues import cues
from bot.text.everyday import everyday_phrases, everyday_words
from bot.text.fingerprint import fingerprint
from bot.text.grams import PlainGramShares
from bot.text.language_rules import FIELDS, LanguageRules
from bot.text.stopwords import UNFOLDED
from bot.text.synonyms import synonyms

if TYPE_CHECKING:
    from bot.core.seams.pairs import LittleWords

TermFinder = Callable[
    [TermShares, Sequence[tuple[Words, Sequence[BlockBounds]]]], Sequence[BlockTerms] | None
]
_MOST_READ = 3000
"""Maximum number of passages whose words are cached, because those that people ask about are read
again and again; of ordinary size they take some 60 MB, with what is derived from them."""


def _offsets_of(chunk: str, text: str) -> Iterator[int]:
    """Yield where a chunk stands in a text between white space."""
    at = text.find(chunk)
    while at >= 0:
        end = at + len(chunk)
        if (not at or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
            yield at
        at = text.find(chunk, end)


class Languages:
    """The `bot.core.seams.Analyzer` of all languages."""

    def __init__(
        self,
        gram_shares: Callable[[Mapping[str, float]], GramShares] = PlainGramShares,
        find_terms: TermFinder = lambda asked, passages: None,
    ) -> None:
        """``gram_shares`` makes what looks for character n-grams; ``find_terms`` is
        `bot.core.seams.Analyzer.find_terms`."""
        self._gram_shares = gram_shares
        self.find_terms = find_terms
        self._languages: dict[str, LanguageRules] = {}
        self._read_lately: dict[tuple[str, str], tuple[tuple[Span, ...], Words]] = {}
        """The words of passages by text and language, with their sentences."""
        self._lock = Lock()
        """Held for a moment, to keep a passage's words."""

    def _language(self, code: str) -> LanguageRules:
        language = self._languages.get(code)
        if language is None:
            language = self._languages[code] = LanguageRules(code)
        return language

    def fingerprint(self) -> str:
        """Return the versions of the tables, modules and libraries by which articles are
        analyzed."""
        return fingerprint()

    def tokens(self, text: str, language: str) -> Tokens:
        """Return the text's tokens in that language (ISO 639-1; an unknown one is treated as
        neutral)."""
        known = self._language(language).tokens
        fields: list[Any] = []
        offsets: list[int] = []
        at = 0
        for chunk in text.split():
            at = text.find(chunk, at)  # only white space lies between
            found = known[chunk]
            fields += found
            offsets += (at,) if len(found) == FIELDS else (at,) * (len(found) // FIELDS)
            at += len(chunk)
        starts, ends, words, stems, stops = (fields[ordinal::FIELDS] for ordinal in range(FIELDS))
        return Tokens(
            list(map(add, starts, offsets)), list(map(add, ends, offsets)), words, stems, stops
        )

    def spans(self, text: str, language: str, stems: Set[str]) -> list[Span]:
        """Return where the text's tokens with one of these stems stand, in order."""
        known = self._language(language).tokens
        found: list[Span] = []
        chunks = set(text.split())
        likely = [
            (chunk, fields)
            for chunk, fields in zip(chunks, map(known.__getitem__, chunks), strict=True)
            if len(fields) != FIELDS or fields[3] in stems
        ]
        for chunk, fields in likely:
            inside = [
                (fields[ordinal], fields[ordinal + 1])
                for ordinal in range(0, len(fields), FIELDS)
                if fields[ordinal + 3] in stems
            ]
            if inside:
                for at in _offsets_of(chunk, text):
                    found += [Span(at + start, at + end) for start, end in inside]
        found.sort()
        return found

    def words(self, text: str, sentences: tuple[Span, ...], language: str) -> Words:
        """Return the tokens of a passage's sentences in that language, without their offsets. They
        may be given again for the same passage, so callers must not mutate them."""
        found = self._read_lately.get((text, language))
        if found is not None and (found[0] is sentences or found[0] == sentences):
            return found[1]
        words = self._words(text, sentences, language)
        with self._lock:
            self._read_lately[text, language] = sentences, words
            if len(self._read_lately) > _MOST_READ:
                del self._read_lately[next(iter(self._read_lately))]
        return words

    def _words(self, text: str, sentences: tuple[Span, ...], language: str) -> Words:
        known = self._language(language).tokens
        fields: list[Any] = []
        ends: list[int] = []
        for start, end in sentences:
            fields += chain.from_iterable(map(known.__getitem__, text[start:end].split()))
            ends.append(len(fields) // FIELDS)
        return Words(fields[2::FIELDS], fields[3::FIELDS], fields[4::FIELDS], ends)

    def terms(self, text: str, language: str) -> list[str]:
        """Return the same as ``tokens(text, language).terms()``, faster."""
        known = self._language(language).terms
        return list(chain.from_iterable(map(known.__getitem__, text.split())))

    def chunk_terms(self, language: str) -> ChunkTerms:
        """Return the terms of any chunks, stretches of text without white space."""
        return self._language(language).chunk_terms

    def sentences(self, text: str, language: str) -> list[Span]:
        """Return the text's sentences, in order, not overlapping; only white space lies between
        them."""
        from bot.text.sentences import sentences  # no question needs it

        return sentences(text, language)

    def gram_shares(self, shares: Mapping[str, float]) -> GramShares:
        """Return character n-grams, each given with its share, to be looked for in sentences."""
        return self._gram_shares(shares)

    def cues(self, language: str) -> Cues:
        """Return that language's cues for asking and answering; empty if none are known."""
        return cues(language)

    def common(self, language: str) -> frozenset[str]:
        """Return the stems of words that occur in texts about anything; empty if none are known."""
        return common_stems(language)

    def synonyms(self, language: str) -> Mapping[str, Set[str]]:
        """Return the stems of synonyms for each stem that has any; empty if none are known."""
        return synonyms(language)

    def everyday(self, language: str) -> Mapping[str, Substitutes]:
        """Return the stems of the words that articles use for an everyday word, for each stem of
        one; empty if none are known."""
        return everyday_words(language)

    def phrase_words(self, tokens: Tokens, language: str) -> Mapping[str, Substitutes]:
        """Return the stems of the words that articles use for an everyday phrase, for each stem of
        the phrases among a question's tokens that is no stop word's."""
        instead: dict[str, Substitutes] = {}
        for ordinals, (exact, near) in everyday_phrases(language).find(tokens.stems):
            for ordinal in ordinals:
                if not tokens.stops[ordinal]:
                    stem = tokens.stems[ordinal]
                    others = instead.get(stem, Substitutes())
                    instead[stem] = Substitutes(others.exact | exact, others.near | near)
        return instead

    def is_word(self, word: str, language: str) -> bool:
        """Return whether a folded word is known to belong to the language."""
        from bot.text.known_words import is_word

        return is_word(word, language)

    def marked_forms(self, word: str, language: str) -> Sequence[str]:
        """Return the words that are written like this one where their marks are left out, in a
        language whose marks tell words apart; none for any other."""
        if language not in UNFOLDED:
            return ()
        from bot.text.vietnamese import marked_forms

        return marked_forms(word)

    def other_forms(self, words: Sequence[str], language: str) -> Mapping[str, Sequence[str]]:
        """Return other ways to write some folded words, for those that have any."""
        from bot.text.equivalents import other_forms

        return other_forms(words, language)

    def small_talk(self, text: str) -> SmallTalk | None:
        """Return the small talk that a message is, in any language; None for a question."""
        from bot.text.small_talk import small_talk

        return small_talk(text)

    def remark(self, text: str) -> SmallTalk | None:
        """Return the small talk that a message which the articles do not answer is taken for, in
        any language; None for a question about something."""
        from bot.text.small_talk import remark

        return remark(text)

    def head_question(self, text: str, language: str) -> HeadQuestion | None:
        """Return the question that a text asks about an article's head, or None if it asks for
        something else."""
        from bot.text.head_questions import head_question

        return head_question(text, language)

    def following(self, text: str, language: str) -> Following:
        """Return how far a question depends on the one before it."""
        from bot.text.follow_ups import following

        return following(text, language)

    def credited(self, text: str, language: str) -> Credit | None:
        """Return the text that a question names as its source: "according to the annual report,
        ..."."""
        from bot.text.crediting import credited

        return credited(text, language)

    def asked(self, text: str, language: str) -> AskedParts:
        """Return the parts of a message that ask, without greetings, thanks and other filler."""
        from bot.text.asking_parts import asked

        return asked(text, language)

    def little_words(self, language: str) -> LittleWords:
        """Return the folded words that change nothing about what a question asks."""
        from bot.text.little_words import little_words

        return little_words(language)

    def detect(self, text: str) -> str:
        """Return the language of the text, as ISO 639-1; English if it cannot be told."""
        from bot.text.language import detect

        return detect(text)
