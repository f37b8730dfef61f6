"""The analyzer: tokens, stems, stop words and sentences by language."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import chain
from operator import add
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.core.article import Span
from bot.core.seams import (
    AskedParts,
    ChunkTerms,
    Credit,
    Cues,
    Following,
    GramShares,
    HeadQuestion,
    SmallTalk,
    Tokens,
    Words,
)
from bot.text.common import common_stems
from bot.text.cues import cues
from bot.text.fingerprint import fingerprint
from bot.text.grams import PlainGramShares
from bot.text.stems import stemmer
from bot.text.stopwords import UNFOLDED, stop_words, unspaced_stop_words
from bot.text.synonyms import everyday, synonyms
from bot.text.tokens import (
    TokenSpan,
    before_apostrophe,
    bigrams,
    elide,
    fold,
    join_number,
    keep_accents,
    pieces,
    plain_digits,
    without_possessive,
)

if TYPE_CHECKING:
    from bot.core.seams.pairs import LittleWords

_LONGEST_CACHED = 40
"""Maximum number of code points of a cached chunk; a longer one is a link or a run of Chinese,
which does not occur again."""
_MOST_CACHED = 200_000
"""Maximum number of cached chunks per language, about 50 MB; a full cache is emptied, and soon
holds the frequent ones again."""
_AROUND = '"“‘([.,;:!?)]”'
"""Characters around a word that the rules leave unchanged, as they leave most words that are
new."""
_MOST_READ = 2000
"""Maximum number of passages whose words are cached, because those that people ask about are read
again and again; of ordinary size they take some 25 MB, with what is derived from them."""
_ELIDING = frozenset({"fr", "it", "ca"})
_SUFFIXING = frozenset({"tr"})
_TURKISH = str.maketrans({"I": "ı", "İ": "i"})


class _Token(NamedTuple):
    start: int
    end: int
    word: str
    stem: str
    stop: bool


_FIELDS = len(_Token._fields)


class _Language:
    """The conversion of one language's chunks to tokens, with a cache of the chunks met so far."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.stem = stemmer(code)
        self.stops = stop_words(code)
        self.unspaced_stops = unspaced_stop_words(code)
        # terms of two languages never meet in an index: "die" is no German article in English
        self.prefix = "" if code == "en" else f"{code}:"
        self.chunk_terms = _ChunkTerms(self)
        self.terms = _Terms(self.chunk_terms)
        self.tokens = _Tokens(self)

    def read(self, chunk: str) -> list[_Token]:
        """Return the tokens of a chunk, with their offsets in it."""
        return [token for piece in pieces(chunk) for token in self._read(piece)]

    def _read(self, piece: TokenSpan) -> list[_Token]:
        if piece.kind == "unspaced":
            parts = bigrams(piece, self.unspaced_stops)
        elif piece.kind == "word" and self.code in _ELIDING:
            parts = elide(piece)
        else:
            parts = [piece]
        return [token for part in parts if (token := self._token(part)) is not None]

    def _token(self, piece: TokenSpan) -> _Token | None:
        text = piece.text
        if piece.kind == "number":
            word = stem = join_number(text)
        elif piece.kind == "initials":
            word = stem = fold(text.replace(".", "").lower())
        else:
            if self.code in _SUFFIXING:
                text = before_apostrophe(text).translate(_TURKISH)
            lower = plain_digits(without_possessive(text.lower()))
            if self.code in UNFOLDED:
                word = stem = keep_accents(lower)
            elif self.code == "en":
                word = fold(lower)
                stem = self.stem(word)
            else:
                # other stemmers know their language's accents, so these go last
                word = fold(lower)
                stem = fold(self.stem(unicodedata.normalize("NFC", lower)))
        if not word:
            return None
        stop = piece.kind == "word" and word in self.stops
        return _Token(piece.start, piece.end, word, self.prefix + (stem or word), stop)


class _Tokens(dict[str, tuple[Any, ...]]):
    """Each chunk's tokens, the fields of one after those of the other, so that a text's tokens are
    concatenated, and the columns extracted, in a few steps rather than one for each token. Missing
    chunks are read on demand."""

    def __init__(self, language: _Language) -> None:
        super().__init__()
        self._language = language
        self._stem = language.stem
        self._stops = language.stops
        self._is_english = language.code == "en"

    def __missing__(self, chunk: str) -> tuple[Any, ...]:
        plain = chunk.strip(_AROUND)
        if self._is_english and plain.isascii() and plain.isalnum():
            start, word = chunk.find(plain), plain.lower()
            if word == chunk:
                word = chunk  # so that fewer strings are kept, and touched when they are read
            stem = self._stem(word)
            if not stem or stem == word:
                stem = word
            found: tuple[Any, ...] = (start, start + len(plain), word, stem, word in self._stops)
        else:
            found = tuple(chain.from_iterable(self._language.read(chunk)))
        if len(chunk) <= _LONGEST_CACHED:
            if len(self) >= _MOST_CACHED:
                self.clear()
            self[chunk] = found
        return found


