"""Building keeps to its memory, whatever is built: counted, and not timed."""

from __future__ import annotations

import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.search.bulk.inverter import Inverter
from bot.search.segments.building import SegmentBuilder
from bot.search.segments.joining import Joining, SpanLayout
from bot.search.segments.merging import Input, merge_segments
from bot.search.segments.run_file import RunFile, write_run
from bot.search.segments.saved_laid import open_saved, save
from bot.search.segments.scratch import Scratch
from bot.search.segments.segment import Segment
from bot.search.segments.term_layout import Run
from bot.text.analyzer import Languages

pytestmark = pytest.mark.thorough

BUDGET = 3_000_000


@pytest.mark.parametrize(
    "text",
    [
        "the owl hunts mice at night " * 40,
        "{0}a {0}b {0}c {0}d {0}e {0}f {0}g {0}h",
        "{0:>0900}",
        "{0}-owl-{0}-heron-{0} {0}-gull owl-{0}",
    ],
    ids=["common words", "no word twice", "long words", "words of several terms"],
)
def test_what_is_gathered_stays_within_the_budget(text: str, tmp_path: Path) -> None:
    inverter = Inverter(tmp_path, Languages, 0, 0, fewest=BUDGET)
    most = 0
    for number in range(2000):
        own = [text.format(7 * number + passage) for passage in range(7)]
        inverter.add(number, f"a{number}", "en", own)
        most = max(most, inverter.gathered)
    runs = [RunFile(run) for run in inverter.finish()]
    assert len(runs) > 2
    assert sum(run.passage_count for run in runs) == 14_000
    assert most < 1.2 * BUDGET


def test_an_occurrence_takes_the_memory_that_is_counted_for_it() -> None:
    terms = [f"term-{number}" for number in range(1000)]
    builder = SegmentBuilder()
    builder.add("first", [terms])
    before = builder.size
    tracemalloc.start()
    try:
        for number in range(1000):
            builder.add(f"article-{number}", 2 * [terms])
        counted = builder.size - before
        assert sum(len(run.passages) for run in builder.invert().runs) == 2_001_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert 0.8 * counted < peak < 1.2 * counted


RUN = 25_000
"""Passages of a run: as many articles."""
MOST = 4000
"""Postings that are laid out together."""


def write_runs(folder: Path, count: int) -> list[Path]:
    """Runs of short passages: a word in all of them, some in many, and some in few."""
    runs = []
    for number in range(count):
        numbers = np.arange(RUN) + number * RUN
        holding = {b"the": numbers % 1 == 0, b"some": numbers % 3 == 0, b"few": numbers % 99 == 0}
        holding |= {f"own{each}".encode(): numbers // 500 == each for each in set(numbers // 500)}
        terms = sorted(holding, key=zlib.crc32)
        held = [np.flatnonzero(holding[term]) for term in terms]
        passages = np.concatenate(held)
        run = Run(
            terms,
            np.array([zlib.crc32(term) for term in terms]),
            np.array([len(own) for own in held]),
            passages,
            np.ones(len(passages), np.int64),
        )
        articles = [(f"a{each}", 1) for each in numbers.tolist()]
        path = folder / f"run-{number}"
        write_run(path, articles, numbers.tolist(), np.full(RUN, 4), [run])
        runs.append(path)
    return runs


def test_joining_takes_no_more_memory_for_more_passages(tmp_path: Path) -> None:
    peaks = []
    for count in (3, 9):
        folder = tmp_path / str(count)
        folder.mkdir()
        runs = write_runs(folder, count)
        path = folder / "segment"
        tracemalloc.start()
        try:
            join(runs, folder, path)
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
        segment = Segment.open(path)
        assert segment.passages == count * RUN
        for term, wanted in (("the", count * RUN), ("some", -(-count * RUN // 3)), ("own3", 500)):
            postings = segment.postings(term)
            assert postings is not None
            assert postings.document_frequency == wanted
    # what is left is the dictionary's directory and what stands for a run
    assert peaks[1] < 1.3 * peaks[0]


def test_merging_takes_no_more_memory_for_more_passages(tmp_path: Path) -> None:
    peaks = []
    for count in (8, 16):
        folder = tmp_path / str(count)
        folder.mkdir()
        parts = []
        for half in ("one", "two"):
            (folder / half).mkdir()
            join(write_runs(folder / half, count), folder / half, folder / f"{half}.segment")
            parts.append(folder / f"{half}.segment")
        tracemalloc.start()
        try:
            opened = [Segment.open(part, Scratch(folder).room) for part in parts]
            with (folder / "merged").open("xb") as file:
                merge_segments(file, [Input(each, frozenset()) for each in opened], folder, MOST)
            merged = Segment.open(folder / "merged", Scratch(folder).room)
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
        assert merged.passages == 2 * count * RUN
    # what is left are the bytes of the most frequent term
    assert peaks[1] < 1.2 * peaks[0]


def join(runs: list[Path], folder: Path, path: Path) -> None:
    """Do the same as `bot.search.bulk.inverter.write_segment`, in this process alone."""
    joining = Joining(list(map(RunFile, runs)), Scratch(folder, is_named=True), MOST)
    layout: Any = SpanLayout.saved(list(map(RunFile, runs)), folder, MOST)

    def spans() -> Iterator[Any]:
        for number, span in enumerate(joining.spans):
            yield open_saved(save(layout, span, folder / f"span-{number}"))

    with path.open("xb") as file:
        joining.write(file, spans())
