"""The article that a question means: by the words of its title, or as the newest or the oldest."""

import re
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from bot.core import requests
from bot.core.answer import Answer
from bot.core.article import Head
from bot.core.conversation.asking import ask
from bot.core.conversation.question_search import AskedArticle, AskedShelf, ScopedQuestion
from bot.core.requests import Ahead, Steps, beside_first
from bot.core.seams import Analyzer, Credit, HeadOrder, Substitutes, TitleLookup
from bot.core.title_folding import fold

_NAMED_FROM = 0.7
"""The share of some words that a title holds, from which they name its article."""
FOUND = 8
"""Passages whose articles are looked at."""
_SHORTEST_SHARED = 5
"""Code points with which two words begin to be taken for one: "closure", "closed"."""
_TITLE_PARTS = r"\s[–—|-]\s|[:;,&()。：、，–—]|\b(?:and|und|y|e|et|en|og|och|ve|и|i)\b|[和与]"
"""The signs between the parts of a title, and the words for "and"."""
_MOST_EQUAL = 4
"""Articles that are asked where some words name each of them as well."""
_SYNONYM_SHARE = 0.5
"""The weight of a title's synonym of a word beside the word itself: "shut" for "closure"."""


class NamedArticle(NamedTuple):
    """An article that some words name."""

    slug: str
    """With its shelf's prefix."""
    head: Head
    share: float
    """Share of the words that the title holds, 0.0 to 1.0; a synonym counts half."""
    is_whole: bool
    """True if the words hold the whole title."""


def article_named(
    shelves: Sequence[AskedShelf], analyzer: Analyzer, words: str
) -> Steps[NamedArticle | None]:
    """Return the article whose title holds the most of some words; of equal ones, the one whose
    passages match them best. None if no title holds any. Where calls take long, the first search
    for such passages goes with the titles: mostly in vain, but else equal ones would take one more
    round trip."""
    finding = Ahead(ask(shelves, analyzer, ScopedQuestion(words, limit=FOUND)))
    shares = yield from finding.beside(titles_holding(shelves, analyzer, words))
    return (yield from best_titled(shelves, shares, finding))


def best_titled(
    shelves: Sequence[AskedShelf],
    shares: Mapping[tuple[int, str], tuple[float, bool]],
    finding: Ahead[Answer],
) -> Steps[NamedArticle | None]:
    """Return the same of the titles in ``shares``, which `titles_holding` gives for the words, and
    of the passages that match them best, which ``finding`` asks for: where titles are equal."""
    most, _ = whole = max(shares.values(), default=(0.0, False))
    if not most:
        return None
    best = [key for key, own in shares.items() if own == whole]
    key = best[0]
    if len(best) > 1:
        answer = yield from finding.result()
        ranks = [match.citation.slug for match in answer.matches]
        named = {shelves[number].prefix + slug: (number, slug) for number, slug in best}
        key = next((named[slug] for slug in ranks if slug in named), key)
    number, slug = key
    entry = (yield from requests.entries(number, [slug])).get(slug)
    if entry is None:
        return None
    return NamedArticle(shelves[number].prefix + slug, entry.head, *shares[key])


def titles_holding(
    shelves: Sequence[AskedShelf], analyzer: Analyzer, words: str
) -> Steps[dict[tuple[int, str], tuple[float, bool]]]:
    """Return the articles whose titles may hold some words, by shelf and slug: the share of the
    words that each does hold, and whether they hold the whole title."""
    languages = dict.fromkeys(language for shelf in shelves for language in shelf.languages)
    beginnings = {
        fold(word)[:_SHORTEST_SHARED]
        for language in languages
        for _, _, word, _, stop in zip(*analyzer.tokens(words, language), strict=True)
        if not stop
    }
    if not beginnings:
        return {}
    found = yield from requests.titles(TitleLookup(holding=sorted(beginnings)), len(shelves))
    shares: dict[tuple[int, str], tuple[float, bool]] = {}
    for number, titles in found.items():
        for folded, slug in titles:
            shares[number, slug] = _shares(analyzer, words, folded, languages)
    return shares


def held_share(term: str, held: set[str], language: str, analyzer: Analyzer) -> float:
    """Return how much of a term is among some terms: 1.0, less if only a synonym is."""
    if _is_held(term, held):
        return 1.0
    others: Set[str] = analyzer.synonyms(language).get(term, frozenset())
    everyday = analyzer.everyday(language).get(term, Substitutes())
    return _SYNONYM_SHARE * (not (others | everyday.all).isdisjoint(held))


