"""Answers of one server are given again in others that see the same articles, and nobody can tell
that they were asked for before."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from bot.core.answer import Answer, Question
from bot.core.seams.pairs import KeptPair
from bot.service.answers.answering import Answering
from bot.service.answers.recent_answers import LONGEST_PAUSE, RecentAnswers
from bot.service.answers.reply import Reply
from bot.service.events.event_types import Answered, Event, Missed
from bot.service.events.stream import Events
from bot.service.shelves.shelves import Quota, Shelves
from bot.service.tenants import EVERYONE, Tenant, discord_server
from bot.text.analyzer import Languages
from tests.fakes.remote_storage import FakeRemoteStorage

ANALYZER = Languages()
NORTH, SOUTH, WEST = discord_server(1), discord_server(2), discord_server(3)
HUNTS = "What does the barn owl hunt?"
MICE = "In the fields behind the mill the barn owl hunts mice at night."
HARES = "The barn owl hunts hares."


class Scene:
    """A service over articles that are searched over a network, one of them everyone's."""

    def __init__(self) -> None:
        self.storage = FakeRemoteStorage(ANALYZER)
        self.put(EVERYONE, MICE)
        self.told: list[Event] = []
        events = Events()
        events.subscribe(self.told.append)
        self.pauses: list[float] = []
        seconds = itertools.count()  # a second passes between two looks at the clock

        async def pause(duration: float) -> None:
            self.pauses.append(duration)

        shelves = Shelves(self.storage, ANALYZER, Quota(), events)
        self.service = Answering(
            shelves, events, clock=lambda: next(seconds) / 100, recent=RecentAnswers(sleep=pause)
        )

    def put(self, tenant: Tenant, body: str, *, taken_up: bool = True) -> None:
        self.storage.save(tenant, "owl", "The barn owl", body)
        if taken_up:
            self.storage.take_up(tenant)

    def reply(self, tenant: Tenant, question: str = HUNTS) -> Reply:
        return asyncio.run(self.service.answer_remote(tenant, Question(question, further=2)))

    def ask(self, tenant: Tenant, question: str = HUNTS) -> Answer:
        return self.reply(tenant, question).answer

    def text(self, tenant: Tenant, question: str = HUNTS) -> str:
        return self.ask(tenant, question).matches[0].passage.text

    @property
    def searches(self) -> int:
        return self.storage.index(EVERYONE).opened


def test_servers_without_articles_of_their_own_share_an_answer() -> None:
    scene = Scene()
    first = scene.ask(NORTH)
    assert first.matches[0].passage.text == MICE
    assert scene.searches == 1
    assert scene.ask(SOUTH) is first
    assert scene.ask(EVERYONE) is first
    assert scene.searches == 1
    assert scene.ask(SOUTH, "What does the tawny owl hunt?") is not first


def test_a_server_with_articles_of_its_own_neither_gives_nor_gets_an_answer() -> None:
    scene = Scene()
    scene.put(NORTH, HARES)
    assert scene.text(SOUTH) == MICE
    assert scene.text(NORTH) == HARES
    assert scene.text(WEST) == MICE
    assert [scene.text(tenant) for tenant in (NORTH, SOUTH, EVERYONE)] == [HARES, MICE, MICE]
    assert scene.searches == 2
    scene.put(SOUTH, HARES.replace("hares", "moles"))
    assert [scene.text(tenant) for tenant in (NORTH, SOUTH)] == [
        HARES,
        HARES.replace("hares", "moles"),
    ]


def test_the_first_article_of_a_server_s_own_is_found_by_its_next_question() -> None:
    scene = Scene()
    assert [scene.text(tenant) for tenant in (NORTH, SOUTH, NORTH)] == [MICE] * 3
    scene.put(NORTH, HARES)
    assert [scene.text(tenant) for tenant in (NORTH, SOUTH)] == [HARES, MICE]
    scene.put(NORTH, HARES.replace("hares", "voles"))
    assert scene.text(NORTH) == HARES.replace("hares", "voles")
    scene.service.shelves.erase(NORTH)
    assert scene.text(NORTH) == MICE


