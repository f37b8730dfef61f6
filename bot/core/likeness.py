"""Texts that are nearly the same: one agency's report on two sites.

Two texts are alike where most runs of three words of the shorter one stand in the other
(containment of shingles; Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from zlib import crc32

from bot.core.ranked import Ranked
from bot.core.seams import Analyzer
from bot.core.shelf import Shelf

ALIKE = 0.8
"""The least share of shared runs for two passages; a sentence may differ."""
TWINS = 0.6
"""The same for two articles: an editor shortens, adds a line, and changes the title."""
_LEAST_RUNS = 6
_TERMS = 6
"""Terms of a passage that are looked for, the rarest that other passages share."""
_SKETCH = 64
"""How many runs stand for an article where many are compared: those with the least hashes."""

_MOST_HASHES = 200_000
"""Words, some 25 MB."""

Runs = frozenset[tuple[str, str, str]]


def runs_of(words: Sequence[str]) -> Runs:
    """A text's runs of three words."""
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def are_alike(one: Runs, two: Runs, share: float = ALIKE) -> bool:
    """Whether two texts are nearly the same; very short ones never are."""
    least = min(len(one), len(two))
    return least >= _LEAST_RUNS and len(one & two) >= share * least


def without_twins(ranked: Sequence[Ranked], enough: int) -> list[Ranked]:
    """The candidates without those that say nearly the same as a better one in another article.
    Once there are ``enough``, more than are shown or judged by, the rest stays as it is."""
    kept: list[Ranked] = []
    runs: list[Runs] = []
    for place, item in enumerate(ranked):
        if len(kept) == enough:
            return [*kept, *ranked[place:]]
        own = runs_of(item.words.stems)
        if not any(
            other.passage.article != item.passage.article and are_alike(own, theirs)
            for other, theirs in zip(kept, runs, strict=True)
        ):
            kept.append(item)
            runs.append(own)
    return kept


def twins_of(shelf: Shelf, slug: str, analyzer: Analyzer) -> list[str]:
    """The articles on a shelf that are nearly the same as this one, by slug. Costs one search for
    its longest passage, whatever the shelf holds."""
    entry = shelf.catalogue.entries([slug]).get(slug)
    passages = list(shelf.catalogue.all_passages(slug))
    if entry is None or not passages:
        return []
    longest = max(passages, key=lambda passage: len(passage.text))
    terms = sorted(set(analyzer.terms(longest.text, entry.language)))
    frequency = shelf.engine.statistics(terms).document_frequency
    shared = sorted((frequency[term], term) for term in terms if frequency.get(term, 0) > 1)
    hits = shelf.engine.search([term for _, term in shared[:_TERMS]], 5)
    candidates = dict.fromkeys(hit.article for hit in hits if hit.article != slug)
    if not candidates:
        return []
    own = _article_runs(shelf, slug)
    return [other for other in candidates if are_alike(own, _article_runs(shelf, other), TWINS)]


def twins_among(shelf: Shelf, slugs: Set[str]) -> dict[str, list[str]]:
    """Of many articles: those that are nearly the same as others on the shelf, which are listed.

    Each article is read once; those whose least hashes are shared (bottom-k sketches; Broder,
    as above) are then compared run by run.
    """
    if not slugs:
        return {}
    holders: dict[int, list[str]] = defaultdict(list)
    hashes = _Hashes()
    for slug in shelf.catalogue.entries():
        words = [hashes[word] for word in _article_words(shelf, slug)]
        # a tuple of numbers has the same hash in every process
        runs = set(map(hash, zip(words, words[1:], words[2:], strict=False)))
        for number in sorted(runs)[:_SKETCH]:
            holders[number].append(slug)
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for held in holders.values():
        if 1 < len(held) <= _SKETCH:  # what half of all articles say tells nothing
            for slug in held:
                if slug in slugs:
                    shared[slug].update(other for other in held if other != slug)
    found: dict[str, list[str]] = {}
    for slug, others in shared.items():
        likely = [other for other, number in others.most_common(5) if number >= _SKETCH // 4]
        own = _article_runs(shelf, slug) if likely else Runs()
        twins = [other for other in likely if are_alike(own, _article_runs(shelf, other), TWINS)]
        if twins:
            found[slug] = twins
    return found


def _article_runs(shelf: Shelf, slug: str) -> Runs:
    return runs_of(_article_words(shelf, slug))


def _article_words(shelf: Shelf, slug: str) -> list[str]:
    texts = (passage.text for passage in shelf.catalogue.all_passages(slug))
    return " ".join(texts).casefold().split()


class _Hashes(dict[str, int]):
    """Each word's hash, the same in every process; worked out when it is first asked for."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_HASHES:
            self.clear()
        number = self[word] = crc32(word.encode("utf-8", "surrogatepass"))
        return number
