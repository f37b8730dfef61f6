"""The cost of a question, counted and not timed: postings touched, and modules imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.index.index_database import Database
from bot.search.bm25 import Bm25Engine
from tests.search.segments.test_segments import (
    corpus,
    everywhere,
    searchers_of,
    segment_of,
    terms_of,
)

QUESTIONS = [
    ["w1", "w5", "w90"],
    ["w3", "w20", "w450"],
    ["w20", "w200", "w300"],
    ["w1", "w2", "w3", "w350", "w351"],
    ["w2", "w3", "w400"],
    ["w7", "w8", "w9", "w10"],
]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_a_question_touches_its_terms_postings_and_scores_few_passages(question: list[str]) -> None:
    segment = segment_of(corpus(2, 9000))
    terms = terms_of(segment, question)
    for _, own in terms:
        if not own.width:  # only looked up, where it can be
            assert 8 * own.document_frequency >= own.entries == segment.passages
        else:
            assert own.entries * (1 + own.width) <= 3 * own.document_frequency
    average = segment.header.average_length
    for searcher in searchers_of(segment):
        assert 10 <= len(searcher.best(terms, average, 10, 0.0, everywhere(segment))) <= 40


_ASK = """
import json, sys
from pathlib import Path
from bot.search.bm25 import Bm25Engine
from bot.index.index_database import Database

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
        cwd=Path(__file__).parents[3],
        text=True,
    )
    hits, packages = json.loads(answer.stdout)
    assert hits == 3
    assert [name for name in packages if not name.startswith(("_", "sitecustomize"))] == ["bot"]
