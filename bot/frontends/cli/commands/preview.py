"""``--preview``: which kept and recent answers a change of the articles would change."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.core.errors import BotError
from bot.core.library import Library
from bot.frontends.cli.opening import read_settings
from bot.frontends.cli.output.terminal import indented, printable, style, wrapped
from bot.frontends.error_words import in_words
from bot.frontends.languages import Language, mark
from bot.service.answers.answering import Answering
from bot.service.learning.keeping import Keeping
from bot.service.learning.previewing import (
    AnswerChange,
    Outcome,
    Preview,
    Trial,
    kept_trials,
    recent_trials,
    words_of,
)
from bot.wiring import shared_state
from bot.wiring.shelf_beside import ShelfBeside, shelf_beside

_VERDICTS = {
    "answer": mark("an answer"),
    "unsure": mark("not sure"),
    "none": mark("nothing answers it"),
    "talk": mark("small talk"),
}


_NOW, _THEN = mark("now: {what}"), mark("then: {what}")
PREVIEW = mark("A preview: nothing is saved.")


class AnswerPreview:
    """The articles as they would be, and the questions that are asked of them."""

    def __init__(
        self, options: Namespace, answering: Answering, trials: Sequence[Trial], beside: ShelfBeside
    ) -> None:
        self._language: Language = options.language
        self._analyzer = answering.shelves.analyzer
        self._shelf = beside.shelf
        self._shows_questions = answering.events.keep_questions
        self._asked = Preview(answering.shelves, beside.shelf, trials)
        self.store = beside.store
        """A store beside the real one: saving and removing in it is only tried."""
        self.folder = beside.folder

    def library(self) -> Library:
        """Return everyone's articles as they would be."""
        self._shelf.refresh()
        return Library([self._shelf], self._analyzer)

    def show(self) -> bool:
        """Print the answers that would change; return whether a kept one would be lost."""
        self._shelf.refresh()
        changes = self._asked.changes()
        print(_summed_up(self._asked.trials, changes, self._language))
        for each in changes:
            print(f"\n{self._as_text(each)}")
        return any(each.is_loss for each in changes)

    def accept(self) -> None:
        """Let what was shown last count as how the articles are."""
        self._asked.accept()

    def discard(self, slug: str) -> None:
        """Take back what was tried of an article."""
        self.store.discard(slug)

    def _as_text(self, change: AnswerChange) -> str:
        gettext, trial = self._language.gettext, change.trial
        may_be_shown = trial.is_kept or self._shows_questions
        asked = trial.question if may_be_shown else words_of(trial.question, self._analyzer)
        facts = [gettext("kept") if trial.is_kept else gettext("answered of late")]
        if trial.tenant.name:
            facts.append(gettext("server {name}", name=trial.tenant.name))
        is_same = change.before.text == change.after.text
        lines = [printable(wrapped(f"{self._language.quoted([asked])} ({', '.join(facts)})"))]
        lines += self._side(_NOW, change.before, "red")
        lines += self._side(_THEN, change.after, "green", is_same=is_same)
        return "\n".join(lines)

    def _side(
        self, label: str, outcome: Outcome, colour: str, *, is_same: bool = False
    ) -> Iterator[str]:
        """Yield the lines of one answer: what it is, and its passage unless that is the same."""
        gettext = self._language.gettext
        said = (
            gettext("kept by the editors") if outcome.is_kept else gettext(_VERDICTS[outcome.kind])
        )
        what = f"{said}, {outcome.address}" if outcome.address else said
        yield indented(printable(gettext(label, what=what)))
        if outcome.text and not is_same:
            text = printable(wrapped(outcome.text, 4))
            yield indented(style(text, colour), "    ")


@contextmanager
def answer_preview(
    options: Namespace, answering: Answering, trials: Sequence[Trial] | None = None
) -> Iterator[AnswerPreview]:
    """Yield a preview of changes of everyone's articles; nothing of it stays. ``trials`` are the
    questions to ask, as `questions_to_ask` finds them, if they are known."""
    if trials is None:
        trials = questions_to_ask(options, answering)
    with shelf_beside(read_settings(options)) as beside:
        yield AnswerPreview(options, answering, trials, beside)


def questions_to_ask(options: Namespace, answering: Answering) -> list[Trial]:
    """Return the questions of the kept and of the recent answers; what keeps the recent ones from
    being read is told on standard error."""
    settings = read_settings(options)
    trials = kept_trials(Keeping(answering), answering.shelves.tenants())
    try:
        if shared_state.has_records(settings):
            records = shared_state.records(settings, time.time)
            try:
                trials += recent_trials(records)
            finally:
                records.close()
    except BotError as error:
        said = in_words(error, language=options.language)
        print(f"{options.program}: {printable(said)}", file=sys.stderr)
    return trials


def _summed_up(trials: Sequence[Trial], changes: Sequence[AnswerChange], language: Language) -> str:
    kept = sum(each.is_kept for each in trials)
    asked = language.gettext(
        "{kept:,} kept and {recent:,} recent", kept=kept, recent=len(trials) - kept
    )
    if not trials:
        return language.gettext("No answer is kept, and none was given of late, to be compared.")
    if not changes:
        return language.gettext("No answer changes; asked: {asked}.", asked=asked)
    return language.ngettext(
        "{number:,} answer changes; asked: {asked}.",
        "{number:,} answers change; asked: {asked}.",
        len(changes),
        asked=asked,
    )
