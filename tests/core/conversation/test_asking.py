"""From a question to an answer, over real shelves."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core.answer import Answer
from bot.core.article import Draft, Head
from bot.core.library import Library
from bot.core.shelf import Shelf
from bot.text.analyzer import Languages
from bot.wiring import library as wired
from tests.core.conversation.test_named_article import library_of
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.catalogue import FakeCatalogue
from tests.fakes.index import FakeIndex

HARBOUR = """---
title: The harbour
---

The harbour of Elling was built in 1612 by Johanna Weld, a merchant's widow who had made her \
fortune in salt and wanted a place to land it out of the western wind that blows there all winter. \
She paid for every stone of it, and for the road that leads up to the market. \
Nobody thanked her for it while she lived, as so often.

In the cold January of 1709 the harbour froze for eleven weeks. Sledges carried grain over the ice \
from the far shore, and the council let nobody sell bread above its price of the autumn before. \
When the thaw came at last, it took two bridges with it. \
Old people spoke of that winter for the rest of their lives.

Today the harbour is deep enough for ferries. Four of them leave each morning, and the last one \
comes back at ten in the evening, when the lighthouse is lit and the gates of the quay are closed. \
Anglers stay on the mole for as long as they like. \
Nobody has to pay for that, and nobody ever had to.
"""
MILL = """---
title: Die Mühle
language: de
---

Die alte Mühle am Bach wurde 1823 von einem Blitz getroffen und brannte bis auf die Mauern nieder, \
weil die Bauern auf den Feldern waren und niemand rechtzeitig Wasser aus dem Bach holen konnte.

Heute wohnt eine Töpferin in der Mühle. Sie verkauft ihre Krüge auf dem Markt und zeigt Kindern, \
wie man aus Ton eine Schale formt, ohne dass sie beim Trocknen in der Sonne Risse bekommt.
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "harbour.md").write_text(HARBOUR, "utf-8")
    (corpus / "muehle.md").write_text(MILL, "utf-8")
    return opened(tmp_path)


def opened(root: Path) -> Library:
    settings = Settings(
        CorpusSettings(folder=root / "corpus"), SearchSettings(cache=root / "cache")
    )
    found = wired(settings)
    found.refresh()
    return found


def first(answer: Answer) -> tuple[str, str]:
    """The place of the first match's sentence, and that sentence."""
    match = answer.matches[0]
    text = match.passage.text[match.sentence.start : match.sentence.end]
    number = match.citation.first + match.passage.text.count("\n\n", 0, match.sentence.start)
    return f"{match.citation.slug}#{number}", text


@pytest.mark.parametrize(("limit", "read"), [(1, 6), (3, 6), (12, 12)])
def test_candidates_far_behind_are_read_only_where_so_many_are_asked_for(
    limit: int, read: int
) -> None:
    """One passage has all that is asked, thirty have one frequent word of it."""
    store, catalogue, analyzer = FakeArticleStore(), FakeCatalogue(), Languages()
    found = Library([Shelf(store, FakeIndex(store, analyzer, catalogue))], analyzer)
    store.save("all", Draft(Head("all"), "A lapwing tumbles over flooded meadows at dusk."))
    for number in range(30):
        slug = f"other-{number}"
        store.save(slug, Draft(Head(slug), f"Cows {number} graze on meadows."))
    found.refresh()
    answer = found.ask("Which lapwing tumbles over flooded meadows at dusk?", limit=limit)
    assert len(answer.matches) == limit
    assert answer.matches[0].citation.slug == "all"
    assert len(catalogue.read) == read


def test_the_passage_and_the_sentence_that_answer_come_first(library: Library) -> None:
    answer = library.ask("When did sledges carry grain over the ice?")
    assert first(answer) == (
        "harbour#2",
        "Sledges carried grain over the ice from the far shore, and the council let nobody sell "
        "bread above its price of the autumn before.",
    )
    assert answer.answered
    assert answer.confidence > 0.5
    assert (answer.unknown, answer.repairs) == ((), ())
    match = answer.matches[0]
    assert [match.passage.text[a:b] for a, b in match.highlights] == [
        *("Sledges", "carried", "grain", "ice")
    ]
    scores = [match.score for match in answer.matches]
    assert scores == sorted(scores, reverse=True)


