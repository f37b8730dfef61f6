"""Real questions asked of a cluster, and the number of requests that each takes.

    python -m tests.benchmarks.cluster.counts FOLDER... [--questions N] [--perturb typo]

Each folder has a ``corpus`` and a ``questions.jsonl``, as ``squad_to_corpus.py`` of the quality
material makes them; all articles are everyone's, and those without a link get one, so that each
answer has one. Some questions of each folder are asked, first as they are there, then perturbed
where that is wanted; the answers are compared with those of an index of this machine.
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
from tests.cluster.opensearch.world import Twins
from tests.index.opened import ANALYZER


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--perturb", choices=PERTURBATIONS)
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
            lines = (folder / "questions.jsonl").read_text("utf-8").splitlines()
            every = [str(json.loads(line)["question"]) for line in lines]
            asked = chance.sample(every, min(options.questions, len(every)))
            if options.perturb is not None:
                asked += [perturb(each, options.perturb, chance, ANALYZER) for each in asked]
            taken: Counter[int] = Counter()
            for question in asked:
                before = world.client.sent
                found = far.ask(question, limit=3, further=3)
                taken[world.client.sent - before] += 1
                assert shown(found) == shown(near.ask(question, limit=3, further=3)), question
            print(
                f"{folder.name}: requests for a question: {dict(sorted(taken.items()))}", flush=True
            )


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
