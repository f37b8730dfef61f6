"""A scan of texts for words: which texts may hold them, and roughly how many of their blocks do.

A term stands for every word that begins like it, so the counts are somewhat too high, and an
irregular form is missed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

_BLOCK_END = "\n\n"
_WRITTEN = bytes(
    ord(char.lower()) if char.isalnum() else ord(" ") for char in map(chr, range(128))
) + bytes(range(128, 256))
"""For each byte of UTF-8 what stands for it: a small letter, or a space for a mark."""
_AFTER_APOSTROPHE = re.compile(rb"'([A-Za-z\x80-\xff]{2,})")
_JOINED = b".,'"
"""Characters that are left out, as they stand within one word: "U.S.", "1,000"."""
_NO_ASCII = re.compile(rb"[\x80-\xff]+")
_ASCII = bytes(range(128))
_NO_WORD = re.compile(r"[^\w']+|_+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_FEW_CHARS = 24
"""Number of different characters that are not ASCII up to which each is replaced by itself."""
_MOST_FOLDED = 20_000
"""Number of stretches without ASCII of which the plain form is remembered."""
_SHORT = 4
"""Characters of a term up to which few endings are taken to belong to it."""
_FEW = 10
"""Number of terms up to which each is looked for in a whole file."""
_MOST_WORDS = 100_000
"""Number of words that are remembered during a scan; they take some 10 MB."""


class BlockScan(NamedTuple):
    """The result of looking through texts block by block."""

    blocks: int
    """Number of blocks, parts that are set apart by a blank line."""
    holding: dict[str, int]
    """For each term: how many blocks hold it, at the most."""
    together: dict[str, set[frozenset[str]]]
    """For each text that holds a term, by name: the terms that some block holds together."""

    def in_order(self, weights: Mapping[str, float]) -> dict[str, float]:
        """Return the names of the texts that hold a term, each with the greatest weight of the
        terms that one of its blocks holds; the greatest first."""
        best = {
            name: max(sum(weights[term] for term in terms) for terms in combinations)
            for name, combinations in self.together.items()
        }
        return dict(sorted(best.items(), key=lambda item: (-item[1], item[0])))


def plain(text: str) -> str:
    """Return a text in the form that is scanned: lower case without accents and marks, a space
    before each word."""
    return plain_of(text.encode("utf-8", "replace"))


def plain_of(data: bytes) -> str:
    """Return the same of a text in UTF-8, which is faster. Raises `UnicodeDecodeError`."""
    end = _BLOCK_END.encode()
    data = _without_accents(data.replace(b"\r\n", b"\n"))
    return end.join(map(_plain_words, data.split(end))).decode()


def searchable(data: bytes) -> bytes:
    """Return the same of a text in UTF-8 as one block, which is faster still. Raises
    `UnicodeDecodeError`."""
    return _plain_words(_without_accents(data))


def _plain_words(text: bytes) -> bytes:
    if b"'" in text:  # "l'homme" may be two words, "O'Brien" is one: it becomes "obrien brien"
        text = _AFTER_APOSTROPHE.sub(rb"\1 \1", text)
    return b" " + text.translate(_WRITTEN, _JOINED)


def _without_accents(data: bytes) -> bytes:
    """Return a text with the plain form of all that is not ASCII."""
    if data.isascii():
        return data
    chars = set(data.translate(None, _ASCII).decode())
    # marks within a word, such as Thai vowels and tones, stand for one space together
    if len(chars) > _FEW_CHARS or any(unicodedata.category(char)[0] == "M" for char in chars):
        return _NO_ASCII.sub(lambda found: _folded(found[0]), data)
    text = data.decode()
    for char in chars:  # which is faster than to look for them
        text = text.replace(char, _folded(char.encode()).decode())
    return text.encode()


@lru_cache(_MOST_FOLDED)
def _folded(stretch: bytes) -> bytes:
    """Return the plain form of a stretch of characters none of which is ASCII."""
    text = unicodedata.normalize(
        "NFKD", stretch.decode().replace("’", "'").replace("…", " ").casefold()
    )
    text = _ACCENTS.sub("", text).replace(".", "").replace(",", "")
    return _NO_WORD.sub(" ", text).encode()


def look_through(
    files: Iterable[tuple[str, bytes]], terms: Collection[str]
) -> dict[str, list[str]]:
    """Return for each term the names of the files that may hold it, given as `searchable` makes
    them."""
    beginnings = _Beginnings([_pattern(term)[0].encode() for term in terms])
    holding: list[list[str]] = [[] for _ in terms]
    for name, text in files:
        for number in beginnings.in_text(text):
            holding[number].append(name)
    return dict(zip(terms, holding, strict=True))


def scan(texts: Iterable[tuple[str, str]], terms: Collection[str]) -> BlockScan:
    """Look for terms in the blocks of plain texts, given with their names."""
    patterns = {term: _pattern(term) for term in terms}
    blocks = 0
    counts = dict.fromkeys(terms, 0)
    together: dict[str, set[frozenset[str]]] = {}
    for name, text in texts:
        present = [(term, *each) for term, each in patterns.items() if each[0] in text]
        parts = text.split(_BLOCK_END)
        blocks += len(parts)
        for part in parts if present else ():
            found = frozenset(
                term
                for term, beginning, pattern in present
                if beginning in part and pattern.search(part)
            )
            if found:
                together.setdefault(name, set()).add(found)
                for term in found:
                    counts[term] += 1
    return BlockScan(blocks, counts, together)


class _Beginnings:
    """Beginnings of words, with the space before them, that are looked for in one text after the
    other. Where they are many, as for words that may be misspelt, the words of a text are looked
    up among them, not they in the text."""

    def __init__(self, beginnings: Sequence[bytes]) -> None:
        self._by_text = dict(enumerate(beginnings))
        self._by_word: dict[bytes, list[int]] = {}
        self._looked_up: set[bytes] = set()
        self._known: dict[bytes, list[int]] = {}
        """The numbers of the beginnings of each of those words that has one."""
        if len(beginnings) > _FEW:
            for number, beginning in enumerate(beginnings):
                word = beginning[1:]
                if beginning.startswith(b" ") and word and b" " not in word:
                    self._by_word.setdefault(word, []).append(number)
                    del self._by_text[number]
        self._lengths = sorted(set(map(len, self._by_word)))

    def in_text(self, text: bytes) -> set[int]:
        """Return the numbers of the beginnings that stand in a text."""
        found = {number for number, beginning in self._by_text.items() if beginning in text}
        if self._by_word:
            if len(self._looked_up) > _MOST_WORDS:
                self._looked_up.clear()
                self._known.clear()
            words = set(text.split())
            self._look_up(words - self._looked_up)
            for word in words & self._known.keys():
                found.update(self._known[word])
        return found

    def _look_up(self, words: Set[bytes]) -> None:
        self._looked_up |= words
        for word in words:
            beginnings = (word[:length] for length in self._lengths if length <= len(word))
            numbers = [n for each in beginnings for n in self._by_word.get(each, ())]
            if numbers:
                self._known[word] = numbers


def _pattern(term: str) -> tuple[str, re.Pattern[str]]:
    """Return the beginning that every word has for which a term stands, and a pattern of these
    words."""
    word = plain(term.rpartition(":")[2]).strip()  # without its language, as in "de:haus"
    if unicodedata.category(word[:1] or " ") == "Lo":  # in a script that may write no spaces
        return word, re.compile(re.escape(word))
    beginning = " " + (word if len(word) < _SHORT else word[:-1])  # "happi" for "happy"
    endings = 4 if len(word) <= _SHORT else 8
    return beginning, re.compile(rf"{re.escape(beginning)}\w{{0,{endings}}}(?!\w)")
