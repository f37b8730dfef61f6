"""The matches that candidates make, each with its answering sentence, highlights and citation, and
the explanation of the first one's rank.

Worked out for the few that are shown, and not for all that are weighed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core import requests
from bot.core.answer import Explanation, Match, TermEvidence
from bot.core.article import Span
from bot.core.passage import Passage
from bot.core.passages.citation import Citation
from bot.core.relevance.choosing import highlights
from bot.core.relevance.evidence import PARTS
from bot.core.relevance.found_terms import adjacent_pairs, occurrences_in
from bot.core.relevance.ranked import Ranked
from bot.core.requests import Steps
from bot.core.seams import Analyzer, Linked, PassageKey


def without_quoted_twice(ranked: Sequence[Ranked], analyzer: Analyzer) -> list[Ranked]:
    """Return a ranking without those whose answering paragraph is quoted with a better one. Which
    paragraph answers is found out only where passages may be quoted with each other's."""
    kept: list[Ranked] = []
    quoted: dict[tuple[int, str], set[int]] = {}
    reach = _reaching_each_other(ranked)
    for at, item in enumerate(ranked):
        if at in reach:
            numbers = quoted.setdefault((item.source.shelf, item.source.slug), set())
            item = item.with_choice(analyzer)
            if item.passage.first + item.at(analyzer) in numbers:
                continue
            shown = item.quoted(analyzer)
            numbers.update(range(shown.first, shown.last + 1))
        kept.append(item)
    return kept


def _reaching_each_other(ranked: Sequence[Ranked]) -> set[int]:
    """Return which candidates may be quoted with paragraphs of a later one, and which of these."""
    reaching: set[int] = set()
    behind: dict[tuple[int, str], list[tuple[int, Passage]]] = {}
    for at in reversed(range(len(ranked))):
        source, passage = ranked[at].source, ranked[at].passage
        if passage.around is None:
            continue
        first = min(span.start for span in passage.around.quoted)
        last = max(span.end for span in passage.around.quoted)
        others = behind.setdefault((source.shelf, source.slug), [])
        reached = [n for n, other in others if other.first <= last and other.last >= first]
        if reached:
            reaching.update(reached, [at])
        others.append((at, passage))
    return reaching


def matches_of(ranked: Sequence[Ranked], analyzer: Analyzer) -> Steps[tuple[Match, ...]]:
    """Return the matches that candidates make, in the same order."""
    ranked = [item.with_choice(analyzer) for item in ranked]
    linked: dict[int, dict[PassageKey, Linked]] = {}
    for item in ranked:
        head = item.source.entry.head
        if head.url is not None and head.digest_of is None:  # a digest's words are not there
            key = item.passage.article, item.passage.number
            link = Linked(head.url, item.at(analyzer), item.kept)
            linked.setdefault(item.source.shelf, {})[key] = link
    found: Mapping[int, Mapping[PassageKey, str]] = {}
    if linked:
        found = yield from requests.links(linked)
    return tuple(_match(item, found.get(item.source.shelf, {}), analyzer) for item in ranked)


def _match(item: Ranked, links: Mapping[PassageKey, str], analyzer: Analyzer) -> Match:
    """Return the match that a candidate makes; ``links`` lead to passages by their keys."""
    quoted, entry = item.quoted(analyzer), item.source.entry
    marked = highlights(item.query, quoted.text, analyzer)
    sentence = _answering(item, quoted, marked, analyzer)
    link = links.get((quoted.article, quoted.number), entry.head.url)
    citation = Citation(
        item.source.slug,
        entry.head,
        quoted.first,
        quoted.last,
        entry.paragraphs,
        str(item.address(analyzer)),
        link,
        quoted.page,
    )
    return Match(
        quoted,
        citation,
        sentence,
        marked,
        item.evidence.score,
        item.is_kept,
    )


def _answering(item: Ranked, quoted: Passage, marked: Sequence[Span], analyzer: Analyzer) -> Span:
    """Return where the sentence stands that answers; of what editors keep, all of it where none
    has a word of the question."""
    start, end = item.passage.sentences[item.chosen(analyzer).sentence]
    moved = item.passage.start - quoted.start
    sentence = Span(start + moved, end + moved)
    if item.kept and not any(sentence.start <= each.start < sentence.end for each in marked):
        return Span(0, len(quoted.text))
    return sentence


def explain(ranked: Sequence[Ranked], runner_up: str | None) -> Explanation:
    """Explain a ranking of at least one candidate; ``runner_up`` is the second's address."""
    first = ranked[0]
    score = first.evidence.score
    values = [(name, float(getattr(first.evidence, name))) for name in PARTS]
    if not first.evidence.kept:  # hardly ever there
        values = [each for each in values if each[0] != "kept"]
    margin = score - (ranked[1].evidence.score if len(ranked) > 1 else 0.0)
    return Explanation(
        terms=_terms(first),
        phrases=_phrases(first),
        features=tuple((name, value, value / score if score else 0.0) for name, value in values),
        runner_up=runner_up,
        margin=margin,
    )


def _terms(first: Ranked) -> tuple[TermEvidence, ...]:
    query, tokens = first.query, first.query.reading.tokens
    words, stems = set(first.words.words), first.words.stem_set
    found: dict[str, TermEvidence] = {}
    for start, end, word, stem, stop in zip(*tokens, strict=True):
        if stop or stem in found or stem not in query.idf:
            continue
        matched, relative = "word" if word in words else "stem", ""
        if stem not in stems:
            relative = _relative(first, stem)
            matched = "relative" if relative else "no"
        found[stem] = TermEvidence(
            word=query.reading.question[start:end],
            weight=query.idf[stem] / query.total,
            matched=matched,
            frequency=query.frequency.get(stem, 0),
            relative=relative,
        )
    return tuple(found.values())


def _relative(first: Ranked, stem: str) -> str:
    """Return the passage's first word that counts a little for a term that it lacks; empty if there
    is none."""
    related = first.query.related.get(stem)
    held = first.words
    if related is not None and (
        related.beginning in held.joined or not held.stem_set.isdisjoint(related.synonyms)
    ):
        for word, own in zip(first.words.words, first.words.stems, strict=True):
            if related.beginning in f"_{word}_" or own in related.synonyms:
                return word
    return ""


def _phrases(first: Ranked) -> tuple[str, ...]:
    """Return the longest runs of the question's words that are neighbours in the passage too."""
    reading, found = first.query.reading, occurrences_in(first.query, first.words)
    tokens = reading.tokens
    pairs = adjacent_pairs(first.query, found.offsets, found.stems)
    phrases: list[str] = []
    start: int | None = None
    for at in range(len(tokens.stems)):
        joined = tuple(tokens.stems[at : at + 2]) in pairs
        if joined and start is None:
            start = at
        elif not joined and start is not None:
            phrases.append(reading.question[tokens.starts[start] : tokens.ends[at]])
            start = None
    return tuple(dict.fromkeys(phrases))
