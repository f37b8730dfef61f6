"""Words of a question that are put right, and words that are left as they were asked."""

from __future__ import annotations

import pytest

from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core.library import Library
from bot.wiring import library as wired

_ARTICLES = {
    "skaale": """# Skaale

The harbour of Skaale has seen ten storms. Each server of the tavern gets a low wage, and they often
take the late ferry, six kilometres long. The colour of the centre is grey, and yoghurt is organised
by Ottilie Brandt. Her flats have shares of the Wellmar mill, and a new log was changed there.
""",
    "theatre": """# The theatre

He offered to live in it. Mikkel Hansson and Annabel Ruud painted the theatre while she was his own
guest, and Jonas Maar wed them.
""",
    "sentier": """# Le sentier de Vauvert

Le sentier fait dix pas, quel que soit le temps. Le bateau attend au port, et le marché est ouvert.
""",
    "rio": """# O rio

O rio tem um quilômetro de largura, e um quilo de peixe custa pouco. A cidade fica na margem do rio.
""",
    "kutuphane": """# Kütüphane

Kütüphane saat dokuzda açılır. Bahçede elma ağaçları var, neye yarar bilinmez.
""",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = tmp_path_factory.mktemp("repairs")
    (root / "corpus").mkdir()
    for name, text in _ARTICLES.items():
        (root / "corpus" / f"{name}.md").write_text(text, "utf-8")
    settings = Settings(
        CorpusSettings(folder=root / "corpus"), SearchSettings(cache=root / "cache")
    )
    found = wired(settings)
    found.refresh()
    return found


@pytest.mark.parametrize(
    ("question", "repairs"),
    [
        ("Where are the flatts?", [("flatts", "flats")]),
        ("Where are the shreas of the mill?", [("shreas", "shares")]),
        ("What did Otilie organise?", [("Otilie", "Ottilie")]),
        ("What did the famous Brant organise?", [("Brant", "Brandt")]),
        ("Who is Mikel Hanson?", [("Mikel", "Mikkel"), ("Hanson", "Hansson")]),
        ("Who is Anabel there?", [("Anabel", "Annabel")]),
    ],
)
def test_letters_that_are_doubled_unheard_or_misplaced_are_put_right(
    library: Library, question: str, repairs: list[tuple[str, str]]
) -> None:
    assert list(library.ask(question).repairs) == repairs


@pytest.mark.parametrize(
    "question",
    [
        "Who is the penlow of Skaale?",
        "Who is the capten of the ferry?",
        "Were the flags sewn in Skaale?",
        "Is the meadow mown in Skaale?",
        "Is severance paid in Skaale?",
        "Who hewed the harbour?",
        "She'd like which harbour?",
        "Where in Skaale would they've been?",
        "Is Mikael there in the harbour?",
        "Quelqu'un connaît le port ?",
        "Jusqu'au port, le sentier fait combien de pas ?",
        "Combien de kilomètres fait le sentier de Vauvert ?",
        "Kütüphaneye üyelik ücretli mi?",
    ],
)
def test_a_word_is_not_put_in_place_of_another(library: Library, question: str) -> None:
    assert library.ask(question).repairs == ()


@pytest.mark.parametrize(
    "question",
    [
        "What color is the center?",
        "Who organized the yogurt?",
        "How many kilometers long is the ferry?",
        "Who painted the theater?",
    ],
)
def test_american_spelling_is_no_other_word(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert (answer.kind, answer.unknown, answer.repairs) == ("answer", (), ())


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("How much is the salary of each server of the tavern?", ()),  # "wage"
        ("Which apartments have shares of the mill?", ()),  # "flats"
        ("Is the salary of Ottilie Brandt grey?", ("salary",)),
    ],
)
def test_a_word_is_not_missed_where_the_first_match_has_another_for_it(
    library: Library, question: str, unknown: tuple[str, ...]
) -> None:
    assert library.ask(question).unknown == unknown
