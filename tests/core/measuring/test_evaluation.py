"""The measures of known questions, computed by hand for a few."""

from __future__ import annotations

import pytest

from bot.core.answer import Answer, Match
from bot.core.article import Head, Span
from bot.core.measuring.evaluation import AskingResult, KnownQuestion, Measures, judge, measure
from bot.core.passage import Passage
from bot.core.passages.citation import Citation


def match(slug: str, first: int, text: str, last: int | None = None) -> Match:
    """A match whose sentence is the text up to its first full stop."""
    last = last or first
    sentence = Span(0, text.index(".") + 1)
    passage = Passage(slug, first - 1, first, last, 0, len(text), text, (sentence,))
    cited = Citation(slug, Head("T"), first, last, 20, f"{slug}#{first}", None)
    return Match(passage, cited, sentence, (), 1.0)


def answer(*matches: Match, answered: bool = True) -> Answer:
    return Answer("q", "answer" if answered else "none", 0.5, matches, (), (), None)


OWLS = match("birds", 1, "Owls hunt at night. They are birds.")
FOXES = match("beasts", 4, "Foxes are red. They are beasts.", 6)


def test_a_passage_is_right_by_the_words_in_it() -> None:
    known = KnownQuestion("q", gold="they are  BEASTS")
    assert judge(known, answer(OWLS, FOXES)) == AskingResult(True, 0.5, 2, False)
    assert judge(known, answer(FOXES)) == AskingResult(True, 0.5, 1, False)
    assert judge(KnownQuestion("q", gold="foxes"), answer(FOXES)).sentence


@pytest.mark.parametrize(("paragraph", "rank"), [(3, None), (4, 2), (5, 2), (6, 2), (7, None)])
def test_a_passage_is_right_by_its_paragraphs(paragraph: int, rank: int | None) -> None:
    known = KnownQuestion("q", "beasts", paragraph, ("red", "brown"))
    assert judge(known, answer(OWLS, FOXES)).rank == rank
    assert judge(known._replace(article="birds"), answer(FOXES)).rank is None


def test_a_sentence_is_right_by_one_of_the_answers() -> None:
    known = KnownQuestion("q", "beasts", 4, ("brown", "are red"))
    assert judge(known, answer(FOXES)).sentence
    assert not judge(known._replace(answers=("beasts",)), answer(FOXES)).sentence


def test_only_the_first_ten_matches_count() -> None:
    known = KnownQuestion("q", gold="Foxes")
    assert judge(known, answer(*[OWLS] * 9, FOXES)).rank == 10
    assert judge(known, answer(*[OWLS] * 10, FOXES)).rank is None


def test_a_question_alone_or_one_without_matches_is_judged_too() -> None:
    assert judge(KnownQuestion("q"), answer(OWLS)) == AskingResult(True, 0.5, None, False)
    declined = answer(answered=False)
    assert judge(KnownQuestion("q", gold="x"), declined) == AskingResult(False, 0.5, None, False)


def test_the_nearest_matches_count_where_it_declined() -> None:
    declined = answer(OWLS, answered=False)
    assert judge(KnownQuestion("q", gold="Owls"), declined) == AskingResult(False, 0.5, 1, True)


def test_measures_by_hand() -> None:
    known = [KnownQuestion("q", gold="x")] * 4 + [KnownQuestion("q")]
    results = [
        AskingResult(True, 0.9, 1, True),
        AskingResult(True, 0.9, 1, False),
        AskingResult(False, 0.1, 4, True),
        AskingResult(True, 0.9, None, True),
        AskingResult(False, 0.1, None, False),
    ]
    assert measure(known, results) == Measures(
        5, 4, 2, top1=0.5, top3=0.5, mrr=(1 + 1 + 0.25) / 4, both=0.25
    )


def test_nothing_to_count_is_not_nought() -> None:
    assert measure([], []) == Measures(0, 0, 0, None, None, None, None)
    alone = measure([KnownQuestion("q")], [AskingResult(False, 0.0, None, False)])
    assert alone == Measures(1, 0, 1, None, None, None, None)


def test_as_many_results_as_questions() -> None:
    with pytest.raises(ValueError, match="shorter"):
        measure([KnownQuestion("q", gold="x")], [])
