"""The probability that an answer is right."""

from __future__ import annotations

import math

import pytest

from bot.core.article import Head, Span
from bot.core.passage import Passage
from bot.core.passages.passage_blocks import PassageBlock
from bot.core.questions.query import Query, weigh
from bot.core.questions.question_reading import read
from bot.core.relevance.block_evidence import BlockEvidence
from bot.core.relevance.confidence import (
    ANSWERED_FROM,
    TITLED,
    UNANSWERED,
    UNSURE_FROM,
    confidence,
    kind_of,
    signals,
)
from bot.core.relevance.evidence import Evidence
from bot.core.relevance.ranked import PassageSource, Ranked
from bot.core.seams import Entry, Statistics
from bot.text.analyzer import Languages

ANALYZER = Languages()


def query(question: str = "mossy harbour bridge") -> Query:
    reading = read(question, "en", ANALYZER)
    return weigh(reading, Statistics(99, 50.0, dict.fromkeys(reading.terms, 1)))


TEXTS = ("The harbour froze.", "A bridge fell.", "The mill burned.")


def ranked(
    query: Query, *shares: float, texts: tuple[str, ...] = TEXTS, articles: str = "aaa"
) -> list[Ranked]:
    """Candidates with that share of every kind of evidence, of the article "a" where nothing else
    is said."""
    return [
        candidate(query, Evidence(share, share, share, share, 0.0, 0.0), text, article)
        for share, text, article in zip(shares, texts, articles, strict=False)
    ]


def candidate(query: Query, evidence: Evidence, text: str, article: str) -> Ranked:
    """A passage of one sentence with that evidence."""
    sentences = (Span(0, len(text)),)
    words, block = ANALYZER.words(text, sentences, "en"), PassageBlock(0, 1, 0)
    return Ranked(
        PassageSource(0, article, Entry(article, Head(article), "en", 1, 3)),
        query,
        Passage(article, 0, 1, 1, 0, len(text), text, sentences),
        words,
        block,
        evidence,
        query.spelling.in_each(words.written),
        [BlockEvidence(block, evidence, 0.0)],
    )


def test_the_signals_are_shares_and_a_logarithm() -> None:
    found = signals(ranked(query(), 0.5, 0.4), ANALYZER)
    assert found.lead == 1.0
    assert found.words == pytest.approx(0.1)
    assert found.held == pytest.approx(1 / 3)  # "harbour"
    assert found.terms == math.log(1 + 3)


def test_more_evidence_a_clearer_lead_and_a_later_passage_make_it_surer() -> None:
    plain = confidence(ranked(query(), 0.5, 0.4), ANALYZER)
    fuller = ("The mossy harbour bridge froze.", *TEXTS[1:])
    assert confidence(ranked(query(), 0.5, 0.4, texts=fuller), ANALYZER) > plain
    assert confidence(ranked(query(), 0.7, 0.4), ANALYZER) > plain
    assert confidence(ranked(query(), 0.5, 0.1), ANALYZER) > plain
    later = [
        item._replace(passage=item.passage._replace(number=3)) for item in ranked(query(), 0.5, 0.4)
    ]
    assert confidence(later, ANALYZER) > plain


def test_it_is_a_probability() -> None:
    nothing, whole = ("Otters swim.",), ("The mossy harbour bridge froze.",)
    assert 0 < confidence(ranked(query(), 0.0, texts=nothing), ANALYZER) < UNSURE_FROM
    assert 0.9 < confidence(ranked(query(), 1.0, texts=whole), ANALYZER) < 1


def test_a_passage_that_says_the_same_does_not_make_the_first_doubtful() -> None:
    copied = ranked(query(), 0.5, 0.5, 0.3, texts=(TEXTS[0], TEXTS[0], TEXTS[1]))
    alone = confidence(ranked(query(), 0.5, 0.3), ANALYZER)
    assert confidence(copied, ANALYZER) == pytest.approx(alone)
    assert confidence(copied[:2], ANALYZER) == confidence(copied[:1], ANALYZER)


def test_a_copy_in_another_article_does_not_make_its_article_doubtful() -> None:
    def article(texts: tuple[str, ...]) -> float:
        return signals(ranked(query(), 0.5, 0.5, texts=texts, articles="ab"), ANALYZER).article

    assert article(TEXTS) == 0.5
    assert article((TEXTS[0], TEXTS[0])) == 1.0


