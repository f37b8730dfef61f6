"""One algorithm, run on snapshots in this process and on snapshots that are waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from functools import partial

import pytest

from bot.core.article import Draft, Head
from bot.core.conversation.asking import ask
from bot.core.conversation.question_search import AskedShelf, ScopedQuestion
from bot.core.errors import StorageError
from bot.core.passage import Passage
from bot.core.requests import Ahead, Request, Steps, article_passages, entries, run, run_async
from bot.core.seams import (
    Entry,
    FoldedTitle,
    Linked,
    PassageKey,
    Preparation,
    Prepared,
    ReadingAhead,
    Retrieval,
    Snapshot,
    TermQuery,
    TitleLookup,
)
from bot.core.shelf import Shelf
from bot.text.analyzer import Languages
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.index import FakeIndex

ANALYZER = Languages()


def shelf(**texts: str) -> Shelf:
    store = FakeArticleStore()
    for slug, text in texts.items():
        store.save(slug, Draft(Head(slug, url="https://example.org/"), text))
    made = Shelf(store, FakeIndex(store, ANALYZER))
    made.refresh()
    return made


class Remote:
    """A `bot.core.seams.AsyncSnapshot` that counts its round trips."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.calls: list[str] = []

    async def _trip(self, name: str) -> None:
        self.calls.append(name)
        await asyncio.sleep(0)

    def languages(self) -> Sequence[str]:
        return self._snapshot.languages()

    async def prepare(self, preparation: Preparation) -> Prepared:
        await self._trip("prepare")
        return self._snapshot.prepare(preparation)

    async def read_ahead(self, ahead: ReadingAhead) -> None:
        await self._trip("read_ahead")
        self._snapshot.read_ahead(ahead)

    async def retrieve(self, queries: Sequence[TermQuery]) -> Sequence[Retrieval]:
        await self._trip("retrieve")
        return self._snapshot.retrieve(queries)

    async def document_frequencies(self, terms: Collection[str]) -> Mapping[str, int]:
        await self._trip("document_frequencies")
        return self._snapshot.document_frequencies(terms)

    async def originals(self, titles: Collection[str]) -> Set[str]:
        await self._trip("originals")
        return self._snapshot.originals(titles)

    async def links(self, quotations: Mapping[PassageKey, Linked]) -> Mapping[PassageKey, str]:
        await self._trip("links")
        return self._snapshot.links(quotations)

    async def passages(self, keys: Collection[PassageKey]) -> Mapping[PassageKey, Passage]:
        await self._trip("passages")
        return self._snapshot.passages(keys)

    async def entries(self, slugs: Collection[str] | None = None) -> Mapping[str, Entry]:
        await self._trip("entries")
        return self._snapshot.entries(slugs)

    async def article_passages(self, slug: str) -> Sequence[Passage]:
        await self._trip("article_passages")
        return self._snapshot.article_passages(slug)

    async def titles(self, lookup: TitleLookup) -> Sequence[FoldedTitle]:
        await self._trip("titles")
        return self._snapshot.titles(lookup)

    async def count(self) -> int:
        await self._trip("count")
        return self._snapshot.count()


@pytest.mark.parametrize(
    ("question", "trips"),
    [
        ("What hunts mice at night?", ["prepare", "retrieve", "links"]),
        ("What hnuts mice?", ["prepare", "document_frequencies", "retrieve", "links"]),
        ("What of zeppelins?", ["prepare", "document_frequencies", "retrieve"]),
    ],
)
def test_a_remote_shelf_answers_as_a_near_one_in_few_round_trips(
    question: str, trips: list[str]
) -> None:
    here = shelf(owl="The owl hunts mice at night.", eule="Die Eule jagt nachts nach der Maus.")
    with here.snapshot() as snapshot:
        asked = [AskedShelf("", snapshot.languages())]
        near = run(ask(asked, ANALYZER, ScopedQuestion(question)), [snapshot])
        remote = Remote(snapshot)
        far = asyncio.run(run_async(ask(asked, ANALYZER, ScopedQuestion(question)), [remote]))
    assert far == near
    assert remote.calls == trips
    assert bool(near.matches) == ("mice" in question)


def test_shelves_are_asked_at_once_and_each_gets_its_own_reply() -> None:
    one, two = shelf(owl="The owl hunts mice."), shelf(fox="The fox hunts hares.")
    with one.snapshot() as first, two.snapshot() as second:
        asked = [AskedShelf("", ["en"]), AskedShelf("7/", ["en"])]
        remote = [Remote(first), Remote(second)]
        answer = asyncio.run(
            run_async(ask(asked, ANALYZER, ScopedQuestion("What hunts hares?")), remote)
        )
        assert answer == run(
            ask(asked, ANALYZER, ScopedQuestion("What hunts hares?")), [first, second]
        )
    assert answer.matches[0].citation.address.startswith("7/fox#1@")
    assert [each.calls.count("retrieve") for each in remote] == [1, 1]


