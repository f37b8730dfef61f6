"""From a question to an answer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.address import Address, words_hash
from bot.core.answer import Answer, Match
from bot.core.article import Span
from bot.core.citation import Citation
from bot.core.fragments import link_to
from bot.core.passage import Passage
from bot.core.seams import Analyzer, Entry
from bot.core.shelf import Shelf

_CANDIDATES = 30


def ask(
    shelves: Sequence[Shelf],
    analyzer: Analyzer,
    question: str,
    scope: tuple[Shelf, str] | None,
    limit: int,
) -> Answer:
    """Find the passages that answer a question; see `bot.core.library.Library.ask`."""
    found: list[tuple[float, Shelf, Passage]] = []
    for shelf in shelves if scope is None else [scope[0]]:
        languages = shelf.catalogue.languages()
        articles = None if scope is None else {scope[1]}
        for language in languages:
            terms = set(analyzer.terms(question, language))
            hits = shelf.engine.search(terms, _CANDIDATES, articles)
            passages = shelf.catalogue.passages((hit.article, hit.number) for hit in hits)
            found += [
                (hit.score, shelf, passages[hit.article, hit.number])
                for hit in hits
                if (hit.article, hit.number) in passages
            ]
    found.sort(key=lambda item: -item[0])
    matches = tuple(
        _match(shelf, passage, score, analyzer, question) for score, shelf, passage in found[:limit]
    )
    return Answer(question, bool(matches), 1.0 if matches else 0.0, matches, (), (), None)


def _match(
    shelf: Shelf, passage: Passage, score: float, analyzer: Analyzer, question: str
) -> Match:
    entry = shelf.catalogue.entries([passage.article])[passage.article]
    wanted = set(analyzer.terms(question, entry.language))
    tokens = analyzer.tokens(passage.text, entry.language)
    highlights = tuple(
        Span(start, end)
        for start, end, stem in zip(tokens.starts, tokens.ends, tokens.stems, strict=True)
        if stem in wanted
    )
    sentence = max(
        passage.sentences,
        key=lambda span: sum(span.start <= mark.start < span.end for mark in highlights),
    )
    return Match(passage, cite_passage(shelf, passage, entry), sentence, highlights, score)


def cite_passage(shelf: Shelf, passage: Passage, entry: Entry) -> Citation:
    """The citation of a passage."""
    slug = shelf.prefix + passage.article
    address = Address(slug, passage.first, passage.last, words_hash(passage.text))
    link = entry.head.url
    if link is not None and entry.head.digest_of is None:
        whole = list(shelf.catalogue.all_passages(passage.article))
        start = sum(len(other.text) + 2 for other in whole[: passage.number])
        text = "\n\n".join(other.text for other in whole)
        link = link_to(link, text, start, start + len(passage.text))
    return Citation(
        slug,
        entry.head,
        passage.first,
        passage.last,
        entry.paragraphs,
        str(address),
        link,
        passage.page,
    )
