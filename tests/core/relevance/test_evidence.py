"""The evidence for a passage."""

from __future__ import annotations

from itertools import pairwise, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Span
from bot.core.relevance.evidence import (
    LEAD_WEIGHT,
    OPENING_WEIGHT,
    TITLE_HELD_WEIGHT,
    TITLE_WEIGHT,
    Evidence,
    examine,
)
from bot.core.relevance.found_terms import share_of
from tests.core.relevance.test_found_terms import ANALYZER, asked


def evidence(question: str, text: str) -> Evidence:
    sentences = tuple(ANALYZER.sentences(text, "en"))
    return examine(asked(question), ANALYZER.words(text, sentences, "en"), is_lead=False)


def test_the_beginning_of_an_article_counts_a_little() -> None:
    words = ANALYZER.words("Miners dig for tin.", (Span(0, 19),), "en")
    lead, other = (
        examine(asked("What is tin?"), words, is_lead=is_lead) for is_lead in (True, False)
    )
    assert lead == other._replace(opening=other.opening + LEAD_WEIGHT)


def best(question: str, *texts: str) -> int:
    scores = [evidence(question, text).score for text in texts]
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
        (  # all that is asked about, as a sentence's subject
            "What is a beadle?",
            "A beadle was an officer. He rang a bell.",
            "He rang a bell. Officers had a beadle.",
        ),
        (  # a derivation that stems do not see through
            "Is the pump redundant?",
            "There is redundancy for every pump here.",
            "There is nothing else for a pump here.",
        ),
        (  # a relative of a word, where neither has the word itself
            "What did the rebels destroy?",
            "The rebels and the destruction of a mill.",
            "The rebels and the building of a mill.",
        ),
        (  # a word that means the same
            "When did the works at Elling start?",
            "The works at Elling began in May.",
            "The works at Elling closed in May.",
        ),
        (  # a form that no suffix rule finds
            "Who wrote the ballad of Elling?",
            "Anna has written the ballad of Elling.",
            "Anna has admired the ballad of Elling.",
        ),
        (  # what a sentence is about stands at its beginning
            "Why do lapwings tumble?",
            "Lapwings tumble in spring and in autumn.",
            "In spring and in autumn lapwings tumble.",
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
    ("question", "same", "near"),
    [
        ("Who was detained?", "Two sailors were arrested.", "Two sailors were held back."),
        ("How many layoffs?", "They spoke of redundancies.", "They spoke of a job."),
        ("Why was the toll abolished?", "The toll was repealed.", "The toll was a burden."),
        ("Did they step down?", "The two resigned.", "The two left."),
    ],
)
def test_a_word_that_says_the_same_counts_more_than_one_that_is_near(
    question: str, same: str, near: str
) -> None:
    assert evidence(question, same).words > evidence(question, near).words


def test_stop_words_part_no_neighbours_where_the_question_has_none() -> None:
    parted, whole = "The mill on the hill burnt.", "Mill hill burnt."
    bare, full = "mill hill burnt", "Has mill hill burnt?"
    assert evidence(bare, parted).phrases == evidence(bare, whole).phrases == 1.0
    assert evidence(full, parted).phrases < evidence(full, whole).phrases


def test_one_sentence_has_to_hold_what_is_asked() -> None:
    together = "Frost came. The old harbour froze in the cold of January. Boats left."
    apart = "The old harbour lay still. Boats froze in the ice. It was cold in January."
    question = "When in January did the harbour freeze?"
    assert evidence(question, together).sentence > evidence(question, apart).sentence


@given(st.text(alphabet="kings of Spain. 中?", min_size=1), st.text(alphabet="kings of Spain.中 "))
def test_every_part_is_a_share_of_what_was_asked(question: str, text: str) -> None:
    found = evidence(question, text)
    for share in (found.words, found.phrases, found.sentence, found.spelling):
        assert 0 <= share <= 1 + 1e-9
    assert 0 <= found.opening <= 2 * OPENING_WEIGHT + 1e-9
    assert found.length <= 0


def test_a_term_that_only_the_title_holds_counts_by_its_share() -> None:
    query = asked("How is bread baked?")
    words = ANALYZER.words("The loaf is baked for an hour.", (Span(0, 30),), "en")
    without = examine(query, words, is_lead=False)
    assert without.title == 0.0
    titled = examine(query, words, is_lead=False, title={"bread", "bake"})
    # "bake" stands in the passage, too
    assert titled == without._replace(title=TITLE_WEIGHT / 2 + TITLE_HELD_WEIGHT / 2)


def test_the_words_of_some_sentences_are_those_of_the_passage() -> None:
    text = "The mill burned. It was old. Nobody was sorry."
    sentences = tuple(ANALYZER.sentences(text, "en"))
    words = ANALYZER.words(text, sentences, "en")
    for first, end in [(0, 1), (0, 3), (1, 3), (2, 3)]:
        assert words.of_sentences(first, end) == ANALYZER.words(text, sentences[first:end], "en")


_FEW_WORDS = st.lists(
    st.sampled_from("the tin miners dig. deep Miners of a hill. and".split()), max_size=40
)


@given(_FEW_WORDS.map(" ".join), _FEW_WORDS.map(" ".join))
def test_an_opening_is_a_sentences_first_words_that_are_asked(question: str, text: str) -> None:
    query, sentences = asked(question), tuple(ANALYZER.sentences(text, "en"))
    words = ANALYZER.words(text, sentences, "en")
    shares = []
    for start, end in pairwise([0, *words.ends]):
        tokens = zip(words.stems[start:end], words.stops[start:end], strict=True)
        opening = set(takewhile(query.idf.__contains__, (s for s, stop in tokens if not stop)))
        is_whole = bool(opening) and opening == query.idf.keys()
        shares.append(2.0 if is_whole else share_of(query.idf, opening) / query.total)
    found = examine(query, words, is_lead=False).opening
    assert found == OPENING_WEIGHT * max(shares, default=0.0)