class _ChunkTerms:
    """The `bot.core.seams.ChunkTerms` of a language."""

    def __init__(self, language: _Language) -> None:
        self._language = language
        self._is_english = language.code == "en"
        self.ignored = "" if language.code in _SUFFIXING else _AROUND

    def of(self, chunks: Sequence[str]) -> list[Sequence[str]]:
        if not self._is_english:
            return list(map(self._read, chunks))
        words = [chunk.strip(_AROUND) for chunk in chunks]
        plain = [word.lower() if word.isascii() and word.isalnum() else "" for word in words]
        stops, stems = self._language.stops, map(self._language.stem, plain)
        return [
            (() if word in stops else (stem or word,)) if word else self._read(chunk)
            for chunk, word, stem in zip(chunks, plain, stems, strict=True)
        ]

    def _read(self, chunk: str) -> Sequence[str]:
        return [token.stem for token in self._language.read(chunk) if not token.stop]


class _Terms(dict[str, Sequence[str]]):
    """Each chunk's terms; missing chunks are read on demand."""

    def __init__(self, read: _ChunkTerms) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, chunk: str) -> Sequence[str]:
        (terms,) = self._read.of([chunk])
        if len(chunk) <= _LONGEST_CACHED:
            if len(self) >= _MOST_CACHED:
                self.clear()
            self[chunk] = terms
        return terms


class Languages:
    """The `bot.core.seams.Analyzer` of all languages."""

    def __init__(
        self, gram_shares: Callable[[Mapping[str, float]], GramShares] = PlainGramShares
    ) -> None:
        """``gram_shares`` makes what looks for character n-grams."""
        self._gram_shares = gram_shares
        self._languages: dict[str, _Language] = {}
        self._read_lately = lru_cache(_MOST_READ)(self._words)

    def _language(self, code: str) -> _Language:
        language = self._languages.get(code)
        if language is None:
            language = self._languages[code] = _Language(code)
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
            offsets += (at,) if len(found) == _FIELDS else (at,) * (len(found) // _FIELDS)
            at += len(chunk)
        starts, ends, words, stems, stops = (fields[place::_FIELDS] for place in range(_FIELDS))
        return Tokens(
            list(map(add, starts, offsets)), list(map(add, ends, offsets)), words, stems, stops
        )

    def spans(self, text: str, language: str, stems: Set[str]) -> list[Span]:
        """Return where the text's tokens with one of these stems stand, in order."""
        known = self._language(language).tokens
        found: list[Span] = []
        at = 0
        for chunk in text.split():
            at = text.find(chunk, at)  # only white space lies between
            fields = known[chunk]
            if len(fields) == _FIELDS and fields[3] not in stems:  # as most are
                at += len(chunk)
                continue
            for place in range(0, len(fields), _FIELDS):
                if fields[place + 3] in stems:
                    found.append(Span(at + fields[place], at + fields[place + 1]))  # noqa: PERF401
            at += len(chunk)
        return found

    def words(self, text: str, sentences: tuple[Span, ...], language: str) -> Words:
        """Return the tokens of a passage's sentences in that language, without their offsets. They
        may be given again for the same passage, so callers must not mutate them."""
        return self._read_lately(text, sentences, language)

    def _words(self, text: str, sentences: tuple[Span, ...], language: str) -> Words:
        known = self._language(language).tokens
        fields: list[Any] = []
        ends: list[int] = []
        for start, end in sentences:
            fields += chain.from_iterable(map(known.__getitem__, text[start:end].split()))
            ends.append(len(fields) // _FIELDS)
        return Words(fields[2::_FIELDS], fields[3::_FIELDS], fields[4::_FIELDS], ends)

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

    def everyday(self, language: str) -> Mapping[str, Set[str]]:
        """Return the stems of the words that articles use for an everyday word, for each stem of
        one; empty if none are known."""
        return everyday(language)

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

    def little_words(self, language: str) -> "LittleWords":
        """Return the folded words that change nothing about what a question asks."""
        from bot.text.little_words import little_words

        return little_words(language)

    def detect(self, text: str) -> str:
        """Return the language of the text, as ISO 639-1; English if it cannot be told."""
        from bot.text.language import detect

        return detect(text)
