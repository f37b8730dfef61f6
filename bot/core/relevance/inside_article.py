"""The passages of one article, compared by what is asked about its subject.

Each of them gets the same for the subject, as if it named it, and is compared by the rest: one
about "her" may answer, and the first one, which has all the names, seldom does. Here a word that
articles use for an everyday one of the question counts more than elsewhere: what the article is
about tells the sense in which it is used. So does the story that leads to a question: it tells of
which article it is asked, and hardly of which passage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from bot.core.questions.query import LONG_CONTEXT, TELLING, Query, Relatives, character_grams
from bot.core.relevance.block_evidence import BlockEvidence
from bot.core.relevance.evidence import examine
from bot.core.relevance.found_terms import share_of, terms_in
from bot.core.relevance.ranked import Ranked

SUBJECT_WEIGHT = 2.5
"""Weight of the subject's share of the question for each passage of its article: about as much as a
passage gains that has all of the subject's names; from 2.2 to 2.8 it makes little difference."""
EVERYDAY_WEIGHT = 1.5
"""Weight of the share of a term that is asked, and for which a passage has a word that articles use
for it ("medicine" for "pills"); from 1 to 3 it makes little difference."""
_CLEARLY = 0.22
"""Score by which a passage must exceed its article's first-ranked one in what is asked to be ranked
before it; from 0.2 to 0.25 it makes little difference."""
_LEAST_LEAD = 0.05
"""Share of its gain by which a passage leads that comes first by other words than the question's,
or by the question alone of a story: they say less of how certain it is than of which passage it
is."""


def with_best_inside(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return a ranking in which those passages of the first one's article come before it that have
    clearly more of what is asked about the subject. What they gain is part of what the title
    gives. Passages that cannot gain enough are not examined again."""
    if len(ranked) < 2:
        return list(ranked)
    first = ranked[0]
    query, story = first.query, story_beside(first.query)
    subject = first.subject.stems | story
    share = SUBJECT_WEIGHT * share_of(query.idf, subject) / query.total
    clearly = _CLEARLY * (1 - share_of(query.idf, story) / query.total)
    enough = first.evidence.score + clearly
    held = frozenset().union(
        *(item.words.stem_set for item in ranked if item.source.slug == first.source.slug)
    )
    instead = [(stem, each) for stem, each in everyday_of(first) if stem not in held]
    likely = [
        item
        for item in ranked[1:]
        if item.query is query
        and item.source.slug == first.source.slug
        and item.evidence.score
        - item.evidence.title
        + share
        + _said_otherwise(item.words.stem_set, instead)
        > enough
    ]
    if not likely:
        return list(ranked)
    rest = _without(query, frozenset(subject))
    before = _compared(first, rest, share, instead)
    least = before.evidence.score + clearly
    said = _said_in_block(before, instead)
    ahead: dict[int, Ranked] = {}
    for item in likely:
        compared = _compared(item, rest, share, instead)
        gain = compared.evidence.score - least
        if gain > 0:
            evidence = compared.evidence
            otherwise = max(0.0, _said_in_block(compared, instead) - said)
            lead = max(0.0 if story else gain - otherwise, _LEAST_LEAD * gain)
            title = evidence.title + first.evidence.score + lead - evidence.score
            ahead[id(item)] = compared._replace(evidence=evidence._replace(title=title))
    if not ahead:
        return list(ranked)
    placed = [ahead.get(id(item), item) for item in ranked]
    return sorted(placed, key=lambda item: -item.evidence.score)


def story_beside(query: Query) -> Set[str]:
    """Return the terms of a story but for those of the sentence that asks, where that has enough to
    tell passages apart; otherwise none."""
    story = query.reading.context_terms & query.idf.keys()
    if len(story) < LONG_CONTEXT:
        return frozenset()
    asked = query.idf.keys() - story - query.reading.common
    return (
        story if sum(bool(query.frequency.get(term)) for term in asked) >= TELLING else frozenset()
    )


def everyday_of(first: Ranked) -> list[tuple[str, Relatives]]:
    """Return what is asked about a candidate's subject in everyday words: each stem with its
    relatives."""
    related = first.query.related
    return [
        (stem, related[stem])
        for stem in sorted(first.subject.asked & related.keys())
        if related[stem].everyday
    ]


def _said_otherwise(stems: Set[str], everyday: Sequence[tuple[str, Relatives]]) -> float:
    """Return what a passage or a block gains by the words that it has for those of a question."""
    return EVERYDAY_WEIGHT * sum(
        [
            each.share
            for stem, each in everyday
            if stem not in stems and not each.everyday.isdisjoint(stems)
        ]
    )


def _said_in_block(item: Ranked, everyday: Sequence[tuple[str, Relatives]]) -> float:
    """Return what a candidate's block gains by such words."""
    if not everyday:
        return 0.0
    own = item.words.of_sentences(item.block.first, item.block.end)
    return _said_otherwise(own.stem_set, everyday)


def _compared(
    item: Ranked, rest: Query, share: float, everyday: Sequence[tuple[str, Relatives]]
) -> Ranked:
    """Return a candidate with its blocks compared by what is asked, and the best of them. The
    subject counts ``share`` for each block, or more for one that has more of it; ``rest`` is the
    question without the subject. The difference is part of the title's evidence."""
    words, is_lead = item.words, item.passage.number == 0
    found = terms_in(rest, words, [each.block[:2] for each in item.blocks])
    blocks: list[BlockEvidence] = []
    for (block, evidence, less), terms in zip(item.blocks, found, strict=True):
        own = words.of_sentences(block.first, block.end)
        whole = evidence._replace(title=0.0)
        of_subject = whole.score - examine(rest, own, is_lead, found=terms).score
        title = max(0.0, share - of_subject) - less + _said_otherwise(own.stem_set, everyday)
        blocks.append(BlockEvidence(block, whole._replace(title=title), 0.0))
    best = max(blocks, key=lambda each: each.evidence.score)
    return item._replace(block=best.block, evidence=best.evidence, blocks=blocks)


def _without(query: Query, subject: frozenset[str]) -> Query:
    """Return a question without the terms of the subject; what is left keeps its shares."""
    tokens = query.reading.tokens
    named = {
        word
        for word, stem in zip(tokens.words, tokens.stems, strict=True)
        if stem in subject and word in query.words
    }
    words = {word: share for word, share in query.words.items() if word not in named}
    kept: Set[str] = frozenset().union(*map(character_grams, words))
    grams = {gram: share for gram, share in query.grams.items() if gram in kept}
    return query._replace(
        idf=_outside(query.idf, subject),
        words=words,
        stems=_outside(query.stems, subject),
        pairs=_pairs_outside(query.pairs, subject),
        near_pairs=_pairs_outside(query.near_pairs, subject),
        related={stem: each for stem, each in query.related.items() if stem not in subject},
        grams=grams,
        spelling=query.reading.gram_shares(grams),
    )


def _outside(shares: Mapping[str, float], subject: Set[str]) -> dict[str, float]:
    return {stem: share for stem, share in shares.items() if stem not in subject}


def _pairs_outside(
    shares: Mapping[tuple[str, str], float], subject: frozenset[str]
) -> dict[tuple[str, str], float]:
    """Return the pairs of which one stem or none is the subject's."""
    return {
        pair: share
        for pair, share in shares.items()
        if not (pair[0] in subject and pair[1] in subject)
    }
