"""The results of ``eval``, as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.core.measuring.calibration import PRECISION, Bin, Certainty
from bot.core.measuring.evaluation import Measures
from bot.frontends.cli.output.terminal import columns_of, padded
from bot.frontends.languages import ENGLISH, Language, mark


class Report(NamedTuple):
    """The result of one evaluation."""

    measures: Measures
    seconds: Sequence[float]
    """Duration of each question in seconds, from its text to the citations of its first ten
    matches."""
    given: Sequence[bool] | None
    """For each question whose passage was given, whether its sentence is right; None if that was
    not asked for."""
    certainty: Certainty


def report_as_json(report: Report) -> dict[str, Any]:
    """Return the report as `eval --json` prints it; shares from 0 to 1."""
    shown: dict[str, Any] = report.measures._asdict()
    if report.given is not None:
        shown["given_passage"] = {"questions": len(report.given), "sentence": _share(report.given)}
    median, slow = _milliseconds(report.seconds)
    shown["milliseconds"] = {"median": median, "p99": slow}
    certainty = report.certainty._asdict()
    certainty["reliability"] = [each._asdict() for each in report.certainty.reliability]
    return shown | {"confidence": certainty}


_NAMES = {
    "top1": "top-1",
    "top3": "top-3",
    "mrr": "MRR@10",
    "both": mark("passage and sentence right"),
    "given": mark("sentence, passage given"),
    "declined": mark("declined"),
    "time": mark("time, ten matches (p99)"),
    "right": mark("AUROC, right or wrong"),
    "answerable": mark("AUROC, answerable or not"),
    "false": mark("answered without an answer"),
}
_NARROWEST = 28
"""Columns of the names of the measures."""
_CELL = 8


def report_as_text(report: Report, language: Language = ENGLISH) -> str:
    """Return the report for people: shares in percent."""
    measures, certainty = report.measures, report.certainty
    gettext, ngettext = language.gettext, language.ngettext
    shares = {
        "top1": measures.top1,
        "top3": measures.top3,
        "mrr": measures.mrr,
        "both": measures.both,
        "given": _share(report.given or ()),
    }
    rows = _percentages(shares, language)
    declined = gettext(
        "{declined} of {questions:,}",
        declined=f"{measures.declined:6}",
        questions=measures.questions,
    )
    rows.append((gettext(_NAMES["declined"]), declined))
    median, slow = _milliseconds(report.seconds)
    times = gettext(
        "{median} ms ({slow})", median=_figure(median, language), slow=language.decimal(slow)
    )
    rows.append((gettext(_NAMES["time"]), times))
    asked = ngettext(
        "{number:,} question, {judged:,} with a known passage",
        "{number:,} questions, {judged:,} with a known passage",
        measures.questions,
        judged=measures.judged,
    )
    lines = [asked, *_aligned(rows)]
    if certainty.reliability and measures.judged:
        lines += ["", *_certainty(certainty, language)]
    return "\n".join(lines)


def _milliseconds(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 99th percentile of at least one time, in milliseconds."""
    ordered = sorted(seconds)
    return 1000 * ordered[len(ordered) // 2], 1000 * ordered[99 * len(ordered) // 100]


def _certainty(certainty: Certainty, language: Language) -> list[str]:
    gettext = language.gettext
    rows = _percentages(
        {"right": certainty.auroc_right, "answerable": certainty.auroc_answerable}, language
    )
    at = gettext("answered at {share} precision", share=language.percent(PRECISION))
    rows += _percentages({at: certainty.answered_at_precision}, language)
    rows += _percentages({"false": certainty.false_answers}, language)
    over = language.ngettext(
        "confidence over {number:,} asking", "confidence over {number:,} askings", certainty.askings
    )
    head = padded(gettext("confidence"), 12)
    names = (gettext("askings"), gettext("mean"), gettext("right"))
    head += "".join(padded(name, _CELL, right=True) for name in names)
    return [over, *_aligned(rows), head, *(_row(each, language) for each in certainty.reliability)]


def _row(each: Bin, language: Language) -> str:
    cells = "".join(
        f"{'-' if share is None else language.decimal(share, 2):>{_CELL}}"
        for share in (each.confidence, each.right)
    )
    low, high = language.decimal(each.low), language.decimal(each.high)
    return f"{low} - {high}   {each.askings:>{_CELL}}{cells}"


def _percentages(shares: Mapping[str, float | None], language: Language) -> list[tuple[str, str]]:
    """Return names and figures of the shares that were measured, by their keys in `_NAMES`."""
    return [
        (language.gettext(_NAMES.get(key, key)), f"{_figure(100 * share, language)} %")
        for key, share in shares.items()
        if share is not None
    ]


def _figure(number: float, language: Language) -> str:
    return f"{language.decimal(number):>6}"


def _aligned(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Return a line for each name with its figure, the figures below each other."""
    widest = max(_NARROWEST, *(columns_of(name) + 1 for name, _ in rows))
    return [f"{padded(name, widest)}{figure}" for name, figure in rows]


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None
