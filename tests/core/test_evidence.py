"""What speaks for a passage."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.evidence import Evidence, Examiner
from bot.core.passage import Passage
from bot.core.query import read, weigh
from bot.core.seams import Statistics
from bot.text.analyzer import Languages

ANALYZER = Languages()


def examine(question: str, *texts: str) -> list[Evidence]:
    """The evidence for some passages, of a hundred where each term stands in five."""
    reading = read(question, "en", ANALYZER)
    query = weigh(reading, Statistics(100, 10.0, dict.fromkeys(reading.terms, 5)))
    examiner = Examiner(query, ANALYZER.cues("en"), 8.0)
    found = []
    for number, text in enumerate(texts):
        sentences = tuple(ANALYZER.sentences(text, "en"))
        passage = Passage("a", number, 1, 1, 0, len(text), text, sentences)
        found.append(examiner.examine(passage, ANALYZER.tokens(text, "en")))
    return found


def best(question: str, *texts: str) -> int:
    scores = [evidence.score for evidence in examine(question, *texts)]
    return scores.index(max(scores))


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (  # the words as they are written, before their stems
            "Which painting was stolen?",
            "A painting was stolen from the hall.",
            "A painter was stealing from the hall.",
        ),
        (  # neighbours
            "Who drew the city map?",
            "Anna drew the city map for them.",
            "Anna drew a map, she left the city.",
        ),
        (  # all in one sentence
            "When did the harbour freeze?",
            "Boats came in. The harbour did freeze in 1709. Nobody left.",
            "Boats came to the harbour. Nobody left. It did freeze in 1709.",
        ),
        (  # a derivation that stems do not see through
            "Is the pump redundant?",
            "There is redundancy for every pump here.",
            "There is nothing else for a pump here.",
        ),
        (  # of two that say the same, the one that says nothing else
            "Where do swifts nest?",
            "Swifts nest in walls.",
            "Swifts nest in walls. " + "Nobody knows the reason of this curious old habit. " * 6,
        ),
    ],
)
def test_evidence_prefers_the_passage_that_answers(question: str, right: str, wrong: str) -> None:
    assert best(question, right, wrong) == 0
    assert best(question, wrong, right) == 1


@pytest.mark.parametrize(
    ("question", "text", "sentence"),
    [
        (
            "When did the old mill burn?",
            "The old mill stood by the river. It did burn in 1823. Children played there.",
            1,
        ),
        (
            "Who painted the ceiling?",
            "The ceiling was painted twice. The ceiling was painted by Anna Rossi.",
            1,
        ),
        (
            "How many bells hang in the tower?",
            "Bells hang in the tower of Elling. Seven bells hang in the tower of Brack.",
            1,
        ),
    ],
)
def test_the_sentence_gives_the_kind_of_answer_asked_for(
    question: str, text: str, sentence: int
) -> None:
    assert examine(question, text)[0].best == sentence


def test_what_matched_is_told() -> None:
    text = "The king of Spain left. His ships stayed."
    (found,) = examine("What ships did the king of Spain have?", text)
    tokens = ANALYZER.tokens(text, "en")
    assert [tokens.words[at] for at in found.matched] == ["king", "spain", "ships"]
    assert found.pairs == {("the", "king"), ("king", "of"), ("of", "spain")}
    assert found.coverage == pytest.approx(2 / 3)


@settings(deadline=None)
@given(st.text(alphabet="kings of Spain. 中?", min_size=1), st.text(alphabet="kings of Spain.中 "))
def test_every_part_is_a_share_of_what_was_asked(question: str, text: str) -> None:
    if not text.strip():
        return
    (found,) = examine(question, text)
    for share in (found.words, found.phrases, found.sentence, found.spelling, found.coverage):
        assert 0 <= share <= 1 + 1e-9
