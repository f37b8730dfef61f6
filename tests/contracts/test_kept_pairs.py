"""The contract of every keeper of kept pairs, `bot.core.seams.KeptPairs`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from bot.cluster.postgres.kept_pairs import PostgresKeptPairs
from bot.core.seams.pairs import KeptPair, KeptPairs
from bot.sources.corpus.answers_file import AnswersFile
from bot.sources.corpus.atomic_files import write_whole
from tests.cluster.postgres.servers import new_tenant, shared_connections
from tests.fakes.kept_pairs import FakeKeptPairs

OPEN = KeptPair("When does it open?", "house#1@00000000", "ada", "2026-01-02T03:04:05Z")
SHUT = KeptPair("When does it shut? — “так”", "house#2-3@11111111", "", "")


@pytest.fixture(params=["file", "postgres", "fake"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> KeptPairs:
    if request.param == "fake":
        return FakeKeptPairs()
    if request.param == "postgres":
        return PostgresKeptPairs(shared_connections(), new_tenant())
    return AnswersFile(tmp_path, nullcontext, write_whole)


def test_nothing_is_kept_at_first(kept: KeptPairs) -> None:
    assert list(kept.pairs()) == []
    assert list(kept.faults()) == []
    assert kept.forget("When does it open?") is None


def test_the_latest_comes_first(kept: KeptPairs) -> None:
    assert kept.keep(OPEN) is None
    assert kept.keep(SHUT) is None
    assert list(kept.pairs()) == [SHUT, OPEN]
    assert list(kept.faults()) == []


def test_a_pair_takes_the_place_of_one_of_the_same_question(kept: KeptPairs) -> None:
    kept.keep(OPEN)
    kept.keep(SHUT)
    other = KeptPair("when does  it OPEN?", "house#4@22222222", "bob", "")
    assert kept.keep(other) == OPEN
    assert list(kept.pairs()) == [other, SHUT]


def test_a_pair_is_forgotten_by_its_question(kept: KeptPairs) -> None:
    kept.keep(OPEN)
    kept.keep(SHUT)
    assert kept.forget("WHEN does it open?") == OPEN
    assert kept.forget("When does it open?") is None
    assert list(kept.pairs()) == [SHUT]
