"""The kind of answer a question asks for."""

from __future__ import annotations

import pytest

from bot.core.expectation import expected_kind, gives
from bot.core.seams import Kind
from bot.text.analyzer import Languages

ANALYZER = Languages()


@pytest.mark.parametrize(
    ("language", "question", "kind"),
    [
        ("en", "Who wrote it?", "person"),
        ("en", "In what year was it written?", "date"),
        ("en", "How many pages has it?", "number"),
        ("en", "Why was it written?", "reason"),
        ("en", "What is it about?", None),
        ("de", "Wie viele Seiten hat es?", "number"),
        ("fr", "Où est-ce ?", "place"),
        ("es", "¿Por qué se escribió?", "reason"),
        ("ru", "Когда это было?", "date"),
        ("tr", "Kaç sayfa var?", "number"),
        ("el", "Πότε γράφτηκε;", "date"),
        ("xx", "Who?", None),
    ],
)
def test_question_words_tell_the_kind_of_answer(
    language: str, question: str, kind: Kind | None
) -> None:
    words = ANALYZER.tokens(question, language).words
    assert expected_kind(words, ANALYZER.cues(language)) == kind


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("person", "It was Ada.", True),
        ("person", "Ada was there.", False),  # what opens a sentence is capitalised anyway
        ("number", "It has 12 pages.", True),
        ("number", "It has twelve pages.", True),
        ("number", "It has pages.", False),
        ("date", "It was in 1815.", True),
        ("date", "It was in May or June.", True),
        ("date", "It was in 815 places.", False),
        ("reason", "It was so because of rain.", True),
        ("number", "It was in 1900.", False),  # the question has that number itself
    ],
)
def test_a_sentence_gives_the_kind_or_not(kind: Kind, text: str, expected: bool) -> None:
    tokens = ANALYZER.tokens(text, "en")
    asked = frozenset({"1900"})
    end = len(tokens.words)
    assert gives(kind, text, tokens, 0, end, asked, ANALYZER.cues("en")) is expected