def test_nothing_is_asked_where_there_is_no_shelf_or_no_article() -> None:
    assert run(ask([], ANALYZER, ScopedQuestion("What hunts mice?")), []).matches == ()
    with shelf().snapshot() as snapshot:
        steps = ask(
            [AskedShelf("", snapshot.languages())], ANALYZER, ScopedQuestion("What hunts mice?")
        )
        assert run(steps, [snapshot]).matches == ()


def test_a_question_yields_what_it_needs() -> None:
    steps = ask([AskedShelf("", ["en"])], ANALYZER, ScopedQuestion("Who was Anna Weld?"))
    query = TermQuery(("anna", "weld"), 30, None, ("anna", "weld"), 6, 0.3)
    first = next(steps)
    assert first.method == "prepare"
    assert first.arguments[0].queries == [query]
    assert first.arguments[0].guesses(lambda term: True) == []
    assert steps.send({0: Prepared({"anna": 1, "weld": 1})}) == Request("retrieve", {0: [query]})


def test_what_may_be_meant_is_known_before_it_is_asked_for() -> None:
    """Whoever is far away looks up with the question's words what those that it does not know may
    be misspelt for."""
    first = next(ask([AskedShelf("", ["en"])], ANALYZER, ScopedQuestion("What hnuts mice?")))
    guesses = first.arguments[0].guesses
    assert "hunt" in guesses(lambda term: term != "hnut")
    assert guesses(lambda term: True) == []


def test_what_a_misspelt_word_may_mean_is_read_ahead_for_each_choice() -> None:
    here = shelf(
        bridge="The bridge was built for the ferry.", bridle="The bridle was made of leather."
    )
    sent: list[Request] = []
    with here.snapshot() as snapshot:
        steps = ask(
            [AskedShelf("", ["en"])], ANALYZER, ScopedQuestion("Of what was the bridfe made?")
        )
        request = next(steps)
        try:
            while True:
                sent.append(request)
                argument = request.arguments[0]
                request = steps.send({0: getattr(snapshot, request.method)(argument)})
        except StopIteration:
            pass
    (ahead,) = (each.arguments[0] for each in sent if each.method == "read_ahead")
    told = [each._replace(enough=0) for each in (*ahead.queries, *ahead.following([()]))]
    retrieved = [query for each in sent if each.method == "retrieve" for query in each.arguments[0]]
    asked = [query._replace(enough=0) for query in retrieved if query.article is None]
    assert len(asked) == 2  # what is compared, and what was meant
    assert all(query in told for query in asked)


def _texts(*slugs: str) -> Steps[list[str]]:
    """Read some articles, one after the other; which of them are there is asked in between."""
    found = []
    for slug in slugs:
        found += [each.text for each in (yield from article_passages(0, slug))]
        yield from entries(0, [slug])
    return found


def _in_two_ways(*, is_wanted: bool) -> Steps[list[str]]:
    ahead = Ahead(_texts("fox", "hare", "owl"))
    first = yield from ahead.beside(_texts("owl"))
    second = yield from ahead.beside(_texts("owl", "fox"))
    return [*first, *second, *((yield from ahead.result()) if is_wanted else [])]


def test_steps_go_on_beside_others_where_calls_take_long() -> None:
    """In the same round trips; nearer ones are made only where their result is wanted."""
    here = shelf(owl="Owls.", fox="Foxes.", hare="Hares.")
    texts = ["Owls.", "Owls.", "Foxes.", "Foxes.", "Hares.", "Owls."]
    rounds = [
        ["article_passages"] * 2,
        ["entries"],
        ["entries"],
        ["article_passages"] * 2,
        ["entries"],
        ["entries"],
        ["article_passages"] * 2,
        ["entries"],
        ["entries"],
    ]
    for is_wanted in (True, False):
        with here.snapshot() as snapshot:
            near = run(_in_two_ways(is_wanted=is_wanted), [snapshot])
            remote = Rounds(snapshot)
            far = asyncio.run(run_async(_in_two_ways(is_wanted=is_wanted), [remote]))
        assert far == near == (texts if is_wanted else texts[:3])
        assert remote.rounds == (rounds if is_wanted else rounds[:-1])


def _broken() -> Steps[list[str]]:
    """Steps with a fault of their own, behind their first request."""
    yield from article_passages(0, "fox")
    raise ValueError("broken")


def _unknown() -> Steps[list[str]]:
    return list((yield from entries(0, ["gone"])))


def _ending(
    steps: Steps[list[str]], main: Steps[list[str]], *, is_wanted: bool
) -> Steps[list[str]]:
    ahead = Ahead(steps)
    found = yield from ahead.beside(main)
    return [*found, *((yield from ahead.result()) if is_wanted else [])]


def _outer(inner: Ahead[list[str]]) -> Steps[list[str]]:
    """Steps that drive other ones, beside which further ones go on."""
    return (yield from Ahead(_texts("gone")).beside(inner.result()))


