"""``eval``: measures over questions whose answers are known."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from pathlib import Path
from typing import Any

from bot.core.answer import Answer
from bot.core.errors import BotError
from bot.core.evaluation import DEPTH, KnownQuestion, Measures, judge, measure
from bot.frontends.cli.answers import match_as_json
from bot.frontends.cli.opening import open_library
from bot.frontends.cli.terminal import progress_bar


def evaluate(options: Namespace) -> int:
    """Ask every question of a file; exit status 0 whatever the measures are."""
    questions = read_questions(options.questions)
    library = open_library(options)
    answers = []
    with progress_bar("asking") as progress:
        for done, known in enumerate(questions, 1):
            answers.append(library.ask(known.question, limit=DEPTH))
            if progress is not None:
                progress(done, len(questions))
    if options.run is not None:
        _write_run(options.run, answers)
    results = [judge(*pair) for pair in zip(questions, answers, strict=True)]
    measures = measure(questions, results)
    print(json.dumps(measures._asdict(), indent=2) if options.json else _as_text(measures))
    return 0


def read_questions(path: Path) -> list[KnownQuestion]:
    """The questions in a file of JSON lines; raises `BotError` with the file and the line."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise BotError(f"{path}: the questions cannot be read ({reason})") from error
    questions = [
        _question(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()
    ]
    if not questions:
        raise BotError(f'{path}: it holds no questions; write lines like {{"question": "..."}}')
    return questions


def _question(line: str, place: str) -> KnownQuestion:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BotError(f"{place}: this is no JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise BotError(f'{place}: this has no question; write {{"question": "..."}}')
    kinds: dict[str, Any] = {"article": str, "paragraph": int, "answers": list, "gold": str}
    for key, kind in kinds.items():
        if row.get(key) is not None and not isinstance(row[key], kind):
            raise BotError(f"{place}: {key} is {row[key]!a}; it has to be of type {kind.__name__}")
    answers = tuple(str(answer) for answer in row.get("answers") or ())
    return KnownQuestion(
        row["question"], row.get("article"), row.get("paragraph"), answers, row.get("gold")
    )


def _write_run(path: Path, answers: list[Answer]) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            for answer in answers:
                row = {
                    "question": answer.question,
                    "answered": answer.answered,
                    "confidence": answer.confidence,
                    "matches": [match_as_json(match) for match in answer.matches],
                }
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        os.replace(part, path)  # noqa: PTH105
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BotError(f"{path}: cannot be written ({error.strerror})") from error


def _as_text(measures: Measures) -> str:
    shares = (
        ("top-1", measures.top1),
        ("top-3", measures.top3),
        ("MRR@10", measures.mrr),
        ("passage and sentence right", measures.both),
    )
    lines = [f"{measures.questions} questions, {measures.judged} with a known passage"]
    lines += [f"{name:<28}{100 * share:6.1f} %" for name, share in shares if share is not None]
    lines.append(f"{'declined':<28}{measures.declined:6} of {measures.questions}")
    return "\n".join(lines)
