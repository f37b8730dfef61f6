"""Gaps: what people ask and the articles do not answer, grouped by likeness.

Its methods read files and may be called from any thread.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bot.core.answer import Answer, Match
from bot.core.errors import BotError
from bot.core.library import Library
from bot.core.questions.question_groups import GroupedQuestion, group_questions
from bot.core.questions.unknown_runs import HIRAGANA
from bot.core.seams import Analyzer
from bot.service.answers.answering import Answering
from bot.service.answers.misses import miss_of
from bot.service.records.recorded_misses import RecordedMiss
from bot.service.records.votes import VotedDown
from bot.service.tenants import Tenant

_COMMON_WEIGHT = 0.3
"""Weight of a word that stands in texts about anything, beside others."""
_SYNONYM_WEIGHT = 0.5
"""Weight of a synonym of a word that was asked."""
_BEGINNING = 6
"""Letters by which words are compared: "departs" is asked as "departure"."""
_FEWEST = 3
"""Letters that inflected forms of a word have in common at the least: "łódka", "łódek"."""
_VOWELS = frozenset("aeiouyаеиоуыэюя")
_VOTER = "voter "
"""Before the name of somebody who voted; these are counted, and named nowhere."""
_MOST_READ = 5000
"""Misses that are grouped, the latest."""


class NearestPassage(NamedTuple):
    """The passage that comes nearest to a gap's question."""

    address: str
    title: str
    text: str
    """The sentence that comes nearest, or the passage where the question's text is not kept."""

    @property
    def key(self) -> str:
        """A name by which it is found again; 16 hexadecimal digits."""
        return _digest(self.address)


class Gap(NamedTuple):
    """Questions that ask much the same, and that the articles do not answer."""

    tenant: Tenant
    question: str | None
    """The wording that was used most often; None if no text is kept."""
    words: tuple[str, ...]
    """The words of one of the questions, those that weigh most first."""
    times: int
    people: int
    """Number of people who asked, each counted once a day."""
    first: float
    """The time at which it was first asked, in seconds since 1970."""
    last: float
    verdict: str
    """``unsure`` or ``none``; ``answer`` if the articles answer it by now."""
    nearest: NearestPassage | None
    unknown: tuple[str, ...]
    """The words that no article contains."""
    wordings: tuple[str, ...]
    """All that were used, those that were used most often first; empty if no text is kept."""
    unhelpful: int = 0
    """Number of people whom an answer to it did not help."""

    @property
    def key(self) -> str:
        """A name by which it is found again while it is asked as it is now; 16 hexadecimal
        digits."""
        return _digest(self.asked)

    @property
    def asked(self) -> str:
        """The question, or its words, those that weigh most first."""
        return " ".join(self.words) if self.question is None else self.question


class ListedGaps(NamedTuple):
    """The gaps of a tenant, as many as were asked for."""

    gaps: list[Gap]
    """Those of which most people asked first."""
    more: int
    """Number of gaps that follow them, which were left out."""
    start: int = 0
    """Number of gaps before them, which were passed over."""


