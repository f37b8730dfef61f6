"""A second search, in the article that a question is about, for the words that articles use in
place of its everyday ones.

The first search finds passages by the question's own terms. "Which pills are there?" does not find
the paragraph about tablets, though its article is known.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import requests
from bot.core.relevance.block_evidence import weigh_blocks
from bot.core.relevance.found_terms import terms_in
from bot.core.relevance.inside_article import everyday_of
from bot.core.relevance.ranked import Ranked
from bot.core.relevance.ranking import weigh_candidates
from bot.core.requests import Steps
from bot.core.seams import Analyzer, TermQuery

_MOST_FOUND = 6
"""Number of passages that are looked at."""


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
