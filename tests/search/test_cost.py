"""What a question costs, counted and not timed: postings touched, and modules imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.search.bm25 import Bm25Engine
from bot.search.database import Database
from bot.search.maxscore import Term, best
from bot.search.plain import PlainArithmetic
from tests.search.test_segments import corpus, segment_of, terms_of

SELECTIVE = [
    ["w1", "w5", "w90"],
    ["w3", "w20", "w450"],
    ["w20", "w200", "w300"],
    ["w1", "w2", "w3", "w350", "w351"],
    ["w4", "w15", "w77", "w310", "w580"],
]
"""Questions with a word that few passages hold, as most have."""
UNSELECTIVE = [["w2", "w3", "w400"], ["w7", "w8", "w9", "w10"]]


class Counting(PlainArithmetic):
    """Counts the postings that are read off lists, and the passages looked at one by one."""

    touched = 0

    def add(self, term: Term, threshold: float) -> float:
        self.touched += len(term.postings.gaps)
        return super().add(term, threshold)

    def narrow(self, term: Term, bound: float, threshold: float) -> None:
        self.touched += len(self._potentials)
        super().narrow(term, bound, threshold)

    def refine(self, term: Term, bound: float, listed: bool, threshold: float) -> None:
        self.touched += len(self._potentials)
        super().refine(term, bound, listed, threshold)


@pytest.mark.parametrize(
    ("questions", "part"), [(SELECTIVE, 0.03), (UNSELECTIVE, 1.0)], ids=["selective", "not"]
)
def test_a_question_touches_a_part_of_its_terms_postings(
    questions: list[list[str]], part: float
) -> None:
    segment = segment_of(corpus(2, 9000))
    touched = everything = 0
    for question in questions:
        terms = terms_of(segment, question)
        arithmetic = Counting(segment, segment.header.average_length, 10, None)
        assert len(best(arithmetic, terms, 0.0)) >= 10
        touched += arithmetic.touched
        everything += sum(term.postings.document_frequency for term in terms)
    assert touched < part * everything


_ASK = """
import json, sys
from pathlib import Path
from bot.search.bm25 import Bm25Engine
from bot.search.database import Database

hits = Bm25Engine(Database(Path(sys.argv[1]))).search(["w1", "w30"], 3)
packages = {name.partition(".")[0] for name in sys.modules}
print(json.dumps([len(hits), sorted(packages - set(sys.stdlib_module_names) - {"__main__"})]))
"""


@pytest.mark.parametrize("passages", [10, 6000])
def test_a_fresh_process_answers_without_any_package(tmp_path: Path, passages: int) -> None:
    engine = Bm25Engine(Database(tmp_path))
    for slug, texts in corpus(3, passages):
        engine.put(slug, texts)
    engine.commit()
    engine.close()
    answer = subprocess.run(  # noqa: S603 (this very file's code)
        [sys.executable, "-c", _ASK, str(tmp_path)],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[2],
        text=True,
    )
    hits, packages = json.loads(answer.stdout)
    assert hits == 3
    assert [name for name in packages if not name.startswith(("_", "sitecustomize"))] == ["bot"]
