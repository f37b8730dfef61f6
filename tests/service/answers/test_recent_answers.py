"""Answers that are given again as long as the articles are the same."""

from __future__ import annotations

from bot.core.answer import Answer
from bot.service.answers.recent_answers import RecentAnswers


def answer(text: str) -> Answer:
    return Answer(text, "none", 0.0, (), (), (), None)


def test_an_answer_is_given_again_while_what_it_rests_on_is_the_same() -> None:
    recent = RecentAnswers()
    assert recent.get("owl?", 1) is None
    recent.keep("owl?", 1, answer("owl?"))
    assert recent.get("owl?", 1) == answer("owl?")
    assert recent.get("owl?", 2) is None
    assert recent.get("fox?", 1) is None
    recent.keep("owl?", 2, answer("an owl?"))
    assert (recent.get("owl?", 1), recent.get("owl?", 2)) == (None, answer("an owl?"))


def test_those_kept_longest_ago_are_dropped() -> None:
    recent = RecentAnswers(most=2)
    for text in ("owl?", "fox?", "owl?", "hare?"):
        recent.keep(text, 1, answer(text))
    assert [recent.get(text, 1) is None for text in ("owl?", "fox?", "hare?")] == [
        *(False, True),
        False,
    ]