def test_its_article_has_a_share_of_the_weight_of_all_candidates() -> None:
    found = signals(ranked(query(), 0.5, 0.4, 0.3, articles="aba"), ANALYZER)
    first, second, third = 1.0, math.exp(-0.4 / 0.3), math.exp(-0.8 / 0.3)
    assert found.article == pytest.approx((first + third) / (first + second + third))


def test_a_lead_in_phrases_counts_as_far_as_the_sentence_states_what_is_asked() -> None:
    first, *others = ranked(query(), 0.5, 0.2, 0.3)
    assert signals([first, *others], ANALYZER).phrases == pytest.approx(0.2 / 3)  # "harbour"
    assert signals([first], ANALYZER).phrases == pytest.approx(0.5 / 3)
    behind = ranked(query(), 0.2, 0.5)
    assert signals(behind, ANALYZER).phrases == pytest.approx(-0.3 / 3)


def test_the_passages_share_counts_as_far_as_it_holds_what_is_asked() -> None:
    found = signals(ranked(query(), 0.5, 0.4), ANALYZER)
    assert found.article == 1.0
    assert found.passage == pytest.approx(1 / (1 + math.exp(-0.4 / 0.3)) / 3)


@pytest.mark.parametrize(
    ("confidence", "kind"),
    [
        (1.0, "answer"),
        (ANSWERED_FROM, "answer"),
        (ANSWERED_FROM - 0.001, "unsure"),
        (UNSURE_FROM, "unsure"),
        (UNSURE_FROM - 0.001, "none"),
        (0.0, "none"),
    ],
)
def test_two_thresholds_tell_answers_guesses_and_nothing_apart(
    confidence: float, kind: str
) -> None:
    assert kind_of(confidence) == kind


def test_names_alone_never_make_an_answer() -> None:
    asked = query("Where was Ada Byrne buried?")
    text = "Ada Byrne was a baker."
    item = ranked(asked, 1.0, texts=(text,))
    assert signals(item, ANALYZER).unanswered == 1.0
    assert confidence(item, ANALYZER) <= UNANSWERED < ANSWERED_FROM
    said = ranked(asked, 1.0, texts=("Ada Byrne was buried in Elling.",))
    assert kind_of(confidence(said, ANALYZER)) == "answer"


def test_what_is_announced_is_never_an_answer_to_what_came_of_it() -> None:
    asked = query("How did the council vote on the mossy bridge?")
    announced = "The council will vote on the mossy bridge in May."
    assert confidence(ranked(asked, 1.0, texts=(announced,)), ANALYZER) == UNANSWERED
    said = "The council did vote for the mossy bridge in May."
    assert kind_of(confidence(ranked(asked, 1.0, texts=(said,)), ANALYZER)) == "answer"


@pytest.mark.parametrize(
    ("question", "expected"), [("What does RCD stand for?", True), ("How old is the RCD?", False)]
)
def test_what_a_short_form_stands_for_is_answered_where_both_stand(
    question: str, expected: bool
) -> None:
    text = "A residual current device (RCD) saves lives."
    item, *others = ranked(query(question), 0.05, 0.05, texts=(text, TEXTS[0]))
    assert (confidence([item, *others], ANALYZER) >= TITLED) is expected


def test_a_title_typed_as_a_question_is_answered_by_the_article_s_beginning() -> None:
    def certain(question: str, title: str, number: int = 0) -> float:
        asked = query(question)
        item, *others = ranked(asked, 0.05, 0.05, 0.05)
        head = item.source.entry._replace(head=Head(title))
        item = item._replace(
            source=item.source._replace(entry=head),
            passage=item.passage._replace(number=number),
            title=frozenset(ANALYZER.terms(title, "en")) & asked.idf.keys(),
        )
        return confidence([item, *others], ANALYZER)

    assert certain("How rivers bend?", "How rivers bend") == TITLED
    assert certain("How rivers bend?", "How rivers bend", number=1) < TITLED
    assert certain("How rivers bend?", "How rivers bend and break") < TITLED
    assert certain("How do rivers bend in Elling?", "How rivers bend") < TITLED
    assert certain("Rivers?", "Rivers") < TITLED
