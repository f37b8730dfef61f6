"""Rows of tables: the row is given that the question names, and none where it names no row."""

from __future__ import annotations

import pytest

from bot.core.article import Head
from tests.core.conversation.test_named_article import library_of

POOL = """Tickets

| Ticket | Until May | From June |
|---|---|---|
| Bather | £4 | £5 |
| Spectator, of any age | £1 | £2 |
| Season | £60 | £70 |

Towels can be hired at the door. The pool is heated by the bakery next door."""
FERRY = """Crossings

| Boat | Deck | Sails |
|---|---|---|
| Amber | open | every other Thursday |
| Heron | covered | Mondays |
| Pearl | open | every Friday |

The boats are painted in spring by the school."""


def shown(question: str) -> tuple[str, str]:
    library = library_of({"pool": (Head("The pool"), POOL), "ferry": (Head("The ferry"), FERRY)})
    answer = library.ask(question)
    match = answer.matches[0]
    return answer.kind, match.passage.text[match.sentence.start : match.sentence.end]


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("what does a spectator pay at the pool from June?", "Spectator, of any age | £1 | £2"),
        ("how much is a season ticket at the pool from June?", "Season | £60 | £70"),
        ("when does the boat Heron sail?", "Heron | covered | Mondays"),
        ("when does the boat heron sail?", "Heron | covered | Mondays"),
    ],
)
def test_the_row_is_given_that_has_the_word_which_tells_rows_apart(question: str, row: str) -> None:
    assert shown(question)[1] == row


@pytest.mark.parametrize(
    "question",
    [
        "when does the boat Walrus sail?",
        "when does the boat walrus sail?",
        "how much is a ticket for firefighters at the pool from June?",
    ],
)
def test_no_row_is_an_answer_that_lacks_it(question: str) -> None:
    assert shown(question)[0] != "answer"
