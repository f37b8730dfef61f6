"""The cluster's answers are those of an index of this machine: passages, order, scores, verdicts
and addresses, of everyone's articles and of servers', after changes too. The benchmark
`tests.benchmarks.cluster_same` does the same with more."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from bot.core.answer import Answer
from bot.core.article import Draft, Head
from bot.service.tenants import EVERYONE, Tenant, discord_server
from tests.cluster.opensearch.world import Twins, World

TENANTS = [EVERYONE, *(discord_server(number) for number in range(1, 4))]
WORDS = (
    "heron owl fox hare river bridge tower market harbour ferry council budget school library "
    "museum painter winter storm harvest cider festival parade lantern bakery miller orchard "
    "railway station tunnel engineer mayor election hospital doctor garden fountain statue "
    "cathedral organ choir concert theatre comedy chess champion marathon bicycle lighthouse"
).split()


def article(random_: random.Random, number: int) -> Draft:
    """An article about nothing, with words as unequally frequent as in a language."""
    weights = [1 / (at + 1) for at in range(len(WORDS))]

    def sentence() -> str:
        words = random_.choices(WORDS, weights, k=random_.randint(4, 12))
        return f"The {' and the '.join(words)} came in {random_.randint(1900, 1910)}."

    paragraphs = [
        " ".join(sentence() for _ in range(random_.randint(2, 9)))
        for _ in range(random_.randint(1, 8))
    ]
    head = Head(
        f"The {random_.choice(WORDS)} of {random_.choice(WORDS).title()} {number}",
        url=f"https://example.org/{number}" if number % 3 else None,
        digest_of="the report" if number % 11 == 0 else None,
    )
    return Draft(head, "\n\n".join(paragraphs))


def question(random_: random.Random) -> str:
    words = random_.sample(WORDS, random_.randint(1, 5))
    if random_.random() < 0.2:
        words.append(words.pop()[::-1])  # a word that no article holds
    if random_.random() < 0.3:
        words.append(words.pop().title())
    return f"When did the {' and the '.join(words)} come?"


def shown(answer: Answer) -> tuple[object, ...]:
    """All of an answer but its scores."""
    return (
        answer.kind,
        round(answer.confidence, 9),
        [match.citation for match in answer.matches],
        [(match.passage, match.sentence, match.highlights) for match in answer.matches],
        answer.further,
        answer.unknown,
        answer.repairs,
        answer.nearest,
    )


def compare(twins: Twins, random_: random.Random, questions: int) -> set[str]:
    """Ask both the same; return the kinds of the answers."""
    kinds: set[str] = set()
    for _ in range(questions):
        tenant, asked = random_.choice(TENANTS), question(random_)
        near = twins.near(tenant).ask(asked, limit=3, further=3)
        far = twins.far(tenant).ask(asked, limit=3, further=3)
        assert shown(near) == shown(far), asked
        assert [match.score for match in near.matches] == pytest.approx(
            [match.score for match in far.matches], rel=1e-9, abs=1e-9
        )
        kinds.add(near.kind)
    return kinds


def test_answers_are_the_same_after_changes_too(world: World, tmp_path: Path) -> None:
    random_ = random.Random(7)  # noqa: S311
    twins = Twins(world, tmp_path)
    for at, tenant in enumerate(TENANTS):
        count = 60 if tenant == EVERYONE else 12
        drafts = {f"a{at}-{n:02}": article(random_, n) for n in range(count)}
        drafts[f"a{at}-copy"] = drafts[f"a{at}-01"]  # of equals, the first put comes first
        twins.save(drafts, tenant)
    twins.refresh()
    kinds = compare(twins, random_, 25)
    for at, tenant in enumerate(TENANTS):
        twins.save({f"a{at}-{n:02}": article(random_, n) for n in (3, 5, 70)}, tenant)
        twins.remove(f"a{at}-02", tenant)
    twins.refresh()
    kinds |= compare(twins, random_, 25)
    assert len(kinds) > 1


def test_questions_that_are_awaited_get_the_same_answers(world: World, tmp_path: Path) -> None:
    random_ = random.Random(8)  # noqa: S311
    twins = Twins(world, tmp_path)
    twins.save({f"a-{n:02}": article(random_, n) for n in range(20)})
    twins.refresh()
    far = twins.far()
    asked = [question(random_) for _ in range(10)]

    async def ask_all() -> list[Answer]:
        return await asyncio.gather(*(far.ask_remote((), each) for each in asked))

    assert far.is_remote
    assert list(map(shown, asyncio.run(ask_all()))) == [shown(twins.near().ask(q)) for q in asked]


def test_a_server_s_articles_are_nobody_else_s(world: World, tmp_path: Path) -> None:
    north, south = discord_server(10), discord_server(11)
    twins = Twins(world, tmp_path)
    secret = Draft(Head("Secret plans"), "The lantern parade of the north begins at noon.")
    twins.save({"plain": Draft(Head("Parade"), "A parade in winter is a rare thing.")})
    twins.save({"secret": secret}, north)
    twins.save({"south": Draft(Head("South"), "The ferry of the south leaves at nine.")}, south)
    twins.refresh()
    asked = "When does the lantern parade begin?"
    before = twins.far(south).ask(asked)
    alone = twins.far().ask(asked)
    assert twins.far(north).ask(asked).matches[0].citation.slug == "10/secret"
    for tenant in (EVERYONE, south):
        assert _slugs(twins, tenant, asked).isdisjoint({"10/secret", "secret"})
        assert twins.far(tenant).entry("10/secret") is None
    # nor does anything of theirs count in anybody else's statistics
    more = {f"n{n:02}": secret._replace(head=Head(f"Plan {n}")) for n in range(20)}
    twins.save(more, north)
    twins.refresh()
    assert shown(twins.far(south).ask(asked)) == shown(before)
    assert shown(twins.far().ask(asked)) == shown(alone)
    assert twins.far(south).passage_count() == 2


def _slugs(twins: Twins, tenant: Tenant, asked: str) -> set[str]:
    return {match.citation.slug for match in twins.far(tenant).ask(asked, limit=50).matches}
