"""Delay until a running bot answers from a changed file, and the delay of questions meanwhile.

    python -m tests.benchmarks.live [--articles 10,10000] [--rounds 20] [--json]

The bot's own watch, its worker threads and its shelves run as they do on Discord, over a folder
of made-up articles. Each round does one thing to the folder and asks, again and again, a question
that only the changed article answers, until the answer is the new one. Measured are the time from
the end of the change to that answer, and the longest that any question took meanwhile; beside it
the longest of as many questions while nothing changed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bot import wiring
from bot.config import CorpusSettings, DiscordSettings, SearchSettings, Settings
from bot.core.answer import Question
from bot.service.answers.asynchronous import AsyncAnswering
from bot.service.shelves.shelves import ChangedSlugs
from bot.service.tenants import EVERYONE
from bot.wiring import incoming
from tests.benchmarks.discord_load import PASSAGES_AN_ARTICLE, write_corpus

PULLED = 100
"""Files that come at once, as with ``git pull``."""
PATIENCE = 30.0


class Result(NamedTuple):
    """The result of one kind of change, in milliseconds."""

    articles: int
    change: str
    rounds: int
    median: float
    p99: float
    longest: float
    question: float
    """The longest that a question took meanwhile."""


class Scene:
    """A folder of articles, and the bot that answers from it."""

    def __init__(self, folder: Path, service: AsyncAnswering) -> None:
        self.corpus = folder / "corpus"
        self.outside = folder / "outside"
        self.outside.mkdir()
        self.service = service
        self.asked: list[float] = []
        self._number = 0

    def word(self) -> str:
        """A word that no article has yet."""
        self._number += 1
        return "zq" + "".join(chr(ord("a") + int(digit)) for digit in f"{self._number:06}")

    async def answers(self, word: str) -> bool:
        """Ask for a word; whether something answers."""
        begun = time.perf_counter()
        answer = (await self.service.ask(EVERYONE, Question(f"Who measured the {word}?"))).answer
        self.asked.append(time.perf_counter() - begun)
        return answer.answered and any(word in m.passage.text for m in answer.matches)

    async def until(self, word: str, there: bool) -> float:
        """Seconds until the word is answered from, or no longer."""
        begun = time.perf_counter()
        while await self.answers(word) != there:
            if time.perf_counter() - begun > PATIENCE:
                raise TimeoutError(f"{word}: nothing changed within {PATIENCE:g} seconds")
            await asyncio.sleep(0.005)
        return time.perf_counter() - begun


def text_of(word: str) -> str:
    """An article that alone tells of the word."""
    return (
        f"---\ntitle: The {word}\nlanguage: en\n---\n\n"
        f"Mira Oldham measured the {word} in the harbour on a Monday.\n\n"
        "Nobody else was there, and the tide was out.\n"
    )


async def written(scene: Scene) -> float:
    word = scene.word()
    (scene.corpus / f"{word}.md").write_text(text_of(word))
    return await scene.until(word, there=True)


async def renamed_over(scene: Scene) -> float:
    old, new = scene.word(), scene.word()
    path = scene.corpus / f"{old}.md"
    path.write_text(text_of(old))
    await scene.until(old, there=True)
    part = scene.outside / "part"
    part.write_text(text_of(new))
    part.replace(path)
    return await scene.until(new, there=True)


async def half_written(scene: Scene) -> float:
    word = scene.word()
    text = text_of(word)
    with (scene.corpus / f"{word}.md").open("w") as file:
        file.write(text[: len(text) // 3])
        file.flush()
        await asyncio.sleep(0.3)
        file.write(text[len(text) // 3 :])
    return await scene.until(word, there=True)


async def deleted(scene: Scene) -> float:
    word = scene.word()
    path = scene.corpus / f"{word}.md"
    path.write_text(text_of(word))
    await scene.until(word, there=True)
    path.unlink()
    return await scene.until(word, there=False)


async def pulled(scene: Scene) -> float:
    words = [scene.word() for _ in range(PULLED)]
    for word in words:
        (scene.corpus / f"pulled-{words.index(word)}.md").write_text(text_of(word))
    begun = time.perf_counter()
    for word in words[:: PULLED // 4]:
        await scene.until(word, there=True)
    took = time.perf_counter() - begun
    for word in words:
        await scene.until(word, there=True)
    return took


CHANGES: dict[str, Callable[[Scene], Awaitable[float]]] = {
    "written": written,
    "renamed over": renamed_over,
    "half written first": half_written,
    "deleted": deleted,
    f"{PULLED} at once": pulled,
}


async def measure(folder: Path, articles: int, rounds: int) -> list[Result]:
    """All kinds of change over a corpus of so many articles."""
    write_corpus(folder / "corpus", articles * PASSAGES_AN_ARTICLE)
    settings = Settings(
        CorpusSettings(folder / "corpus"),
        SearchSettings(cache=folder / "index"),
        DiscordSettings(data=folder / "data"),
    )
    service = AsyncAnswering(wiring.answering(settings))
    shelves = service.answering.shelves
    shelves.refresh()
    scene = Scene(folder, service)

    async def refresh(among: ChangedSlugs | None) -> None:
        await service.change(partial(shelves.refresh, among=among))

    watching = asyncio.create_task(incoming.watch(settings, refresh))
    results = []
    try:
        await asyncio.sleep(1.0)
        for _ in range(20 * rounds):
            await scene.answers("nothing")
        results.append(Result(articles, "nothing", 0, 0.0, 0.0, 0.0, 1000 * max(scene.asked)))
        for name, change in CHANGES.items():
            await change(scene)  # what is loaded once is not counted
            scene.asked.clear()
            few = rounds if change is not pulled else max(3, rounds // 5)
            took = sorted([1000 * await change(scene) for _ in range(few)])
            at = took[min(len(took) - 1, round(0.99 * len(took)))]
            longest = 1000 * max(scene.asked)
            results.append(Result(articles, name, few, took[len(took) // 2], at, took[-1], longest))
    finally:
        watching.cancel()
        service.close()
    return results


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print a line for each kind of change."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--articles", default="10,10000", help="how many (default: 10,10000)")
    parser.add_argument("--rounds", type=int, default=20, help="of each change (default: 20)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    results = []
    for articles in map(int, options.articles.split(",")):
        folder = Path(tempfile.mkdtemp(prefix="live-"))
        try:
            results += asyncio.run(measure(folder, articles, options.rounds))
        finally:
            shutil.rmtree(folder)
    if options.json:
        json.dump([result._asdict() for result in results], sys.stdout, indent=2)
        print()
        return 0
    print("articles  change                 p50     p99     max   longest question (ms)")
    for articles, change, rounds, median, p99, longest, question in results:
        times = f"{median:7.0f} {p99:7.0f} {longest:7.0f}" if rounds else " " * 23
        print(f"{articles:8,}  {change:18} {times}   {question:7.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
