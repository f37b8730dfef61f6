"""The parts of a message that ask are told from filler."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.asking_parts import asked


def parts(text: str, language: str = "en") -> tuple[str, str]:
    """The parts that ask, and the context, each with bars between."""
    found = asked(text, language)
    asking, context = (" | ".join(text[s:e] for s, e in spans) for spans in found)
    return asking, context


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("I'd like to know who the mayor is, please", "who the mayor is"),
        ("Hey folks, does anyone know what an RCD is? heard it somewhere lol", "what an RCD is"),
        ("asking for a friend, when does the pool close?", "when does the pool close"),
        ("Sorry if this is a dumb question but what is a lathe", "what is a lathe"),
        ("hi bot! can u pls tell me the price of a ticket thx", "the price of a ticket"),
        ("just curious, who paid for it", "who paid for it"),
        ("Is it true that wheelchairs can be borrowed?", "wheelchairs can be borrowed"),
        ("who, please, built the pier?", "who | built the pier"),
    ],
)
def test_filler_is_no_part_of_a_question(text: str, asking: str) -> None:
    assert parts(text)[0] == asking


@pytest.mark.parametrize(
    "text",
    [
        "Who built the harbour in 1612?",
        "opening hours museum",
        "What is the cheapest ticket, and who may have it?",
        "Why did the ferry come a week later?",
        "Who sang All you need is love and help?",
        "Which help did the council offer?",
        "please",
        "",
        "?",
    ],
)
def test_a_question_without_filler_stays_as_it_is(text: str) -> None:
    assert parts(text) == (text, "")


def test_the_sentence_that_asks_is_told_from_the_others() -> None:
    story = (
        "My name is Ada. We moved here in May, and the old ferry was my mother's. "
        "Everybody says it leaks. Who repairs it? Thanks in advance!"
    )
    assert parts(story) == (
        "Who repairs it",
        "We moved here in May, and the old ferry was my mother's | Everybody says it leaks",
    )
    aside = "My aunt has a boat and I was wondering if you could tell me where it may land."
    assert parts(aside) == ("where it may land", "My aunt has a boat and")


@pytest.mark.parametrize(
    ("text", "asking", "context"),
    [
        (
            "Pardon my ignorance, but what is a starter made of?",
            "what is a starter made of",
            "Pardon my ignorance",
        ),
        ("I hate to ask but how much salt goes in?", "how much salt goes in", "I hate to ask"),
        ("yo quick q: whats the bonus? thx", "whats the bonus", "quick q"),
        ("As a guest, may I ask what it costs?", "what it costs", "As a guest"),
        ("The huts: are they heated?", "are they heated", "The huts"),
        ("it never stops. is it broken?", "is it broken", "it never stops"),
        ("I'd like to come in May. Who has the key?", "Who has the key", "come in May"),
        ("sooo, who won", "who won", ""),
        ("Who is older, but not taller, than Ann?", "Who is older, but not taller, than Ann?", ""),
        ("Is it heated, but not in winter?", "Is it heated, but not in winter?", ""),
        ("Star Wars: The Last Jedi", "Star Wars: The Last Jedi", ""),
    ],
)
def test_what_leads_to_a_question_is_told_from_it(text: str, asking: str, context: str) -> None:
    assert parts(text) == (asking, context)


def test_abbreviations_end_no_sentence() -> None:
    text = "When was Symphony No. 5 by St. Clair finished?"
    assert parts(text) == (text, "")


@pytest.mark.parametrize(
    ("language", "text", "asking"),
    [
        (
            "de",
            "Hallo zusammen, kann mir bitte jemand sagen, wann das Bad öffnet? Vielen Dank!",
            "wann das Bad öffnet",
        ),
        (
            "es",
            "Perdón por molestar, me gustaría saber quién hizo el puente, por favor",
            "quién hizo el puente",
        ),
        (
            "fr",
            "Bonjour à tous, quelqu'un pourrait-il me dire quand ouvre la piscine ? Merci !",
            "quand ouvre la piscine",
        ),
        (
            "pt",
            "Olá pessoal, alguém sabe quando abre a piscina? Obrigado!",
            "quando abre a piscina",
        ),
        (
            "it",
            "Scusate il disturbo, vorrei sapere chi ha fatto il ponte, per favore",
            "chi ha fatto il ponte",
        ),
        (
            "nl",
            "Hallo allemaal, weet iemand wanneer het bad opengaat? Alvast bedankt!",
            "wanneer het bad opengaat",
        ),
        ("ru", "Привет всем, кто-нибудь знает, кто построил мост?", "кто построил мост"),
        (
            "tr",
            "Merhaba arkadaşlar, havuz ne zaman açılıyor bilen var mı? Teşekkürler",
            "havuz ne zaman açılıyor",
        ),
        ("zh", "大家好，请问游泳池几点开门？谢谢！", "游泳池几点开门"),
    ],
)
def test_ten_languages(language: str, text: str, asking: str) -> None:
    assert parts(text, language)[0] == asking


def test_a_language_without_phrases_stays_as_it_is() -> None:
    assert parts("Hei kaikki, kuka rakensi sillan?", "fi")[1] == ""


@given(st.text(alphabet="aB hi,.?!thanks please you\n'é你", max_size=60))
def test_parts_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = asked(text, "en")
    assert found.asking
    spans = sorted([*found.asking, *found.context])
    assert all(0 <= s <= e <= len(text) for s, e in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