FAILING: dict[str, Callable[[], Steps[list[str]]]] = {
    "a request": lambda: _texts("fox", "gone"),
    "a step": _broken,
    "a request of steps within": lambda: _outer(Ahead(_texts("gone"))),
    "a step of steps within": lambda: _outer(Ahead(_broken())),
    "what is mostly known": _unknown,
}


@pytest.mark.parametrize("failing", FAILING.values(), ids=FAILING)
def test_what_makes_steps_ahead_fail_is_raised_only_where_their_result_is_asked_for(
    failing: Callable[[], Steps[list[str]]],
) -> None:
    main = ("owl", "fox", "hare")
    with shelf(owl="Owls.", fox="Foxes.", hare="Hares.").snapshot() as snapshot:
        remote = Failing(snapshot)
        found = run_async(_ending(failing(), _texts(*main), is_wanted=False), [remote])
        assert asyncio.run(found) == ["Owls.", "Foxes.", "Hares."]
        with pytest.raises((StorageError, ValueError)):
            asyncio.run(run_async(_ending(failing(), _texts(*main), is_wanted=True), [remote]))


def test_what_goes_on_beside_steps_that_fail_is_done() -> None:
    with shelf(owl="Owls.", fox="Foxes.").snapshot() as snapshot:
        remote = Failing(snapshot)
        inner = Ahead(_texts("owl"))
        steps = _ending(_outer(inner), _texts("fox"), is_wanted=True)
        assert asyncio.run(run_async(steps, [remote])) == ["Foxes.", "Owls."]


@pytest.mark.parametrize("others", [("owl",), ("gone",)])
def test_a_failing_request_of_the_main_steps_is_raised_once_no_other_is_under_way(
    others: tuple[str, ...],
) -> None:
    with shelf(owl="Owls.").snapshot() as first, shelf(owl="Owls.").snapshot() as second:
        remote = [Failing(first), Failing(second)]

        def main() -> Steps[list[str]]:
            yield Request("article_passages", {0: "gone", 1: "owl"})
            return []

        async def scene() -> None:
            with pytest.raises(StorageError):
                await run_async(_ending(_texts(*others), main(), is_wanted=True), remote)
            assert asyncio.all_tasks() == {asyncio.current_task()}

        asyncio.run(scene())
    assert [each.under_way for each in remote] == [0, 0]


def test_a_caller_that_gives_up_is_no_fault_of_steps_ahead() -> None:
    with shelf(owl="Owls.").snapshot() as snapshot:

        class Leaving(Failing):
            async def article_passages(self, slug: str) -> Sequence[Passage]:
                if slug == "gone":
                    raise asyncio.CancelledError
                return await super().article_passages(slug)

        steps = _ending(_texts("gone"), _texts("owl"), is_wanted=False)
        with pytest.raises(asyncio.CancelledError):
            asyncio.run(run_async(steps, [Leaving(snapshot)]))


def test_no_request_is_made_twice_for_a_question_with_a_misspelt_word_and_a_short_form() -> None:
    """Titles are looked through for the one while it is read for what the other may mean."""
    here = shelf(
        bridge="The bridge was built for the ferry.", bridle="The bridle was made of leather."
    )
    with here.snapshot() as snapshot:
        asked = [AskedShelf("", snapshot.languages())]
        steps = partial(
            ask, asked, ANALYZER, ScopedQuestion("Of what was the bridfe of the XQZC made?")
        )
        remote = Rounds(snapshot)
        assert asyncio.run(run_async(steps(), [remote])) == run(steps(), [snapshot])
    assert remote.rounds == [
        ["prepare"],
        ["document_frequencies"],
        ["titles", "retrieve", "read_ahead"],
        ["retrieve"],
        ["retrieve"],
        ["retrieve"],
        ["links"],
    ]


def test_steps_that_are_not_wanted_are_not_begun_on_a_near_shelf() -> None:
    begun = []

    def others() -> Steps[None]:
        begun.append(1)
        yield from entries(0)

    def steps() -> Steps[int]:
        return len((yield from Ahead(others()).beside(entries(0))))

    with shelf(owl="Owls.").snapshot() as snapshot:
        assert run(steps(), [snapshot]) == 1
    assert not begun


class Failing(Remote):
    """The same, where the article "gone" cannot be read, which is told before other replies."""

    under_way = 0

    async def article_passages(self, slug: str) -> Sequence[Passage]:
        if slug == "gone":
            raise StorageError("storage.unreadable")
        self.under_way += 1
        for _ in range(9):
            found = await super().article_passages(slug)
        self.under_way -= 1
        return found

    async def entries(self, slugs: Collection[str] | None = None) -> Mapping[str, Entry]:
        if "gone" in (slugs or ()):
            raise StorageError("storage.unreadable")
        return await super().entries(slugs)


class Rounds(Remote):
    """The same, with the calls of each moment."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot)
        self.rounds: list[list[str]] = []

    async def _trip(self, name: str) -> None:
        if not self.calls:
            self.rounds.append([])
        self.rounds[-1].append(name)
        self.calls.append(name)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        self.calls.clear()
