"""A load test: many /ask at once, over a large corpus, through the real client.

    python -m tests.benchmarks.discord_load [--asks 1000] [--passages 10000] [--json]

Our Discord runs in this process, the bot in another, as in real life. The interactions are sent
as fast as the gateway delivers them, cooldowns off. Measured are, from the moment
INTERACTION_CREATE is sent: the acknowledgement, and the request that carries the answer; and in
the bot's process the longest time for which its event loop did nothing else (every 5 ms
somebody looks at the clock).
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import logging
import random
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from bot.config import CorpusSettings, DiscordSettings, SearchSettings, Settings
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Invocation, Person

TOKEN = "load-test"  # noqa: S105 - it opens nothing but this test's server
WORDS_A_PASSAGE = 70
PASSAGES_AN_ARTICLE = 10
LOOK = 0.005
"""Seconds between two looks at the clock."""


def write_corpus(folder: Path, passages: int, seed: int = 0, questions_each: int = 1) -> list[str]:
    """Articles of made-up words, as often as words are in a language (Zipf); returns questions
    made of words that stand together in them, so many of each passage."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    words = sorted(
        {"".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(30_000)}
    )
    chance.shuffle(words)
    weights = [1 / (rank + 3) for rank in range(len(words))]
    questions: list[str] = []
    folder.mkdir()
    for number in range(passages // PASSAGES_AN_ARTICLE):
        paragraphs = []
        for _ in range(PASSAGES_AN_ARTICLE):
            drawn = chance.choices(words, weights, k=WORDS_A_PASSAGE)
            sentences = [drawn[at : at + 14] for at in range(0, WORDS_A_PASSAGE, 14)]
            paragraphs.append(" ".join(" ".join(s).capitalize() + "." for s in sentences))
            asked = (drawn[at : at + 6] for at in range(20, 20 + questions_each))
            questions.extend("What is " + " ".join(together) + "?" for together in asked)
        title = f"Article {number} on {' '.join(chance.choices(words, k=3))}"
        text = f"---\ntitle: {title}\nlanguage: en\n---\n\n"
        (folder / f"article-{number}.md").write_text(text + "\n\n".join(paragraphs) + "\n")
    chance.shuffle(questions)
    return questions


def settings_in(folder: Path, api_url: str) -> Settings:
    """Cooldowns off, everything in one folder."""
    return Settings(
        CorpusSettings(folder / "corpus"),
        SearchSettings(cache=folder / "index"),
        DiscordSettings(
            data=folder / "data", api_url=api_url, user_cooldown=0.0, server_cooldown=0.0
        ),
    )


def run_bot(folder: Path, api_url: str) -> None:
    """The bot's process: prints the longest stall of its loop, in seconds, when it ends."""
    from bot import wiring
    from bot.frontends.cli import GARBAGE_AT
    from bot.frontends.discord.client import ArticleBot
    from bot.frontends.discord.reply_cards import Replies
    from bot.frontends.discord.run_bot import Token, api_at, serve
    from bot.frontends.log_output import write_log
    from bot.service.answers.asynchronous import AsyncAnswering
    from bot.service.learning.miss_recording import MissRecorder
    from bot.wiring import shared_state

    gc.set_threshold(GARBAGE_AT)  # as `articlebot run` has it
    settings = settings_in(folder, api_url)
    write_log(logging.StreamHandler())
    answering = wiring.answering(settings)
    answering.shelves.refresh()

    async def main() -> float:
        loop = asyncio.get_running_loop()
        stop = asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, stop.set)
        stalls = [0.0]
        looking = asyncio.create_task(_look(stalls))
        records = shared_state.records(settings, time.time)
        cooldown = shared_state.cooldowns(settings)
        background = shared_state.records_thread(settings)
        answering.events.subscribe(MissRecorder(background, lambda: 90.0))
        replies = Replies(AsyncAnswering(answering), records, background, cooldown)
        with api_at(api_url):
            bot = ArticleBot(replies, settings.discord)
            await serve(bot, Token(TOKEN, "the load test"), api_url, stop)
        looking.cancel()
        replies.close()
        return max(stalls[1:] or stalls)

    print(asyncio.run(main()))


