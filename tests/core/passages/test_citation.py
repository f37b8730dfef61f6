"""A citation in one line: what is known, and nothing else."""

from __future__ import annotations

from bot.core.article import Head
from bot.core.passages.citation import Citation, cite, location

KNOWN = Head(
    "A title",
    author="Ann Author",
    publisher="The Paper",
    published="2016-07-18",
    url="https://example.org/a",
    language="en",
    section="World",
)


def citation(head: Head, first: int = 8, last: int = 8, page: int | None = None) -> Citation:
    return Citation("slug", head, first, last, 14, "slug#8@3f9c2a1b", None, page)


def test_names_all_that_is_known() -> None:
    assert cite(citation(KNOWN)) == (
        "“A title”, Ann Author, The Paper, 2016-07-18, paragraph 8 of 14, slug#8@3f9c2a1b"
    )


def test_leaves_out_what_is_not_known() -> None:
    assert cite(citation(Head("A title"))) == "“A title”, paragraph 8 of 14, slug#8@3f9c2a1b"


def test_says_of_what_it_is_a_digest() -> None:
    digest = Head("A title", published="2016", digest_of="the article of the same title")
    assert cite(citation(digest)) == (
        "“A title”, digest of the article of the same title, 2016, paragraph 8 of 14, "
        "slug#8@3f9c2a1b"
    )


def test_says_which_paragraphs_and_which_page() -> None:
    assert location(citation(KNOWN, 7, 8)) == "paragraphs 7-8 of 14"
    assert location(citation(KNOWN, 7, 8, page=3)) == "paragraphs 7-8 of 14, p. 3"
    assert location(citation(KNOWN, page=12)) == "paragraph 8 of 14, p. 12"
