"""Words that a PDF's lines broke in two, mended: whether a hyphen at a line's end is the word's own
is told by how the document itself writes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
BROKEN = re.compile(r"(?P<head>[^\W\d_]+)[-\u2010\u00ad]$")
HYPHENATED = frozenset(
    "all anti co cross ex far half high ill inter long low mid multi near non old one post pre pro "
    "quasi self semi short six so then three two un vice well".split()
)
"""What begins compounds that are written with a hyphen; "well-" at a line's end keeps its own."""


class DocumentWords(NamedTuple):
    """How a document writes."""

    words: Counter[str]
    """How often it has each word, in lower case; the halves of broken ones too."""
    hyphenates: bool
    """Whether it breaks words at its lines' ends that it writes in one elsewhere."""


def vocabulary_of(lines: Sequence[str]) -> DocumentWords:
    """How a document writes. Takes its lines, in order."""
    words = Counter(word.lower() for line in lines for word in WORD.findall(line))
    broken = ((BROKEN.search(line), WORD.match(more)) for line, more in pairwise(lines))
    hyphenates = any(
        head is not None and rest is not None and words[(head["head"] + rest[0]).lower()] > 0
        for head, rest in broken
    )
    return DocumentWords(words, hyphenates)


def glue(text: str, more: str, vocabulary: DocumentWords) -> str:
    """Two lines as one: a word that was broken at the end of the first is mended. Its hyphen stays
    where the document writes it with one elsewhere, or has both halves as words of their own and
    never breaks a word that it writes in one."""
    if not text:
        return more
    found = BROKEN.search(text)
    rest = WORD.match(more)
    if found is None or rest is None:
        return f"{text} {more}" if not text.endswith(("—", "/")) else text + more
    if text.endswith("\u00ad"):
        return text[:-1] + more
    head, tail = found["head"].lower(), rest[0].lower()
    words = vocabulary.words
    own = words[head + tail] == 0 and (
        words[f"{head}-{tail}"] > 0
        or head in HYPHENATED
        # each is counted once where it was broken
        or (not vocabulary.hyphenates and min(words[head], words[tail]) > 1 < len(head))
    )
    if own or not rest[0][0].islower():
        return text.replace("\u2010", "-") + more
    return text[:-1] + more
