"""Answers that are given again as long as the articles are the same."""

from __future__ import annotations

from bot.core.answer import Answer, Question
from bot.service.answers.recent_answers import AskedQuestion, RecentAnswers
from bot.service.tenants import EVERYONE, discord_server


def asked(text: str) -> AskedQuestion:
    return ("",), Question(text)


def answer(text: str) -> Answer:
    return Answer(text, "none", 0.0, (), (), (), None)


def known(recent: RecentAnswers, text: str, state: object) -> Answer | None:
    found = recent.known(asked(text), state, EVERYONE).answer
    return found and found.answer


def keep(recent: RecentAnswers, text: str, state: object, given: Answer) -> None:
    recent.keep(asked(text), state, given, 0.0, EVERYONE)


def test_an_answer_is_given_again_while_what_it_rests_on_is_the_same() -> None:
    recent = RecentAnswers()
    assert known(recent, "owl?", 1) is None
    keep(recent, "owl?", 1, answer("owl?"))
    assert known(recent, "owl?", 1) == answer("owl?")
    assert known(recent, "owl?", 2) is None
    assert known(recent, "fox?", 1) is None
    keep(recent, "owl?", 2, answer("an owl?"))
    assert (known(recent, "owl?", 1), known(recent, "owl?", 2)) == (None, answer("an owl?"))


def test_those_asked_longest_ago_are_dropped() -> None:
    recent = RecentAnswers(most=2)
    for text in ("owl?", "fox?"):
        keep(recent, text, 1, answer(text))
    assert known(recent, "owl?", 1) is not None
    keep(recent, "hare?", 1, answer("hare?"))
    assert [known(recent, text, 1) is None for text in ("owl?", "fox?", "hare?")] == [
        *(False, True),
        False,
    ]


def test_long_answers_take_the_place_of_many() -> None:
    recent = RecentAnswers(most_characters=100)
    for number in range(5):
        keep(recent, f"owl {number}?", 1, answer("owl?")._replace(reply="o" * 24))
    kept = [known(recent, f"owl {number}?", 1) is not None for number in range(5)]
    assert kept == [False, False, True, True, True]
    keep(recent, "owl 5?", 1, answer("owl?")._replace(reply="o" * 500))
    assert all(known(recent, f"owl {number}?", 1) is None for number in range(6))
    keep(recent, "o" * 300, 1, answer("owl?"))
    assert known(recent, "o" * 300, 1) is None


def test_the_answer_before_is_known_to_the_tenant_that_had_it_last() -> None:
    recent, north, south = RecentAnswers(), discord_server(1), discord_server(2)
    first = ("",), Question("owl?", limit=1)
    second = ("",), Question("and why?", limit=1, earlier=("owl?",))
    third = ("",), Question("and when?", limit=1, earlier=("owl?", "and why?"))
    recent.keep(first, 1, answer("owl?"), 0.0, north)
    before = recent.known(second, 1, north).before
    assert before is not None
    assert before.answer == answer("owl?")
    others = (second, 1, south), (second, 2, north), (third, 1, north)
    assert [recent.known(*each) for each in others] == [(None, None)] * 3
    assert recent.known(first, 1, south).answer is not None
    assert recent.known(second, 1, north) == (None, None)
    assert recent.known(second, 1, south).before is not None
    recent.keep(second, 1, answer("and why?"), 0.0, south)
    found = recent.known(third, 1, south).before
    assert found is not None
    assert found.answer == answer("and why?")
