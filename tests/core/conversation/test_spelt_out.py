"""Short forms that no article holds, and what they stand for."""

from __future__ import annotations

import pytest

from bot.core.article import Head
from tests.core.conversation.test_named_article import library_of

CLUB = (
    Head("Elm Park Rowing Club: rules"),
    "A locker in the rowing club costs nine pounds a year. Boats are washed on Sundays.",
)
DOCKS = (
    Head("The docks"),
    "Nobody may smoke. The Tarn Port Authority closes the docks at ten, and opens them at six.",
)
WIRES = (Head("The wires"), "Calls are kept safe by hop-to-hop sealing, and nobody listens.")
LIBRARY = {"club": CLUB, "docks": DOCKS, "wires": WIRES}


@pytest.mark.parametrize(
    ("question", "slug", "repair"),
    [
        ("what does an EPRC locker cost?", "club", ("EPRC", "Elm Park Rowing Club")),
        ("what does an eprc locker cost?", "club", ("eprc", "")),  # may be a word
        ("EPRC", "club", ("EPRC", "Elm Park Rowing Club")),
        ("when are the docks closed by the TPA?", "docks", ("TPA", "Tarn Port Authority")),
        ("are calls kept safe with H2H sealing?", "wires", ("H2H", "hop-to-hop")),
        ("when does the TQPA close the docks?", "docks", ("TQPA", "")),
    ],
)
def test_what_a_short_form_stands_for_is_searched_for(
    question: str, slug: str, repair: tuple[str, str]
) -> None:
    answer = library_of(LIBRARY).ask(question)
    assert answer.matches[0].citation.slug == slug
    short, name = repair
    assert [tuple(each) for each in answer.repairs] == ([repair] if name else [])
    assert (short in answer.unknown) == (not name)
