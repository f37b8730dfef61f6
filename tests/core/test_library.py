"""The library: several shelves behind one face, and nothing that lies on others."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.core.article import Draft, Head
from bot.core.errors import AddressError, Problem
from bot.core.library import Library
from bot.core.passage import Passage
from bot.core.passages.address import Address, words_hash
from bot.core.seams import Changes, Fault
from bot.core.shelf import Shelf
from bot.text.analyzer import Languages
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.catalogue import FakeCatalogue
from tests.fakes.index import FakeIndex
from tests.fakes.search_engine import FakeSearchEngine

ANALYZER = Languages()
OWL = "The barn owl hunts mice at night.\n\nIts face gathers sound like a dish.\n"
FOX = "The red fox hunts hares at dawn.\n"
URL = "https://example.org/owl"


def shelf(prefix: str = "", **texts: str) -> tuple[Shelf, FakeArticleStore]:
    store = FakeArticleStore()
    for slug, text in texts.items():
        store.save(slug, Draft(Head(f"The {slug}", url=f"https://example.org/{slug}"), text))
    return Shelf(store, FakeIndex(store, ANALYZER), prefix), store


def library(*shelves: Shelf) -> Library:
    made = Library(shelves, ANALYZER)
    made.refresh()
    return made


def test_shelves_are_asked_together_and_told_apart_by_their_prefix() -> None:
    both = library(shelf(owl=OWL)[0], shelf("42/", fox=FOX, owl="Our owl sleeps.\n")[0])
    assert [entry.slug for entry in both.entries()] == ["42/fox", "42/owl", "owl"]
    assert both.ask("Who hunts hares at dawn?").matches[0].citation.slug == "42/fox"
    assert both.ask("Who hunts mice at night?").matches[0].citation.slug == "owl"
    assert both.article("42/owl").text == "Our owl sleeps."
    assert both.article("42/owl").slug == "42/owl"
    assert both.article("owl").quote(2, 2) == "Its face gathers sound like a dish."


def test_what_is_on_another_shelf_does_not_exist() -> None:
    mine = library(shelf(owl=OWL)[0])
    shelf("42/", fox=FOX)
    for slug in ("fox", "42/fox", "42/owl", "/owl"):
        with pytest.raises(AddressError, match=f"article.missing slug='{slug}'"):
            mine.article(slug)
    assert not mine.ask("Who hunts hares at dawn?").answered


def test_a_refresh_names_slugs_with_their_prefix() -> None:
    one, store = shelf(owl=OWL)
    other, _ = shelf("42/", fox=FOX)
    both = Library([one, other], ANALYZER)
    assert both.refresh() == Changes(added=("owl", "42/fox"))
    store.remove("owl")
    assert both.refresh() == Changes(removed=("owl",))


def test_faults_of_all_shelves() -> None:
    one, store = shelf(owl=OWL)
    store.faults.append(Fault("x.png", Problem("file.irregular")))
    both = library(one, shelf("42/", empty="")[0])
    assert [fault.path for fault in both.faults()] == ["x.png", "empty.md"]


def test_a_library_without_an_article_is_empty() -> None:
    nothing, faulty = shelf("")[0], shelf("42/", empty="")[0]
    assert library(nothing, faulty).is_empty()
    assert not library(nothing, shelf("42/", fox=FOX)[0]).is_empty()


def test_one_article_is_asked() -> None:
    both = library(shelf(owl=OWL, fox=FOX)[0])
    found = both.ask("Who hunts?", article="fox")
    assert {match.citation.slug for match in found.matches} == {"fox"}
    with pytest.raises(AddressError, match=r"^article\.missing slug='wolf'"):
        both.ask("Who hunts?", article="wolf")


def test_no_more_matches_than_were_asked_for() -> None:
    both = library(shelf(owl=OWL, fox=FOX)[0])
    assert len(both.ask("Who hunts?", limit=1).matches) == 1
    assert both.ask("Who hunts?", limit=0).matches == ()


@pytest.mark.parametrize(
    "question",
    ["", " \n", "?!… —", "😀🎉", "\0\ud800", "谁吃老鼠？", "word " * 10_000, "%s {0} [x]*"],
)
def test_every_text_is_a_question(question: str) -> None:
    found = library(shelf(owl=OWL)[0]).ask(question)
    assert found.question == question
    assert not found.answered


def test_no_articles_answer_nothing() -> None:
    found = library(shelf()[0]).ask("Who hunts mice?")
    assert (found.answered, found.matches) == (False, ())


def test_what_is_cited_can_be_shown_and_verified() -> None:
    here = library(shelf("42/", owl=OWL)[0])
    match = here.ask("Who hunts mice at night?").matches[0]
    quoted = match.passage.text
    assert match.citation.address == f"42/owl#1-2@{words_hash(quoted)}"
    assert match.citation.link is not None
    assert match.citation.link.startswith(f"{URL}#:~:text=The%20barn%20owl")
    article, address = here.show(match.citation.address)
    assert article.quote(1, 2) == quoted
    assert address == Address("42/owl", 1, 2, words_hash(quoted))
    assert here.verify(match.citation.address, quoted).status == "identical"


def test_verification_reads_the_file_as_it_is_now() -> None:
    one, store = shelf(owl=OWL)
    here = library(one)
    address = here.ask("Who hunts mice at night?").matches[0].citation.address
    store.save("owl", Draft(Head("The owl"), f"It is spring.\n\n{OWL}"))
    here.refresh()
    verdict = here.verify(address)
    assert (verdict.status, str(verdict.address)) == ("moved", address.replace("#1-2", "#2-3"))
    store.save("owl", Draft(Head("The owl"), OWL.replace("mice", "rats")))
    here.refresh()
    assert here.verify(address).status == "changed"
    store.remove("owl")
    here.refresh()
    assert here.verify(address).status == "gone"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("wolf#1", "article.missing slug='wolf'"),
        ("owl#3", "paragraph.missing slug='owl' paragraphs=2 paragraph=3"),
        ("owl#0", "address.order text='owl#0'"),
        ("owl#x", "address.malformed text='owl#x'"),
    ],
)
def test_an_address_that_leads_nowhere_says_so(address: str, said: str) -> None:
    with pytest.raises(AddressError) as caught:
        library(shelf(owl=OWL)[0]).show(address)
    assert str(caught.value) == said


class Removing(FakeCatalogue):
    """A catalogue from which, as soon as its passages were read, an article is removed."""

    victim = ""

    def passages(self, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Passage]:
        found = super().passages(keys)
        self.remove(self.victim)
        return found


def test_a_question_is_answered_from_the_moment_at_which_it_was_asked() -> None:
    store, catalogue, engine = FakeArticleStore(), Removing(), FakeSearchEngine()
    store.save("owl", Draft(Head("The owl"), OWL))
    store.save("fox", Draft(Head("The fox"), FOX))
    here = library(Shelf(store, FakeIndex(store, ANALYZER, catalogue, engine)))
    catalogue.victim = "owl"
    found = here.ask("Who hunts mice or hares at night or at dawn?")
    assert [match.citation.slug for match in found.matches] == ["fox", "owl"]
