"""Scenes on Discord, played once more with everything in a database: what a server adds is that
server's alone, buttons, roles, kept answers, and what is asked in vain."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster.postgres.servers import shared_server
from tests.frontends.discord_bot.commands.test_buttons import (
    test_answers_are_kept_for_retention_days,
    test_anybody_else_turns_a_copy_of_their_own,
    test_buttons_work_after_a_restart_and_a_month,
    test_two_people_press_at_once,
)
from tests.frontends.discord_bot.playing import NEW_DATABASE
from tests.frontends.discord_bot.test_feedback import (
    test_a_flood_of_votes_has_to_wait,
    test_a_person_has_one_vote_and_may_change_it,
    test_a_question_that_was_not_helped_is_among_the_gaps,
)
from tests.frontends.discord_bot.test_gaps import test_gaps_are_shown_to_those_who_manage_the_server
from tests.frontends.discord_bot.test_isolation import (
    test_an_address_resolves_in_its_own_server_alone,
    test_no_other_place_sees_a_word_of_it_or_that_it_exists,
)

pytestmark = pytest.mark.thorough

__all__ = [
    "test_a_flood_of_votes_has_to_wait",
    "test_a_person_has_one_vote_and_may_change_it",
    "test_a_question_that_was_not_helped_is_among_the_gaps",
    "test_an_address_resolves_in_its_own_server_alone",
    "test_answers_are_kept_for_retention_days",
    "test_anybody_else_turns_a_copy_of_their_own",
    "test_buttons_work_after_a_restart_and_a_month",
    "test_gaps_are_shown_to_those_who_manage_the_server",
    "test_no_other_place_sees_a_word_of_it_or_that_it_exists",
    "test_two_people_press_at_once",
]


@pytest.fixture(autouse=True)
def in_a_database() -> Iterator[None]:
    server = shared_server()
    token = NEW_DATABASE.set(server.new_database)
    yield
    NEW_DATABASE.reset(token)
