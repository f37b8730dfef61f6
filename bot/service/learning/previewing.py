"""Previewing: which answers a change of everyone's articles would change, before it is made.

The questions are asked twice, of the articles as they are and as they would be. Its methods read
files and may be called from any thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.core.answer import Answer, AnswerKind
from bot.core.errors import BotError
from bot.core.library import Library
from bot.core.seams import Analyzer
from bot.core.shelf import Shelf
from bot.service.learning.keeping import Keeping
from bot.service.records import GivenAnswer, Records
from bot.service.shelves.shelves import Shelves
from bot.service.tenants import EVERYONE, Tenant

MOST_RECENT = 200
"""Recent answers whose questions are asked again."""
_MOST_READ = 1000
"""Recent answers that are read for them, for some questions are asked often."""


class Trial(NamedTuple):
    """A question that is asked twice."""

    tenant: Tenant
    question: str
    article: str | None = None
    """Slug of the one article that is asked."""
    earlier: tuple[str, ...] = ()
    """The questions before it, oldest first."""
    is_kept: bool = False
    """True if editors keep an answer for it; otherwise it was asked and answered of late."""


class Outcome(NamedTuple):
    """The answer to a question, as far as two are compared."""

    kind: AnswerKind
    address: str = ""
    """The address of the first passage; empty if there is none."""
    text: str = ""
    """The first passage, or a reply without a quotation."""
    is_kept: bool = False
    """True if editors keep the passage for this question."""

    def is_like(self, other: Outcome) -> bool:
        """Return whether both say the same: what only moved within its article is the same."""
        return (self.kind, self.text, self.is_kept, _article(self.address)) == (
            other.kind,
            other.text,
            other.is_kept,
            _article(other.address),
        )


class AnswerChange(NamedTuple):
    """An answer that a change of the articles would change."""

    trial: Trial
    before: Outcome
    after: Outcome

    @property
    def is_loss(self) -> bool:
        """True if editors keep an answer that would no longer be given."""
        return self.before.is_kept and not self.after.is_kept


def kept_trials(keeping: Keeping, tenants: Iterable[Tenant]) -> list[Trial]:
    """Return the questions that editors keep answers for, everyone's first. A server whose shelf
    cannot be opened keeps nothing that could be asked."""
    found = []
    for tenant in (EVERYONE, *tenants):
        try:
            pairs = keeping.pairs(tenant)
        except BotError:
            continue
        found += [Trial(tenant, pair.question, is_kept=True) for pair in pairs]
    return found


def recent_trials(records: Records) -> list[Trial]:
    """Return the questions that were answered of late, for all to see and with no vote against it
    that is not outweighed; the latest first, each once."""
    good = records.votes.well_received(_MOST_READ)
    return list(dict.fromkeys(map(_as_trial, good)))[:MOST_RECENT]


def words_of(question: str, analyzer: Analyzer) -> str:
    """Return the words of a question in alphabetical order, without the little ones: what may be
    shown of it where its text may not."""
    language = analyzer.detect(question)
    tokens = analyzer.tokens(question, language)
    words = {word for _, _, word, _, stop in zip(*tokens, strict=True) if not stop}
    return " · ".join(sorted(words))


class Preview:
    """The answers as they are and as they would be."""

    def __init__(self, shelves: Shelves, changed: Shelf, trials: Sequence[Trial]) -> None:
        """``changed`` is everyone's shelf as it would be, up to date; the same shelf is looked at
        again by each call of `changes`."""
        self._shelves = shelves
        self._changed = changed
        self.trials = trials
        self._before = [_outcome(shelves.library(each.tenant), each) for each in trials]
        self._after = self._before

    def changes(self) -> list[AnswerChange]:
        """Return the answers that would change, in the order of the trials: kept ones, and those
        that were an answer before."""
        libraries: dict[Tenant, Library] = {}
        self._after = []
        for trial in self.trials:
            tenant = trial.tenant
            if tenant not in libraries:
                libraries[tenant] = self._shelves.library_over(tenant, self._changed)
            self._after.append(_outcome(libraries[tenant], trial))
        compared = map(AnswerChange, self.trials, self._before, self._after)
        return [
            each
            for each in compared
            if not each.after.is_like(each.before)
            and (each.trial.is_kept or each.before.kind == "answer")
        ]

    def accept(self) -> None:
        """Let what `changes` found count as how the answers are: the change was made."""
        self._before = self._after


def _as_trial(given: GivenAnswer) -> Trial:
    return Trial(given.chat.tenant, given.question, given.article, given.earlier)


def _outcome(library: Library, trial: Trial) -> Outcome:
    try:
        answer = library.ask(trial.question, trial.article, 1, earlier=trial.earlier)
    except BotError:  # the one article that is asked is gone
        return Outcome("none")
    return _of(answer)


def _of(answer: Answer) -> Outcome:
    if not answer.matches or answer.kind == "none":  # what is merely near is no answer to compare
        return Outcome(answer.kind, text=answer.reply)
    first = answer.matches[0]
    return Outcome(answer.kind, first.citation.address, first.passage.text, first.is_kept)


def _article(address: str) -> str:
    return address.partition("#")[0]
