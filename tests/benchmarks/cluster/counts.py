"""Real questions asked of a cluster, and the number of requests that each takes.

    python -m tests.benchmarks.cluster.counts FOLDER... [--questions N] [--perturb typo]
        [--follow N] [--cold]

Each folder has a ``corpus`` and a ``questions.jsonl``, as ``squad_to_corpus.py`` of the quality
material makes them; all articles are everyone's, and those without a link get one, so that each
answer has one. Some questions of each folder are asked, first as they are there, then perturbed
where that is wanted; where that is, each as one that follows those before it in the file, or by a
process that knows nothing yet. The answers are compared with those of an index of this machine.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from bot.core.article import Draft
from bot.core.measuring.perturbation import PERTURBATIONS, perturb
from bot.sources.formats.file_reading import read_file
from tests.benchmarks.cluster.parts import opened_world
from tests.cluster.opensearch.test_same_answers import shown
from tests.cluster.opensearch.world import Twins, World
from tests.index.opened import ANALYZER

_FEW = 2
"""Requests; questions that take more are printed."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--perturb", choices=PERTURBATIONS)
    parser.add_argument("--follow", type=int, default=0, help="ask each after so many before it")
    parser.add_argument("--cold", action="store_true", help="ask each by a process that is new")
    options = parser.parse_args()
    chance = Random(5)  # noqa: S311 (no secret)
    with tempfile.TemporaryDirectory() as name, opened_world() as world:
        twins = Twins(world, Path(name))
        for number, folder in enumerate(options.folders):
            twins.save(_drafts(folder / "corpus", f"{number}-"))
        twins.refresh()
        near, far = twins.near(), twins.far()
        print(f"{len(twins.slugs())} articles, {near.passage_count()} passages", flush=True)
        for folder in options.folders:
            every = _asked(folder / "questions.jsonl", options.follow)
            asked = chance.sample(every, min(options.questions, len(every)))
            if options.perturb is not None:
                asked += [
                    (perturb(each, options.perturb, chance, ANALYZER), earlier)
                    for each, earlier in asked
                ]
            taken: Counter[int] = Counter()
            for question, earlier in asked:
                process = world
                if options.cold:
                    process = World(world.connections, world.client.urls, world.prefix)
                    process.loop.run(process.client.health())
                    far = process.library()
                before = process.client.sent
                found = far.ask(question, None, 3, 3, earlier)
                requests = process.client.sent - before
                taken[requests] += 1
                if requests > _FEW:
                    print(f"{requests}: {question!r} after {earlier}", flush=True)
                assert shown(found) == shown(near.ask(question, None, 3, 3, earlier)), question
                if options.cold:
                    process.close()
            print(
                f"{folder.name}: requests for a question: {dict(sorted(taken.items()))}", flush=True
            )


def _asked(path: Path, follow: int) -> list[tuple[str, tuple[str, ...]]]:
    """Return the questions of a file, each with the earlier ones that it follows."""
    every = [str(json.loads(line)["question"]) for line in path.read_text("utf-8").splitlines()]
    if not follow:
        return [(each, ()) for each in every]
    following = [f"And {each[:1].lower()}{each[1:]}" for each in every]
    return [
        (following[at], (every[at - follow], *following[at - follow + 1 : at]))
        for at in range(follow, len(every))
    ]


def _drafts(corpus: Path, prefix: str) -> dict[str, Draft]:
    drafts: dict[str, Draft] = {}
    for path in sorted(corpus.glob("*.md")):
        (draft,) = read_file(path.read_bytes(), path.name)
        slug = f"{prefix}{path.stem}"
        head = draft.head._replace(url=draft.head.url or f"https://example.org/{slug}")
        drafts[slug] = draft._replace(head=head)
    return drafts


if __name__ == "__main__":
    main()
