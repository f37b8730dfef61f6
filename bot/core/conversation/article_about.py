"""The article that is about what some words say: its title, the rest of its head, its first
sentence or what stands all over it holds each of them. That it holds one, or tells of them in
passing, is not enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from itertools import takewhile
from typing import NamedTuple

from bot.core import requests
from bot.core.answer import Answer, NearTitle
from bot.core.conversation.asking import NEAREST_ARTICLES, ask
from bot.core.conversation.named_article import (
    FOUND,
    NamedArticle,
    held_share,
    is_meant,
    scope_of,
    titles_holding,
)
from bot.core.conversation.question_search import AskedShelf
from bot.core.conversation.talk_replies import none_about_reply
from bot.core.requests import Steps
from bot.core.seams import Analyzer, Entry

_MOST_TITLES = 8
"""Articles that are looked into because their titles hold the most of the words."""
_TYPICAL_SHARE = 0.5
"""The weight of a word that is typical of an article beside one of its title."""
_OPENING_SHARE = 0.25
"""The same of a word of its first sentence."""
_TYPICAL_FROM, _TYPICAL_OF = 3, 4
"""Paragraphs that hold a typical word: so many, or this part of a shorter article's, two at
least."""
_BEGINNING = 4
"""Letters with which two forms of a word begin alike; fewer follow in either."""


class AboutArticles(NamedTuple):
    """The articles that are about what some words say."""

    best: NamedArticle | None
    """None if no article is about all of it."""
    nearest: Sequence[NearTitle]
    """Those that are about part of it, best first; only where none is about all."""


def articles_about(
    shelves: Sequence[AskedShelf], analyzer: Analyzer, words: str, languages: Sequence[str]
) -> Steps[AboutArticles]:
    """Return the article that is about what some words say: of several, the one whose title holds
    the most of them, and of those the one whose passages match them best."""
    titles = yield from titles_holding(shelves, analyzer, words)
    found = yield from ask(shelves, analyzer, words, None, FOUND)
    keys: dict[tuple[int, str], None] = {}
    for match in found.matches:
        scope = yield from scope_of(shelves, match.citation.slug)
        if scope is not None:
            keys[scope.shelf, scope.slug] = None
    titled = sorted(titles, key=lambda key: -titles[key][0])
    keys.update(dict.fromkeys(titled[:_MOST_TITLES]))
    best: NamedArticle | None = None
    near: list[tuple[float, NearTitle]] = []
    for number, slug in keys:
        entry = (yield from requests.entries(number, [slug])).get(slug)
        if entry is None:
            continue
        paragraphs: list[str] = []
        first = ""
        if titles.get((number, slug), (0.0, False))[0] < 1.0:
            passages = yield from requests.article_passages(number, slug)
            paragraphs = [text for each in passages for text in each.text.split("\n\n")]
            first = "".join(each.text[slice(*each.sentences[0])] for each in passages[:1])
        full = shelves[number].prefix + slug
        shares = [_shares(analyzer, words, entry, paragraphs, first, each) for each in languages]
        whole = max((_mean(each) for each in shares if each and all(each)), default=0.0)
        part = min(map(_mean, filter(None, shares)), default=0.0)
        if whole > (best.share if best is not None else 0.0):
            best = NamedArticle(full, entry.head, whole, is_whole=False)
        elif part:
            near.append((part, NearTitle(full, entry.head.title)))
    if best is not None:
        return AboutArticles(best, ())
    near.sort(key=lambda each: -each[0])
    return AboutArticles(None, [each for _, each in near[:NEAREST_ARTICLES]])


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


def _shares(
    analyzer: Analyzer,
    words: str,
    entry: Entry,
    paragraphs: Sequence[str],
    first: str,
    language: str,
) -> list[float]:
    """Return for each of the words' terms how much of it an article holds; ``first`` is its first
    sentence, in which another form of the word serves, too."""
    head = entry.head
    titled = set(analyzer.terms(head.title, language))
    beside = " ".join(filter(None, (head.section, head.author, head.publisher)))
    named = set(analyzer.terms(beside, language))
    typical = _typical(analyzer, paragraphs, language)
    opening = analyzer.terms(first, language)
    return [
        float(term in named)
        or held_share(term, titled, language, analyzer)
        or _TYPICAL_SHARE * (term in typical)
        or _OPENING_SHARE * any(_is_form(term, each) for each in opening)
        for term in dict.fromkeys(analyzer.terms(words, language))
    ]


def _typical(analyzer: Analyzer, paragraphs: Sequence[str], language: str) -> Set[str]:
    """Return the terms that stand all over an article."""
    enough = max(2, min(_TYPICAL_FROM, len(paragraphs) // _TYPICAL_OF))
    counts = Counter(term for each in paragraphs for term in set(analyzer.terms(each, language)))
    return {term for term, count in counts.items() if count >= enough}


def _is_form(term: str, other: str) -> bool:
    """Return whether two terms begin alike, and hardly more follows: "closur" and "close"."""
    shared = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(term, other, strict=False))
    )
    return term == other or (
        shared >= _BEGINNING and max(len(term), len(other)) - shared < _BEGINNING
    )


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares)
