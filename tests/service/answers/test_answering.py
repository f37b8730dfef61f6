"""The one place that makes answers, over a folder of articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import wiring
from bot.config import CorpusSettings, DiscordSettings, SearchSettings, Settings
from bot.core.answer import Question
from bot.core.errors import AddressError
from bot.service.answers.answering import Answering
from bot.service.events.event_types import Added, Answered, Asked, Event, Missed, Shown
from bot.service.shelves.titles import Several, Title, Unknown, UnresolvedArticleError
from bot.service.tenants import EVERYONE, discord_server

NORTH, SOUTH = discord_server(1), discord_server(2)
FISH = "# Fish\n\nA herring swims in the bay.\n\nA cod dives below it.\n"
CHIPS = "# Fish and chips\n\nThe chips are fried in dripping.\n"
HIDDEN = "# Xylophones\n\nThe xylophone plays at midnight.\n"


def settings_in(folder: Path, *, keep_questions: bool = False) -> Settings:
    """Settings for two articles of everyone's and one of North's."""
    (folder / "corpus").mkdir()
    (folder / "corpus" / "fish.md").write_text(FISH)
    (folder / "corpus" / "chips.md").write_text(CHIPS)
    own = folder / "data" / "servers" / NORTH.name
    own.mkdir(parents=True)
    (own / "secret.md").write_text(HIDDEN)
    return Settings(
        CorpusSettings(folder / "corpus"),
        SearchSettings(cache=folder / "index"),
        DiscordSettings(data=folder / "data", log_questions=keep_questions),
    )


@pytest.fixture
def service(tmp_path: Path) -> Answering:
    made = wiring.answering(settings_in(tmp_path))
    made.shelves.refresh()
    return made


def addresses(service: Answering, tenant: object, question: str, **options: str) -> list[str]:
    """The slugs that a question finds."""
    assert tenant in (EVERYONE, NORTH, SOUTH)
    answer = service.ask(tenant, question, **options).answer  # type: ignore[arg-type]
    return [match.citation.slug for match in answer.matches]


def test_a_tenant_asks_everyones_articles_and_its_own(service: Answering) -> None:
    question = "When does the xylophone play?"
    assert addresses(service, NORTH, question) == ["1/secret"]
    assert addresses(service, SOUTH, question) == []
    assert addresses(service, EVERYONE, question) == []
    assert addresses(service, SOUTH, "Where does a herring swim?") == ["fish"]
    assert [service.count(tenant) for tenant in (EVERYONE, SOUTH, NORTH)] == [2, 2, 3]


@pytest.mark.parametrize("text", ["chips", "CHIPS", "Fish and chips", "fish AND", "fihs and chips"])
def test_one_article_is_asked_by_slug_title_or_a_part(service: Answering, text: str) -> None:
    reply = service.ask(EVERYONE, "What about fish and chips?", article=text)
    assert reply.article == Title("chips", "Fish and chips")
    assert [match.citation.slug for match in reply.answer.matches] == ["chips"]


@pytest.mark.parametrize(
    ("text", "resolution"),
    [
        ("secret", Unknown(())),  # it is there, but not for everyone
        ("1/secret", Unknown(())),
        ("f", Several((Title("fish", "Fish"), Title("chips", "Fish and chips")))),
        ("the fish of the sea", Unknown((Title("fish", "Fish"), Title("chips", "Fish and chips")))),
        (" ", Unknown(())),
    ],
)
def test_what_means_no_article_says_what_comes_near(
    service: Answering, text: str, resolution: object
) -> None:
    with pytest.raises(UnresolvedArticleError) as caught:
        service.ask(EVERYONE, "Why?", article=text)
    assert (caught.value.text, caught.value.resolution) == (text, resolution)


def test_what_changes_something_takes_a_part_of_a_name_but_no_misspelling(
    service: Answering,
) -> None:
    assert service.resolve(EVERYONE, "fish and CHIPS", guess=False).slug == "chips"
    assert service.resolve(EVERYONE, "fish and", guess=False).slug == "chips"
    assert service.resolve(EVERYONE, "fish amd chips").slug == "chips"
    with pytest.raises(UnresolvedArticleError, match="misnamed"):
        service.resolve(EVERYONE, "fish amd chips", guess=False)


def test_an_address_is_completed_where_its_slug_means_one_article(service: Answering) -> None:
    assert str(service.full_address(EVERYONE, "fish and#1")) == "chips#1"
    for whole in ("fish#1", "f#1", "fish amd chips#1", "nothing#1"):
        assert str(service.full_address(EVERYONE, whole)) == whole
    with pytest.raises(AddressError):
        service.full_address(EVERYONE, "fish#x")


def test_a_word_of_a_title_is_not_said_to_stand_nowhere(service: Answering) -> None:
    answer = service.ask(NORTH, "Which zebra plays xylophones, and what is fish?").answer
    assert answer.unknown == ("zebra",)
    missed = service.ask(NORTH, "Which zebra likes fish?").answer
    assert not missed.answered
    assert "Fish" in [near.title for near in missed.nearest]


def test_an_article_is_shown_by_its_title(service: Answering) -> None:
    article, address = service.show(EVERYONE, "Fish#2")
    assert (article.slug, str(address)) == ("fish", "fish#2")
    assert service.article(EVERYONE, "fish and").slug == "chips"
    with pytest.raises(AddressError, match=r"^paragraph\.missing slug='fish'"):
        service.show(EVERYONE, "fish#3")


def test_a_citation_is_checked_against_its_own_article_alone(service: Answering) -> None:
    said = "The chips are fried in dripping."
    assert service.verify(EVERYONE, "chips#1", said).status == "identical"
    assert service.verify(EVERYONE, "Fish and chips#1", said).status == "identical"
    # of an article that is gone, one whose name begins so says nothing
    assert service.verify(EVERYONE, "chip#1", said).status == "gone"
    assert service.verify(EVERYONE, "fish and#1", said).status == "gone"
    assert service.verify(SOUTH, "1/secret#1", "midnight").status == "gone"
    assert service.verify(NORTH, "1/secret#1", "midnight").status == "identical"


def test_events_carry_questions_only_where_they_may_be_kept(tmp_path: Path) -> None:
    for keep in (False, True):
        folder = tmp_path / str(keep)
        folder.mkdir()
        service, heard = wiring.answering(settings_in(folder, keep_questions=keep)), list[Event]()
        service.shelves.refresh()
        service.events.subscribe(heard.append)
        question, missed = "Where does a herring swim?", "Qwertz zyzzyva?"
        found = service.ask(NORTH, question).answer
        service.ask(EVERYONE, missed)
        address = found.matches[0].citation.address
        service.find_again(NORTH, address, Question(question, limit=3))
        seconds = [event.seconds for event in heard if isinstance(event, Answered | Missed)]
        assert [set(each) for each in seconds] == 2 * [{"search", "titles"}]
        assert all(value >= 0 for each in seconds for value in each.values())
        assert heard == [
            Asked(NORTH, question if keep else None),
            Added(NORTH, "1/secret"),  # its shelf is opened by the first who asks
            Answered(NORTH, "answer", found.confidence, (address,), seconds[0]),
            Asked(EVERYONE, missed if keep else None),
            Missed(EVERYONE, missed if keep else None, 0.0, seconds[1]),
            Shown(NORTH, address),
        ]
