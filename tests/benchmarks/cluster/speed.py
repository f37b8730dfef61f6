"""Asking and adding in a cluster of three processes, beside an index of this machine.

    python -m tests.benchmarks.cluster.speed [PASSAGES...]

Both are measured in one run, over the same articles of one database; the nodes, PostgreSQL and the
bot share this machine's cores."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from bot.cluster.postgres.article_store import PostgresArticleStore, StoredFile
from bot.cluster.postgres.local_index import LocalIndex
from bot.config import Settings
from bot.core.answer import Question
from bot.core.article import Draft, Head
from bot.core.library import Library
from bot.core.shelf import Shelf
from bot.service.tenants import EVERYONE
from bot.sources.corpus.folder_writing import article_file
from bot.wiring.local_parts import embedded_index
from tests.benchmarks.cluster.parts import LARGE, articles, opened_world, percentile
from tests.benchmarks.search.corpus import corpus_of
from tests.cluster.opensearch.world import World
from tests.index.opened import ANALYZER

_PASSAGES_AN_ARTICLE = 20
_AT_ONCE = 8
_ADDED = 20
_TOGETHER = 1000
_PATIENCE = 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("passages", type=int, nargs="*", default=[20_000, 200_000])
    for passages in parser.parse_args().passages:
        with tempfile.TemporaryDirectory() as name, opened_world(LARGE) as world:
            print(json.dumps(_measured(world, Path(name), passages)), flush=True)


def _measured(world: World, folder: Path, passages: int) -> dict[str, Any]:
    text, asked = corpus_of(folder, passages)
    questions: list[str] = json.loads(asked.read_text("utf-8"))
    store = world.store()
    with text.open(encoding="utf-8") as lines:
        batch: list[StoredFile] = []
        for number, draft in enumerate(articles(lines, _PASSAGES_AN_ARTICLE)):
            slug = f"a-{number:06}"
            batch.append(StoredFile(slug, f"{slug}.md", article_file(draft)))
            if len(batch) == _TOGETHER:
                store.put(batch)
                batch = []
        store.put(batch)
    embedded, _ = embedded_index(Settings(), store, folder / "near", ANALYZER, _PATIENCE)
    local = LocalIndex(embedded, world.outbox, EVERYONE, str, folder / "mark", _write, strict=False)
    near_shelf, far_shelf = Shelf(store, local), world.shelf()
    near, far = Library([near_shelf], ANALYZER), world.library()
    built = {"near": _seconds(near_shelf.refresh), "far": _seconds(far_shelf.refresh)}
    print(f"built in {built}", file=sys.stderr, flush=True)
    for library in (near, far):  # both are warm before they are measured
        for question in questions[:100]:
            library.ask(question)
    before = world.client.sent
    far_times = [_seconds(far.ask, question) for question in questions]
    requests = (world.client.sent - before) / len(questions)
    near_times = [_seconds(near.ask, question) for question in questions]
    together = asyncio.run(_together(far, questions))
    size = _bytes_of(world)
    with world.indexing():  # as another process does
        added = {
            "far": _added(store, far_shelf, far, "far"),
            "near": _added(store, near_shelf, near, "near"),
        }
    near.close()
    return {
        "passages": passages,
        "near": {**_told(near_times), "per_second_built": round(passages / built["near"]),
                 "added_ms": round(1000 * added["near"], 1)},
        "far": {**_told(far_times), "per_second_built": round(passages / built["far"]),
                "added_ms": round(1000 * added["far"], 1),
                "requests": round(requests, 2),
                "bytes_a_passage": round(size / passages),
                f"per_second_{_AT_ONCE}_at_once": round(len(questions) / together, 1)},
        "p50_ratio": round(median(far_times) / median(near_times), 1),
    }  # fmt: skip


def _bytes_of(world: World) -> int:
    """Return the bytes of the indexes, without the copies of their shards."""
    told = world.loop.run(world.client.send("GET", f"/{world.prefix}-*/_stats/store", None))
    return int(told["_all"]["primaries"]["store"]["size_in_bytes"])


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _seconds(action: Any, *arguments: Any) -> float:
    began = time.perf_counter()
    action(*arguments)
    return time.perf_counter() - began


def _told(times: list[float]) -> dict[str, float]:
    return {
        "p50_ms": round(1000 * median(times), 2),
        "p99_ms": round(1000 * percentile(times, 0.99), 2),
    }


async def _together(library: Library, questions: list[str]) -> float:
    """Return the seconds that the questions take, some at once."""
    waiting = list(questions)

    async def ask() -> None:
        while waiting:
            await library.ask_remote((), Question(waiting.pop(), limit=3))

    began = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(_AT_ONCE)))
    return time.perf_counter() - began


def _added(store: PostgresArticleStore, shelf: Shelf, library: Library, name: str) -> float:
    """Return the median of the seconds from an article's saving to the answer from it."""
    times = []
    for number in range(_ADDED):
        word = f"{name}{number}quark"
        draft = Draft(Head(f"About {word}", language="en"), f"The {word} was built in 1901.")
        began = time.perf_counter()
        store.save(word, draft)
        shelf.refresh()
        answer = library.ask(f"When was the {word} built?")
        times.append(time.perf_counter() - began)
        assert answer.matches[0].citation.slug == word
    return median(times)


if __name__ == "__main__":
    main()
