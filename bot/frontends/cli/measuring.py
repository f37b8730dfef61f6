"""The results of ``eval``, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from bot.core.calibration import PRECISION, Bin, Certainty
from bot.core.evaluation import Measures
from bot.frontends.cli.terminal import count


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
        shown["given_passage"] = {
            "questions": len(report.given),
            "sentence": _share(report.given),
        }
    median, slow = _milliseconds(report.seconds)
    shown["milliseconds"] = {"median": median, "p99": slow}
    certainty = report.certainty._asdict()
    certainty["reliability"] = [each._asdict() for each in report.certainty.reliability]
    return shown | {"confidence": certainty}


def report_as_text(report: Report) -> str:
    """Return the report for people: shares in percent."""
    measures, certainty = report.measures, report.certainty
    lines = [f"{count(measures.questions, 'question')}, {measures.judged} with a known passage"]
    lines += _percentages(
        ("top-1", measures.top1),
        ("top-3", measures.top3),
        ("MRR@10", measures.mrr),
        ("passage and sentence right", measures.both),
        ("sentence, passage given", _share(report.given or ())),
    )
    lines.append(f"{'declined':<28}{measures.declined:6} of {measures.questions}")
    median, slow = _milliseconds(report.seconds)
    lines.append(f"{'time, ten matches (p99)':<28}{median:6.1f} ms ({slow:.1f})")
    if certainty.reliability and measures.judged:
        lines += ["", *_certainty(certainty)]
    return "\n".join(lines)


def _milliseconds(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 99th percentile of at least one time, in milliseconds."""
    ordered = sorted(seconds)
    return 1000 * ordered[len(ordered) // 2], 1000 * ordered[99 * len(ordered) // 100]


def _certainty(certainty: Certainty) -> list[str]:
    lines = [f"confidence over {count(certainty.askings, 'asking')}"]
    lines += _percentages(
        ("AUROC, right or wrong", certainty.auroc_right),
        ("AUROC, answerable or not", certainty.auroc_answerable),
        (f"answered at {PRECISION:.0%} precision", certainty.answered_at_precision),
        ("answered without an answer", certainty.false_answers),
    )
    lines.append(f"{'confidence':<12}{'askings':>8}{'mean':>8}{'right':>8}")
    return lines + [_row(each) for each in certainty.reliability]


def _row(each: Bin) -> str:
    cells = "".join(
        f"{'-' if share is None else f'{share:.2f}':>8}" for share in (each.confidence, each.right)
    )
    return f"{each.low:.1f} - {each.high:.1f}   {each.askings:>8}{cells}"


def _percentages(*shares: tuple[str, float | None]) -> list[str]:
    return [f"{name:<28}{100 * share:6.1f} %" for name, share in shares if share is not None]


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None