def test_nobody_gets_an_answer_of_articles_as_they_were() -> None:
    scene = Scene()
    assert scene.text(NORTH) == MICE
    scene.put(EVERYONE, MICE.replace("mice", "voles"), taken_up=False)
    scene.text(SOUTH)
    assert scene.searches == 2  # it has changed, whether that can be found already or not
    scene.storage.take_up(EVERYONE)
    assert scene.text(SOUTH) == MICE.replace("mice", "voles")
    kept = KeptPair(HUNTS, scene.ask(SOUTH).matches[0].citation.address, "", "")
    everyones = scene.storage.shelf(EVERYONE).kept
    assert everyones is not None
    everyones.keep(kept)
    assert scene.ask(WEST).matches[0].is_kept
    own = scene.storage.shelf(NORTH).kept
    assert own is not None
    everyones.forget(HUNTS)
    own.keep(kept)
    assert [scene.ask(tenant).matches[0].is_kept for tenant in (SOUTH, NORTH, WEST)] == [
        *(False, True),
        False,
    ]


def test_what_others_have_asked_takes_as_long_as_what_nobody_has() -> None:
    """The time an answer takes tells nobody what is asked elsewhere."""
    scene = Scene()
    for number in range(100):
        scene.ask(NORTH, f"What does the owl of number {number} hunt?")
    assert scene.pauses == []
    for tenant in (NORTH, SOUTH):  # who has asked it themselves waits, too: others may have
        scene.ask(tenant, "What does the owl of number 1 hunt?")
    assert scene.pauses == [pytest.approx(0.01, rel=0.01)] * 2
    scene.put(NORTH, HARES)
    scene.ask(NORTH)
    scene.ask(NORTH)  # a server that nobody else shares an answer with
    assert len(scene.pauses) == 2


@pytest.mark.parametrize(("took", "paused"), [(0.1, 0.1), (60.0, LONGEST_PAUSE)])
def test_a_pause_is_as_long_as_answers_take_just_now_but_not_too_long(
    took: float, paused: float
) -> None:
    pauses: list[float] = []

    async def pause(duration: float) -> None:
        pauses.append(duration)

    recent = RecentAnswers(sleep=pause)
    answer = Answer("Why?", "none", 0.0, (), (), (), None)
    for seconds in (5.0, *[took] * 200):
        recent.keep((("",), Question("Why?")), 1, answer, seconds, NORTH)
    kept = recent.known((("",), Question("Why?")), 1, NORTH).answer
    assert kept is not None
    assert asyncio.run(recent.given(kept)) is answer
    assert pauses == [pytest.approx(paused, rel=0.01)]


def test_each_server_s_own_events_are_told() -> None:
    scene = Scene()
    missed = "Which zeppelin carries the marmalade to Zanzibar?"
    for tenant in (NORTH, SOUTH):
        scene.ask(tenant)
        assert scene.reply(tenant, missed).miss is not None
    answered = [each.tenant for each in scene.told if isinstance(each, Answered)]
    assert answered == [NORTH, SOUTH]
    assert [each.tenant for each in scene.told if isinstance(each, Missed)] == [NORTH, SOUTH]
    misses = [scene.reply(tenant, missed).miss for tenant in (NORTH, SOUTH)]
    assert [miss and miss.tenant for miss in misses] == [NORTH, SOUTH]


def test_words_of_a_server_s_own_titles_are_missing_in_others_alone() -> None:
    """A shared answer is completed for each server by itself."""
    scene = Scene()
    scene.put(NORTH, HARES)
    scene.storage.save(NORTH, "zeppelin", "The zeppelin", "It flies.")
    scene.storage.take_up(NORTH)
    missed = "Which zeppelin carries marmalade?"
    unknown = [scene.ask(tenant, missed).unknown for tenant in (SOUTH, NORTH, WEST)]
    assert unknown[0] == unknown[2]
    assert "zeppelin" in unknown[0]
    assert "zeppelin" not in unknown[1]


def test_a_question_is_not_asked_again_for_one_that_follows_it() -> None:
    """But for others than the last one who was given its answer."""
    scene = Scene()
    called = scene.storage.index(EVERYONE).called

    def prepared(tenant: Tenant) -> int:
        """Return how many searches a question takes that follows."""
        called.clear()
        asked = Question("And where is that?", further=2, earlier=(HUNTS,))
        answer = asyncio.run(scene.service.answer_remote(tenant, asked)).answer
        assert (answer.follows, answer.matches[0].passage.text) == (HUNTS, MICE)
        scene.put(EVERYONE, MICE)  # so that no answer is known any more
        return called.count("prepare")

    alone = prepared(NORTH)
    scene.ask(NORTH)
    assert prepared(NORTH) == alone - 1
    scene.ask(NORTH)
    assert prepared(SOUTH) == alone
    kept = scene.storage.shelf(EVERYONE).kept
    assert kept is not None
    kept.keep(KeptPair("How many owls are there?", "owl#1", "", ""))
    scene.ask(NORTH)
    assert prepared(NORTH) == alone