def is_meant(named: NamedArticle, work: str, analyzer: Analyzer, languages: Sequence[str]) -> bool:
    """Return whether words that may name something else name an article: its title holds them all,
    and a part of it begins or ends with the word for such a text, if there is one. "Rules of the
    pool" are rules, "The pool changes its rules again" tells of some."""
    if named.share < 1.0 or not work:
        return named.share == 1.0
    for language in languages:
        kind = list(analyzer.terms(work, language))
        for part in re.split(_TITLE_PARTS, named.head.title):
            title = list(analyzer.terms(part, language))
            if kind and kind in (title[: len(kind)], title[-len(kind) :]):
                return True
    return False


def dated_article(shelves: Sequence[AskedShelf], order: HeadOrder) -> Steps[NamedArticle | None]:
    """Return the newest or the oldest article by the date in its head; of one date, the first by
    slug. None if no article has a date."""
    dated: list[tuple[str, str, Head]] = []
    for number, shelf in enumerate(shelves):
        entries = yield from requests.entries(number)
        dated += [
            (entry.head.published, shelf.prefix + slug, entry.head)
            for slug, entry in entries.items()
            if entry.head.published
        ]
    if not dated:
        return None
    dated.sort(key=lambda each: each[1])
    pick = max if order == "newest" else min
    _, slug, head = pick(dated, key=lambda each: each[0])
    return NamedArticle(slug, head, 1.0, is_whole=True)


def scope_of(shelves: Sequence[AskedShelf], slug: str) -> Steps[AskedArticle | None]:
    """Return the shelf, the slug on it and the language of an article, given its slug with the
    shelf's prefix; None if no shelf has it."""
    numbers = sorted(range(len(shelves)), key=lambda number: -len(shelves[number].prefix))
    for number in numbers:
        if slug.startswith(shelves[number].prefix):
            local = slug.removeprefix(shelves[number].prefix)
            entry = (yield from requests.entries(number, [local])).get(local)
            if entry is not None:
                return AskedArticle(number, local, entry.language)
    return None


def _shares(
    analyzer: Analyzer, words: str, title: str, languages: Sequence[str] | dict[str, None]
) -> tuple[float, bool]:
    best, is_whole = 0.0, False
    for language in languages:
        wanted, held = (set(analyzer.terms(text, language)) for text in (words, title))
        if wanted and held:
            found = sum(held_share(term, held, language, analyzer) for term in wanted)
            best = max(best, found / len(wanted))
            is_whole = is_whole or all(_is_held(term, wanted) for term in held)
    return best, is_whole


def _is_held(term: str, terms: set[str]) -> bool:
    if term in terms:
        return True
    start = term[:_SHORTEST_SHARED]
    return len(start) == _SHORTEST_SHARED and any(other.startswith(start) for other in terms)


def credited_answer(
    shelves: Sequence[AskedShelf], analyzer: Analyzer, question: ScopedQuestion, credit: Credit
) -> Steps[Answer | None]:
    """Return the answer of the article that a question names as its source; of a few whose titles
    hold as much of those words, the surest answer. None if no title holds them, or very many do."""
    text = question.text
    rest = f"{text[: credit.whole.start]}{text[credit.whole.end :]}".strip()
    texts = [text[start:end] for start, end in dict.fromkeys((credit.words, credit.bare))]
    looking = beside_first([titles_holding(shelves, analyzer, words) for words in texts])
    for words, steps in zip(texts, looking, strict=True):
        shares = yield from steps
        share, is_whole = most = max(shares.values(), default=(0.0, False))
        named = [key for key, own in shares.items() if own == most]
        if not rest or len(named) > _MOST_EQUAL or not (share >= _NAMED_FROM or is_whole):
            continue
        asking = []
        for number, slug in named:
            entry = (yield from requests.entries(number, [slug]))[slug]
            scope = AskedArticle(number, slug, entry.language)
            asked = question._replace(text=rest, scope=scope, followed=words)
            asking.append(ask(shelves, analyzer, asked))
        best: Answer | None = None
        for each in beside_first(asking):
            answer = yield from each
            if best is None or answer.confidence > best.confidence:
                best = answer
        return best and best._replace(question=text)
    return None


def article_in_scope(
    shelves: Sequence[AskedShelf], scope: AskedArticle
) -> Steps[NamedArticle | None]:
    """Return the article that a question is restricted to; None if its shelf no longer has it."""
    entry = (yield from requests.entries(scope.shelf, [scope.slug])).get(scope.slug)
    slug = shelves[scope.shelf].prefix + scope.slug
    return None if entry is None else NamedArticle(slug, entry.head, 1.0, is_whole=True)
