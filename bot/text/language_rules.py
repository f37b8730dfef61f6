"""Tokens and terms of chunks, stretches of text without white space, by the rules of one language.

What is done with a whole text is in `bot.text.analyzer`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import chain

from bot.core.light_typing import Any
from bot.core.named_tuple import NamedTuple
from bot.text.stems import stemmer, term_prefix
from bot.text.stopwords import UNFOLDED, stop_words, unspaced_stop_words
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

_LONGEST_CACHED = 40
"""Maximum number of code points of a cached chunk; a longer one is a link or a run of Chinese,
which does not occur again."""
_MOST_CACHED = 200_000
"""Maximum number of cached chunks per language, about 50 MB; a full cache is emptied, and soon
holds the frequent ones again."""
_AROUND = '"“‘([.,;:!?)]”'
"""Characters around a word that the rules leave unchanged, as they leave most words that are
new."""
_ELIDING = frozenset({"fr", "it", "ca"})
_SUFFIXING = frozenset({"tr"})
_TURKISH = str.maketrans({"I": "ı", "İ": "i"})


class _Token(NamedTuple):
    start: int
    end: int
    word: str
    stem: str
    stop: bool


FIELDS = len(_Token._fields)
"""Number of the fields of a token, which follow one another in `LanguageRules.tokens`."""


class LanguageRules:
    """The conversion of one language's chunks to tokens, with a cache of the chunks met so far."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.stem = stemmer(code)
        self.stops = stop_words(code)
        self.unspaced_stops = unspaced_stop_words(code)
        # terms of two languages never meet in an index: "die" is no German article in English
        self.prefix = term_prefix(code)
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

    def __init__(self, language: LanguageRules) -> None:
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

    def __init__(self, language: LanguageRules) -> None:
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
