"""Searches for the words that articles use in place of a question's everyday ones.

A search finds passages by the question's own terms. "Which pills are there?" does not find the
paragraph about tablets, though its article is known: so that is searched once more. "Who got
fired?" finds nothing at all where no article contains the word: so what says the same is searched
for with it, in all.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from bot.core import requests
from bot.core.conversation.question_search import CANDIDATES, PlannedSearch
from bot.core.relevance.block_evidence import weigh_blocks
from bot.core.relevance.found_terms import terms_in
from bot.core.relevance.inside_article import everyday_of
from bot.core.relevance.ranked import Ranked
from bot.core.relevance.ranking import weigh_candidates
from bot.core.requests import Steps
from bot.core.seams import Analyzer, TermQuery

_MOST_FOUND = 6
"""Number of passages that are looked at."""
_MOST_INSTEAD = 6
"""Words that are searched for with those that no article contains; the rarest are."""


def with_said_otherwise(ranked: Sequence[Ranked], analyzer: Analyzer) -> Steps[list[Ranked]]:
    """Return a ranking of at least one passage, best first, with those of the first one's article
    that say in other words what is asked about its subject, and were not found by the question's
    terms."""
    first = ranked[0]
    terms: dict[str, None] = {}
    for stem, related in everyday_of(first):
        if stem not in first.words.stem_set:
            terms.update(dict.fromkeys(sorted(related.everyday)))
    if not terms:
        return list(ranked)
    query = TermQuery(tuple(terms), _MOST_FOUND, first.passage.article)
    shelf = first.source.shelf
    ((found,),) = (yield from requests.retrieve({shelf: [query]})).values()
    known = {item.passage.number for item in ranked if item.source.slug == first.source.slug}
    candidates = [
        (first.source, passage)
        for (_, number), passage in found.passages.items()
        if number not in known
    ]
    weighed = [_as_of(first, item) for item in weigh_candidates(first.query, candidates, analyzer)]
    return sorted([*ranked, *weighed], key=lambda item: -item.evidence.score)


def _as_of(first: Ranked, item: Ranked) -> Ranked:
    """Return a candidate of the first one's article with what is known of that one's subject, so
    that the two can be compared."""
    query, title, subject = first.query, first.title, first.subject
    blocks = weigh_blocks(
        query,
        item.passage,
        item.words,
        terms_in(query, item.words, [each.block[:2] for each in item.blocks]),
        item.spelling,
        title,
        subject,
        item.source.entry.paragraphs,
    )
    return item._replace(query=query, title=title, subject=subject, blocks=blocks)


def with_same(asked: Sequence[PlannedSearch]) -> Steps[list[PlannedSearch]]:
    """Return searches with the words that say the same as those which no article contains, where
    no other word of the question finds few enough passages to read them all."""
    same = [_same_as_missing(each) for each in asked]
    terms: dict[int, set[str]] = {}
    for each, others in zip(asked, same, strict=True):
        if others:
            terms.setdefault(each.shelf, set()).update(others)
    if not terms:
        return list(asked)
    frequency = yield from requests.document_frequencies(
        {shelf: sorted(own) for shelf, own in terms.items()}
    )
    found: list[PlannedSearch] = []
    for each, others in zip(asked, same, strict=True):
        counts = frequency.get(each.shelf, {})
        held = sorted(filter(counts.get, others), key=lambda term: (counts[term], term))
        found.append(each._replace(instead=held[:_MOST_INSTEAD]))
    return found


def _same_as_missing(asked: PlannedSearch) -> Set[str]:
    """Return the words that say the same as those of a question which no article contains; none
    where another of its words, which is not a common one, finds few passages."""
    reading, frequency = asked.reading, asked.frequency
    telling = (term for term in reading.terms if term not in reading.common)
    if any(0 < frequency.get(term, 0) <= CANDIDATES for term in telling):
        return frozenset()
    missing = (term for term in reading.terms if not frequency.get(term))
    others = [reading.everyday[term].exact for term in missing if term in reading.everyday]
    return frozenset().union(*others).difference(reading.terms)
