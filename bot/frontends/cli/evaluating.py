"""``eval``: measures over questions whose answers are known."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from bot.core.answer import Answer
from bot.core.errors import BotError
from bot.core.evaluation import DEPTH, KnownQuestion, Measures, judge, measure
from bot.frontends.cli.answers import match_as_json
from bot.frontends.cli.opening import open_library
from bot.frontends.cli.terminal import count, json_text, progress_bar
from bot.sources.folder import write_whole

_KEYS: dict[str, tuple[type, str]] = {
    "article": (str, "a slug in quotes"),
    "paragraph": (int, "a whole number"),
    "answers": (list, "a list of texts in quotes"),
    "gold": (str, "words of the right passage, in quotes"),
}
"""What else a question's line may hold: of what type, and how that is said."""


def evaluate(options: Namespace) -> int:
    """Ask every question of a file; exit status 0 whatever the measures are."""
    questions = read_questions(options.questions)
    if options.run is not None and not options.run.parent.is_dir():
        raise BotError(f"{options.run}: there is no folder {options.run.parent} to write this in")
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
    print(json_text(measures._asdict()) if options.json else _as_text(measures))
    return 0


def read_questions(path: Path) -> list[KnownQuestion]:
    """The questions in a file of JSON lines; raises `BotError` with the file and the line."""
    try:
        lines = path.read_text("utf-8").split("\n")
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
    except (ValueError, RecursionError) as error:
        raise BotError(f"{place}: this is no JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise BotError(f'{place}: this has no question; write {{"question": "..."}}')
    for key, (kind, wanted) in _KEYS.items():
        if row.get(key) is not None and (type(row[key]) is not kind or row[key] == ""):
            raise BotError(f"{place}: {key} is {row[key]!a}; it has to be {wanted}")
    answers = row.get("answers") or ()
    if not all(isinstance(answer, str) and answer for answer in answers):
        raise BotError(f"{place}: answers is {answers!a}; it has to be a list of texts in quotes")
    if row.get("paragraph") is not None and row.get("article") is None:
        raise BotError(f'{place}: it has a paragraph but no article; add "article": its slug')
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
        write_whole(path.resolve(), data)


def _as_text(measures: Measures) -> str:
    shares = (
        ("top-1", measures.top1),
        ("top-3", measures.top3),
        ("MRR@10", measures.mrr),
        ("passage and sentence right", measures.both),
    )
    lines = [f"{count(measures.questions, 'question')}, {measures.judged} with a known passage"]
    lines += [f"{name:<28}{100 * share:6.1f} %" for name, share in shares if share is not None]
    lines.append(f"{'declined':<28}{measures.declined:6} of {measures.questions}")
    return "\n".join(lines)
