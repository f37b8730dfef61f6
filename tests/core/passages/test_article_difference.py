"""Two versions of an article are compared."""

from __future__ import annotations

from bot.core.article import Article, Head, join_paragraphs
from bot.core.passages.article_difference import ArticleDifference, differences

HEAD = Head("The owl", author="Ann", fetched="2020-01-01", sha256="00")


def article(*paragraphs: str, head: Head = HEAD) -> Article:
    text, spans = join_paragraphs(paragraphs)
    return Article("owl", head, text, spans)


def test_the_head_comes_first_and_what_is_of_the_file_does_not_count() -> None:
    newer = HEAD._replace(author=None, language="en", fetched="2021-01-01", sha256="ff")
    assert list(differences(article("One."), article("One.", "Two.", head=newer))) == [
        ArticleDifference("head", "author", "Ann", None),
        ArticleDifference("head", "language", None, "en"),
        ArticleDifference("added", new=(2, 2)),
    ]


def test_paragraphs_are_counted_from_one() -> None:
    old, new = article("One.", "Two.", "Three.", "Four."), article("One.", "2.", "2b.", "Four.")
    assert list(differences(old, new)) == [ArticleDifference("changed", old=(2, 3), new=(2, 3))]
    assert list(differences(old, article("One.", "Four."))) == [
        ArticleDifference("removed", old=(2, 3))
    ]
    assert list(differences(old, old)) == []
