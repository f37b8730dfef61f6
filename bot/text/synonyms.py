"""Words that mean nearly the same, or that stand for each other: "begin" and "start", "France" and
"French", "decade" and "1990s".

Who asks seldom uses the article's own word. The lists are hand-made, of words that people ask
with, from a general knowledge of the language and not from any texts or questions: they help with
articles about anything, and they miss most of what a thesaurus has. One file for a language,
``synonyms.en.txt``: each line a word, and behind a colon those that may stand for it. A word behind
the colon has the first one for its synonym too, but not the others of its line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cache
from pathlib import Path

from bot.text.stems import stemmer

_LISTED = frozenset({"en"})
"""The languages that have a file."""


@cache
def synonyms(language: str) -> Mapping[str, Set[str]]:
    """For each stem that has some the stems of its synonyms, as the language's tokens are stemmed;
    none for a language that has no list."""
    if language not in _LISTED:
        return {}
    text = Path(__file__).with_name(f"synonyms.{language}.txt").read_text("utf-8")
    return paired([line.replace(":", "").split() for line in text.splitlines()], language)


def paired(groups: Iterable[list[str]], language: str) -> dict[str, set[str]]:
    """The stem of each group's first word with those of the others, both ways."""
    stem = cache(stemmer(language))
    pairs: defaultdict[str, set[str]] = defaultdict(set)
    for first, *others in groups:
        head = stem(first)
        for other in map(stem, others):
            if other != head:
                pairs[head].add(other)
                pairs[other].add(head)
    return dict(pairs)
