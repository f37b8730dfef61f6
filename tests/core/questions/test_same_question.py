"""Questions that ask the same are told from those that only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.questions.same_question import ask_the_same, wording
from bot.text.analyzer import Languages

ANALYZER = Languages()


def same(one: str, other: str, language: str = "en") -> bool:
    both = ask_the_same(wording(one, language, ANALYZER), wording(other, language, ANALYZER))
    assert both == ask_the_same(
        wording(other, language, ANALYZER), wording(one, language, ANALYZER)
    )
    return both


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("When does the museum open?", "when does the museum open"),
        (
            "When does the museum open?",
            "Hi! Could you please tell me when the museum opens? Thanks!",
        ),
        ("How big is the download?", "could anyone tell me how big the download is?"),
        ("What are the rules of the hall?", "what are the rules of a hall"),
        ("Can I bring my dog?", "Could I bring my dog?"),
        ("Where is the shop?", "Where's the shop?"),
        ("Who is in charge?", "who’s in charge"),
        ("Where can I park?", "Where can you park?"),
        ("Do we need a ticket?", "Does one need a ticket?"),
        ("Who do I call when the amp smokes?", "who should I call if the amp is smoking"),
        ("Who runs the shop?", "Who is running the shop?"),
        ("Does the museum open on Sunday?", "Is the museum opening on Sundays?"),
        ("How much does a ticket cost?", "What does a ticket cost?"),
    ],
)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("When does the museum open?", "Where does the museum open?"),
        ("When does the museum open?", "When does the museum close?"),
        ("When does the museum open?", "When does the museum open on Sundays?"),
        ("When does the museum open?", "When did the museum open?"),
        ("Tell me when the museum opens", "Tell me when the museum opened"),
        ("Who is the chair?", "Who was the chair?"),
        ("Can I bring my dog?", "Can't I bring my dog?"),
        ("Can I bring my dog?", "Can I bring your dog?"),
        ("What is allowed?", "What isn't allowed?"),
        ("Trains from Leeds to York?", "Trains to Leeds from York?"),
        ("Trains from Leeds to York?", "Trains from York to Leeds?"),
        ("Who defeated France?", "Who did France defeat?"),
        ("Does the dog bite the man?", "Does the man bite the dog?"),
        ("What happens on strike 3?", "What happens on strike 4?"),
        ("Can I visit?", "I have a dog. Can I visit?"),
        ("Who are you?", "Who am I?"),
        ("What is your address?", "What is my address?"),
        ("Can you help me?", "Can I help you?"),
        ("Should I bring a towel?", "Do I bring a towel?"),
        ("Is smoking allowed?", "Does smoke allow?"),
        ("Who was running the shop?", "Who runs the shop?"),
        ("Who likes the painting?", "Who likes the paint?"),
        ("Where do I find a landing?", "Where do I find a land?"),
        ("What is a building?", "What builds?"),
        ("Where's the shop?", "Where was the shop?"),
        ("What is the dog's food?", "What is the dog is food?"),
        ("When does the museum open?", "If the museum opens?"),
        ("How many days is the pool open?", "How many hours is the pool open?"),
        ("When does the concert begin?", "What time does the concert begin?"),
        ("When was it built?", "Where was it built?"),
        ("How much is the fee?", "How old is the fee?"),
    ],
)
def test_another_question(one: str, other: str) -> None:
    assert not same(one, other)


def test_other_languages_know_their_articles() -> None:
    assert same("Wann öffnet das Museum?", "wann öffnet Museum", "de")
    assert not same("Wann öffnet das Museum?", "Wann öffnet das Museum nicht?", "de")
    assert same("Wo kann ich parken?", "Wo kann man parken?", "de")
    assert not same("Wo kann ich parken?", "Wo kann man nicht parken?", "de")


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_compared(one: str, other: str) -> None:
    read = wording(one, "en", ANALYZER)
    assert ask_the_same(read, read) == (bool(read.terms) and read.is_whole)
    same(one, other)
