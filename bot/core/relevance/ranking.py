"""Rank the passages that the engines found, by what speaks for the best block of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import islice

from bot.core.article import Head
from bot.core.passage import Passage
from bot.core.passages.passage_blocks import blocks_of
from bot.core.questions.query import LONG_CONTEXT, Query
from bot.core.relevance.block_evidence import weigh_blocks
from bot.core.relevance.evidence import KIND_WEIGHT, LOOSE_KIND_WEIGHT, RELATED_WEIGHT
from bot.core.relevance.expectation import LOOSE
from bot.core.relevance.found_terms import share_of, terms_in
from bot.core.relevance.inside_article import story_beside, with_best_inside
from bot.core.relevance.prose import least_stop_share
from bot.core.relevance.ranked import PassageSource, Ranked
from bot.core.relevance.subject import Subject, names_absent, names_of, subject_of
from bot.core.seams import Analyzer, BlockTerms, Kind, Words

LOOKED_AT_AGAIN = 3
"""Number of the best matches that are always examined for the kind of answer they give."""
MOST_LOOKED_AT_AGAIN = 8
"""The greatest number of them, where more could come first by giving it."""

DEFINITION_WEIGHT = 0.6
"""Weight of a displayed sentence that gives the definition that is asked for: a term's other
passages hold it as well, and oftener; 0.9 will do."""
CONTEXT_WEIGHT = 0.5
"""Weight of the share of the question that is such terms and stands in a candidate's article."""

_LONGEST_TITLE = 500
"""Maximum number of code points of a title that count: a head may hold 64 KB, which would be read
for every question."""
_MOST_TITLES = 1000
"""Maximum number of titles whose terms are cached, because one question after the other finds the
same articles; of ordinary length they take 2 MB, of the greatest 75."""

Candidates = Sequence[tuple[PassageSource, Passage]]
"""Passages with the articles they are from."""


def rank(searches: Sequence[tuple[Query, Candidates]], analyzer: Analyzer) -> list[Ranked]:
    """Rank the candidates of all searches together, best first; each search has its own query."""
    ranked: list[Ranked] = []
    for query, candidates in searches:
        ranked += weigh_candidates(query, candidates, analyzer)
    return sorted(ranked, key=lambda item: -item.evidence.score)


def with_best_first(
    ranked: Sequence[Ranked], analyzer: Analyzer, is_of_one_article: bool = False
) -> list[Ranked]:
    """Return a ranking in which the passages of the first one's article are compared by what is
    asked of its subject, and the few best by the kind of answer that they give.
    ``is_of_one_article`` says that only that article was asked."""
    if ranked and (is_of_one_article or ranked[0].subject.stems or story_beside(ranked[0].query)):
        ranked = with_best_inside(ranked)
    again = LOOKED_AT_AGAIN
    if ranked:
        enough = ranked[0].evidence.score - _told_weight(ranked[0].query.reading.kind)
        may_lead = sum(item.evidence.score > enough for item in ranked[:MOST_LOOKED_AT_AGAIN])
        again = max(again, may_lead)
    first = [_look_again(item, analyzer) for item in ranked[:again]]
    first.sort(key=lambda item: -item.evidence.score)
    first[:1] = [item.with_choice(analyzer) for item in first[:1]]
    return [*first, *ranked[again:]]


def _told_weight(kind: Kind | None) -> float:
    """Return the weight of a kind of answer that can be told to be given; 0.0 for any other."""
    if kind == "definition":
        return DEFINITION_WEIGHT
    is_told = kind is not None and (kind not in LOOSE or kind in ("date", "reason"))
    return KIND_WEIGHT if is_told else 0.0


def weigh_candidates(query: Query, candidates: Candidates, analyzer: Analyzer) -> list[Ranked]:
    """Weigh passages of one language for a question, in their order; those that hold no sentence
    are left out."""
    language = query.reading.language
    read = [analyzer.words(each.text, each.sentences, language) for _, each in candidates]
    sentences = sum(len(words.ends) for words in read)
    tokens = sum(len(words.stems) for words in read)
    average = (tokens / max(1, sentences)) or 1.0
    query = query._replace(average_sentence=average, prose=least_stop_share(read))
    titles = {
        slug: query.idf.keys() & _title_terms(analyzer.terms, _title(entry.head), language)
        for slug, entry in {source.slug: source.entry for source, _ in candidates}.items()
    }
    leads = {
        source.slug: (passage, words)
        for (source, passage), words in zip(candidates, read, strict=True)
        if passage.number == 0
    }
    names = frozenset(names_of(query.reading))
    about = {
        slug: subject_of(query, names, title, leads.get(slug)) for slug, title in titles.items()
    }
    spelling = iter(query.spelling.in_each([each for words in read for each in words.written]))
    terms = iter(_terms_of(query, candidates, read, analyzer))
    ranked = [
        _best_block(
            query,
            source,
            passage,
            words,
            terms,
            list(islice(spelling, len(words.ends))),
            titles[source.slug],
            about[source.slug],
        )
        for (source, passage), words in zip(candidates, read, strict=True)
        if words.ends
    ]
    ranked = _with_context(query, ranked)
    named = {stem for stem in names & query.idf.keys() if not stem[0].isdigit()}
    return [_without_absent_names(item, named) for item in ranked] if named else ranked


