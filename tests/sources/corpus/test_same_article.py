"""An article is recognized as a newer copy of another."""

from __future__ import annotations

import pytest

from bot.core.article import Article, Draft, Head
from bot.sources.corpus.same_article import kept_share, reason_to_replace
from bot.sources.formats.markdown import article_of

LETTER = """\
Dear members, here is the harbour office with the news of the month.

{}

With kind regards, the harbour office.
"""
MAY = LETTER.format(
    "In May the crane was painted red. Three boats came from Faro, and one of them stayed. "
    "The fuel pump is out of order until the fitter has the part from Hull."
)
JUNE = LETTER.format(
    "June brought the regatta. Nobody was hurt, though the committee boat lost its anchor. "
    "Berths on the north pier are given by lot on the first Sunday."
)


def article(body: str, **head: str) -> Article:
    return article_of("letter", Draft(Head("Letter", **head), body))


@pytest.mark.parametrize(
    ("known", "new", "reason"),
    [
        ({}, {}, "the same text for the most part"),
        ({"url": "https://e.org/a"}, {}, "the same text for the most part"),
        ({"url": "https://e.org/a"}, {"url": "https://e.org/b"}, None),
        ({"published": "2024-05-01"}, {"published": "2024-06-01"}, None),
        ({"published": "2024-05-01"}, {}, "the same text for the most part"),
        (
            {"published": "2024-05-01", "sha256": "a"},
            {"published": "2024-06-01", "sha256": "a"},
            "the same original",
        ),
        ({"digest_of": "the letter"}, {}, "the original's words"),
        ({}, {"digest_of": "the letter"}, None),
    ],
)
def test_the_heads_decide_before_the_texts(
    known: dict[str, str], new: dict[str, str], reason: str | None
) -> None:
    assert reason_to_replace(article(MAY, **known), article(MAY, **new)) == reason


def test_two_letters_of_one_series_are_two() -> None:
    assert reason_to_replace(article(MAY), article(JUNE)) is None
    assert reason_to_replace(article(JUNE), article(MAY)) is None


def test_a_corrected_or_longer_text_is_a_newer_copy() -> None:
    for newer in (MAY.replace("Three boats", "Four boats"), MAY + "\nP.S. The crane is dry.\n"):
        assert reason_to_replace(article(MAY), article(newer)) == "the same text for the most part"


def test_a_text_that_holds_little_of_what_is_there_is_no_newer_copy() -> None:
    assert reason_to_replace(article(MAY), article(MAY[:60])) is None


def test_a_paragraph_or_three_words_in_a_row_are_kept() -> None:
    known = article("Yes.\n\nThe boat is red and old.\n\n船票是四元")
    assert kept_share(known, known) == 1.0
    assert kept_share(known, article("Yes.")) == 2 / 14
    assert kept_share(known, article("The boat is green. No.")) == 3 / 14
    assert kept_share(known, article("儿童船票是两元")) == 3 / 14
    assert kept_share(article("..."), article("None.")) == 0.0