class Gaps:
    """Finds the gaps in a tenant's articles."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._shelves = answering.shelves

    def of(
        self,
        tenant: Tenant,
        misses: Sequence[RecordedMiss],
        limit: int,
        voted_down: Sequence[VotedDown] = (),
        start: int = 0,
    ) -> ListedGaps:
        """Return the gaps that a tenant's misses and votes, the latest first, show: at most
        ``limit`` of them, those of which most people asked first. ``start`` of them are passed
        over, or as many as leave a full list where there are fewer by now. Where the text of a
        question is kept, it is asked again; where not, one without a word to search for ("why?")
        is none."""
        found = self._groups(tenant, misses, voted_down)
        if start >= len(found):
            start = max(0, len(found) - limit)
        gaps = [self._as_of_now(tenant, group) for group in found[start : start + limit]]
        return ListedGaps(gaps, len(found) - start - len(gaps), start)

    def find(
        self,
        tenant: Tenant,
        misses: Sequence[RecordedMiss],
        key: str,
        voted_down: Sequence[VotedDown] = (),
    ) -> Gap | None:
        """Return the gap with this key, if the misses and votes still show it."""
        groups = self._groups(tenant, misses, voted_down)
        found = next((group for group in groups if _gap(tenant, group).key == key), None)
        return None if found is None else self._as_of_now(tenant, found)

    def passages(self, gap: Gap, limit: int) -> list[NearestPassage]:
        """Return the passages that come nearest to a gap's question, the nearest first, at most so
        many."""
        answer = self._shelves.library(gap.tenant).ask(gap.asked, limit=limit)
        return [_nearest(match) for match in answer.matches]

    def _groups(
        self, tenant: Tenant, misses: Sequence[RecordedMiss], voted_down: Sequence[VotedDown]
    ) -> list[list[RecordedMiss]]:
        """Return the misses of each gap, the latest first; the gap of most people comes first."""
        library, analyzer = self._shelves.library(tenant), self._shelves.analyzer
        keep = self._answering.events.keep_questions
        misses = [
            *misses[:_MOST_READ],
            *(_as_miss(tenant, vote, library, analyzer, keep) for vote in voted_down[:_MOST_READ]),
        ]
        misses = [each for each in misses if each.miss.words or each.miss.question is not None]
        misses.sort(key=lambda recorded: -recorded.when)
        groups = group_questions([self._as_grouped(each) for each in misses])
        found = [[misses[number] for number in group] for group in groups]
        found.sort(key=lambda group: (-_people(group), -len(group), -group[0].when))
        return found

    def _as_grouped(self, recorded: RecordedMiss) -> GroupedQuestion:
        analyzer, miss = self._shelves.analyzer, recorded.miss
        common, synonyms = analyzer.common(miss.language), analyzer.synonyms(miss.language)
        weights: dict[str, float] = {}
        average = 1 / max(1, sum(weight > 0 for _, weight in miss.words))

        def add(term: str, weight: float) -> None:
            language, _, stem = term.rpartition(":")
            word = stem.strip(HIRAGANA)
            beginning = f"{language}:{_beginning(word or stem)}"
            if not word:
                weight *= _COMMON_WEIGHT
            elif word != stem:  # a word and a particle, which are passed over as a pair
                weight = max(weight, average)
            weights[beginning] = max(weight, weights.get(beginning, 0.0))

        for word, weight in miss.words:
            for term in analyzer.terms(word, miss.language) or [word]:
                share = weight * (_COMMON_WEIGHT if term in common else 1.0)
                others = sorted(synonyms.get(term, ()))
                # together they weigh as much as a word without synonyms
                share /= math.sqrt(1 + len(others) * _SYNONYM_WEIGHT**2)
                add(term, share)
                for synonym in others:
                    add(synonym, share * _SYNONYM_WEIGHT)
        unknown = frozenset(
            term.rpartition(":")[2].strip(HIRAGANA)[:_FEWEST]
            for word in miss.unknown
            for term in analyzer.terms(word, miss.language) or [word]
        )
        return GroupedQuestion(weights, miss.nearest, miss.asks, unknown)

    def _as_of_now(self, tenant: Tenant, group: Sequence[RecordedMiss]) -> Gap:
        """Return the gap of these misses with what the articles of now say."""
        gap = _gap(tenant, group)
        if gap.question is None:
            return gap._replace(nearest=self._read(tenant, group[0].miss.nearest))
        answer = self._shelves.library(tenant).ask(gap.question, limit=1)
        nearest = _nearest(answer.matches[0]) if answer.matches else None
        unknown = tuple(self._shelves.titles(tenant).lacking(answer.unknown))
        verdict = "answer" if answer.answered else "none" if answer.kind == "talk" else answer.kind
        return gap._replace(verdict=verdict, nearest=nearest, unknown=unknown)

    def _read(self, tenant: Tenant, address: str) -> NearestPassage | None:
        """Return the passage at an address, if its words still stand there."""
        if not address:
            return None
        try:
            verdict, article = self._shelves.library(tenant).check(address)
        except BotError:
            return None
        if article is None or not verdict.holds or verdict.text is None:
            return None
        return NearestPassage(str(verdict.address), article.head.title, verdict.text)


def _gap(tenant: Tenant, group: Sequence[RecordedMiss]) -> Gap:
    """Return the gap of these misses, the latest first, as they were recorded."""
    latest = group[0].miss
    counted = Counter(each.miss.question for each in group if each.miss.question is not None)
    wordings = tuple(question for question, _ in counted.most_common())
    return Gap(
        tenant,
        wordings[0] if wordings else None,
        tuple(word for word, _ in sorted(latest.words, key=lambda word: -word.weight)),
        len(group),
        _people(group),
        group[-1].when,
        group[0].when,
        latest.verdict,
        None,
        latest.unknown,
        wordings,
        len({each.asker for each in group if each.asker.startswith(_VOTER)}),
    )


def _beginning(stem: str) -> str:
    """Return the part of a stem by which words are compared, without a vowel at its end: that a
    Turkish or Polish ending is taken for more, or less, than it is."""
    beginning = stem[:_BEGINNING]
    return beginning[:-1] if len(beginning) > 3 and beginning[-1] in _VOWELS else beginning


def _nearest(match: Match) -> NearestPassage:
    sentence = match.passage.text[match.sentence.start : match.sentence.end]
    return NearestPassage(match.citation.address, match.citation.head.title, sentence)


def _digest(text: str) -> str:
    encoded = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(encoded, digest_size=8).hexdigest()


def _as_miss(
    tenant: Tenant, vote: VotedDown, library: Library, analyzer: Analyzer, keep_question: bool
) -> RecordedMiss:
    follows = vote.earlier[-1] if vote.earlier else ""
    answer = Answer(vote.question, "unsure", 0.0, (), (), (), None, follows=follows)
    miss = miss_of(tenant, answer, "unsure", library, analyzer, keep_question=keep_question)
    return RecordedMiss(miss._replace(nearest=vote.address), f"{_VOTER}{vote.voter}", vote.when)


def _people(group: Sequence[RecordedMiss]) -> int:
    return len({each.asker for each in group})
