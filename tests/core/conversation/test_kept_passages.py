"""Kept pairs: what editors say answers a question, and what follows from it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from bot.core.article import Draft, Head
from bot.core.conversation.kept_passages import KEPT_WEIGHT, kept_passages
from bot.core.conversation.question_search import AskedShelf
from bot.core.library import Library
from bot.core.passage import Passage
from bot.core.passages.address import Address, words_hash
from bot.core.requests import run, run_async
from bot.core.seams import Entry, Snapshot
from bot.core.seams.pairs import KeptPair
from bot.core.shelf import Shelf
from bot.text.analyzer import Languages
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.index import FakeIndex
from tests.fakes.kept_pairs import FakeKeptPairs

ANALYZER = Languages()
HOURS = "Doors are unlocked at nine and locked again at five, every day but Monday."
DOGS = "Dogs must wait outside. The museum opens its heart to them with a bowl of water."
FEES = "Members pay nothing. Everybody else pays six pounds at the desk."
HALL = "The hall was opened by the mayor."


class Case:
    """A museum's library, and whose editors keep what."""

    def __init__(self) -> None:
        self.store = FakeArticleStore()
        self.store.save("hours", Draft(Head("Hours"), HOURS))
        self.store.save("visit", Draft(Head("Your visit"), f"{DOGS}\n\n{FEES}"))
        self.index = FakeIndex(self.store, ANALYZER)
        self.kept = FakeKeptPairs()
        self.everyones = Shelf(self.store, self.index, "", self.kept)
        self.library = Library([self.everyones], ANALYZER)
        self.library.refresh()

    def address(self, slug: str, first: int, text: str) -> str:
        return str(Address(slug, first, first, words_hash(text)))

    def keep(self, question: str, address: str) -> None:
        self.kept.keep(KeptPair(question, address, "", ""))

    def first(self, question: str, **own: str) -> tuple[str, bool, str]:
        answer = self.library.ask(question, own.get("article"), 3)
        if not answer.matches:
            return "", False, answer.kind
        return answer.matches[0].citation.slug, answer.matches[0].is_kept, answer.kind


WHEN = "When does the museum open?"


def test_the_same_question_gets_its_passage_first_and_said_to_be_kept() -> None:
    case = Case()
    assert case.first(WHEN)[0] == "visit"
    case.keep(WHEN, case.address("hours", 1, HOURS))
    for asked in (WHEN, "hello, could you tell me when the museum opens please", WHEN.upper()):
        assert case.first(asked) == ("hours", True, "answer")
    answer = case.library.ask(WHEN)
    assert (answer.confidence, answer.unknown, answer.repairs) == (1.0, (), ())
    assert [match.is_kept for match in answer.matches].count(True) == 1


def test_no_article_is_read_for_a_question_that_only_shares_a_word_with_a_kept_one() -> None:
    """Whoever is far away would be asked once more for it."""
    pairs = [KeptPair(WHEN, Case().address("hours", 1, HOURS), "", "")]
    asked = "Which painters of the north does the museum show beside those of the south?"
    shelves = [AskedShelf("", ["en"])]
    assert list(kept_passages(shelves, ANALYZER, asked, None, pairs)) == []
    request = next(kept_passages(shelves, ANALYZER, WHEN, None, pairs))
    assert (request.method, request.arguments) == ("entries", {0: ["hours"]})


