"""Measure what kept answers give to questions in other words.

    python -m tests.benchmarks.kept_answers CORPUS QUESTIONS.jsonl [--json]

keeps one half of the questions with their passages, and asks the other half, without and with
what is kept; then the other way round. The file has a question a line: "question", "kind"
("answer", also where it is left out, "decline" or "talk"), and of the first kind "article",
"paragraph" and "answers", words that stand in the right passage. Three groups are told apart: other
wordings of a kept passage, questions of other passages, and questions that the articles do not
answer.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bot import wiring
from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core.answer import Answer
from bot.core.library import Library
from bot.core.passage import Passage
from bot.core.passages.address import Address, words_hash
from bot.core.seams.pairs import KeptPair
from bot.core.shelf import Shelf
from tests.fakes.kept_pairs import FakeKeptPairs


class Row(NamedTuple):
    """One group of questions, asked without and with kept answers."""

    group: str
    asked: int
    first_before: int
    """Questions whose first match is the right passage."""
    first_after: int
    answered_before: int
    """That were given an answer, right or wrong."""
    answered_after: int
    lost: int
    """That were right first, and are no more."""
    kept_for_another: int
    """That were told to be kept, with a passage that does not answer them."""


GROUPS = ("other wordings of a kept passage", "questions of other passages", "not in the articles")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    lines = options.questions.read_text("utf-8").splitlines()
    questions = [{"kind": "answer", **json.loads(line)} for line in lines]
    rows = measure(options.corpus, questions)
    if options.json:
        print(json.dumps([row._asdict() for row in rows]))
        return
    print(f"{'':<36}{'asked':>7}{'right first':>14}{'answered':>14}{'lost':>7}{'wrongly kept':>14}")
    for row in rows:
        first = f"{row.first_before} -> {row.first_after}"
        answered = f"{row.answered_before} -> {row.answered_after}"
        print(
            f"{row.group:<36}{row.asked:>7}{first:>14}{answered:>14}{row.lost:>7}"
            f"{row.kept_for_another:>14}"
        )


def measure(corpus: Path, questions: Sequence[dict[str, Any]]) -> list[Row]:
    """The figures of each group, both halves together."""
    with tempfile.TemporaryDirectory() as cache:
        settings = Settings(CorpusSettings(folder=corpus), SearchSettings(cache=Path(cache)))
        analyzer = wiring.analyzer()
        shelf = wiring.shelf(settings, wiring.corpus_folder(settings), analyzer)
        shelf.refresh()
        plain = Library([Shelf(shelf.store, shelf.index)], analyzer)
        counts = {group: [0] * 7 for group in GROUPS}
        known = [row for row in questions if row["kind"] != "talk" and not row.get("follows")]
        for half in (0, 1):
            kept = FakeKeptPairs()
            places = set()
            for row in known[half::2]:
                passage = _passage(shelf, row)
                if passage is not None:
                    kept.keep(KeptPair(row["question"], _address(passage), "", ""))
                    places.add((passage.article, passage.number))
            library = Library([Shelf(shelf.store, shelf.index, "", kept)], analyzer)
            for row in known[1 - half :: 2]:
                passage = _passage(shelf, row)
                if row["kind"] == "answer" and passage is None:
                    continue  # its answer is in an article's head
                group = GROUPS[2]
                if passage is not None:
                    is_kept = (passage.article, passage.number) in places
                    group = GROUPS[0] if is_kept else GROUPS[1]
                before, after = plain.ask(row["question"]), library.ask(row["question"])
                was, now = _is_right(before, row), _is_right(after, row)
                told = bool(after.matches) and after.matches[0].is_kept
                found = (1, was, now, before.answered, after.answered, was and not now,
                         told and not now)  # fmt: skip
                counts[group] = [a + b for a, b in zip(counts[group], found, strict=True)]
    return [Row(group, *counts[group]) for group in GROUPS]


def _passage(shelf: Shelf, row: dict[str, Any]) -> Passage | None:
    if row["kind"] != "answer" or not row["paragraph"]:
        return None
    passages = shelf.passages(row["article"])
    return next((p for p in passages if p.first <= row["paragraph"] <= p.last), None)


def _address(passage: Passage) -> str:
    return str(Address(passage.article, passage.first, passage.last, words_hash(passage.text)))


def _is_right(answer: Answer, row: dict[str, Any]) -> bool:
    if row["kind"] != "answer" or not answer.matches:
        return False
    passage = answer.matches[0].passage
    held = _bare(passage.text)
    places = {f"{passage.article}#{n}" for n in range(passage.first, passage.last + 1)}
    own = passage.article == row["article"]
    own = own and any(_bare(each) in held for each in row["answers"])
    return own or not places.isdisjoint(row.get("also", ()))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().lower()


if __name__ == "__main__":
    main()
