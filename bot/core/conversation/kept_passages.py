"""Kept pairs: a question, and the passage of which the editors say that it answers it.

A pair does two things to an answer. The same question (see `bot.core.questions.same_question`) gets
that passage first. And the pair's question is a weak field of its passage, as its title is: what
somebody asks in words that the passage lacks may be asked in words of the pair. A pair counts only
while its words still stand in the articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import islice
from typing import NamedTuple

from bot.core import requests
from bot.core.article import Span
from bot.core.conversation.question_search import AskedArticle, AskedShelf, Search
from bot.core.errors import AddressError
from bot.core.passage import Passage
from bot.core.passages.address import Address, parse_address
from bot.core.passages.cited_words import find_words
from bot.core.passages.passage_blocks import PassageBlock, blocks_of
from bot.core.questions.same_question import QuestionWording, ask_the_same, folded_text, wording
from bot.core.relevance.found_terms import share_of
from bot.core.relevance.ranked import Ranked
from bot.core.requests import Steps, beside_first
from bot.core.seams import Analyzer, Entry, Hit
from bot.core.seams.pairs import KeptPair

KEPT_WEIGHT = 1.5
"""Weight of the share of the question that is in a kept question of the passage, and neither in the
passage, there as a synonym, nor in its title: as much as a title's."""
LIKE, LIKE_WEIGHT = 0.2, 0.5
"""Likeness of the question and a kept one from which that speaks for its passage, and the weight of
what is above it: what editors keep is asked about more often than other passages."""
VERY_LIKE, VERY_LIKE_WEIGHT = 0.5, 2.0
"""The same of questions that are other wordings of one another."""
_LEAST_SHARED = 0.3
"""The share of the question's terms that a kept question has to hold for its passage to be looked
at."""
_MOST_READ = 30
"""Pairs whose question is read in the passage's language: those that share the most words."""
_MOST_PASSAGES = 8
"""Passages that a question takes up for the questions kept with them."""
_BEGINNING = 4
"""Code points of a term that are looked for in a kept question before that is read."""


class KeptPassage(NamedTuple):
    """A passage that the editors keep for a question that is like the one asked."""

    shelf: int
    """The number of its shelf, from 0."""
    passage: Passage
    entry: Entry
    questions: tuple[frozenset[str], ...]
    """The terms of each kept question, in the passage's language."""
    is_answer: bool
    """True if the first of them asks the same."""
    words: Span
    """The words that are kept, within the passage's text."""


class _Likely(NamedTuple):
    """A pair whose question shares words with the one asked."""

    article: tuple[int, str]
    """The number of its shelf, and its slug there."""
    address: Address
    entry: Entry
    terms: frozenset[str]
    is_answer: bool
    shared: float


def kept_passages(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: str,
    scope: AskedArticle | None,
    pairs: Sequence[KeptPair],
) -> Steps[list[KeptPassage]]:
    """Return the passages whose kept questions are like this one, those that are kept for the same
    question first, then those that share the most; of pairs for one question the first counts
    first."""
    likely = yield from _likely(shelves, analyzer, question, scope, pairs)
    found: dict[tuple[int, str, int], KeptPassage] = {}
    articles: dict[tuple[int, str], Sequence[Passage]] = {}
    for at, each in enumerate(likely):
        if each.article not in articles and len(found) < _MOST_PASSAGES:
            addresses = dict.fromkeys((pair.article, pair.address) for pair in likely[at:])
            needed = islice(addresses, _MOST_PASSAGES - len(found))  # whatever they turn out to be
            unread = dict.fromkeys(article for article, _ in needed if article not in articles)
            reading = beside_first([requests.article_passages(*article) for article in unread])
            for article, steps in zip(unread, reading, strict=True):
                articles[article] = yield from steps
        if (found_at := find_words(each.address, articles.get(each.article, ()))) is None:
            continue
        passage, words = found_at
        passage_key = (*each.article, passage.number)
        before = found.get(passage_key)
        if before is not None:
            found[passage_key] = before._replace(questions=(*before.questions, each.terms))
        elif len(found) < _MOST_PASSAGES:
            found[passage_key] = KeptPassage(
                each.article[0], passage, each.entry, (each.terms,), each.is_answer, words
            )
    return list(found.values())


