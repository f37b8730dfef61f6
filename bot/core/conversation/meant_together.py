"""Misspelt words that may be several: those were meant that stand together in a passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice, product
from typing import NamedTuple

from bot.core import requests
from bot.core.conversation.question_search import CANDIDATES, PlannedSearch, query_of
from bot.core.passage import Passage
from bot.core.questions.repair import Repaired, with_repairs
from bot.core.requests import Steps
from bot.core.seams import Analyzer, ReadingAhead, TermQuery

_MOST_CHOICES = 8
"""Choices of what was meant by all words of which it is told beforehand what they would ask."""
_COMPARED = 12
"""Number of passages in which words that may be meant are looked for."""


class MisspeltSearch(NamedTuple):
    """One shelf that is going to be asked in one language, by what was meant."""

    asked: PlannedSearch
    """As the question was written."""
    mended: PlannedSearch
    """The same with all replaced but the misspelt words."""
    likely: Mapping[str, Sequence[tuple[Repaired, float]]]
    """For each misspelt word what may be meant, the likeliest first, with what speaks for it."""

    @property
    def first(self) -> dict[str, Repaired]:
        """The likeliest word for each."""
        return {word: meant[0][0] for word, meant in self.likely.items()}

    @property
    def is_doubtful(self) -> bool:
        return any(len(meant) > 1 for meant in self.likely.values())

    def stems(self) -> list[str]:
        """Return the stems of all that may be meant."""
        options = (option for meant in self.likely.values() for option, _ in meant)
        return [option.stem for option in options if not option.is_stop]

    def known(self) -> list[str]:
        """Return the terms of the question that a passage holds."""
        return [term for term in self.asked.reading.terms if self.asked.frequency.get(term)]

    def comparing(self) -> TermQuery:
        """Return the query for the passages in which what may be meant is looked for."""
        terms = tuple(dict.fromkeys(self.known() + self.stems()))
        return TermQuery(terms, _COMPARED, self.asked.article)

    def choices_in(
        self, passages: Iterable[Passage], analyzer: Analyzer
    ) -> Iterator[tuple[float, dict[str, Repaired]]]:
        """Yield the words that were meant as each passage has it, with what speaks for it."""
        known = self.known()
        for passage in passages:
            held = set(analyzer.terms(passage.text, self.asked.reading.language))
            total = float(sum(term in held for term in known))
            chosen = self.first
            for word, meant in self.likely.items():
                for option, value in meant:
                    if option.is_stop or option.stem in held:
                        total += value / meant[0][1]
                        chosen[word] = option
                        break
            yield total, chosen

    def following(self, passages: Sequence[Passage], analyzer: Analyzer) -> list[TermQuery]:
        """Return what may be asked next, whichever words were meant, the likeliest first: as these
        passages have it. Very many are not all told."""
        likely = sorted(self.choices_in(passages, analyzer), key=lambda each: -each[0])
        options = product(*([option for option, _ in meant] for meant in self.likely.values()))
        choices = chain((tuple(chosen.values()) for _, chosen in likely), options)
        distinct = dict.fromkeys(islice(choices, _COMPARED + _MOST_CHOICES))
        found = []
        for choice in islice(distinct, _MOST_CHOICES):
            repairs = dict(zip(self.likely, choice, strict=True))
            reading = with_repairs(self.mended.reading, repairs, analyzer)
            found.append(query_of(self.mended._replace(reading=reading), CANDIDATES))
        return found


def meant_together(
    searches: Sequence[MisspeltSearch], analyzer: Analyzer
) -> Steps[list[dict[str, Repaired]]]:
    """Return for each search the word that was meant by each misspelt one. Where several may be,
    those are that stand in one passage with each other and with the question's other words."""
    doubtful = [each for each in searches if each.is_doubtful]
    if not doubtful:
        return [each.first for each in searches]
    comparing: dict[int, list[TermQuery]] = {}
    for each in doubtful:
        comparing.setdefault(each.asked.shelf, []).append(each.comparing())
    yield from requests.read_ahead(
        {
            shelf: ReadingAhead(
                comparing.get(shelf, []),
                partial(_following, [e for e in searches if e.mended.shelf == shelf], analyzer),
            )
            for shelf in dict.fromkeys(each.mended.shelf for each in searches)
        }
    )
    replies = yield from requests.retrieve(comparing)
    found = {shelf: iter(retrievals) for shelf, retrievals in replies.items()}
    return [
        _chosen(each, next(found[each.asked.shelf]).passages.values(), analyzer)
        if each.is_doubtful
        else each.first
        for each in searches
    ]


def _following(
    searches: Sequence[MisspeltSearch], analyzer: Analyzer, found: Sequence[Sequence[Passage]]
) -> list[TermQuery]:
    """Return what a shelf may be asked next, from the passages found there for each doubtful
    search."""
    passages = iter(found)
    return [
        query
        for each in searches
        for query in each.following(next(passages) if each.is_doubtful else (), analyzer)
    ]


def _chosen(
    search: MisspeltSearch, passages: Iterable[Passage], analyzer: Analyzer
) -> dict[str, Repaired]:
    first = search.first
    best, most = first, 0.0
    for total, chosen in search.choices_in(passages, analyzer):
        if total > most:
            best, most = chosen, total
    return {
        word: option if option == first[word] else option._replace(is_sure=False)
        for word, option in best.items()
    }
