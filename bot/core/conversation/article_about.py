"""The article that is about what some words say: its title, the rest of its head, its first
sentence or what stands all over it holds each of them. That it holds one, or tells of them in
passing, is not enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from typing import NamedTuple

from bot.core import requests
from bot.core.answer import Answer, NearTitle
from bot.core.conversation.asking import NEAREST_ARTICLES, ask, find
from bot.core.conversation.named_article import (
    FOUND,
    NamedArticle,
    best_titled,
    held_share,
    is_meant,
    scope_of,
    titles_holding,
)
from bot.core.conversation.question_search import AskedShelf, ScopedQuestion
from bot.core.conversation.talk_replies import none_about_reply
from bot.core.requests import Ahead, Steps
from bot.core.seams import Analyzer, Entry, Statistics, TermQuery

_MOST_TITLES = 8
"""Articles that are looked into because their titles hold the most of the words."""
_TYPICAL_SHARE = 0.4
"""The weight of a word that is typical of an article beside one of its title: less than that of a
title's synonym."""
_OPENING_SHARE = 0.25
"""The same of a word of its first sentence."""
_TYPICAL_FROM, _TYPICAL_OF = 3, 4
"""Passages that hold a typical word: so many, or this part of a shorter article's, two at least."""


class AboutArticles(NamedTuple):
    """The articles that are about what some words say."""

    best: NamedArticle | None
    """None if no article is about all of it."""
    nearest: Sequence[NearTitle]
    """Those that are about part of it, best first; only where none is about all."""


class _Article(NamedTuple):
    """An article that may be about some words."""

    shelf: int
    entry: Entry
    typical: Set[str]
    """Those of the words' terms, in its language, that stand all over it."""
    opening: str
    """Its first sentence."""


def articles_about(
    shelves: Sequence[AskedShelf], analyzer: Analyzer, words: str, languages: Sequence[str]
) -> Steps[AboutArticles]:
    """Return the article that is about what some words say: of several, the one whose title holds
    the most of them, and of those the one whose passages match them best."""
    question = ScopedQuestion(words, limit=FOUND)
    passages = Ahead(find(shelves, analyzer, question, is_about=True))
    finding = Ahead(ask(shelves, analyzer, question, finding=passages))
    titles = yield from finding.beside(titles_holding(shelves, analyzer, words))
    titled = sorted(titles, key=lambda key: -titles[key][0])[:_MOST_TITLES]
    reading = Ahead(_articles(analyzer, words, titled))
    named = yield from reading.beside(best_titled(shelves, titles, finding))
    if named is not None and named.share == 1.0:  # no text has to be read
        return AboutArticles(named, ())
    found = yield from reading.beside(finding.result())
    keys: dict[tuple[int, str], None] = {}
    for match in found.matches:
        scope = yield from scope_of(shelves, match.citation.slug)
        if scope is not None:
            keys[scope.shelf, scope.slug] = None
    keys.update(dict.fromkeys(titled))
    best: NamedArticle | None = None
    near: list[tuple[float, NearTitle]] = []
    for each in (yield from _articles(analyzer, words, list(keys))):
        head = each.entry.head
        full = shelves[each.shelf].prefix + each.entry.slug
        shares = [_shares(analyzer, words, each, language) for language in languages]
        whole = max((_mean(found) for found in shares if found and all(found)), default=0.0)
        part = min(map(_mean, filter(None, shares)), default=0.0)
        if whole > (best.share if best is not None else 0.0):
            best = NamedArticle(full, head, whole, is_whole=False)
        elif part:
            near.append((part, NearTitle(full, head.title)))
    if best is not None:
        return AboutArticles(best, ())
    near.sort(key=lambda each: -each[0])
    return AboutArticles(None, [each for _, each in near[:NEAREST_ARTICLES]])


def _articles(
    analyzer: Analyzer, words: str, keys: Sequence[tuple[int, str]]
) -> Steps[list[_Article]]:
    """Return articles, given by shelf and slug, in their order, with what their texts say of some
    words. All are read at once, and of each text no more than the words' counts and its first
    passage."""
    slugs: defaultdict[int, list[str]] = defaultdict(list)
    for shelf, slug in keys:
        slugs[shelf].append(slug)
    entries: dict[tuple[int, str], Entry] = {}
    for shelf, some in slugs.items():
        found = yield from requests.entries(shelf, some)
        entries |= {(shelf, slug): entry for slug, entry in found.items()}
    counting: defaultdict[int, list[TermQuery]] = defaultdict(list)
    for (shelf, slug), entry in entries.items():
        terms = dict.fromkeys(analyzer.terms(words, entry.language))
        counting[shelf].append(TermQuery(list(terms), 0, slug))
    first = {shelf: [(slug, 0) for slug in some] for shelf, some in slugs.items()}
    firsts = Ahead(requests.passages(first))
    counted = yield from firsts.beside(requests.retrieve(counting))
    openings = yield from firsts.result()
    typical = {
        (shelf, query.article): _typical(retrieval.article_statistics)
        for shelf, queries in counting.items()
        for query, retrieval in zip(queries, counted[shelf], strict=True)
    }
    articles = []
    for key in keys:
        shelf, slug = key
        passage = openings[shelf].get((slug, 0))
        opening = "" if passage is None else passage.text[slice(*passage.sentences[0])]
        if key in entries:
            articles.append(_Article(shelf, entries[key], typical[key], opening))
    return articles


def answer_of_none(question: str, nearest: Sequence[NearTitle]) -> Answer:
    """Return the answer to a question about an article that is not there."""
    reply = none_about_reply(nearest)
    near = tuple(nearest)
    return Answer(
        question, "none", 0.0, (), (), (), None, reply=reply.text, nearest=near, said=reply.said
    )


def only_such(
    shelves: Sequence[AskedShelf], analyzer: Analyzer, work: str, languages: Sequence[str]
) -> Steps[NamedArticle | None]:
    """Return the only article whose title says that it is such a text, "newsletter"; None if none
    or several do."""
    titles = yield from titles_holding(shelves, analyzer, work)
    found: list[NamedArticle] = []
    for number, slug in [key for key, (share, _) in titles.items() if share == 1.0]:
        entry = (yield from requests.entries(number, [slug])).get(slug)
        if entry is not None:
            named = NamedArticle(shelves[number].prefix + slug, entry.head, 1.0, is_whole=False)
            if is_meant(named, work, analyzer, languages):
                found.append(named)
    return found[0] if len(found) == 1 else None


def _shares(analyzer: Analyzer, words: str, article: _Article, language: str) -> list[float]:
    """Return for each of the words' terms how much of it an article holds."""
    head = article.entry.head
    titled, opening = (
        set(analyzer.terms(text, language)) for text in (head.title, article.opening)
    )
    beside = " ".join(filter(None, (head.section, head.author, head.publisher)))
    named = set(analyzer.terms(beside, language))
    typical = article.typical if language == article.entry.language else frozenset()
    return [
        float(term in named)
        or held_share(term, titled, language, analyzer)
        or _TYPICAL_SHARE * (term in typical)
        or _OPENING_SHARE * held_share(term, opening, language, analyzer)
        for term in dict.fromkeys(analyzer.terms(words, language))
    ]


def _typical(counts: Statistics | None) -> Set[str]:
    """Return the terms that stand all over an article, from their statistics in it."""
    if counts is None:
        return frozenset()
    enough = max(2, min(_TYPICAL_FROM, counts.passages // _TYPICAL_OF))
    return {term for term, count in counts.document_frequency.items() if count >= enough}


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares)
