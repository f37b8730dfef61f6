"""Misses: what is kept of a question that the articles did not answer.

`bot.service.gaps` reads them.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from bot.core.errors import BotError
from bot.core.expectation import asked_kind
from bot.service.events import Event, Unanswered
from bot.service.records.given_answers import DAY
from bot.service.records.recorded_misses import Miss, MissVerdict, WeighedWord
from bot.service.tenants import Tenant

if TYPE_CHECKING:
    from bot.core.answer import Answer
    from bot.core.library import Library
    from bot.core.seams import Analyzer
    from bot.service.records import Records
    from bot.service.records.records_thread import RecordsThread

_LONGEST_QUESTION = 1000
"""Characters of a question that are kept."""
_MOST_WORDS = 40
TIDY_EVERY = 1000
"""Misses after which old ones are erased."""
_log = logging.getLogger("bot")


def miss_of(
    tenant: Tenant,
    answer: Answer,
    verdict: MissVerdict,
    library: Library,
    analyzer: Analyzer,
    *,
    keep_question: bool,
) -> Miss:
    """Return what is kept of a question that ``library`` did not answer; ``keep_question`` is True
    if its text may be. A follow-up is kept together with the question that it follows."""
    nearest = answer.matches[0] if answer.matches else None
    entry = None if nearest is None else library.entry(nearest.citation.slug)
    text = f"{answer.follows} {answer.question}".strip()
    language = _language_of(text, library, analyzer) if entry is None else entry.language
    return Miss(
        tenant,
        text[:_LONGEST_QUESTION] if keep_question else None,
        _words(text, answer, language, analyzer),
        language,
        verdict,
        "" if nearest is None else nearest.citation.address,
        tuple(answer.unknown[:_MOST_WORDS]),
        asked_kind(analyzer.tokens(text, language).words, analyzer.cues(language)).kind,
    )


def _language_of(text: str, library: Library, analyzer: Analyzer) -> str:
    """Return the language of a question of which nothing was found: as its text tells, if there are
    articles in it, for a short text tells little. Where all are in one, it is that: the model that
    tells languages apart takes a second to load."""
    languages = library.languages()
    if len(languages) == 1:
        return languages.pop()
    detected = analyzer.detect(text)
    return detected if detected in languages or not languages else min(languages)


def _words(text: str, answer: Answer, language: str, analyzer: Analyzer) -> tuple[WeighedWord, ...]:
    """Return the words of a question that are searched for, each once, with their weights."""
    searched = {
        word: repair.searched
        for repair in answer.repairs
        for word in repair.asked.casefold().split()  # two, if they were written apart
    }
    explained = () if answer.explanation is None else answer.explanation.terms
    weights = {term.word.casefold(): term.weight for term in explained}
    asking = analyzer.asked(text, language).asking
    found: dict[str, float] = {}
    tokens = analyzer.tokens(text, language)
    for start, end, _, _, stop in zip(*tokens, strict=True):
        if stop or not any(span.start <= start < span.end for span in asking):
            continue
        written = text[start:end].casefold()  # with its accents, without which stems are others
        found[searched.get(written, written)] = weights.get(written, 0.0)
    words = sorted(found.items(), key=lambda item: -item[1])[:_MOST_WORDS]
    total = sum(weight for _, weight in words)
    return tuple(
        sorted(
            WeighedWord(word, weight / total if total else 1 / len(words)) for word, weight in words
        )
    )


class MissRecorder:
    """A subscriber to events that records misses. May be called from any thread, and waits for no
    record to be written."""

    def __init__(
        self,
        records: RecordsThread,
        retention_days: Callable[[], float],
        clock: Callable[[], float],
    ) -> None:
        """``retention_days`` returns the days in force, which may change; ``clock`` gives seconds
        since 1970."""
        self._records = records
        self._retention_days = retention_days
        self._pseudonyms = Pseudonyms(clock)
        self._lock = threading.Lock()
        self._recorded = 0
        self._told: set[str] = set()

    def __call__(self, event: Event) -> None:
        if not isinstance(event, Unanswered):
            return
        miss, asker = event.miss, self._pseudonyms.of(event.asker)
        with self._lock:
            is_due = self._recorded % TIDY_EVERY == 0
            self._recorded += 1

        def record(records: Records) -> None:
            if is_due:
                records.misses.forget_older(self._retention_days())
            records.misses.keep(miss, asker)

        self._records.submit(record).add_done_callback(self._say_once)

    def _say_once(self, done: Future[None]) -> None:
        """Log why misses cannot be recorded, each reason once."""
        error = done.exception()
        if error is not None and str(error) not in self._told:
            self._told.add(str(error))
            trace = None if isinstance(error, BotError) else error
            _log.warning("questions without an answer are not kept: %s", error, exc_info=trace)


class Pseudonyms:
    """Names for people by which nobody can be found: the same for one person all day, under a key
    that is kept in memory and thrown away at the day's end. May be called from any thread."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """``clock`` gives seconds since 1970."""
        self._clock = clock
        self._lock = threading.Lock()
        self._day = -1
        self._key = b""

    def of(self, person: str) -> str:
        """Return today's name of a person; 16 hexadecimal digits."""
        day = int(self._clock() // DAY)
        with self._lock:
            if day != self._day:
                self._day, self._key = day, secrets.token_bytes(32)
            key = self._key
        name = person.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(name, digest_size=8, key=key).hexdigest()