def asking_the_same(
    question: str, pairs: Sequence[KeptPair], languages: Iterable[str], analyzer: Analyzer
) -> list[KeptPair]:
    """Return the pairs whose question asks the same in one of these languages, the latest first as
    they are."""
    asked = {each: wording(question, each, analyzer) for each in sorted(languages)}
    likely = _sharing(folded_text(question), asked.values(), pairs)
    same = [
        pair
        for pair in likely
        if any(is_same for _, is_same, _ in _likenesses(question, asked, pair, analyzer).values())
    ]
    return sorted(same, key=pairs.index)


def _likely(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: str,
    scope: AskedArticle | None,
    pairs: Sequence[KeptPair],
) -> Steps[list[_Likely]]:
    """Return the pairs whose question is like the one asked, the likeliest first."""
    languages = (
        {scope.language} if scope else {each for shelf in shelves for each in shelf.languages}
    )
    asked = {each: wording(question, each, analyzer) for each in sorted(languages)}
    # most questions share words with kept ones, and few are like one: nothing is asked for those
    alike = [
        (shelf, address, likenesses)
        for pair in _sharing(folded_text(question), asked.values(), pairs)
        for shelf, address in [_locate(pair, shelves)]
        if shelf >= 0 and (scope is None or (shelf, address.slug) == (scope.shelf, scope.slug))
        if (likenesses := _likenesses(question, asked, pair, analyzer))
    ]
    slugs: dict[int, list[str]] = {}
    for shelf, address, _ in alike:
        slugs.setdefault(shelf, []).append(address.slug)
    entries = yield from requests.unknown_entries(slugs)
    likely = [
        _Likely((shelf, address.slug), address, entry, *likenesses[entry.language])
        for shelf, address, likenesses in alike
        if (entry := entries[shelf].get(address.slug)) and entry.language in likenesses
    ]
    likely.sort(key=lambda each: (not each.is_answer, -each.shared))
    return likely


def _likenesses(
    question: str, asked: Mapping[str, QuestionWording], pair: KeptPair, analyzer: Analyzer
) -> dict[str, tuple[frozenset[str], bool, float]]:
    """Return for each language in which a pair's question is like the one asked its terms, whether
    it asks the same, and the share of the terms that it holds."""
    found = {}
    for language, own in asked.items():
        kept = wording(pair.question, language, analyzer)
        is_answer = ask_the_same(own, kept) or folded_text(pair.question) == folded_text(question)
        shared = len(own.terms & kept.terms) / len(own.terms) if own.terms else 0.0
        if is_answer or (shared >= _LEAST_SHARED and own.is_negative == kept.is_negative):
            found[language] = kept.terms, is_answer, shared
    return found


def _sharing(
    text: str, asked: Iterable[QuestionWording], pairs: Sequence[KeptPair]
) -> list[KeptPair]:
    """Return the pairs whose question shares the most words with the one asked, by the beginnings
    of its terms: that is cheap, however many pairs there are."""
    terms = {term.partition(":")[2] or term for each in asked for term in each.terms}
    beginnings = [term[: max(1, min(_BEGINNING, len(term) - 1))] for term in terms]
    sharing: list[tuple[float, int, int]] = []
    for at, pair in enumerate(pairs):
        kept = folded_text(pair.question)
        hits = sum(beginning in kept for beginning in beginnings)
        if kept == text:
            sharing.append((-float("inf"), 0, at))
        elif hits:
            sharing.append((-hits, len(kept), at))
    return [pairs[at] for _, _, at in sorted(sharing)[:_MOST_READ]]


def _locate(pair: KeptPair, shelves: Sequence[AskedShelf]) -> tuple[int, Address]:
    """Return the shelf of the article that a pair cites, -1 if it is none of these, and its address
    there, without the prefix."""
    try:
        address = parse_address(pair.address)
    except AddressError:
        return -1, Address(pair.address)
    numbers = sorted(range(len(shelves)), key=lambda number: -len(shelves[number].prefix))
    for number in numbers:
        prefix = shelves[number].prefix
        if address.slug.startswith(prefix):
            return number, address._replace(slug=address.slug.removeprefix(prefix))
    return -1, address