def _terms_of(
    query: Query, candidates: Candidates, read: Sequence[Words], analyzer: Analyzer
) -> Sequence[BlockTerms]:
    """Return what is found of a question in each block of the candidates, one behind the other."""
    passages = [
        (words, [(block.first, block.end) for block in blocks_of(passage)])
        for (_, passage), words in zip(candidates, read, strict=True)
    ]
    found = analyzer.find_terms(query.term_shares, passages)
    if found is None:
        return [each for words, blocks in passages for each in terms_in(query, words, blocks)]
    return found


@lru_cache(_MOST_TITLES)
def _title_terms(terms: Callable[[str, str], Sequence[str]], title: str, language: str) -> Set[str]:
    """Return the terms of a title; ``terms`` is `bot.core.seams.Analyzer.terms`."""
    return frozenset(terms(title, language))


def _title(head: Head) -> str:
    """Return the parts of an article's head that say what it is about and who says it, but for what
    is beyond `_LONGEST_TITLE`."""
    parts = (head.title, head.section, head.author, head.publisher)
    return " ".join(filter(None, parts))[:_LONGEST_TITLE]


def _best_block(
    query: Query,
    source: PassageSource,
    passage: Passage,
    words: Words,
    terms: Iterator[BlockTerms],
    spelling: Sequence[float],
    title: Set[str],
    subject: Subject,
) -> Ranked:
    """Return the candidate that a passage makes, judged by its best block."""
    found = list(islice(terms, len(blocks_of(passage))))
    blocks = weigh_blocks(
        query, passage, words, found, spelling, title, subject, source.entry.paragraphs
    )
    best = blocks[0]
    if len(blocks) > 1:
        best = max(blocks, key=lambda each: each.judged.score)
    return Ranked(
        source, query, passage, words, best.block, best.judged, spelling, blocks, title, subject
    )


def _with_context(query: Query, ranked: list[Ranked]) -> list[Ranked]:
    """Add to the scores what of a longer message's context the articles of the candidates hold: a
    story is told in one article's words, if not in those of one passage."""
    context = query.reading.context_terms & query.idf.keys()
    if len(context) < LONG_CONTEXT:
        return ranked
    held: dict[str, set[str]] = {}
    for item in ranked:
        held.setdefault(item.source.slug, set()).update(context & item.words.stem_set, item.title)
    shares = {slug: share_of(query.idf, context & own) for slug, own in held.items()}
    return [
        item._replace(
            evidence=item.evidence._replace(
                title=item.evidence.title + CONTEXT_WEIGHT * shares[item.source.slug] / query.total
            )
        )
        for item in ranked
    ]


def _without_absent_names(item: Ranked, named: Set[str]) -> Ranked:
    """Take off the score what a candidate loses if its article lacks names of the question."""
    absent = names_absent(item.query, named - item.title - item.words.stem_set, item.source.names)
    if not absent:
        return item
    evidence = item.evidence
    return item._replace(evidence=evidence._replace(title=evidence.title - absent))


def _look_again(item: Ranked, analyzer: Analyzer) -> Ranked:
    """Add the evidence whether the sentence that would be shown gives the kind of answer asked
    for."""
    if item.query.reading.kind is None:
        return item
    item = item.with_choice(analyzer)
    if item.choice is None or not item.choice.gives_kind:
        return item
    weight = _told_weight(item.query.reading.kind)
    kind = weight + _asked_by_kind(item) if weight else LOOSE_KIND_WEIGHT
    return item._replace(evidence=item.evidence._replace(kind=kind))


def _asked_by_kind(item: Ranked) -> float:
    """Return what the words that ask for the kind of answer count where they are not there, and it
    is given: "hot" of "how hot" beside "80 degrees"."""
    query = item.query
    lacking = query.reading.kind_terms - item.words.stem_set
    return RELATED_WEIGHT * share_of(query.idf, lacking) / query.total
