"""Texts that are indexed on all cores are found as those that are put one after the other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pytest

from bot.core.errors import StorageError
from bot.core.seams import Analyzer
from bot.index.index_database import Database
from bot.search.bm25 import Bm25Engine
from bot.search.bulk.inverter import Inverter, bulk_folder, shares
from bot.search.bulk.texts import Texts, write_texts
from bot.search.segments.run_file import RunFile
from bot.text.analyzer import Languages
from tests.wording import raises

WORDS = "owl heron gull mice fish chick night water sound dish leg parent bill".split()


def some_articles(count: int) -> Iterator[Texts]:
    for number in range(count):
        words = [WORDS[number * step % len(WORDS)] for step in range(1, 20)]
        language = "de" if number % 5 == 0 else "en"
        passages = [f"The {' '.join(words)} own{number}.", f"Die {words[number % 19]}."]
        yield Texts(f"a{number}", language, passages)


def put_one_by_one(folder: Path, articles: Iterable[Texts]) -> Bm25Engine:
    engine, analyzer = Bm25Engine(Database(folder)), Languages()
    for slug, language, passages in articles:
        engine.put(slug, [analyzer.terms(text, language) for text in passages])
    engine.commit()
    return engine


def contents(engine: Bm25Engine) -> object:
    """All that an engine says."""
    terms = [*WORDS, "own3", "de:owl", "de:own15"]
    found = {
        term: [(round(hit.score, 9), *hit[:2]) for hit in engine.search([term], 10_000)]
        for term in terms
    }
    return list(engine.articles()), engine.statistics(terms), found


@pytest.mark.parametrize("portion", [10**6, 1000], ids=["here", "in other processes"])
def test_the_index_is_the_one_that_is_made_one_by_one(portion: int, tmp_path: Path) -> None:
    folder = tmp_path / "bulk"
    engine = Bm25Engine(Database(folder))
    engine.put("a3", [["owl"]])  # is replaced
    engine.put("kept", [["heron"]])
    engine.commit()
    with bulk_folder(folder) as place:
        segment = write_texts(place, some_articles(150), Languages, 512, 2, portion)
        assert segment is not None
        engine.adopt(segment)
        engine.commit()
    kept = Texts("kept", "en", ["heron"])  # is in the log, so it comes last
    other = put_one_by_one(tmp_path / "other", chain(some_articles(150), [kept]))
    assert contents(engine) == contents(other)
    assert contents(Bm25Engine(Database(folder))) == contents(other)
    assert not (folder / "bulk").exists()
    engine.close()


@pytest.mark.thorough
def test_runs_are_written_whenever_the_memory_is_full(tmp_path: Path) -> None:
    articles = list(some_articles(50))
    for memory in (0, 10**9):
        folder = tmp_path / str(memory)
        folder.mkdir()
        inverter = Inverter(folder, Languages, memory, 0, fewest=10_000)
        for ordinal, article in enumerate(articles):
            inverter.add(ordinal, *article)
        runs = [RunFile(run) for run in inverter.finish()]
        assert (len(runs) > 3) is (memory == 0)
        tables = [run.articles for run in runs]
        slugs = [slug for table in tables for slug in table.encoded(0, len(table.counts))]
        assert slugs == [article.slug.encode() for article in articles]
        assert [ordinal for run in runs for ordinal in run.order] == list(range(50))
        assert sum(run.term_count for run in runs) >= len(WORDS)


def test_processes_and_what_they_gather_keep_to_the_memory_that_there_is() -> None:
    cores = os.cpu_count() or 1
    assert shares(256) == (1, 176_000_000)
    assert shares(10**6).processes == cores
    for megabytes in (256, 512, 1000, 10**6):
        processes, memory = shares(megabytes)
        assert processes * memory <= megabytes * 10**6
        assert memory >= 175_000_000  # what a process takes besides what it gathers in a run
    assert shares(256, 3) == (3, 58_666_666)


def test_nothing_is_written_of_nothing(tmp_path: Path) -> None:
    assert write_texts(tmp_path, [], Languages, 512) is None
    assert list(tmp_path.iterdir()) == []


def _give_up() -> Analyzer:
    os._exit(3)


def test_a_process_that_breaks_down_is_told(tmp_path: Path) -> None:
    with raises(StorageError, match="a process that read articles broke down"):
        write_texts(tmp_path, some_articles(150), _give_up, 512, 2, 1000)
    assert list(tmp_path.iterdir()) == []