async def _look(stalls: list[float]) -> None:
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LOOK
        await asyncio.sleep(LOOK)
        stalls.append(loop.time() - due)


class Figures(NamedTuple):
    """The measurements; times in seconds."""

    asks: int
    passages: int
    unanswered: int
    acknowledged: tuple[float, float, float]
    """p50, p99 and maximum, from INTERACTION_CREATE to the first response."""
    answered: tuple[float, float, float]
    """The same, to the request that carries the answer."""
    completed: tuple[float, float, float]
    """Autocomplete with a typing error, over the titles of all articles, on a quiet bot."""
    asks_a_second: float
    stall: float
    """The longest time in which the bot's loop did nothing else."""


def spread(times: Sequence[float]) -> tuple[float, float, float]:
    """p50, p99 and maximum."""
    ordered = sorted(times)
    return (
        ordered[len(ordered) // 2],
        ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
        ordered[-1],
    )


async def measure(folder: Path, asks: int, passages: int) -> Figures:
    """Start both, ask, and measure."""
    questions = write_corpus(folder / "corpus", passages)
    async with LoopbackDiscord(token=TOKEN) as discord:
        guilds = [discord.add_guild(f"Server {n}") for n in range(20)]
        people = [Person(f"Person {n}") for n in range(100)]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.benchmarks.discord_load",
            "--bot",
            str(folder),
            discord.api_url,
            stdout=asyncio.subprocess.PIPE,
        )
        await discord.gateway.ready.wait()
        for question in questions[-20:]:  # warm
            warm = await discord.slash(people[0], guilds[0].channel, "ask", question=question)
            await discord.answered(warm)
        completing = []
        for number in range(100):
            asked = discord.now()
            typed = f"atricle {number}"
            await discord.autocomplete(people[0], guilds[0].channel, "ask", "article", typed)
            completing.append(discord.now() - asked)
        began = discord.now()
        invocations: list[Invocation] = []
        for number in range(asks):
            place = guilds[number % len(guilds)].channel
            person = people[number % len(people)]
            question = questions[number % len(questions)]
            invocations.append(await discord.slash(person, place, "ask", question=question))
        with suppress(TimeoutError):
            for invocation in invocations:
                await discord.answered(invocation)
        took = max((one.answered_at or 0) for one in invocations) - began
        process.send_signal(signal.SIGTERM)
        out, _ = await process.communicate()
    answered = [one for one in invocations if one.answered_at is not None]
    return Figures(
        asks,
        passages,
        asks - len(answered),
        spread([one.acknowledged - one.created for one in answered if one.acknowledged]),
        spread([one.answered_at - one.created for one in answered if one.answered_at]),
        spread(completing),
        len(answered) / took,
        float(out),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--asks", type=int, default=1000)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--bot", nargs=2, metavar=("FOLDER", "API"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bot:
        run_bot(Path(options.bot[0]), options.bot[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(measure(Path(folder), options.asks, options.passages))
    if options.json:
        print(json.dumps(figures._asdict()))
        return
    print(f"{figures.asks:,} /ask at once over {figures.passages:,} passages")
    print(f"unanswered      {figures.unanswered}")
    measured = (
        ("acknowledged", figures.acknowledged),
        ("answered", figures.answered),
        ("autocompleted", figures.completed),
    )
    for name, times in measured:
        p50, p99, worst = (f"{seconds * 1000:,.0f} ms" for seconds in times)
        print(f"{name:15} p50 {p50}, p99 {p99}, maximum {worst}")
    print(f"answers/second  {figures.asks_a_second:,.0f}")
    print(f"longest stall   {figures.stall * 1000:,.0f} ms")


if __name__ == "__main__":
    main()
