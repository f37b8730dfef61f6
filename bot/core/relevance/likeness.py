"""Texts that are nearly the same: one agency's report on two sites.

Two texts are alike where most runs of three words of the shorter one stand in the other
(containment of shingles; Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from zlib import crc32

from bot.core import requests
from bot.core.passage import Passage
from bot.core.relevance.ranked import Ranked
from bot.core.requests import Steps
from bot.core.seams import Analyzer, TermQuery, Words

ALIKE = 0.8
"""The least share of shared runs for two passages; a sentence may differ."""
NEAR_DUPLICATE = 0.6
"""The same for two articles: an editor shortens, adds a line, and changes the title."""
_LEAST_RUNS = 6
_TERMS = 6
"""Terms of a passage that are looked for, the rarest that other passages share."""
_HITS = 5
"""Passages that are found by them, whose articles are compared."""
_SKETCH = 64
"""Number of runs that represent an article when many are compared: those with the least hashes."""

_MOST_HASHES = 200_000
"""Words, some 25 MB."""

Runs = frozenset[tuple[str, str, str]]


def runs_of(words: Sequence[str]) -> Runs:
    """Return a text's runs of three words."""
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def are_alike(one: Runs, two: Runs, share: float = ALIKE) -> bool:
    """Return whether two texts are nearly the same; very short ones never are."""
    least = min(len(one), len(two))
    return least >= _LEAST_RUNS and len(one & two) >= share * least


def without_near_duplicates(ranked: Sequence[Ranked], enough: int) -> list[Ranked]:
    """Return the candidates without those that say nearly the same as a better one in another
    article. Once there are ``enough``, more than are shown or judged by, the rest stays as it
    is."""
    kept: list[Ranked] = []
    for at, item in enumerate(ranked):
        if len(kept) == enough:
            return [*kept, *ranked[at:]]
        if not any(
            other.passage.article != item.passage.article
            and may_be_alike(item.words, other.words)
            and are_alike(runs_of(item.words.stems), runs_of(other.words.stems))
            for other in kept
        ):
            kept.append(item)
    return kept


def may_be_alike(one: Words, two: Words) -> bool:
    """Return False if two passages cannot be alike, which their distinct stems tell for most: where
    each of the two has more stems that the other lacks than it may have runs of its own. A stem
    begins a run that no other stem begins, unless it is one of the last two."""
    own, other, most = one.stem_set, two.stem_set, 1 - ALIKE
    shared = len(own & other) + 2
    return len(own) - shared <= most * len(one.stems) or len(other) - shared <= most * len(
        two.stems
    )


def near_duplicates_of(slug: str, analyzer: Analyzer) -> Steps[list[str]]:
    """Return the articles of the only shelf that are nearly the same as this one, by slug. Costs
    one search for its longest passage, whatever the shelf holds."""
    entry = (yield from requests.entries(0, [slug])).get(slug)
    passages = yield from requests.article_passages(0, slug)
    if entry is None or not passages:
        return []
    longest = max(passages, key=lambda passage: len(passage.text))
    terms = sorted(set(analyzer.terms(longest.text, entry.language)))
    frequency = (yield from requests.document_frequencies({0: terms}))[0]
    shared = sorted((frequency[term], term) for term in terms if frequency.get(term, 0) > 1)
    query = TermQuery([term for _, term in shared[:_TERMS]], _HITS, enough=_HITS)
    (found,) = (yield from requests.retrieve({0: [query]}))[0]
    candidates = dict.fromkeys(hit.article for hit in found.hits if hit.article != slug)
    own = _article_runs(passages)
    near: list[str] = []
    for other in candidates:
        theirs = yield from requests.article_passages(0, other)
        if are_alike(own, _article_runs(theirs), NEAR_DUPLICATE):
            near.append(other)
    return near


def near_duplicates_among(slugs: Set[str]) -> Steps[dict[str, list[str]]]:
    """Return those of many articles that are nearly the same as others on the only shelf, with
    these others.

    Each article is read once; those whose least hashes are shared (bottom-k sketches; Broder,
    as above) are then compared run by run.
    """
    if not slugs:
        return {}
    holders: dict[int, list[str]] = defaultdict(list)
    hashes = _Hashes()
    for slug in (yield from requests.entries(0)):
        passages = yield from requests.article_passages(0, slug)
        words = [hashes[word] for word in _article_words(passages)]
        # a tuple of numbers has the same hash in every process
        runs = set(map(hash, zip(words, words[1:], words[2:], strict=False)))
        for number in sorted(runs)[:_SKETCH]:
            holders[number].append(slug)
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for held in holders.values():
        if 1 < len(held) <= _SKETCH:  # a run in half of all articles tells nothing
            for slug in held:
                if slug in slugs:
                    shared[slug].update(other for other in held if other != slug)
    found: dict[str, list[str]] = {}
    for slug, others in shared.items():
        likely = [other for other, number in others.most_common(5) if number >= _SKETCH // 4]
        if not likely:
            continue
        own = _article_runs((yield from requests.article_passages(0, slug)))
        near: list[str] = []
        for other in likely:
            theirs = yield from requests.article_passages(0, other)
            if are_alike(own, _article_runs(theirs), NEAR_DUPLICATE):
                near.append(other)
        if near:
            found[slug] = near
    return found


def _article_runs(passages: Sequence[Passage]) -> Runs:
    return runs_of(_article_words(passages))


def _article_words(passages: Sequence[Passage]) -> list[str]:
    return " ".join(passage.text for passage in passages).casefold().split()


class _Hashes(dict[str, int]):
    """Each word's hash, the same in every process; computed when it is first asked for."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_HASHES:
            self.clear()
        number = self[word] = crc32(word.encode("utf-8", "surrogatepass"))
        return number