class Reading:
    """A snapshot that is waited for, with the articles that are read at each moment."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.read: list[list[str]] = [[]]

    async def entries(self, slugs: Collection[str]) -> Mapping[str, Entry]:
        return self._snapshot.entries(slugs)

    async def article_passages(self, slug: str) -> Sequence[Passage]:
        at_once = self.read[-1]
        at_once.append(slug)
        await asyncio.sleep(0)
        if self.read[-1] is at_once:
            self.read.append([])
        return self._snapshot.article_passages(slug)


def test_only_articles_of_passages_that_are_taken_up_are_read_the_first_of_them_at_once() -> None:
    """One of them is gone, one is in another language, the words of two have changed, and one is
    kept twice."""
    case = Case()
    pairs = []
    for number in range(14):
        text = f"Tower {number} is a hundred metres high."
        language = "de" if number == 1 else "en"
        case.store.save(
            f"tower-{number:02}", Draft(Head(f"Tower {number}", language=language), text)
        )
        kept = text if number not in (3, 4) else f"{text} It was lower."
        address = case.address(f"tower-{number:02}", 1, kept)
        pairs += [KeptPair("How high is the tower?", address, "", "")] * (2 if number == 6 else 1)
    case.store.remove("tower-00")
    case.library.refresh()
    asked = [AskedShelf("", ["en"])], ANALYZER, "How high is the new tower there?", None, pairs
    with case.everyones.snapshot() as snapshot:
        remote = Reading(snapshot)
        found = asyncio.run(run_async(kept_passages(*asked), [cast(Any, remote)]))
        assert run(kept_passages(*asked), [snapshot]) == found
    taken_up = [2, 5, 6, 7, 8, 9, 10, 11]
    assert [each.entry.slug for each in found] == [f"tower-{number:02}" for number in taken_up]
    assert remote.read == [
        [f"tower-{number:02}" for number in range(2, 10)],
        ["tower-10", "tower-11"],
        [],
    ]


def test_another_question_is_never_answered_by_it() -> None:
    case = Case()
    case.keep(WHEN, case.address("hours", 1, HOURS))
    for asked in (
        "Where does the museum open?",
        "When did the museum open?",
        "When doesn't the museum open?",
        "When does the museum open its heart?",
    ):
        assert not case.first(asked)[1]


def test_a_kept_pair_counts_only_while_its_words_stand_there() -> None:
    case = Case()
    case.keep(WHEN, case.address("hours", 1, HOURS))
    case.store.save("hours", Draft(Head("Hours"), HOURS.replace("nine", "ten")))
    case.library.refresh()
    assert not case.first(WHEN)[1]
    case.store.save("hours", Draft(Head("Hours"), f"{HALL * 9}\n\n{HOURS}"))
    case.library.refresh()
    assert case.first(WHEN) == ("hours", True, "answer")
    case.store.remove("hours")
    case.library.refresh()
    assert case.first(WHEN)[0] == "visit"


def test_words_of_a_kept_question_find_its_passage() -> None:
    case = Case()
    asked = "How expensive is the admission ticket?"
    assert case.first(asked)[0] != "visit" or case.library.ask(asked).kind == "none"
    case.keep("What does an admission ticket cost?", case.address("visit", 2, FEES))
    answer = case.library.ask(asked)
    assert answer.matches[0].citation.slug == "visit"
    assert not answer.matches[0].is_kept
    assert answer.explanation is not None
    assert any(name == "kept" and value > 0 for name, value, _ in answer.explanation.features)


def test_words_that_the_passage_says_by_a_synonym_are_not_counted_again() -> None:
    case = Case()
    case.keep("What fee is taken at the desk?", case.address("visit", 2, FEES))  # "pays", "desk"
    answer = case.library.ask("How high is the fee at the desk?")
    assert answer.matches[0].citation.slug == "visit"
    assert answer.explanation is not None
    (value,) = (value for name, value, _ in answer.explanation.features if name == "kept")
    assert 0 < value < KEPT_WEIGHT / 3  # it is like the question, and no word of it is lacking


def test_the_more_a_kept_question_is_like_the_one_asked_the_more_it_counts() -> None:
    asked = "How much does a ticket cost on Sunday?"
    values = []
    for question in ("Who sells a ticket?", "What is a ticket's price?", "ticket cost on Sunday"):
        case = Case()
        case.keep(question, case.address("visit", 2, FEES))
        answer = case.library.ask(asked)
        assert answer.explanation is not None
        found = {name: value for name, value, _ in answer.explanation.features}
        values.append(found.get("kept", 0.0))
    assert values == sorted(values)
    assert values[0] < values[2]


def test_a_question_before_small_talk_and_heads() -> None:
    case = Case()
    case.keep("Who are you?", case.address("hours", 1, HOURS))
    assert case.first("who are you") == ("hours", True, "answer")
    assert case.first("who am I")[1] is False


def test_a_question_that_follows_another_is_not_the_kept_one() -> None:
    case = Case()
    case.keep("And why?", case.address("hours", 1, HOURS))
    assert case.first("And why?")[1]
    answer = case.library.ask("And why?", earlier=("Must dogs wait outside?",))
    assert not any(match.is_kept for match in answer.matches)


def test_of_one_article_only_its_own_are_looked_at() -> None:
    case = Case()
    case.keep(WHEN, case.address("hours", 1, HOURS))
    assert case.first(WHEN, article="visit")[:2] == ("visit", False)
    assert case.first(WHEN, article="hours")[:2] == ("hours", True)


def test_pairs_of_one_tenant_change_nothing_for_another() -> None:
    case = Case()
    north, south = FakeKeptPairs(), FakeKeptPairs()
    own = FakeArticleStore()
    libraries = [
        Library([case.everyones, Shelf(own, FakeIndex(own, ANALYZER), prefix, kept)], ANALYZER)
        for prefix, kept in (("10/", north), ("11/", south))
    ]
    before = [library.ask(WHEN) for library in (*libraries, case.library)]
    north.keep(KeptPair(WHEN, case.address("hours", 1, HOURS), "", ""))
    after = [library.ask(WHEN) for library in (*libraries, case.library)]
    assert after[1:] == before[1:]
    assert after[0].matches[0].is_kept
    north.keep(KeptPair("Who ate?", "11/secret#1@00000000", "", ""))
    north.keep(KeptPair("Who slept?", "no address #", "", ""))
    assert not libraries[0].ask("Who ate?").matches or not libraries[0].ask("Who ate?").answered
    assert not libraries[0].ask("Who slept?").answered


def test_what_was_quoted_across_two_passages_is_kept_and_quoted_as_it_was() -> None:
    """An article in short paragraphs is quoted from the one that answers on, wherever the passages
    were cut that it was found by."""
    rows = [f"The {bird} came in {month}. " + "Nobody saw it again after that day. " * 5
            for bird, month in (("heron", "May"), ("swift", "June"), ("crane", "July"),
                                ("snipe", "August"), ("goose", "October"))]  # fmt: skip
    case = Case()
    case.store.save("birds", Draft(Head("Birds of the pond"), "\n\n".join(rows)))
    case.library.refresh()
    assert [(each.first, each.last) for each in case.library.passages("birds")] == [(1, 3), (4, 5)]
    (match,) = case.library.ask("When did the crane come?", limit=1).matches
    assert (match.citation.first, match.citation.last) == (3, 5)
    asked = "Which bird is the tallest?"
    case.keep(asked, match.citation.address)
    (kept,) = case.library.ask(asked, limit=1).matches
    assert (kept.is_kept, kept.citation.address) == (True, match.citation.address)


RULES = [
    "Dogs wait in the yard. Bread is eaten in the kitchen only. Pipes are lit behind the barn.",
    "Every guest brings a lamp. The lamps are counted at dusk, and again at dawn.",
    "Boots are left at the door. Whoever comes late rings the small bell twice.",
    "Nobody swims alone. The rope at the jetty is for those who fall in.",
]


def test_just_what_is_kept_is_quoted_cited_and_linked() -> None:
    """Not what would be quoted around it; and all of it is marked where no word of the question
    tells one sentence from the others."""
    case = Case()
    head = Head("House rules", url="https://example.org/rules")
    case.store.save("rules", Draft(head, "\n\n".join(RULES)))
    case.library.refresh()
    for first, last in ((1, 1), (2, 2), (3, 3), (4, 4), (2, 3), (1, 4)):
        words = "\n\n".join(RULES[first - 1 : last])
        kept = str(Address("rules", first, last, words_hash(words)))
        case.keep("May I smoke?", kept)
        (match,) = case.library.ask("May I smoke?", limit=1).matches
        assert (match.citation.address, match.passage.text) == (kept, words)
        assert match.passage.text[slice(*match.sentence)] == words
        start = words.partition(" ")[0]
        assert f"#:~:text={start}" in (match.citation.link or "")


def test_of_what_is_kept_the_sentence_with_words_of_the_question_is_marked() -> None:
    case = Case()
    case.store.save("rules", Draft(Head("House rules"), "\n\n".join(RULES)))
    case.library.refresh()
    case.keep("Where are pipes allowed?", case.address("rules", 1, RULES[0]))
    (match,) = case.library.ask("where are pipes allowed", limit=1).matches
    assert match.is_kept
    assert match.passage.text[slice(*match.sentence)] == "Pipes are lit behind the barn."
