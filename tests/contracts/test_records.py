"""The contract of all records, whatever keeps them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.cluster.postgres.record_statements import PostgresStatements
from bot.service.records import (
    Chat,
    GivenAnswer,
    Records,
    ServerSettings,
    open_records,
    records_over,
)
from bot.service.records.given_answers import DAY
from bot.service.records.recorded_misses import Miss, WeighedWord
from bot.service.records.tells import Tell
from bot.service.records.votes import VotedDown
from bot.service.tenants import EVERYONE, Tenant, discord_server
from tests.cluster.postgres.servers import empty_records_database
from tests.fakes.clock import Clock

NORTH, SOUTH = discord_server(10), discord_server(11)
HERE, THERE = Chat(NORTH, 100), Chat(EVERYONE, 200)
Maker: TypeAlias = Callable[[Path, Clock], Records]


def postgres_records(clock: Clock) -> Records:
    statements = PostgresStatements(empty_records_database())
    return records_over(statements, clock, lambda: None, waits=True)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(
    params=[
        lambda folder, clock: open_records(folder / "r.sqlite3", clock),
        lambda folder, clock: postgres_records(clock),
    ],
    ids=["sqlite", "postgres"],
)
def records(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Records]:
    make: Maker = request.param
    made = make(tmp_path, clock)
    yield made
    made.close()


def test_an_answer_is_found_by_its_key_in_its_own_place(records: Records) -> None:
    answers = records.answers
    kept = answers.keep(
        HERE, 1, "Why? \ud800", "slug", ("slug#1@00000000",), private=True, verdict="answer"
    )
    found = answers.get(kept.key, HERE)
    assert found == GivenAnswer(
        kept.key, HERE, 1, "Why? ?", "slug", True, ("slug#1@00000000",), (), "answer"
    )
    for other in (THERE, Chat(NORTH, 101), Chat(SOUTH, 100), Chat(EVERYONE, 100)):
        assert answers.get(kept.key, other) is None
    private = answers.keep(THERE, 1, "Why?", None, (), private=False)
    assert answers.get(private.key, THERE) == private
    assert private.key != kept.key
    answers.forget(kept.key)
    assert answers.get(kept.key, HERE) is None
    answers.forget("no such key")


def test_answers_that_were_good_as_far_as_is_known(records: Records, clock: Clock) -> None:
    answers, votes = records.answers, records.votes
    kept = {}
    for question, chat, verdict, private in (
        ("first", HERE, "answer", False),
        ("second", THERE, "answer", False),
        ("private", HERE, "answer", True),
        ("unsure", HERE, "unsure", False),
        ("bad", HERE, "answer", False),
        ("disputed", HERE, "answer", False),
    ):
        kept[question] = answers.keep(
            chat, 1, question, None, ("a#1@00000000",), private=private, verdict=verdict,
            earlier=("before",),
        )  # fmt: skip
        clock.seconds += 1
    votes.put(kept["bad"], 0, 7, helpful=False)
    for voter, helpful in ((7, True), (8, False)):
        votes.put(kept["disputed"], 0, voter, helpful=helpful)
    good = [kept["disputed"], kept["second"], kept["first"]]
    assert votes.well_received(10) == good
    assert votes.well_received(2) == good[:2]
    votes.put(kept["bad"], 0, 7, helpful=True)
    assert kept["bad"] in votes.well_received(10)


def test_the_last_answer_of_a_place(records: Records, clock: Clock) -> None:
    answers = records.answers
    assert answers.latest(HERE, 1, 600, anyones=True) is None
    own = answers.keep(HERE, 1, "Why?", None, (), private=True, earlier=("Who?",))
    clock.seconds += 60
    others = answers.keep(HERE, 2, "When?", None, (), private=False)
    assert answers.latest(HERE, 1, 600, anyones=False) == own
    assert own.earlier == ("Who?",)
    assert answers.latest(HERE, 1, 600, anyones=True) == others
    assert answers.latest(HERE, 3, 600, anyones=True) == others
    assert answers.latest(HERE, 3, 600, anyones=False) is None
    assert answers.latest(THERE, 1, 600, anyones=True) is None
    clock.seconds += 560
    assert answers.latest(HERE, 1, 600, anyones=False) is None
    private = answers.keep(HERE, 4, "What?", None, (), private=True)
    assert answers.latest(HERE, 4, 600, anyones=True) == private
    assert answers.latest(HERE, 5, 600, anyones=True) == others


def test_answers_grow_old(records: Records, clock: Clock) -> None:
    old = records.answers.keep(HERE, 1, "Why?", None, (), private=False)
    clock.seconds += 5 * DAY
    new = records.answers.keep(HERE, 1, "Why?", None, (), private=False)
    assert records.answers.get(old.key, HERE) == old
    assert records.answers.forget_older(4.9) == 1
    assert records.answers.get(old.key, HERE) is None
    assert records.answers.get(new.key, HERE) == new


def test_a_tenants_answers_are_forgotten_alone(records: Records) -> None:
    answers = records.answers
    here = answers.keep(HERE, 1, "Why?", None, (), private=False)
    south = answers.keep(Chat(SOUTH, 100), 1, "Why?", None, (), private=False)
    there = answers.keep(THERE, 1, "Why?", None, (), private=False)
    assert answers.tenants() == {NORTH, SOUTH}
    answers.forget_tenant(NORTH)
    assert answers.tenants() == {SOUTH}
    assert answers.get(here.key, HERE) is None
    assert answers.get(south.key, south.chat) == south
    assert answers.get(there.key, THERE) == there


def test_a_tenant_that_leaves_and_comes_back(records: Records, clock: Clock) -> None:
    members = records.memberships
    members.set_role(NORTH, 77)
    assert (members.role(NORTH), members.role(SOUTH)) == (77, None)
    assert members.present() == {NORTH}
    members.leave(NORTH)
    assert members.role(NORTH) is None
    assert members.present() == set()
    clock.seconds += 20 * DAY
    members.leave(NORTH)  # noticed again: it counts from the first time
    clock.seconds += 11 * DAY
    members.leave(SOUTH)
    assert members.left_longer(30) == [NORTH]
    members.join(NORTH)
    assert members.left_longer(30) == []
    assert members.present() == {NORTH}
    members.leave(NORTH)
    members.forget(NORTH)
    clock.seconds += 40 * DAY
    assert members.left_longer(30) == [SOUTH]


def miss(tenant: Tenant = NORTH, question: str | None = "Why? \ud800") -> Miss:
    words = (WeighedWord("grow", 0.25), WeighedWord("meander", 0.75))
    return Miss(tenant, question, words, "en", "unsure", "a#1@00000000", ("grow",), "reason")


def test_misses_are_kept_by_tenant(records: Records, clock: Clock) -> None:
    misses = records.misses
    misses.keep(miss(), "ada")
    clock.seconds += DAY
    bare = Miss(NORTH, None, (), "de", "none", "", ())
    misses.keep(bare, "bob")
    misses.keep(miss(SOUTH, None), "ada")
    kept = miss(question="Why? ?")
    found = misses.since(0.0, NORTH)
    assert [(each.miss, each.asker) for each in found] == [(bare, "bob"), (kept, "ada")]
    assert found[0].when - found[1].when == DAY
    assert [each.miss for each in misses.since(clock.seconds, NORTH)] == [bare]
    assert [each.miss.question for each in misses.since(0.0, SOUTH)] == [None]
    assert misses.since(0.0, EVERYONE) == []
    assert misses.tenants() == [NORTH, SOUTH]
    misses.forget_tenant(NORTH)
    assert misses.tenants() == [SOUTH]


def test_misses_grow_old_and_too_many(records: Records, clock: Clock) -> None:
    misses = records.misses
    for number in range(3):
        misses.keep(miss(question=f"{number}?"), "ada")
        clock.seconds += DAY
    misses.keep(miss(SOUTH, "South?"), "ada")
    assert misses.forget_older(2.5) == 1
    assert [each.miss.question for each in misses.since(0.0, NORTH)] == ["2?", "1?"]
    for _ in range(4):
        misses.keep(miss(question="now?"), "ada")
    assert misses.forget_older(2.5, most=5) == 1
    assert len(misses.since(0.0, NORTH)) == 5
    assert misses.since(0.0, NORTH)[-1].miss.question == "2?"
    assert len(misses.since(0.0, SOUTH)) == 1


def test_a_person_has_one_name_a_day(records: Records, clock: Clock) -> None:
    names = records.asker_names
    today = names.of("ada")
    names.forget_past()
    assert names.of("ada") == today != names.of("bob")
    assert re.fullmatch("[0-9a-f]{16}", names.of("\ud800"))
    clock.seconds += DAY
    tomorrow = names.of("ada")
    assert names.of("ada") == tomorrow != today


def test_one_vote_a_person_that_can_be_changed(records: Records, clock: Clock) -> None:
    answers, votes = records.answers, records.votes
    given = answers.keep(
        HERE, 1, "Why?", None, ("a#1@00000000", "a#2@00000000"), private=False, earlier=("Who?",)
    )
    assert votes.counts(given.key) == (0, 0)
    for voter, helpful in ((1, True), (2, False), (3, False), (1, False), (2, True)):
        votes.put(given, 1, voter, helpful=helpful)
        clock.seconds += 1
    assert votes.counts(given.key) == (1, 2)
    down = [VotedDown("Why?", ("Who?",), "a#2@00000000", voter, clock.seconds - ago)
            for voter, ago in ((1, 2), (3, 3))]  # fmt: skip
    assert votes.voted_down(0.0, NORTH) == down
    assert votes.voted_down(clock.seconds - 2, NORTH) == down[:1]
    assert votes.voted_down(0.0, SOUTH) == []
    assert votes.tenants() == [NORTH]
    assert (votes.number_of(1), votes.number_of(4)) == (1, 0)
    answers.forget(given.key)
    assert votes.voted_down(0.0, NORTH) == []
    assert votes.tenants() == []


def test_votes_are_forgotten(records: Records, clock: Clock) -> None:
    answers, votes = records.answers, records.votes
    here, there = (answers.keep(chat, 1, "Why?", None, (), private=False) for chat in (HERE, THERE))
    for given in (here, there):
        for voter in (1, 2):
            votes.put(given, 0, voter, helpful=False)
    assert votes.voted_down(0.0, EVERYONE)[0].address == ""
    assert votes.forget_voter(1) == 2
    assert votes.number_of(2) == 2
    votes.forget_tenant(NORTH)
    assert (votes.counts(here.key), votes.counts(there.key)) == ((0, 0), (0, 1))
    clock.seconds += 2 * DAY
    votes.put(here, 0, 3, helpful=True)
    assert votes.forget_older(1) == 1
    assert votes.tenants() == []
    assert votes.counts(here.key) == (1, 0)


def test_tells_are_kept_once_for_each_question_of_a_person(records: Records, clock: Clock) -> None:
    answers, tells = records.answers, records.tells
    given = answers.keep(HERE, 1, "Why?", "slug", (), private=False, earlier=("Who?",))
    other = answers.keep(Chat(SOUTH, 100), 1, "Why?", None, (), private=False)
    first = tells.put(given, 1, direct=False)
    assert first == Tell(first.key, HERE, 1, "Why?", "slug", ("Who?",), False)
    clock.seconds += DAY
    again = tells.put(given, 1, direct=True)
    clock.seconds += 1
    south = tells.put(other, 1, direct=False)
    clock.seconds += 1
    bens = tells.put(given, 2, direct=False)
    assert again.direct
    assert tells.open() == [again, south, bens]
    assert tells.of(1) == [again, south]
    assert (tells.forget(first.key), tells.forget(south.key)) == (False, True)
    tells.forget_tenant(SOUTH)
    assert tells.open() == [again, bens]
    assert tells.forget_person(2) == 1
    assert tells.forget_older(1) == 0
    clock.seconds += DAY
    assert tells.forget_older(1) == 1
    assert tells.open() == []


def test_what_was_answered_to_a_person_is_forgotten(records: Records) -> None:
    answers = records.answers
    adas = [answers.keep(chat, 1, "Why?", None, (), private=False) for chat in (HERE, THERE)]
    bens = answers.keep(HERE, 2, "Why?", None, (), private=False)
    assert (answers.number_of(1), answers.number_of(3)) == (2, 0)
    assert answers.forget_asker(1) == 2
    assert [answers.get(each.key, each.chat) for each in (*adas, bens)] == [None, None, bens]


def test_a_server_has_settings_of_its_own(records: Records) -> None:
    all_settings = records.settings
    assert all_settings.get(NORTH) == ServerSettings()
    north = ServerSettings((1, 2), True, (3,), True, 4, "de")
    all_settings.put(NORTH, ServerSettings(quiet=True))
    all_settings.put(NORTH, north)
    assert (all_settings.get(NORTH), all_settings.get(SOUTH)) == (north, ServerSettings())
    all_settings.forget_tenant(SOUTH)
    assert all_settings.get(NORTH) == north
    all_settings.forget_tenant(NORTH)
    assert all_settings.get(NORTH) == ServerSettings()


def test_it_is_known_who_has_left(records: Records) -> None:
    members = records.memberships
    members.set_role(NORTH, 77)
    assert not members.has_left(NORTH)
    assert not members.has_left(SOUTH)  # nothing is known of it
    members.leave(NORTH)
    members.leave(SOUTH)
    assert members.has_left(NORTH)
    assert members.has_left(SOUTH)
    members.join(NORTH)
    assert not members.has_left(NORTH)


def test_a_role_is_set_and_taken_away(records: Records) -> None:
    members = records.memberships
    members.set_role(NORTH, 77)
    members.set_role(NORTH, 78)
    assert members.role(NORTH) == 78
    members.set_role(NORTH, None)
    assert members.role(NORTH) is None


def test_what_was_registered_is_remembered_by_scope(records: Records) -> None:
    known = records.registrations
    assert known.digest("1/global") is None
    known.put("1/global", "a")
    known.put("1/5", "b")
    known.put("1/global", "c")
    assert (known.digest("1/global"), known.scopes()) == ("c", ["1/5", "1/global"])
    known.forget("1/5")
    known.forget("1/6")
    assert known.scopes() == ["1/global"]
