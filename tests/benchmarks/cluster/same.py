"""The cluster's answers beside those of an index of this machine: are they the same?

    python -m tests.benchmarks.cluster.same [--passages N] [--servers N] [--questions N]

Half of the questions are asked after the articles were saved, half after some were added, changed
and removed. Ends with status 1 at the first difference.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from bot.core.article import Draft
from bot.service.tenants import EVERYONE, Tenant, discord_server
from tests.benchmarks.cluster.parts import articles, opened_world
from tests.benchmarks.search.corpus import corpus_of, write_questions
from tests.cluster.opensearch.test_same_answers import shown
from tests.cluster.opensearch.world import Twins

_OF_EVERYONE = 0.4
_PASSAGES_AN_ARTICLE = 5
_CHANGED = 0.03
"""Share of the articles of each shelf that is added, changed and removed."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--servers", type=int, default=50)
    parser.add_argument("--questions", type=int, default=1000)
    options = parser.parse_args()
    chance = random.Random(5)  # noqa: S311 (no secret)
    with tempfile.TemporaryDirectory() as name, opened_world() as world:
        folder = Path(name)
        text, asked = corpus_of(folder, options.passages)
        write_questions(asked, text, options.passages, options.questions)
        questions = json.loads(asked.read_text("utf-8"))
        twins = Twins(world, folder / "near")
        tenants = [EVERYONE, *(discord_server(n + 1) for n in range(options.servers))]
        with text.open(encoding="utf-8") as lines:
            drafts = list(articles(lines, _PASSAGES_AN_ARTICLE))
        for tenant, own in _shared_out(drafts, tenants).items():
            twins.save(own, tenant)
        began = time.perf_counter()
        twins.refresh()
        print(f"{len(drafts)} articles taken up in {time.perf_counter() - began:.0f} s", flush=True)
        half = len(questions) // 2
        kinds = _compare(twins, questions[:half], tenants, chance)
        for tenant, own in _shared_out(drafts, tenants).items():
            slugs = sorted(own)
            some = chance.sample(slugs, max(1, round(_CHANGED * len(slugs))))
            changed = {slug: chance.choice(drafts) for slug in some}
            twins.save(changed | {f"z-{slug}": own[slug] for slug in some}, tenant)
            twins.remove(chance.choice(sorted(set(slugs) - set(some))), tenant)
        twins.refresh()
        kinds += _compare(twins, questions[half:], tenants, chance)
        told = ", ".join(f"{kinds.count(kind)} {kind}" for kind in sorted(set(kinds)))
        print(
            f"{len(kinds)} questions, {options.passages} passages, {options.servers} servers: all "
            f"answers are the same ({told}); {world.client.sent} requests in all"
        )


def _shared_out(drafts: list[Draft], tenants: list[Tenant]) -> dict[Tenant, dict[str, Draft]]:
    """Return each tenant's articles by slug."""
    whole = round(_OF_EVERYONE * len(drafts))
    found: dict[Tenant, dict[str, Draft]] = {EVERYONE: {}}
    for number, draft in enumerate(drafts):
        tenant = EVERYONE if number < whole else tenants[1 + number % (len(tenants) - 1)]
        found.setdefault(tenant, {})[f"a-{number:06}"] = draft
    return found


def _compare(
    twins: Twins, questions: list[str], tenants: list[Tenant], chance: random.Random
) -> list[str]:
    """Ask both; return the kinds of the answers."""
    kinds: list[str] = []
    taken: list[int] = []
    for question in questions:
        tenant = chance.choice(tenants)
        near = twins.near(tenant).ask(question, limit=3, further=3)
        before = twins.world.client.sent
        far = twins.far(tenant).ask(question, limit=3, further=3)
        taken.append(twins.world.client.sent - before)
        scores = [[match.score for match in answer.matches] for answer in (near, far)]
        apart = [abs(a - b) for a, b in zip(*scores, strict=False)]
        if (
            shown(near) != shown(far)
            or len(set(map(len, scores))) > 1
            or max(apart, default=0) > 1e-9
        ):
            print(
                f"{tenant.name or 'everyone'}: {question}\n near {shown(near)}\n far {shown(far)}"
            )
            sys.exit(1)
        kinds.append(near.kind)
    counted = {number: taken.count(number) for number in sorted(set(taken))}
    print(
        f"{len(questions)} the same; requests for a question, of all shelves: {counted}", flush=True
    )
    return kinds


if __name__ == "__main__":
    main()