def test_no_paragraph_is_quoted_twice_where_they_are_short(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    rows = [
        f"The tower of {place} was built for the {use}." + " It is closed to everybody today." * 6
        for place, use in (("Elling", "council"), ("Marne", "bishop"), ("Orl", "navy"))
    ]
    more = [f"Nothing else was built there in the year {year}. " * 5 for year in range(1800, 1806)]
    text = "---\ntitle: Towers\n---\n\n" + "\n\n".join([*rows, *more])
    (tmp_path / "corpus" / "towers.md").write_text(text, "utf-8")
    answer = opened(tmp_path).ask("Why was the tower of Marne built?", limit=9, further=9)
    quoted = [(match.citation.first, match.citation.last) for match in answer.matches]
    assert quoted[0] == (2, 4)
    assert first(answer)[0] == "towers#2"
    answering = [first(answer._replace(matches=(match,)))[0] for match in answer.matches]
    for number, (begin, end) in enumerate(quoted):
        held = {f"towers#{paragraph}" for paragraph in range(begin, end + 1)}
        assert not held & set(answering[number + 1 :])


def test_a_question_is_asked_in_each_language_that_is_there(library: Library) -> None:
    answer = library.ask("Wann wurde die Mühle vom Blitz getroffen?")
    assert first(answer)[0] == "muehle#1"
    assert answer.answered


def test_a_typing_error_is_put_right_and_told(library: Library) -> None:
    answer = library.ask("When did slegdes carry grain over the ice?")
    assert first(answer)[0] == "harbour#2"
    assert answer.repairs == (("slegdes", "Sledges"),)
    assert answer.unknown == ()


def test_each_word_that_was_put_right_costs_confidence(library: Library) -> None:
    right = library.ask("When did sledges carry grain over the ice?").confidence
    one = library.ask("When did slegdes carry grain over the ice?").confidence
    two = library.ask("When did slegdes carry grian over the ice?").confidence
    assert one == pytest.approx(0.95 * right)
    assert two == pytest.approx(0.95 * one)


def test_a_word_is_meant_that_stands_beside_the_others() -> None:
    store, catalogue, analyzer = FakeArticleStore(), FakeCatalogue(), Languages()
    found = Library([Shelf(store, FakeIndex(store, analyzer, catalogue))], analyzer)
    for slug, text in {
        "barn": "The barn is red.",
        "old-barn": "An old barn burned down.",
        "birch": "Of a birch the bark is smooth.",
    }.items():
        store.save(slug, Draft(Head(slug.title()), text))
    found.refresh()
    assert found.ask("Is the barx red?").repairs == (("barx", "barn"),)
    assert found.ask("Is the barx smooth?").repairs == (("barx", "bark"),)


def test_a_word_that_no_article_holds_is_named_though_another_may_be_meant(
    library: Library,
) -> None:
    answer = library.ask("When did the harbour meet its coakh?")
    assert answer.unknown == ("meet", "coakh")
    assert answer.repairs == ()


def test_words_without_the_space_between_them_are_told_apart(library: Library) -> None:
    answer = library.ask("When did theharbour freeze?")
    assert answer.repairs == (("theharbour", "the harbour"),)
    assert answer.unknown == ()


def test_two_words_that_are_one_are_joined_and_told_once(library: Library) -> None:
    answer = library.ask("When is the light house lit?")
    assert first(answer)[0] == "harbour#3"
    assert answer.repairs == (("light house", "lighthouse"),)
    assert answer.unknown == ()


def test_a_word_is_found_that_says_the_opposite(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "club.md").write_text("# The club\n\nIt is an unofficial club of skaters.\n", "utf-8")
    answer = opened(tmp_path).ask("Is the club official?")
    assert answer.repairs == (("official", "unofficial"),)
    assert answer.kind == "answer"


def test_a_repair_is_shown_as_the_articles_write_the_word(library: Library) -> None:
    answer = library.ask("Who lights the lihgthouses?")
    assert answer.repairs == (("lihgthouses", "lighthouse"),)


def test_what_no_article_answers_is_declined_with_the_words_that_none_contains(
    library: Library,
) -> None:
    answer = library.ask("Which Zeppelin crossed the harbour of Valparaiso?")
    assert not answer.answered
    assert answer.unknown == ("Zeppelin", "crossed", "Valparaiso")
    assert answer.matches


@pytest.mark.parametrize(
    "question",
    ["", " ", "?!…", "🙂🙂", "who is it?", "港はいつ凍りましたか", "\x00\ud800", "zzzz " * 10_000],
)
def test_a_question_of_nothing_is_refused_plainly(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert not answer.answered
    assert answer.matches == ()
    assert answer.explanation is None


def test_within_one_article_only_it_is_looked_at(library: Library) -> None:
    answer = library.ask("What stands at the harbour today?", article="harbour", limit=10)
    assert {match.citation.slug for match in answer.matches} == {"harbour"}
    assert first(answer)[0] == "harbour#3"
    assert library.ask("Zeppelin", article="muehle").matches == ()


def test_a_digest_is_silent_beside_its_original(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "harbour.md").write_text(HARBOUR, "utf-8")
    (corpus / "short.md").write_text(
        "---\ntitle: The harbour\ndigest_of: the article of the same title\n---\n\n"
        "The harbour of Elling: built in 1612 by Johanna Weld, a widow who was rich by salt.\n",
        "utf-8",
    )
    library, question = opened(tmp_path), "Who built the harbour of Elling in 1612?"
    assert slugs(library.ask(question, limit=9)) == {"harbour"}
    assert slugs(library.ask(question, article="short", limit=9)) == {"short"}
    (corpus / "harbour.md").unlink()
    library.refresh()
    assert slugs(library.ask(question, limit=9)) == {"short"}


def test_a_digest_is_silent_beside_an_original_on_another_shelf(tmp_path: Path) -> None:
    digest = Draft(Head("The owl", digest_of="the article"), "In short: the owl hunts mice.")
    whole = Draft(Head("The owl"), "At night the barn owl hunts mice in the meadows.")
    shelves = []
    for prefix, slug, draft in (("", "owl-in-short", digest), ("42/", "owl", whole)):
        store = FakeArticleStore()
        store.save(slug, draft)
        shelves.append(Shelf(store, FakeIndex(store, Languages()), prefix))
    both, one = Library(shelves, Languages()), Library(shelves[:1], Languages())
    both.refresh()
    assert slugs(both.ask("Which mice does the owl hunt?", limit=9)) == {"42/owl"}
    assert slugs(one.ask("Which mice does the owl hunt?", limit=9)) == {"owl-in-short"}


def slugs(answer: Answer) -> set[str]:
    return {match.citation.slug for match in answer.matches}


def test_the_limit_is_how_many_matches_there_are_at_most(library: Library) -> None:
    assert len(library.ask("harbour", limit=2).matches) == 2
    assert len(library.ask("harbour", limit=10).matches) == 3


def test_further_matches_are_named_by_the_addresses_that_they_would_have(library: Library) -> None:
    whole = library.ask("harbour", limit=3)
    brief = library.ask("harbour", limit=1, further=5)
    assert whole.further == ()
    assert brief.matches == whole.matches[:1]
    assert brief.further == tuple(match.citation.address for match in whole.matches[1:])
    assert brief[:3] == whole[:3]


def test_an_answer_is_explained(library: Library) -> None:
    explanation = library.ask("When did the harbours freeze in January?").explanation
    assert explanation is not None
    assert [(term.word, term.matched, term.frequency) for term in explanation.terms] == [
        ("harbours", "stem", 3),
        ("freeze", "stem", 1),
        ("January", "word", 1),
    ]
    assert sum(term.weight for term in explanation.terms) == pytest.approx(1.0)
    assert [name for name, _, _ in explanation.features] == [
        "words",
        "phrases",
        "sentence",
        "spelling",
        "opening",
        "length",
        "title",
        "kind",
    ]
    assert sum(share for _, _, share in explanation.features) == pytest.approx(1.0)
    assert explanation.runner_up is not None
    assert explanation.runner_up.startswith("harbour#3@")
    assert explanation.margin > 0


def test_what_counts_for_a_word_that_is_missing_is_told(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    text = "The demolition of the old mill commenced in May, and nobody was sorry to see it go."
    (tmp_path / "corpus" / "mill.md").write_text(f"# The mill\n\n{text}\n")
    answer = opened(tmp_path).ask("Who would begin demolishing a Scottish mill?")
    assert answer.explanation is not None
    assert [(term.word, term.matched, term.relative) for term in answer.explanation.terms] == [
        ("begin", "relative", "commenced"),
        ("demolishing", "relative", "demolition"),
        ("Scottish", "no", ""),
        ("mill", "word", ""),
    ]


def test_of_the_best_the_one_that_gives_the_kind_of_answer_asked_for_comes_first(
    tmp_path: Path,
) -> None:
    filler = " It hangs high above the old roofs and the narrow lanes of the town" * 5
    text = f"""The bell of the tower was cast again by Anna Weld.{filler}.

The bell of the tower was cast again by 1705.{filler}."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bell.md").write_text(text, "utf-8")
    library = opened(tmp_path)
    matches = library.ask("When was the bell of the tower cast again?").matches
    assert [match.passage.first for match in matches] == [2, 1]
    matches = library.ask("Who cast the bell of the tower again?").matches
    assert [match.passage.first for match in matches] == [1, 2]


def test_a_word_that_asks_for_a_kind_of_answer_is_not_missed_where_that_is_given(
    tmp_path: Path,
) -> None:
    (tmp_path / "corpus").mkdir()
    text = "The kiln of the pottery is fired at 1,200 °C for the whole of one day.\n"
    (tmp_path / "corpus" / "kiln.md").write_text(text, "utf-8")
    library = opened(tmp_path)
    assert library.ask("How hot is the kiln?").unknown == ()
    assert library.ask("Is the kiln hot?").unknown == ("hot",)


def test_phrases_of_the_question_are_told(library: Library) -> None:
    explanation = library.ask("Who built the harbour of Elling in 1612?").explanation
    assert explanation is not None
    assert explanation.phrases == ("the harbour of Elling", "in 1612")


def test_an_empty_corpus_answers_nothing(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    answer = opened(tmp_path).ask("When did the harbour freeze?")
    assert (answer.answered, answer.matches) == (False, ())


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("how loud is the Brinel?", ("loud",)),
        ("is the Brinel loud?", ("loud",)),
        ("how deep is the Tarn?", ("deep",)),
        ("how big may the box be?", ()),
    ],
)
def test_a_number_of_something_else_is_not_how_loud_it_is(
    question: str, unknown: tuple[str, ...]
) -> None:
    texts = {
        "brinel": "The Brinel 40 replaces the Brinel 30. Orlo sells it with two knives.",
        "tarn": "On the Tarn a crack of 60 centimetres was found in the hull by divers in May.",
        "box": "Each member may have one box of up to six square metres by the wall.",
    }
    titles = {"brinel": "The Brinel shredder", "tarn": "Ferry on the Tarn", "box": "Rules of Orlo"}
    found = library_of({slug: (Head(titles[slug]), text) for slug, text in texts.items()})
    answer = found.ask(question)
    assert answer.unknown == unknown
    assert answer.answered <= (not unknown)
