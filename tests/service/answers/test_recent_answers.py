"""Answers that are given again as long as the articles are the same."""

from __future__ import annotations

from bot.core.answer import Answer, Question
from bot.service.answers.recent_answers import AskedQuestion, RecentAnswers


def asked(text: str) -> AskedQuestion:
    return ("",), Question(text)


def answer(text: str) -> Answer:
    return Answer(text, "none", 0.0, (), (), (), None)


def known(recent: RecentAnswers, text: str, state: object) -> Answer | None:
    found = recent.get(asked(text), state)
    return found and found.answer


def test_an_answer_is_given_again_while_what_it_rests_on_is_the_same() -> None:
    recent = RecentAnswers()
    assert known(recent, "owl?", 1) is None
    recent.keep(asked("owl?"), 1, answer("owl?"), 0.0)
    assert known(recent, "owl?", 1) == answer("owl?")
    assert known(recent, "owl?", 2) is None
    assert known(recent, "fox?", 1) is None
    recent.keep(asked("owl?"), 2, answer("an owl?"), 0.0)
    assert (known(recent, "owl?", 1), known(recent, "owl?", 2)) == (None, answer("an owl?"))


def test_those_asked_longest_ago_are_dropped() -> None:
    recent = RecentAnswers(most=2)
    for text in ("owl?", "fox?"):
        recent.keep(asked(text), 1, answer(text), 0.0)
    assert known(recent, "owl?", 1) is not None
    recent.keep(asked("hare?"), 1, answer("hare?"), 0.0)
    assert [known(recent, text, 1) is None for text in ("owl?", "fox?", "hare?")] == [
        *(False, True),
        False,
    ]


def test_long_answers_take_the_place_of_many() -> None:
    recent = RecentAnswers(most_characters=100)
    for number in range(5):
        recent.keep(asked(f"owl {number}?"), 1, answer("owl?")._replace(reply="o" * 24), 0.0)
    kept = [known(recent, f"owl {number}?", 1) is not None for number in range(5)]
    assert kept == [False, False, True, True, True]
    recent.keep(asked("owl 5?"), 1, answer("owl?")._replace(reply="o" * 500), 0.0)
    assert all(known(recent, f"owl {number}?", 1) is None for number in range(6))
    recent.keep(asked("o" * 300), 1, answer("owl?"), 0.0)
    assert known(recent, "o" * 300, 1) is None
