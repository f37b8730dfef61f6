"""From a question to an answer.

Each shelf is asked in each language that it holds; the engines' best candidates are ranked
together by evidence, and how likely the first of them is right decides whether it is an answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.core.answer import Answer, Match, Repair
from bot.core.choosing import choose
from bot.core.confidence import ANSWERED_FROM, confidence
from bot.core.evidence import KIND_WEIGHT, examine
from bot.core.explaining import explain
from bot.core.likeness import without_twins
from bot.core.matching import address_of, matches_of
from bot.core.passage import Passage
from bot.core.query import Query, QuestionReading, read, weigh
from bot.core.ranked import Ranked
from bot.core.repair import can_be_repaired, repair, with_repairs
from bot.core.seams import Analyzer, Entry, Hit, Statistics
from bot.core.shelf import Shelf

CANDIDATES = 30
"""How many passages are read for a question; the right one is among them 98 times in 100."""
LEAST_SHARE = 0.3
"""A candidate that has less than this of the best one's score by the engine is not read, unless so
many are asked for: of 3,716 Wikipedia questions it came first for none, and two candidates of five
are such."""
_LOOKED_AT = 6
"""How many of the ranking, without twins, the confidence and the explanation look at."""
LOOKED_AT_AGAIN = 3
"""How many of the best are looked at for the kind of answer they give."""
_MOST_READ = 1000
"""Code points; of a longer question only the beginning is searched for."""
_POSSESSIVE = "['’]"
_MOST_REPAIRS = 3
"""Words; a question with more of them that are unknown is not about these articles."""


_Found = tuple[float, int, Hit]
"""A candidate: its share of what its question weighs, which of the searches found it, and where."""


class _Search(NamedTuple):
    """One shelf asked in one language."""

    shelf: Shelf
    articles: frozenset[str] | None
    reading: QuestionReading
    statistics: Statistics


def ask(
    shelves: Sequence[Shelf],
    analyzer: Analyzer,
    question: str,
    scope: tuple[Shelf, str] | None,
    limit: int,
    further: int = 0,
) -> Answer:
    """Find the passages that answer a question; see `bot.core.library.Library.ask`.

    ``scope`` is the one article to look in, with its shelf; its slug is the shelf's own.
    """
    searches = [
        _search(shelf, articles, read(_beginning(question), language, analyzer))
        for shelf, articles, language in _places(shelves, scope)
    ]
    unseen = _unseen(searches)
    searches, repaired = _repair(searches, unseen, analyzer)
    enough = max(limit + further, _LOOKED_AT)
    ranked = without_twins(_rank(searches, analyzer, enough), enough)
    unknown = tuple(
        question[start:end] for start, end in unseen.items() if (start, end) not in repaired
    )
    repairs = tuple(
        Repair(question[start:end], _as_written(variant, stem, ranked, analyzer))
        for (start, end), (variant, stem) in repaired.items()
    )
    if not ranked:
        return Answer(question, False, 0.0, (), unknown, repairs, None)
    certain = confidence(ranked)
    matches = matches_of(ranked[:limit], analyzer)
    if len(matches) < min(limit, len(ranked)):  # an article was removed meanwhile
        return ask(shelves, analyzer, question, scope, limit, further)
    runner_up = address_of(ranked[1]) if len(ranked) > 1 else None
    return Answer(
        question,
        certain >= ANSWERED_FROM,
        certain,
        matches,
        unknown,
        repairs,
        explain(ranked, None if runner_up is None else str(runner_up)),
        tuple(str(address_of(item)) for item in ranked[limit : limit + further]),
    )


def _beginning(question: str) -> str:
    """What is searched for of a question: no word is cut in two."""
    if len(question) <= _MOST_READ:
        return question
    kept, space, _ = question[: _MOST_READ + 1].rpartition(" ")
    return kept if space else question[:_MOST_READ]


def point_out(
    shelf: Shelf, analyzer: Analyzer, question: str, slug: str, paragraph: int
) -> Match | None:
    """Find the sentence that answers in a given paragraph; see
    `bot.core.library.Library.point_out`."""
    entry = shelf.catalogue.entries([slug])[slug]
    passages = [
        passage
        for passage in shelf.catalogue.all_passages(slug)
        if passage.first <= paragraph <= passage.last
    ]
    search = _search(shelf, None, read(_beginning(question), entry.language, analyzer))
    ((search,), _) = _repair([search], _unseen([search]), analyzer)
    ranked = _examine(shelf, _weigh(search), passages, analyzer)
    if not ranked:
        return None
    (match,) = matches_of([max(ranked, key=lambda item: item.evidence.score)], analyzer)
    return match


def _places(
    shelves: Sequence[Shelf], scope: tuple[Shelf, str] | None
) -> list[tuple[Shelf, frozenset[str] | None, str]]:
    """Where to look: the shelf, the articles of it (all, where None), and in which language."""
    if scope is None:
        return [
            (shelf, None, language) for shelf in shelves for language in shelf.catalogue.languages()
        ]
    shelf, slug = scope
    entry = shelf.catalogue.entries([slug]).get(slug)
    return [] if entry is None else [(shelf, frozenset([slug]), entry.language)]


def _search(shelf: Shelf, articles: frozenset[str] | None, reading: QuestionReading) -> _Search:
    return _Search(shelf, articles, reading, shelf.engine.statistics(reading.terms))


def _unseen(searches: Sequence[_Search]) -> dict[int, int]:
    """Where the question's words stand that no article contains, whatever the language: where
    each begins and ends."""
    unseen: dict[int, int] = {}
    seen: set[int] = set()
    for search in searches:
        frequency = search.statistics.document_frequency
        for start, end, _, stem, stop in zip(*search.reading.tokens, strict=True):
            if stop or frequency.get(stem):
                seen.add(start)
            else:
                unseen[start] = end
    return {start: end for start, end in sorted(unseen.items()) if start not in seen}


def _repair(
    searches: Sequence[_Search], unseen: Mapping[int, int], analyzer: Analyzer
) -> tuple[list[_Search], dict[tuple[int, int], tuple[str, str]]]:
    """Put typing errors right; returns the searches for what was meant, and for each place in the
    question that was put right the word and the stem that stand for it."""
    repaired: dict[tuple[int, int], tuple[str, str]] = {}
    mended: list[_Search] = []
    for search in searches:
        engine, reading = search.shelf.engine, search.reading
        repairs: dict[str, tuple[str, str]] = {}
        for start, end, word, _, _ in zip(*reading.tokens, strict=True):
            if unseen.get(start) != end or not can_be_repaired(word):
                continue
            if word not in repairs and len(repairs) < _MOST_REPAIRS:
                meant = repair(word, reading.language, analyzer, engine)
                if meant is not None:
                    repairs[word] = meant
            if word in repairs:
                repaired.setdefault((start, end), repairs[word])
        if repairs:
            search = _search(search.shelf, search.articles, with_repairs(reading, repairs))
        mended.append(search)
    return mended, repaired


def _rank(searches: Sequence[_Search], analyzer: Analyzer, enough: int) -> list[Ranked]:
    """The candidates of all searches, best first; at least ``enough`` where so many are found."""
    queries = [_weigh(search) for search in searches]
    found: list[_Found] = []
    for number, (search, query) in enumerate(zip(searches, queries, strict=True)):
        hits = search.shelf.engine.search(search.reading.terms, CANDIDATES, search.articles)
        found += [(hit.score / query.total, number, hit) for hit in hits]
    found = _without_digests(sorted(found, key=lambda item: -item[0])[:CANDIDATES], searches)
    found = found[:enough] + [
        item for item in found[enough:] if item[0] >= LEAST_SHARE * found[0][0]
    ]
    ranked: list[Ranked] = []
    for number, (search, query) in enumerate(zip(searches, queries, strict=True)):
        keys = [(hit.article, hit.number) for _, owner, hit in found if owner == number]
        if keys:
            passages = search.shelf.catalogue.passages(keys)
            ranked += _examine(
                search.shelf, query, [passages[key] for key in keys if key in passages], analyzer
            )
    ranked = sorted(ranked, key=lambda item: -item.evidence.score)
    first = [_look_again(item, analyzer) for item in ranked[:LOOKED_AT_AGAIN]]
    return sorted(first, key=lambda item: -item.evidence.score) + ranked[LOOKED_AT_AGAIN:]


def _without_digests(found: list[_Found], searches: Sequence[_Search]) -> list[_Found]:
    """The candidates without those of a digest whose original, an article of the same title, is
    there too: its own words are to be quoted. Who asks the digest alone is answered from it."""
    superseded: set[tuple[int, str]] = set()
    for number, search in enumerate(searches):
        if search.articles is None:
            of_search = {hit.article for _, owner, hit in found if owner == number}
            digests = search.shelf.catalogue.digests(of_search)
            superseded |= {(number, s) for s, e in digests.items() if _has_original(e, searches)}
    return [item for item in found if (item[1], item[2].article) not in superseded]


def _has_original(digest: Entry, searches: Sequence[_Search]) -> bool:
    return any(
        entry.head.digest_of is None
        for search in searches
        for entry in search.shelf.catalogue.titled(digest.head.title).values()
    )


def _look_again(item: Ranked, analyzer: Analyzer) -> Ranked:
    """Weigh in whether the sentence that would be shown gives the kind of answer asked for."""
    if item.query.reading.kind is None:
        return item
    choice = choose(item.query, item.passage, item.words, analyzer)
    kind = KIND_WEIGHT * choice.gives_kind
    return item._replace(evidence=item.evidence._replace(kind=kind), choice=choice)


def _weigh(search: _Search) -> Query:
    if search.articles is None:
        return weigh(search.reading, search.statistics)
    own = search.shelf.engine.statistics(search.reading.terms, search.articles)
    return weigh(search.reading, search.statistics, own)


def _examine(
    shelf: Shelf, query: Query, passages: Sequence[Passage], analyzer: Analyzer
) -> list[Ranked]:
    language = query.reading.language
    read = [analyzer.words(passage.text, passage.sentences, language) for passage in passages]
    sentences = sum(len(words.ends) for words in read)
    tokens = sum(len(words.stems) for words in read)
    query = query._replace(average_sentence=(tokens / max(1, sentences)) or 1.0)
    return [
        Ranked(shelf, query, passage, words, examine(query, words, passage.number == 0))
        for passage, words in zip(passages, read, strict=True)
    ]


def _as_written(variant: str, stem: str, ranked: Sequence[Ranked], analyzer: Analyzer) -> str:
    """A word that was put right as the articles write it: a variant may be no word at all, and
    only its stem one of theirs."""
    written: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    for item in ranked:
        if stem not in item.words.stems:
            continue
        tokens = analyzer.tokens(item.passage.text, item.query.reading.language)
        for start, end, word, its_stem, _ in zip(*tokens, strict=True):
            if its_stem == stem:
                form = re.split(_POSSESSIVE, item.passage.text[start:end])[0]
                written[form] += 1
                exact[form] += word == variant
    return max(written, key=lambda form: (exact[form], written[form]), default=variant)
