"""``eval``: measures over questions whose answers are known."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Literal, TypeVar

from bot import wiring
from bot.core.answer import Answer
from bot.core.errors import BotError
from bot.core.library import Library
from bot.core.measuring.calibration import JudgedAsking, certainty
from bot.core.measuring.evaluation import DEPTH, KnownQuestion, judge, measure
from bot.core.measuring.perturbation import perturb
from bot.core.seams import Progress
from bot.frontends.cli.opening import open_library, read_settings
from bot.frontends.cli.output.measuring import Report, report_as_json, report_as_text
from bot.frontends.cli.output.plotting import reliability_svg
from bot.frontends.cli.output.terminal import json_text, printable, progress_bar
from bot.frontends.languages import Language
from bot.service.presentation.views import match_as_json

_Item = TypeVar("_Item")

IN_MEMORY: Literal["rank-bm25"] = "rank-bm25"
"""The engine for askings without an article; its scores are every engine's."""

_TITLE = "How many answers are right at each confidence"

_KEYS: dict[str, tuple[type, str]] = {
    "article": (str, "eval.article"),
    "paragraph": (int, "eval.paragraph"),
    "answers": (list, "eval.answer_list"),
    "gold": (str, "eval.gold"),
}
"""The optional keys of a question's line: the type of each, and the code of another's error."""


def evaluate(options: Namespace) -> int:
    """Ask every question of a file; exit status 0 whatever the measures are."""
    questions = read_questions(options.questions)
    for path in (options.run, options.plot):
        if path is not None and not os.access(path.parent, os.W_OK):
            raise BotError("eval.unwritable", path=str(path), folder=str(path.parent))
    if options.plot is not None and options.plot.suffix.lower() != ".svg":
        raise BotError("eval.no_svg", path=str(options.plot))
    asked = _perturbed(questions, options)
    library = open_library(options)
    _warn_of_strangers(options, library, questions)
    with progress_bar(options.language.gettext("asking")) as progress:
        timed = list(_counted(progress, (_timed(library, text) for text in asked), asked))
    answers = [answer for answer, _ in timed]
    if options.run is not None:
        _write_run(options.run, answers)
    results = [judge(*pair) for pair in zip(questions, answers, strict=True)]
    outcomes = [
        JudgedAsking(result.confidence, result.rank == 1, True, result.answered)
        for known, result in zip(questions, results, strict=True)
        if known.has_passage
    ]
    pointed = None
    if options.given_passage:
        pointed = _point_out(library, questions, asked, options.language)
    if options.no_answer:
        outcomes += _leave_out(options, questions, asked)
    seconds = [each for _, each in timed]
    report = Report(measure(questions, results), seconds, pointed, certainty(outcomes))
    if options.plot is not None:
        drawn = reliability_svg(report.certainty.reliability, _TITLE)
        wiring.write_whole(options.plot.resolve(), drawn.encode())
    if options.json:
        print(json_text(report_as_json(report)))
    else:
        print(report_as_text(report, options.language))
    return 0


def _timed(library: Library, question: str) -> tuple[Answer, float]:
    """Return an answer, and the seconds that it took."""
    start = perf_counter()
    answer = library.ask(question, limit=DEPTH)
    return answer, perf_counter() - start


def _warn_of_strangers(
    options: Namespace, library: Library, questions: Sequence[KnownQuestion]
) -> None:
    """Warn of questions whose right passage is in no article that can be asked."""
    slugs = {entry.slug for entry in library.entries()}
    strangers = [
        known.article
        for known in questions
        if known.paragraph is not None and known.gold is None and known.article not in slugs
    ]
    if strangers:
        line = options.language.ngettext(
            "{path}: {number:,} question about articles that are not in the corpus (first: "
            "{first}), counted as answered wrong",
            "{path}: {number:,} questions about articles that are not in the corpus (first: "
            "{first}), counted as answered wrong",
            len(strangers),
            path=options.questions,
            first=ascii(strangers[0]),
        )
        print(printable(f"{options.program}: {line}"), file=sys.stderr)


