"""Questions that ask much the same are grouped."""

from __future__ import annotations

import math
import random

from hypothesis import given
from hypothesis import strategies as st

from bot.core.questions.question_groups import ALIKE, GroupedQuestion, group_questions

NEAR = "ferry#3@00000000"


def test_wordings_of_one_question_are_a_group() -> None:
    asked = (
        GroupedQuestion({"ferri": 0.5, "sunday": 0.5}),
        GroupedQuestion({"museum": 0.5, "dog": 0.5}),
        GroupedQuestion({"sunday": 0.4, "ferri": 0.4, "timet": 0.2}),
        GroupedQuestion({"dog": 0.4, "museum": 0.4, "allow": 0.2}),
    )
    assert group_questions(asked) == [[0, 2], [1, 3]]


def test_the_same_nearest_passage_brings_questions_together() -> None:
    one = {"ferri": 0.25, "sunday": 0.25, "depart": 0.5}
    two = {"ferri": 0.25, "sunday": 0.25, "timet": 0.5}
    three = {"ferri": 0.5, "sunday": 0.5, "timet": 0.5}
    apart = (GroupedQuestion(one, NEAR), GroupedQuestion(three, "tides#1@00000000"))
    assert group_questions(apart) == [[0], [1]]
    assert group_questions([GroupedQuestion(one, NEAR), GroupedQuestion(three, NEAR)]) == [[0, 1]]
    # not if they are about other things
    assert group_questions([GroupedQuestion(one, NEAR), GroupedQuestion(two, NEAR)]) == [[0], [1]]


def test_questions_with_one_word_in_common_are_together_if_they_ask_for_the_same_kind() -> None:
    """ "When does the ferry depart?", "what time is the ferry?" and "who owns the ferry?"."""
    depart = GroupedQuestion({"ferri": 0.5, "depart": 0.5}, NEAR, asks="date")
    leave = GroupedQuestion({"ferri": 0.5, "leav": 0.5}, NEAR, asks="date")
    owner = GroupedQuestion({"ferri": 0.5, "own": 0.5}, NEAR)
    assert group_questions([depart, leave]) == [[0, 1]]
    assert group_questions([depart, leave._replace(nearest="tides#1@00000000")]) == [[0], [1]]
    assert group_questions([owner, owner._replace(weights={"ferri": 0.5, "colour": 0.5})]) == [
        [0],
        [1],
    ]


def test_another_kind_of_answer_keeps_questions_apart() -> None:
    founder = {"brightwel": 0.35, "optic": 0.35, "found": 0.3}
    sale = {"brightwel": 0.35, "optic": 0.35, "sold": 0.3}
    asked = [GroupedQuestion(founder, asks="person"), GroupedQuestion(sale, asks="date")]
    assert group_questions(asked) == [[0], [1]]
    assert group_questions([each._replace(asks=None) for each in asked]) == [[0, 1]]
    names = [GroupedQuestion(founder, asks="person"), GroupedQuestion(founder, asks="name")]
    assert group_questions(names) == [[0, 1]]


def test_questions_that_ask_for_no_kind_are_kept_from_one_that_does() -> None:
    """ "Are dogs allowed in the museum?" in two wordings, and "who built the museum?"."""
    asked = [
        GroupedQuestion({"dog": 0.5, "museum": 0.5}, NEAR),
        GroupedQuestion({"dog": 0.5, "museum": 0.5, "allow": 0.1}, NEAR),
        GroupedQuestion({"museum": 0.6, "build": 0.2}, NEAR, asks="person"),
    ]
    assert group_questions(asked) == [[0, 1], [2]]
    assert group_questions([each._replace(asks=None) for each in asked]) == [[0, 1, 2]]
    # one that says nothing, key words, may be any
    assert group_questions([asked[0], asked[1]._replace(asks="date")]) == [[0, 1]]


def test_questions_without_terms_stand_alone() -> None:
    assert group_questions([GroupedQuestion({})] * 2) == [[0], [1]]


@given(
    st.lists(
        st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 1), max_size=4), max_size=12
    )
)
def test_every_question_is_in_one_group(weights: list[dict[str, float]]) -> None:
    groups = group_questions([GroupedQuestion(each) for each in weights])
    assert sorted(number for group in groups for number in group) == list(range(len(weights)))
    assert all(group == sorted(group) for group in groups)


def groups_by_all_pairs(questions: list[dict[str, float]]) -> list[list[int]]:
    """The groups of questions that say nothing but their terms, each compared with all groups."""

    def joined(
        given: list[tuple[list[int], dict[str, float]]],
    ) -> list[tuple[list[int], dict[str, float]]]:
        groups: list[tuple[list[int], dict[str, float]]] = []
        for numbers, weights in given:
            cosines = [cosine(weights, others) for _, others in groups]
            best = max(range(len(groups)), key=lambda at: cosines[at], default=None)
            if best is None or cosines[best] <= ALIKE:
                groups.append((list(numbers), dict(weights)))
                continue
            groups[best][0].extend(numbers)
            for term, weight in weights.items():
                groups[best][1][term] = groups[best][1].get(term, 0.0) + weight
        return groups

    def cosine(one: dict[str, float], other: dict[str, float]) -> float:
        lengths = math.hypot(*one.values()) * math.hypot(*other.values())
        return sum(one[term] * other[term] for term in one.keys() & other.keys()) / (lengths or 1)

    groups = joined([([number], weights) for number, weights in enumerate(questions)])
    groups = joined(sorted(groups, key=lambda group: -len(group[0])))
    return sorted(sorted(numbers) for numbers, _ in groups)


@given(st.randoms(use_true_random=False))
def test_the_groups_are_those_that_a_look_at_all_pairs_finds(random_: random.Random) -> None:
    terms = [f"term{number}" for number in range(random_.choice((4, 10, 40)))]
    questions = [
        {random_.choice(terms): random_.uniform(0.01, 1) for _ in range(random_.randint(1, 6))}
        for _ in range(random_.randint(0, 40))
    ]
    found = group_questions([GroupedQuestion(weights) for weights in questions])
    assert found == groups_by_all_pairs(questions)
