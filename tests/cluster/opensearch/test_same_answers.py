"""The cluster's answers are those of an index of this machine: passages, order, scores, verdicts
and addresses, of everyone's articles and of servers', after changes too. With CLUSTER_THOROUGH=1 it
is a thousand questions over 20,000 passages and 50 servers. The benchmark
`tests.benchmarks.cluster.same` does the same with longer passages, whose words are as frequent as
in an encyclopedia."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.core.answer import Answer, Question
from bot.core.article import Draft, Head
from bot.service.tenants import EVERYONE, Tenant, discord_server
from tests.cluster.opensearch.world import Twins, World

THOROUGH = bool(os.environ.get("CLUSTER_THOROUGH"))
"""CI asks for it: all of it takes minutes."""
SERVERS = [discord_server(number) for number in range(1, 51 if THOROUGH else 5)]
PASSAGES = 20_000 if THOROUGH else 600
QUESTIONS = 1000 if THOROUGH else 24
_AT_ONCE = 16
_WORDS = (
    "heron owl fox hare river bridge tower market harbour ferry council budget school library "
    "museum painter winter storm harvest cider festival parade lantern bakery miller orchard "
    "railway station tunnel engineer mayor election hospital doctor garden fountain statue "
    "cathedral organ choir concert theatre comedy chess champion marathon bicycle lighthouse"
).split()
WORDS = [*_WORDS, *(f"{one}{other}" for one in _WORDS for other in _WORDS[:40])]
_SHARES = list(itertools.accumulate(1 / (at + 8) for at in range(len(WORDS))))


def article(random_: random.Random, number: int) -> Draft:
    """An article about nothing, with words as unequally frequent as in a language."""

    def sentence() -> str:
        words = random_.choices(WORDS, cum_weights=_SHARES, k=random_.randint(3, 9))
        return f"The {' and the '.join(words)} came in {random_.randint(1900, 1910)}."

    paragraphs = [
        " ".join(sentence() for _ in range(random_.randint(2, 4)))
        for _ in range(random_.randint(5, 25))
    ]
    head = Head(
        f"The {random_.choice(WORDS)} of {random_.choice(WORDS).title()} {number}",
        url=f"https://example.org/{number}" if number % 3 else None,
        digest_of="the report" if number % 11 == 0 else None,
        language="en",
    )
    return Draft(head, "\n\n".join(paragraphs))


def question(random_: random.Random) -> str:
    words = random_.choices(WORDS, cum_weights=_SHARES, k=random_.randint(1, 5))
    if random_.random() < 0.1:
        words.append(words.pop()[::-1])  # a word that no article holds
    elif random_.random() < 0.1:
        words.append(words[0][:2] + words[0][3:])  # one that is misspelt
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


async def compare(twins: Twins, asked: Sequence[tuple[Tenant, str]]) -> set[str]:
    """Ask both the same; return the kinds of the answers."""
    free = asyncio.Semaphore(_AT_ONCE)

    async def far(tenant: Tenant, text: str) -> Answer:
        async with free:
            return await twins.far(tenant).ask_remote((), Question(text, limit=3, further=3))

    found = await asyncio.gather(*(far(*each) for each in asked))
    kinds: set[str] = set()
    for (tenant, text), answer in zip(asked, found, strict=True):
        near = twins.near(tenant).ask(text, limit=3, further=3)
        assert shown(near) == shown(answer), text
        assert [match.score for match in near.matches] == pytest.approx(
            [match.score for match in answer.matches], rel=1e-9, abs=1e-9
        )
        kinds.add(near.kind)
    return kinds


def test_answers_are_the_same_after_changes_too(world: World, tmp_path: Path) -> None:
    random_ = random.Random(7)  # noqa: S311
    twins = Twins(world, tmp_path)
    tenants = [EVERYONE, *SERVERS]
    number = 0
    for tenant in tenants:
        wanted = PASSAGES * 2 // 5 if tenant == EVERYONE else PASSAGES * 3 // 5 // len(SERVERS)
        drafts: dict[str, Draft] = {}
        while wanted > 0:
            number += 1
            drafts[f"a{number:05}"] = draft = article(random_, number)
            wanted -= draft.body.count("\n\n") + 1
        drafts["copy"] = draft  # of equals, the first put comes first
        twins.save(drafts, tenant)
    twins.refresh()
    passages = [twins.near(tenant).passage_count() for tenant in tenants]
    assert sum(passages) - len(SERVERS) * passages[0] >= PASSAGES
    asked = [(random_.choice(tenants), question(random_)) for _ in range(QUESTIONS)]
    kinds = asyncio.run(compare(twins, asked[: QUESTIONS // 2]))
    for tenant in tenants:
        slugs = twins.slugs(tenant)
        changed = dict.fromkeys(["new", *random_.sample(slugs, 2)])
        twins.save({slug: article(random_, at) for at, slug in enumerate(changed)}, tenant)
        twins.remove(random_.choice([slug for slug in slugs if slug not in changed]), tenant)
    twins.refresh()
    kinds |= asyncio.run(compare(twins, asked[QUESTIONS // 2 :]))
    assert len(kinds) > 1


def test_a_question_of_two_shelves_takes_two_requests_at_the_most(
    world: World, tmp_path: Path
) -> None:
    """Everyone's articles and a server's are asked at once; what a misspelt word may mean is looked
    up with the others, and links are kept with the passages. What was counted and read for one
    question is there for the next, as long as no article changes."""
    twins = Twins(world, tmp_path)
    for tenant, bird in ((EVERYONE, "barn owl"), (SERVERS[0], "grey heron")):
        head = Head(f"The {bird}", url="https://example.org/birds", language="en")
        body = f"The {bird} hunts mice at night near the river.\n\nIt sleeps in the church tower."
        twins.save({"bird": Draft(head, body)}, tenant)
    twins.refresh()
    far, near = twins.far(SERVERS[0]), twins.near(SERVERS[0])
    first = "What does the grey heron hunt at night?"
    misspelt = "What does the barn owl hnut at night?"
    unknown = "Where does the zeppelin of the owl sleep?"

    def requests_for(asked: str) -> int:
        before = world.client.sent
        answer = far.ask(asked, limit=1, further=4)
        assert shown(answer) == shown(near.ask(asked, limit=1, further=4))
        assert "#:~:text=" in (answer.matches[0].citation.link or "")
        assert bool(answer.repairs) == (asked == misspelt)
        return world.client.sent - before

    assert requests_for(first) == 1  # all passages are among the candidates, which come whole
    assert requests_for(misspelt) <= 2
    assert requests_for(unknown) <= 2
    assert [requests_for(each) for each in (first, misspelt, unknown)] == [1, 1, 1]
    twins.save({"more": Draft(Head("The tawny owl"), "The tawny owl hunts at dusk.")})
    twins.refresh()
    assert [requests_for(first), requests_for(first)] == [1, 1]
    # a change that was not noticed yet: that the counts no longer hold is seen from the first
    for asked, bird in ((first, "snowy"), (misspelt, "little"), (unknown, "long-eared")):
        twins.save({bird: Draft(Head(f"The {bird} owl"), f"The {bird} owl hunts by day.")})
        assert world.indexer().catch_up(world.outbox.version(), 60.0)
        assert [requests_for(asked), requests_for(asked)] == [2, 1]


def test_a_change_that_was_not_noticed_costs_one_more_request(world: World, tmp_path: Path) -> None:
    """Also where an index holds more passages than are looked at, and words that no passage held
    before. None is of a digest: of one that only the second request finds, a third asks for the
    original."""
    random_ = random.Random(9)  # noqa: S311
    twins = Twins(world, tmp_path)
    drafts = (article(random_, number) for number in range(40))
    whole = [each._replace(head=each.head._replace(digest_of=None)) for each in drafts]
    twins.save({f"a-{number:02}": each for number, each in enumerate(whole)})
    twins.refresh()
    far, near = twins.far(), twins.near()
    asked = [f"When did the {' and the '.join(WORDS[at : at + 3])} come?" for at in range(8)]
    for number, each in enumerate(asked):
        assert shown(far.ask(each, limit=3)) == shown(near.ask(each, limit=3))
        new = f"The {WORDS[number]} came with the zeppelin{number} in 1911."
        twins.save({f"new-{number}": Draft(Head(f"Zeppelin {number}", language="en"), new)})
        assert world.indexer().catch_up(world.outbox.version(), 60.0)
        changed = each.replace("come", f"come with the zeppelin{number}")
        before = world.client.sent
        assert shown(far.ask(changed, limit=3)) == shown(near.ask(changed, limit=3))
        assert world.client.sent - before <= 2, changed


def test_questions_that_are_awaited_get_the_same_answers(world: World, tmp_path: Path) -> None:
    random_ = random.Random(8)  # noqa: S311
    twins = Twins(world, tmp_path)
    twins.save({f"a-{n:02}": article(random_, n) for n in range(20)})
    twins.refresh()
    far = twins.far()
    asked = [question(random_) for _ in range(10)]

    async def ask_all() -> list[Answer]:
        return await asyncio.gather(
            *(far.ask_remote((), Question(each, limit=3)) for each in asked)
        )

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