def _perturbed(questions: Sequence[KnownQuestion], options: Namespace) -> list[str]:
    """Return the questions as they are asked: unchanged, or as people type them."""
    if options.perturb is None:
        return [known.question for known in questions]
    random, tokens = Random(options.seed), wiring.analyzer()  # noqa: S311 - to be repeatable
    return [perturb(known.question, options.perturb, random, tokens) for known in questions]


def _point_out(
    library: Library, questions: Sequence[KnownQuestion], asked: Sequence[str], language: Language
) -> list[bool]:
    """Return, for the questions whose paragraph and answers are known, whether the right sentence
    is found in the given paragraph."""
    wanted = [
        (known, text)
        for known, text in zip(questions, asked, strict=True)
        if known.article is not None and known.paragraph is not None and known.answers
    ]
    with progress_bar(language.gettext("choosing sentences")) as progress:
        matches = (
            library.point_out(text, known.article or "", known.paragraph or 0)
            for known, text in wanted
        )
        return [
            match is not None and known.is_sentence(match)
            for (known, _), match in zip(wanted, _counted(progress, matches, wanted), strict=True)
        ]


def _leave_out(
    options: Namespace, questions: Sequence[KnownQuestion], asked: Sequence[str]
) -> list[JudgedAsking]:
    """Ask the questions whose article is known again without that article, in an index in memory
    that has no other user."""
    settings = read_settings(options)
    library = wiring.library(settings._replace(search=settings.search._replace(engine=IN_MEMORY)))
    library.refresh()
    by_article: dict[str, list[str]] = {}
    for known, text in zip(questions, asked, strict=True):
        if known.article is not None and known.has_passage:
            by_article.setdefault(known.article, []).append(text)
    outcomes: list[JudgedAsking] = []
    total = sum(map(len, by_article.values()))
    with progress_bar(options.language.gettext("asking without the article")) as progress:
        for slug, texts in by_article.items():
            with library.left_out(slug):
                for text in texts:
                    answer = library.ask(text, limit=1)
                    outcomes.append(JudgedAsking(answer.confidence, False, False, answer.answered))
                    if progress is not None:
                        progress(len(outcomes), total)
    return outcomes


def _counted(
    progress: Progress | None, items: Iterable[_Item], total: Sequence[object]
) -> Iterator[_Item]:
    for done, item in enumerate(items, 1):
        yield item
        if progress is not None:
            progress(done, len(total))


def read_questions(path: Path) -> list[KnownQuestion]:
    """Return the questions in a file of JSON lines; raises `BotError` with the file and the
    line."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None)
        if reason is None:
            raise BotError("eval.not_utf8", path=str(path)) from error
        raise BotError("eval.unreadable", path=str(path), reason=reason) from error
    questions = [
        _question(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()
    ]
    if not questions:
        raise BotError("eval.empty", path=str(path))
    return questions


def _question(line: str, location: str) -> KnownQuestion:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BotError("eval.no_json", location=location, reason=str(error)) from error
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise BotError("eval.no_question", location=location)
    for key, (kind, wrong) in _KEYS.items():
        if row.get(key) is not None and (type(row[key]) is not kind or row[key] == ""):
            raise BotError(wrong, location=location, key=key, value=ascii(row[key]))
    answers = row.get("answers") or ()
    if not all(isinstance(answer, str) and answer for answer in answers):
        raise BotError("eval.answer_list", location=location, key="answers", value=ascii(answers))
    if row.get("paragraph") is not None and row.get("article") is None:
        raise BotError("eval.no_article", location=location)
    return KnownQuestion(
        row["question"], row.get("article"), row.get("paragraph"), tuple(answers), row.get("gold")
    )


def _write_run(path: Path, answers: list[Answer]) -> None:
    rows = (
        {
            "question": answer.question,
            "answered": answer.answered,
            "confidence": answer.confidence,
            "matches": [match_as_json(match) for match in answer.matches],
        }
        for answer in answers
    )
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    # half a surrogate pair is no UTF-8; escaped so, it is JSON for the same
    data = text.encode("utf-8", "backslashreplace")
    if path.exists() and not path.is_file():  # a pipe
        path.write_bytes(data)
    else:
        wiring.write_whole(path.resolve(), data)
