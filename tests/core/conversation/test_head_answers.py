"""Answers from the head of the article that the answer before was from."""

from __future__ import annotations

import pytest

from bot.core.article import Head
from tests.core.conversation.test_named_article import library_of


@pytest.mark.parametrize("question", ["who wrote it?", "who wrote that"])
def test_that_nothing_is_known_of_an_author_is_said_of_the_article_before(question: str) -> None:
    letters = "Ada Weld kept bees. She wrote to her brother in May."
    articles = {
        "stove": (Head("The Brinel stove", publisher="Orlo Works"), "The Brinel burns wet peat."),
        "weld": (Head("Ada Weld", "Mona Reed"), letters),
    }
    earlier = ["which peat does the Brinel burn?"]
    answer = library_of(articles).ask(question, earlier=earlier)
    assert (answer.kind, answer.matches, answer.follows) == ("none", (), earlier[0])
    assert answer.reply == (
        "“The Brinel stove” was published by Orlo Works. Nothing is known of its author.\nstove"
    )


def test_the_article_whose_summary_is_asked_is_named_without_the_word_for_it() -> None:
    articles = {
        "weir": (Head("Weir closed for a month"), "The weir leaks."),
        "post": (
            Head("An article of clay"),
            "A weir article is of clay. One weir article more was sold.",
        ),
    }
    reply = library_of(articles).ask("summarize the weir article").reply
    assert reply.endswith("You can open and read: “Weir closed for a month” (weir)")
