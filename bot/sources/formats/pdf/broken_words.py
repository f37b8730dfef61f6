"""Mending of words that a PDF's lines broke in two: the document's other words tell whether a
hyphen at a line's end belongs to the word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
BROKEN = re.compile(r"(?P<head>[^\W_]+)[-\u2010\u00ad]$")
HYPHENATED = frozenset(
    "all anti co cross ex far half high ill inter long low mid multi near non old one post pre pro "
    "quasi self semi short six so then three two un vice well".split()
)
"""First parts of compounds that are written with a hyphen; "well-" at a line's end keeps its
own."""


_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_UNITS = frozenset(
    "one two three four five six seven eight nine first second third fourth fifth sixth seventh "
    "eighth ninth".split()
)
_CONJUNCTIONS = frozenset(
    "and or to und oder bis sowie bzw og eller och en of y o e et ou i a lub či".split()
)
"""Words that begin no second half after a hyphen at a line's end: "Haupt- und Nebensatz"."""
_LONGEST_HALF = 60
"""Maximum number of characters that are examined for the half of a word at a line's end."""
_UNSPACED = "[\u3040-\u30ff\u3400-\u9fff\uff01-\uff5e\u3000-\u303f]"


class DocumentWords(NamedTuple):
    """The words and the hyphenation of a document."""

    words: Counter[str]
    """Frequency of each word, in lower case; the halves of broken ones too."""
    hyphenates: bool
    """True if the document breaks words at its lines' ends that it writes unbroken elsewhere."""


def vocabulary_of(lines: Sequence[str]) -> DocumentWords:
    """Return the words and the hyphenation of a document. Takes its lines, in order."""
    words = Counter(word.lower() for line in lines for word in WORD.findall(line))
    broken = (
        (BROKEN.search(line[-_LONGEST_HALF:]), WORD.match(more)) for line, more in pairwise(lines)
    )
    hyphenates = any(
        head is not None and rest is not None and words[(head["head"] + rest[0]).lower()] > 0
        for head, rest in broken
    )
    return DocumentWords(words, hyphenates)


def glue(text: str, more: str, vocabulary: DocumentWords) -> str:
    """Return two lines as one: a word that was broken at the end of the first is mended. Its hyphen
    stays if the document writes it with one elsewhere, or has both halves as words of their own and
    never breaks a word that it writes unbroken elsewhere."""
    if not text:
        return more
    found = BROKEN.search(text[-_LONGEST_HALF:])
    rest = WORD.match(more)
    if found is not None and text[-1] != "\u00ad":
        if more[0].isdigit():
            return text + more  # the mid-1990s
        if rest is not None and rest[0] in _CONJUNCTIONS and more[rest.end() :][:1].isspace():
            return f"{text} {more}"
    if re.match(_UNSPACED, text[-1]) and re.match(_UNSPACED, more[0]):
        return text + more
    if found is None or rest is None:
        return f"{text} {more}" if not text.endswith(("—", "/")) else text + more
    if text.endswith("\u00ad"):
        return text[:-1] + more
    head, tail = found["head"].lower(), rest[0].lower()
    words = vocabulary.words
    own = words[head + tail] == 0 and (
        head[-1].isdigit()  # a CO2-neutral ferry
        or words[f"{head}-{tail}"] > 0
        or head in HYPHENATED
        or (head in _TENS and tail in _UNITS)
        # each is counted once where it was broken
        or (not vocabulary.hyphenates and min(words[head], words[tail]) > 1 < len(head))
    )
    if own or not rest[0][0].islower():
        return text.replace("\u2010", "-") + more
    return text[:-1] + more
