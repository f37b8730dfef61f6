"""A question costs two requests to the cluster at the most, the first one of a process too."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.core.answer import Answer
from bot.core.article import Draft, Head
from bot.service.tenants import EVERYONE, Tenant, discord_server
from tests.cluster.opensearch.running import RunningCluster
from tests.cluster.opensearch.test_same_answers import THOROUGH, WORDS, article, question, shown
from tests.cluster.opensearch.world import Twins, World, new_world

NORTH = discord_server(10)
QUESTIONS = 50 if THOROUGH else 10
ALIKE = 1000
MEANT = ("heren", "forx", "ahre")
"""Words of which it is told by the words beside them which one was meant: "heron" or "here"."""


@pytest.fixture(scope="module")
def twins(opensearch: RunningCluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    """Articles of everyone and of a server, some of them digests of others, and more passages than
    are looked at that score nearly the same, whichever word they are found by."""
    with new_world(opensearch) as world:
        made = Twins(world, tmp_path_factory.mktemp("twins"))
        fill(made)
        yield made
        for index in world.loop.run(world.client.described([f"{world.prefix}-*"])):
            world.loop.run(world.client.delete(index))


def fill(made: Twins) -> None:
    random_ = random.Random(19)  # noqa: S311
    for tenant in (EVERYONE, NORTH):
        drafts = {f"a-{number:02}": article(random_, number) for number in range(30)}
        digests = [each for each in drafts.values() if each.head.digest_of is not None]
        for number, digest in enumerate(digests[::2]):
            whole = article(random_, number)
            head = digest.head._replace(digest_of=None)
            drafts[f"b-{number:02}"] = whole._replace(head=head)
        made.save(drafts, tenant)
    made.save({f"c-{number:02}": alike(random_, number) for number in range(ALIKE // 20)})
    made.refresh()


@contextmanager
def new_process(twins: Twins) -> Iterator[World]:
    """The part of a process that knows nothing of the cluster but its version, which is looked up
    once, and nothing of the articles but what the database notes."""
    world = twins.world
    made = World(world.connections, world.client.urls, world.prefix)
    try:
        made.loop.run(made.client.health())
        yield made
    finally:
        made.close()


def compare(process: World, twins: Twins, tenant: Tenant, asked: str) -> Answer:
    """Ask both the same; return this machine's answer."""
    before = process.client.sent
    found = process.library(tenant).ask(asked, limit=3, further=3)
    assert process.client.sent - before <= 2, asked
    near = twins.near(tenant).ask(asked, limit=3, further=3)
    assert shown(found) == shown(near)
    return near


def alike(random_: random.Random, number: int) -> Draft:
    """An article of twenty passages that hold the same words, but for one or two."""
    paragraphs = [
        f"The herons {'and the owls ' * (at % 2)}come to the {random_.choice(WORDS)}, the "
        f"{random_.choice(WORDS)} and the {random_.choice(WORDS)}, as they came in 1905. " * 3
        for at in range(20)
    ]
    return Draft(Head(f"Herons {number}", language="en"), "\n\n".join(paragraphs))


def questions() -> list[str]:
    random_ = random.Random(20)  # noqa: S311
    return [
        "When did the herons come?",
        "Did the herons come and the owls come?",
        *(question(random_) for _ in range(QUESTIONS)),
    ]


def test_the_first_question_of_a_process_takes_two(twins: Twins) -> None:
    for asked in questions():
        with new_process(twins) as process:
            compare(process, twins, NORTH, asked)


def misspelt_questions() -> list[str]:
    """Questions with words that no article holds: several of them, so that more spellings are
    looked for than one search takes, and such as may mean several words."""
    long = [f"{one}{other}" for one in ("cathedral", "lighthouse") for other in ("heron", "owl")]
    several = [f"When did the {' and the '.join(w[:at] + w[at + 1 :] for w in long)} come?"
               for at in (3, 6)]  # fmt: skip
    return [*several, *(f"When did the {word} and the bridge come?" for word in MEANT)]


@pytest.mark.parametrize("tenant", [EVERYONE, NORTH])
def test_so_do_those_with_words_that_no_article_holds(twins: Twins, tenant: Tenant) -> None:
    doubted = 0
    for asked in misspelt_questions():
        with new_process(twins) as process:
            doubted += len(compare(process, twins, tenant, asked).repairs)
    assert doubted


@pytest.mark.parametrize("tenant", [EVERYONE, NORTH])
def test_so_do_the_questions_after_it(twins: Twins, tenant: Tenant) -> None:
    with new_process(twins) as process:
        for asked in questions():
            compare(process, twins, tenant, asked)
