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
    """The `bot.core.seams.Analyzer` of all languages, which says what each function returns. What
    no fresh question needs is imported where it is called."""

    fingerprint = staticmethod(fingerprint)
    cues = staticmethod(cues)
    common = staticmethod(common_stems)
    synonyms = staticmethod(synonyms)
    everyday = staticmethod(everyday_words)

    def __init__(
        self,
        gram_shares: Callable[[Mapping[str, float]], GramShares] = PlainGramShares,
        find_terms: TermFinder = lambda asked, passages: None,
    ) -> None:
        self.gram_shares = gram_shares
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

    def tokens(self, text: str, language: str) -> Tokens:
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
        known = self._language(language).terms
        return list(chain.from_iterable(map(known.__getitem__, text.split())))

    def chunk_terms(self, language: str) -> ChunkTerms:
        return self._language(language).chunk_terms

    def sentences(self, text: str, language: str) -> list[Span]:
        from bot.text.sentences import sentences  # no question needs it

        return sentences(text, language)

    def phrase_words(self, tokens: Tokens, language: str) -> Mapping[str, Substitutes]:
        instead: dict[str, Substitutes] = {}
        for ordinals, (exact, near) in everyday_phrases(language).find(tokens.stems):
            for ordinal in ordinals:
                if not tokens.stops[ordinal]:
                    stem = tokens.stems[ordinal]
                    others = instead.get(stem, Substitutes())
                    instead[stem] = Substitutes(others.exact | exact, others.near | near)
        return instead

    def is_word(self, word: str, language: str) -> bool:
        from bot.text.known_words import is_word

        return is_word(word, language)

    def marked_forms(self, word: str, language: str) -> Sequence[str]:
        if language not in UNFOLDED:
            return ()
        from bot.text.vietnamese import marked_forms

        return marked_forms(word)

    def other_forms(self, words: Sequence[str], language: str) -> Mapping[str, Sequence[str]]:
        from bot.text.equivalents import other_forms

        return other_forms(words, language)

    def small_talk(self, text: str) -> SmallTalk | None:
        from bot.text.small_talk import small_talk

        return small_talk(text)

    def remark(self, text: str) -> SmallTalk | None:
        from bot.text.small_talk import remark

        return remark(text)

    def head_question(self, text: str, language: str) -> HeadQuestion | None:
        from bot.text.head_questions import head_question

        return head_question(text, language)

    def following(self, text: str, language: str) -> Following:
        from bot.text.follow_ups import following

        return following(text, language)

    def credited(self, text: str, language: str) -> Credit | None:
        from bot.text.crediting import credited

        return credited(text, language)

    def asked(self, text: str, language: str) -> AskedParts:
        from bot.text.asking_parts import asked

        return asked(text, language)

    def little_words(self, language: str) -> LittleWords:
        from bot.text.little_words import little_words

        return little_words(language)

    def detect(self, text: str) -> str:
        from bot.text.language import detect

        return detect(text)
