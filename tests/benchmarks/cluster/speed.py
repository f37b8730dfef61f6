"""Asking and adding in a cluster of three processes, beside an index of this machine.

    python -m tests.benchmarks.cluster.speed [PASSAGES...]

Both are measured in one run, over the same articles; the nodes, PostgreSQL and the bot share this
machine's cores.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from bot.core.article import Draft, Head
from bot.core.library import Library
from bot.core.seams import Index
from tests.benchmarks.cluster.parts import LARGE, articles, opened_world, percentile
from tests.benchmarks.search.corpus import corpus_of
from tests.cluster.opensearch.world import World
from tests.fakes.article_store import FakeArticleStore
from tests.index.opened import ANALYZER, OpenedShelf

_PASSAGES_AN_ARTICLE = 20
_AT_ONCE = 8
_ADDED = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("passages", type=int, nargs="*", default=[20_000, 200_000])
    for passages in parser.parse_args().passages:
        with tempfile.TemporaryDirectory() as name, opened_world(LARGE) as world:
            print(json.dumps(_measured(world, Path(name), passages)), flush=True)


def _measured(world: World, folder: Path, passages: int) -> dict[str, Any]:
    text, asked = corpus_of(folder, passages)
    questions: list[str] = json.loads(asked.read_text("utf-8"))
    near_store, store = FakeArticleStore(), world.store()
    with text.open(encoding="utf-8") as lines, store.together():
        for number, draft in enumerate(articles(lines, _PASSAGES_AN_ARTICLE)):
            near_store.save(f"a-{number:06}", draft)
            store.save(f"a-{number:06}", draft)
    near_shelf = OpenedShelf(near_store, folder / "near")
    near, far = Library([near_shelf], ANALYZER), world.library()
    built = {"near": _seconds(near_shelf.refresh), "far": _seconds(world.shelf().refresh)}
    for library in (near, far):  # both are warm before they are measured
        for question in questions[:100]:
            library.ask(question)
    before = world.client.sent
    far_times = [_seconds(far.ask, question) for question in questions]
    requests = (world.client.sent - before) / len(questions)
    near_times = [_seconds(near.ask, question) for question in questions]
    together = asyncio.run(_together(far, questions))
    added = {
        "near": _added(near_store, near_shelf.index, near),
        "far": _added(store, world.shelf().index, far),
    }
    return {
        "passages": passages,
        "near": {**_told(near_times), "per_second_built": round(passages / built["near"]),
                 "added_ms": round(1000 * added["near"], 1)},
        "far": {**_told(far_times), "per_second_built": round(passages / built["far"]),
                "added_ms": round(1000 * added["far"], 1),
                "requests": round(requests, 2),
                f"per_second_{_AT_ONCE}_at_once": round(len(questions) / together, 1)},
        "p50_ratio": round(median(far_times) / median(near_times), 1),
    }  # fmt: skip


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
            await library.ask_remote((), waiting.pop())

    began = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(_AT_ONCE)))
    return time.perf_counter() - began


def _added(store: Any, index: Index, library: Library) -> float:
    """Return the median of the seconds from an article's saving to the answer from it."""
    times = []
    for number in range(_ADDED):
        word = f"zyx{number}quark"
        draft = Draft(Head(f"About {word}", language="en"), f"The {word} was built in 1901.")
        began = time.perf_counter()
        store.save(word, draft)
        index.refresh()
        answer = library.ask(f"When was the {word} built?")
        times.append(time.perf_counter() - began)
        assert answer.matches[0].citation.slug == word
    return median(times)


if __name__ == "__main__":
    main()
