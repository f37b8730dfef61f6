"""A scan of texts for words: it tells roughly which texts hold them, and how many blocks do.

It knows no language. A term stands for every word that begins like it, so the counts are somewhat
too high, and an irregular form is missed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from bot.core.term_scoring import inverse_document_frequency

_BLOCK_END = "\n\n"
_WRITTEN = bytes(
    ord(char.lower()) if char.isalnum() or char == "'" else ord(" ")
    for char in map(chr, range(128))
) + bytes(range(128, 256))
"""For each byte of UTF-8 what stands for it: a small letter, or a space for a mark."""
_JOINED = b".,"
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
"""Number of terms up to which each is looked for in a whole text."""
_MOST_WORDS = 100_000
"""Number of words that are remembered during a scan; they take some 10 MB."""


class WordScan(NamedTuple):
    """The result of a scan."""

    blocks: int
    """Number of blocks, parts that are set apart by a blank line."""
    holding: dict[str, int]
    """For each term: how many blocks hold it, at the most."""
    texts: dict[str, float]
    """Names of the texts that hold a term, each with the greatest weight of the terms that one of
    its blocks holds; the greatest first."""


def plain(text: str) -> str:
    """Return a text in the form that is scanned: lower case without accents and marks, a space
    before each word."""
    return plain_of(text.encode("utf-8", "replace"))


def plain_of(data: bytes) -> str:
    """Return the same of a text in UTF-8, which is faster. Raises `UnicodeDecodeError`."""
    end = _BLOCK_END.encode()
    data = data.replace(b"\r\n", b"\n")
    if not data.isascii():
        data = _without_accents(data)
    return end.join(map(_plain_block, data.split(end))).decode()


def _plain_block(block: bytes) -> bytes:
    block = b" " + block.translate(_WRITTEN, _JOINED)
    if b"'" not in block:
        return block
    # "l'homme" may be two words, "O'Brien" is one: it becomes "obrien brien"
    first, *rest = block.split(b"'")
    return first + b"".join([b"%b %b" % (each.split(b" ", 1)[0], each) for each in rest])


def _without_accents(data: bytes) -> bytes:
    """Return a text with the plain form of all that is not ASCII."""
    chars = set(data.translate(None, _ASCII).decode())
    # marks within a word, such as Thai vowels and tones, stand for one space together
    if len(chars) > _FEW_CHARS or any(unicodedata.category(char)[0] == "M" for char in chars):
        return _NO_ASCII.sub(_folded_match, data)
    text = data.decode()
    for char in chars:  # which is faster than to look for them
        text = text.replace(char, _folded(char.encode()).decode())
    return text.encode()


def _folded_match(found: re.Match[bytes]) -> bytes:
    return _folded(found[0])


@lru_cache(_MOST_FOLDED)
def _folded(stretch: bytes) -> bytes:
    """Return the plain form of a stretch of characters none of which is ASCII."""
    text = unicodedata.normalize(
        "NFKD", stretch.decode().replace("’", "'").replace("…", " ").casefold()
    )
    text = _ACCENTS.sub("", text).replace(".", "").replace(",", "")
    return _NO_WORD.sub(" ", text).encode()


def scan(texts: Iterable[tuple[str, str]], terms: Collection[str]) -> WordScan:
    """Look for terms in plain texts, given with their names."""
    patterns = [_pattern(term) for term in terms]
    beginnings = _Beginnings([beginning for beginning, _ in patterns])
    blocks = 0
    counts = [0] * len(patterns)
    held: dict[str, set[tuple[int, ...]]] = {}
    for name, text in texts:
        present = [(number, *patterns[number]) for number in beginnings.in_text(text)]
        parts = text.split(_BLOCK_END)
        blocks += len(parts)
        for part in parts if present else ():
            found = tuple(
                number
                for number, beginning, pattern in present
                if beginning in part and pattern.search(part)
            )
            if found:
                held.setdefault(name, set()).add(found)
                for number in found:
                    counts[number] += 1
    weights = [inverse_document_frequency(blocks, count) if count else 0.0 for count in counts]
    best = {
        name: max(sum(weights[number] for number in found) for found in combinations)
        for name, combinations in held.items()
    }
    in_order = dict(sorted(best.items(), key=lambda item: (-item[1], item[0])))
    return WordScan(blocks, dict(zip(terms, counts, strict=True)), in_order)


class _Beginnings:
    """Beginnings of words, with the space before them, that are looked for in one text after the
    other. Where they are many, as for words that may be misspelt, the words of a text are looked
    up among them, not they in the text."""

    def __init__(self, beginnings: Sequence[str]) -> None:
        self._by_text = dict(enumerate(beginnings))
        self._by_word: dict[str, list[int]] = {}
        self._looked_up: set[str] = set()
        self._known: dict[str, list[int]] = {}
        """The numbers of the beginnings of each of those words that has one."""
        if len(beginnings) > _FEW:
            for number, beginning in enumerate(beginnings):
                word = beginning[1:]
                if beginning.startswith(" ") and word and " " not in word:
                    self._by_word.setdefault(word, []).append(number)
                    del self._by_text[number]
        self._lengths = sorted(set(map(len, self._by_word)))

    def in_text(self, text: str) -> list[int]:
        """Return the numbers of the beginnings that stand in a plain text, in order."""
        found = {number for number, beginning in self._by_text.items() if beginning in text}
        if self._by_word:
            if len(self._looked_up) > _MOST_WORDS:
                self._looked_up.clear()
                self._known.clear()
            words = set(text.split())
            self._look_up(words - self._looked_up)
            for word in words & self._known.keys():
                found.update(self._known[word])
        return sorted(found)

    def _look_up(self, words: Set[str]) -> None:
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