def with_candidates(searches: Sequence[Search], kept: Sequence[KeptPassage]) -> list[Search]:
    """Searches that have found the kept passages, too: as well as the best that they found."""
    completed: list[Search] = []
    for search in searches:
        found = search.retrieval
        mine = [
            each
            for each in kept
            if (each.shelf, each.entry.language) == (search.shelf, search.reading.language)
        ]
        if mine:
            score = max((hit.score for hit in found.hits), default=0.0) or 1.0
            known = {(hit.article, hit.number) for hit in found.hits}
            keys = {(each.passage.article, each.passage.number): each for each in mine}
            hits = [
                hit._replace(score=score) if (hit.article, hit.number) in keys else hit
                for hit in found.hits
            ] + [Hit(*key, score) for key in keys if key not in known]
            found = found._replace(
                hits=sorted(hits, key=lambda hit: -hit.score),
                passages={**found.passages, **{key: each.passage for key, each in keys.items()}},
                entries={**found.entries, **{each.passage.article: each.entry for each in mine}},
            )
        completed.append(search._replace(retrieval=found))
    return completed


def kept_first(ranked: Sequence[Ranked], kept: Sequence[KeptPassage]) -> list[Ranked]:
    """Return a ranking with the passages first that are kept for this very question, in their
    order."""
    order = {_key(each): at for at, each in enumerate(kept) if each.is_answer}
    last = len(kept)
    return sorted(ranked, key=lambda item: order.get(_key_of(item), last))


def credited(ranked: Sequence[Ranked], kept: Sequence[KeptPassage]) -> list[Ranked]:
    """Return a ranking in which the kept questions count for their passages."""
    by_key = {_key(each): each for each in kept}
    weighed: list[Ranked] = []
    for item in ranked:
        own = by_key.get(_key_of(item))
        if own is not None:
            item = item._replace(evidence=item.evidence._replace(kept=_weigh(item, own)))
            if own.is_answer:
                block = _kept_block(item, own)
                item = item._replace(is_kept=True, block=block, choice=None, kept=own.words)
        weighed.append(item)
    return sorted(weighed, key=lambda item: -item.evidence.score)


def _weigh(item: Ranked, kept: KeptPassage) -> float:
    """Return the weight of a passage's kept questions: of what they say and the passage does not,
    and of the one that is most like the question."""
    held = set(item.words.stems)
    lacking = frozenset().union(*kept.questions) - held - set(item.title)
    missing = {term for term in lacking if not item.query.has_synonym(term, held)}
    share = share_of(item.query.idf, missing) / item.query.total
    likeness = max(_likeness(item, question) for question in kept.questions)
    return (
        KEPT_WEIGHT * share
        + LIKE_WEIGHT * max(0.0, likeness - LIKE)
        + VERY_LIKE_WEIGHT * max(0.0, likeness - VERY_LIKE)
    )


def _likeness(item: Ranked, question: Set[str]) -> float:
    """Return how much of the question asked is in a kept one, by idf and synonyms counted, less for
    each term that only the kept one has, which counts as an average one; from 0 to 1."""
    query = item.query
    asked = query.idf.keys()
    shared = {term for term in asked if term in question or item.query.has_synonym(term, question)}
    others = len(question - asked) / max(1, len(asked))
    return share_of(query.idf, shared) / query.total / (1 + others)


def _kept_block(item: Ranked, kept: KeptPassage) -> PassageBlock:
    """Return the candidate's best block, where that is among the words that are kept, else the
    first that is, else the block in which these begin."""
    starts = [sentence.start for sentence in kept.passage.sentences]
    first, end = kept.words
    blocks = blocks_of(kept.passage)
    among = [each for each in blocks if first <= starts[each.quoted_from] < end]
    begun = [each for each in blocks if starts[each.first] <= first]
    return item.block if item.block in among else [*among[:1], *begun[-1:], item.block][0]


def _key(kept: KeptPassage) -> tuple[int, str, int]:
    return kept.shelf, kept.passage.article, kept.passage.number


def _key_of(item: Ranked) -> tuple[int, str, int]:
    return item.source.shelf, item.passage.article, item.passage.number
