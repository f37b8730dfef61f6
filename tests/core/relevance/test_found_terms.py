"""A question's terms as they are found in a passage."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Span
from bot.core.questions.query import Query, weigh
from bot.core.questions.question_reading import read
from bot.core.relevance.found_terms import (
    adjacent_pairs,
    near_pairs,
    occurrences_in,
    share_of,
    terms_in,
    weigh_sentence,
)
from bot.core.seams import Statistics
from bot.text.analyzer import Languages

ANALYZER = Languages()


def asked(question: str) -> Query:
    """A question of a hundred passages, five of which hold each of its terms."""
    reading = read(question, "en", ANALYZER)
    query = weigh(reading, Statistics(100, 10.0, dict.fromkeys(reading.terms, 5)))
    return query._replace(average_sentence=8.0)


def test_the_pairs_of_the_question_are_found_in_a_passage_too() -> None:
    query = asked("What ships did the king of Spain have?")
    text = "The king of Spain left. His ships stayed."
    words = ANALYZER.words(text, (Span(0, 23), Span(24, len(text))), "en")
    offsets = occurrences_in(query, words).offsets
    matched = [words.stems[at] for at in offsets]
    assert matched == ["the", "king", "of", "spain", "ship"]
    assert adjacent_pairs(query, offsets, matched) == {
        ("the", "king"),
        ("king", "of"),
        ("of", "spain"),
    }
    assert near_pairs(query, offsets, matched) == {
        *(("the", "king"), ("the", "spain"), ("king", "of"), ("king", "spain"), ("of", "spain"))
    }


_FEW_WORDS = st.lists(
    st.sampled_from("the tin miners dig. deep Miners of a hill. and".split()), max_size=40
)


@given(_FEW_WORDS.map(" ".join), _FEW_WORDS.map(" ".join))
def test_in_a_block_stands_what_stands_there_of_the_whole_passage(question: str, text: str) -> None:
    query, sentences = asked(question), tuple(ANALYZER.sentences(text, "en"))
    words = ANALYZER.words(text, sentences, "en")
    blocks = list(combinations(range(len(sentences) + 1), 2))
    for (first, end), found in zip(blocks, terms_in(query, words, blocks), strict=True):
        own = words.of_sentences(first, end)
        assert [found] == terms_in(query, own, [(0, end - first)])


@given(_FEW_WORDS.map(" ".join), _FEW_WORDS.map(" ".join))
def test_the_best_sentence_is_the_one_of_the_greatest_weight(question: str, text: str) -> None:
    query, sentences = asked(question), tuple(ANALYZER.sentences(text, "en"))
    words = ANALYZER.words(text, sentences, "en")
    weights = [
        weigh_sentence(query, [stem for stem in stems if stem in query.stems], len(stems))
        for start, end in pairwise([0, *words.ends])
        for stems in [words.stems[start:end]]
    ]
    (found,) = terms_in(query, words, [(0, len(sentences))])
    assert found.sentence == max(weights, default=0.0)


@given(_FEW_WORDS.map(" ".join), _FEW_WORDS.map(" ".join))
def test_near_pairs_are_all_that_stand_at_most_three_words_apart(question: str, text: str) -> None:
    query, words = asked(question), ANALYZER.words(text, (Span(0, len(text)),), "en")
    stems, offsets = words.stems, occurrences_in(query, words).offsets
    assert offsets == [at for at, stem in enumerate(stems) if stem in query.stems]
    found = near_pairs(query, offsets, [stems[at] for at in offsets])
    near = {
        (one, two)
        for at, one in enumerate(stems)
        for two in stems[at + 1 : at + 4]
        if one in query.stems and two in query.stems
    }
    assert found == near & query.near_pairs.keys()


def test_shares_of_no_key_of_one_and_of_several_are_added_in_their_order() -> None:
    shares = {"one": 1.0, "two": 2.0**-53, "three": 2.0**-53}
    assert share_of(shares, set()) == 0.0
    assert share_of(shares, {"two"}) == 2.0**-53
    assert share_of(shares, {"four"}) == 0.0
    assert share_of(shares, {"one", "three"}) == 1.0
