"""``answers.jsonl``: what people and programs may do to it."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.errors import CorpusError
from bot.core.seams.pairs import KeptPair
from bot.sources.corpus.answers_file import LONGEST_FILE, AnswersFile
from bot.sources.corpus.atomic_files import write_whole
from bot.sources.corpus.folder import ANSWERS_FILE, CorpusFolder
from tests.wording import raises, worded

PAIR = KeptPair("Why?", "a#1@00000000", "ada", "2026-01-02T03:04:05Z")
WRITTEN = (
    b'{"question": "Why?", "address": "a#1@00000000", "by": "ada", "when": "2026-01-02T03:04:05Z"}'
)


def answers(folder: Path) -> AnswersFile:
    return AnswersFile(folder, nullcontext, write_whole)


def test_a_pair_is_a_line(tmp_path: Path) -> None:
    answers(tmp_path).keep(PAIR)
    assert (tmp_path / ANSWERS_FILE).read_bytes() == WRITTEN + b"\n"
    assert list(answers(tmp_path).pairs()) == [PAIR]


def said(kept: AnswersFile) -> list[str]:
    """The faults of the file, in words."""
    assert all(fault.path == ANSWERS_FILE for fault in kept.faults())
    return [worded(fault.problem) for fault in kept.faults()]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"<<<<<<< HEAD", "it is not JSON"),
        (b"\xff\x00", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "it is no JSON object"),
        (b'{"address": "a#1"}', '"question" is missing or no text'),
        (b'{"question": " ", "address": "a#1"}', '"question" is missing or no text'),
        (b'{"question": "Why?", "address": 7}', '"address" is missing or no text'),
        (b'{"question": "Why?", "address": "a#1", "by": 7}', '"by" is missing or no text'),
    ],
)
def test_a_damaged_line_is_one_fault_and_loses_nothing(
    tmp_path: Path, line: bytes, reason: str
) -> None:
    file = tmp_path / ANSWERS_FILE
    file.write_bytes(line + b"\n\n" + WRITTEN)
    kept = answers(tmp_path)
    assert list(kept.pairs()) == [PAIR]
    told = f"line 1 is no kept answer ({reason}); mend it, or take it out"
    assert said(kept) == [told]
    kept.keep(KeptPair("Who?", "a#2@11111111", "", ""))
    assert file.read_bytes().startswith(line + b"\n\n" + WRITTEN + b"\n{")
    kept.forget("Who?")
    assert file.read_bytes() == line + b"\n\n" + WRITTEN + b"\n"


def test_what_a_line_holds_beside_its_pair_stays(tmp_path: Path) -> None:
    line = b'{"note": "ours", "question": "Why?", "address": "a#1@00000000"}\n'
    (tmp_path / ANSWERS_FILE).write_bytes(line)
    answers(tmp_path).keep(KeptPair("Who?", "a#2@11111111", "", ""))
    assert (tmp_path / ANSWERS_FILE).read_bytes().startswith(line)


def test_what_others_write_is_read_at_once(tmp_path: Path) -> None:
    one, two = answers(tmp_path), answers(tmp_path)
    assert list(one.pairs()) == []
    two.keep(PAIR)
    assert list(one.pairs()) == [PAIR]
    (tmp_path / ANSWERS_FILE).unlink()
    assert list(one.pairs()) == []


def test_what_cannot_be_read_is_a_fault_and_is_not_written_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ANSWERS_FILE)
    kept = answers(tmp_path)
    assert list(kept.pairs()) == []
    told = "it is no regular file"
    assert said(kept) == [told]
    with raises(CorpusError, match=r"/answers\.jsonl: it is no regular file$"):
        kept.keep(PAIR)


def test_a_file_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / ANSWERS_FILE).open("wb") as file:
        file.truncate(LONGEST_FILE + 1)
    assert said(answers(tmp_path)) == ["it is longer than 16,000,000 bytes"]


def test_it_is_no_article_and_no_fault_of_the_folder(tmp_path: Path) -> None:
    answers(tmp_path).keep(PAIR)
    listing = CorpusFolder(tmp_path).list()
    assert (dict(listing.versions), list(listing.faults)) == ({}, [])


@given(st.text(min_size=1, max_size=60), st.text(max_size=20))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back(tmp_path: Path, question: str, by: str) -> None:
    (tmp_path / ANSWERS_FILE).unlink(missing_ok=True)
    pair = KeptPair(f"x{question}x", "a#1@00000000", f"x{by}x", "")
    answers(tmp_path).keep(pair)
    found = answers(tmp_path).pairs()
    assert [each.question for each in found] == [pair.question.encode(errors="replace").decode()]
