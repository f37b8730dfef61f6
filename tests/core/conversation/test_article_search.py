"""An article is searched that answers in other words than the question's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core.library import Library
from bot.wiring import library as wired

HEART = """---
title: An irregular heartbeat
---

Many older people have a heartbeat that is irregular. It is seldom a danger in itself, but has to
be looked at, because clots may form in the heart and travel to the brain, and because the heart
grows tired of beating too fast for weeks on end. Those who feel it should see a doctor soon, and
those who do not feel it are told by chance.

The standard medicine is taken each morning with a glass of water, for as long as the doctor who
prescribed it thinks right, and nobody should stop without having spoken with that doctor about
what to do in its stead. It is dearer than it was, but the hospital gives it to those who cannot
afford it.

Coffee, alcohol and too little sleep bring it on in some people, who learn to do without them, and
swimming and walking are good for all of them, provided that they begin slowly and rest as soon as
their breath becomes short, whatever those who run beside them may say of it.
"""
ROWING = """---
title: A rowing club on the lake
---

The rowing club was founded by eleven fishermen, and has two hundred members now, half of whom
live too far away to row more than once a month. It owns nine boats and a shed, and rents the
meadow between them, where tents may stand while a regatta lasts.

Boats come back before dark, washed and dry. Those who are late more than three times in one summer
are expelled by a vote of the committee, which hears them first, and may row again with a new
application, and a new fee, in the second spring from then.

Children row with a grown-up in the boat until they have passed the swimming test, which is held
on the first Sunday in June whatever the weather, and on other days for those who ask for it and
bring a towel and a friend.
"""
GARDEN = """---
title: A garden by the sea
---

Salt burns the leaves of whatever grows within sight of the waves, so that a hedge of tamarisk
comes first and everything else behind it, and nothing is planted before the gales of March.
"""


def opened(root: Path, *articles: str) -> Library:
    corpus = root / "corpus"
    corpus.mkdir()
    for number, article in enumerate(articles):
        (corpus / f"article-{number}.md").write_text(article, "utf-8")
    settings = Settings(CorpusSettings(folder=corpus), SearchSettings(cache=root / "cache"))
    library = wired(settings)
    library.refresh()
    return library


def first_paragraph(library: Library, question: str) -> tuple[str, int]:
    """The article and the paragraph of the first match's sentence."""
    match = library.ask(question).matches[0]
    before = match.passage.text.count("\n\n", 0, match.sentence.start)
    return match.citation.slug, match.citation.first + before


def test_a_passage_without_a_word_of_the_question_is_found_in_the_article_it_is_about(
    tmp_path: Path,
) -> None:
    library = opened(tmp_path, HEART, GARDEN)
    assert first_paragraph(library, "Are there pills for an irregular heartbeat?") == (
        "article-0",
        2,
    )


def test_a_question_in_the_articles_own_words_is_answered_as_before(tmp_path: Path) -> None:
    library = opened(tmp_path, HEART, GARDEN)
    asked = "Do many older people have an irregular heartbeat?"
    assert first_paragraph(library, asked) == ("article-0", 1)


def test_a_word_that_the_article_itself_uses_is_not_said_otherwise(tmp_path: Path) -> None:
    pills = HEART.replace("Coffee, alcohol", "Pills, coffee, alcohol")
    library = opened(tmp_path, pills, GARDEN)
    asked = "Do pills bring on an irregular heartbeat?"
    assert first_paragraph(library, asked) == ("article-0", 3)


def test_other_words_count_only_in_the_article_that_the_question_is_about(tmp_path: Path) -> None:
    library = opened(tmp_path, HEART, GARDEN)
    asked = "Are there pills against the salt of the sea in a garden?"
    assert first_paragraph(library, asked)[0] == "article-1"


def test_a_phrase_of_several_words_is_found_in_the_words_of_the_article(tmp_path: Path) -> None:
    library = opened(tmp_path, ROWING, GARDEN)
    assert first_paragraph(library, "Why does the rowing club kick people out?") == ("article-0", 2)
    assert first_paragraph(library, "Who founded the rowing club?") == ("article-0", 1)


def test_the_article_of_a_conversation_is_searched_for_them_whatever_is_asked(
    tmp_path: Path,
) -> None:
    """A question that follows another need not name the subject."""
    library = opened(tmp_path, HEART, ROWING, GARDEN)
    earlier = ["Who should see a doctor soon?"]
    (match,) = library.ask("which pills are there for it?", limit=1, earlier=earlier).matches
    assert match.passage.text[match.sentence.start :].startswith("The standard medicine")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("who got fired?", "Rolf Penn, who kept the books, was dismissed after an audit."),
        ("who got the sack?", "Rolf Penn, who kept the books, was dismissed after an audit."),
        ("which pills are there?", "The standard medicine"),
    ],
)
def test_what_says_the_same_as_the_only_word_of_a_question_is_shown_as_unsure(
    tmp_path: Path, question: str, said: str
) -> None:
    """No article contains any word of the question."""
    dismissed = "Rolf Penn, who kept the books, was dismissed after an audit."
    clerk = f"---\ntitle: A town hall\n---\n\n{dismissed}"
    library = opened(tmp_path, HEART, GARDEN, clerk)
    answer = library.ask(question)
    match = answer.matches[0]
    assert match.passage.text[match.sentence.start :].startswith(said)
    assert (answer.kind, answer.unknown) == ("unsure", ())


def test_what_says_the_same_is_found_beside_a_word_of_very_many_passages(tmp_path: Path) -> None:
    town = "---\ntitle: Notes\n---\n\n" + "\n\n".join(
        f"In {1900 + number} the harbour master saw {'a ship and ' * 60}a boat."
        for number in range(60)
    )
    clerk = (
        "---\ntitle: A town hall\n---\n\nRolf Penn was dismissed from the harbour's office in May."
    )
    library = opened(tmp_path, town, clerk)
    match = library.ask("Who got sacked at the harbour?").matches[0]
    assert match.citation.slug == "article-1"


def test_what_is_merely_near_the_only_word_of_a_question_is_not_searched_for(
    tmp_path: Path,
) -> None:
    library = opened(tmp_path, GARDEN, "---\ntitle: A town\n---\n\nBedding is washed in May.")
    assert library.ask("Is there a pillow?").matches == ()


def test_who_was_beaten_is_not_told_by_what_was_won(tmp_path: Path) -> None:
    runner = """---
title: Ida Moreau
---

Ida Moreau is a runner. She won the Lisbon Marathon in 2016.

In 2018 she defeated Petra Kovac in the final.
"""
    library = opened(tmp_path, runner)
    assert library.ask("who did she beat in 2016").kind != "answer"
    assert library.ask("who did she beat in 2018").kind == "answer"
