"""Questions that once took a third request to the cluster: none of them takes it now."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from bot.core.answer import Answer
from bot.core.article import Draft, Head
from bot.service.tenants import EVERYONE
from tests.cluster.opensearch.test_same_answers import shown
from tests.cluster.opensearch.world import Twins, World

MEANT = (("hare", "hard", "harp"), ("lane", "land", "lank"), ("bone", "bond", "bong"))
"""The words that may be meant by "harq", "lanq" and "bonq"."""


def ask(twins: Twins, question: str) -> tuple[int, Answer]:
    """Ask both the same, the cluster by a process that knows nothing yet; return how many requests
    that took, and this machine's answer."""
    world = twins.world
    process = World(world.connections, world.client.urls, world.prefix)
    try:
        process.loop.run(process.client.health())
        before = process.client.sent
        found = process.library(EVERYONE).ask(question, limit=3, further=3)
        taken = process.client.sent - before
    finally:
        process.close()
    near = twins.near().ask(question, limit=3, further=3)
    assert shown(found) == shown(near)
    return taken, near


def test_a_link_far_down_a_long_page(world: World, tmp_path: Path) -> None:
    """It rests on all that comes before; it is made when the page is taken up."""
    paragraphs = [
        f"The heron of pond {number} was counted in winter, {'with the owl and the hare ' * 12}too."
        for number in range(400)
    ]
    head = Head("Herons", url="https://example.org/herons", language="en")
    twins = Twins(world, tmp_path)
    twins.save({"herons": Draft(head, "\n\n".join(paragraphs))})
    twins.refresh()
    taken, answer = ask(twins, "When was the heron of pond 377 counted?")
    assert "pond 377" in answer.matches[0].passage.text
    assert "#:~:text=" in (answer.matches[0].citation.link or "")
    assert taken <= 2


@pytest.fixture
def choices(world: World, tmp_path: Path) -> Twins:
    """A passage for each choice of what three misspelt words may mean, and many others."""
    twins = Twins(world, tmp_path)
    chosen = [
        f"The {a} met the {b} and the {c} at quay{number} in {1900 + number}."
        for number, (a, b, c) in enumerate(product(*MEANT))
    ]
    others = [f"The {word} was seen at pond {at}." for at in range(30) for word in sum(MEANT, ())]
    for slug, paragraphs in (("chosen", chosen), ("others", others)):
        body = "\n\n".join(f"{each} {'Nothing else is known. ' * 40}" for each in paragraphs)
        twins.save({slug: Draft(Head(slug, language="en"), body)})
    twins.refresh()
    return twins


@pytest.mark.parametrize("number", range(0, 27, 2))
def test_words_that_may_mean_others_in_many_ways(choices: Twins, number: int) -> None:
    taken, answer = ask(choices, f"When did the harq meet the lanq and the bonq at quay{number}?")
    assert [each.searched for each in answer.repairs] == list(list(product(*MEANT))[number])
    assert taken <= 2
