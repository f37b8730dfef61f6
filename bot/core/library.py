"""The library: what every front-end asks.

One or more shelves behind one face: the operator's articles, and for a server of a chat its own
beside them. What is on other shelves does not exist here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from functools import partial

from bot.core.answer import Answer, Match, Question
from bot.core.article import Article, Version
from bot.core.conversation.dialogue import before_it, respond
from bot.core.conversation.question_search import AskedArticle, AskedShelf, ScopedQuestion
from bot.core.errors import AddressError, IndexBusyError
from bot.core.light_typing import TYPE_CHECKING
from bot.core.passages.address import Address, parse_address
from bot.core.relevance.likeness import near_duplicates_among, near_duplicates_of
from bot.core.requests import Steps, entries, run, run_async
from bot.core.seams import (
    Analyzer,
    AsyncSnapshot,
    Changes,
    Entry,
    Fault,
    FoldedTitle,
    Progress,
    Snapshot,
    TermQuery,
    TitleLookup,
)
from bot.core.shelf import Shelf, are_latest, are_remote, read, read_remote, taken_up

if TYPE_CHECKING:
    from bot.core.passage import Passage
    from bot.core.passages.verification import Verdict
    from bot.core.seams.pairs import KeptPair


class Library:
    """The articles that one asker can see."""

    def __init__(self, shelves: Sequence[Shelf], analyzer: Analyzer) -> None:
        """``shelves`` have different prefixes; the first with the prefix ``""`` is everyone's."""
        self._shelves = tuple(shelves)
        self.prefixes = tuple(shelf.prefix for shelf in self._shelves)
        self.is_remote = are_remote(self._shelves)
        """True if the shelves are asked over a network."""
        self._analyzer = analyzer

    def refresh(self, progress: Progress | None = None) -> Changes:
        """Take up the changes in the articles' folders since the last call."""
        total = Changes()
        for shelf in self._shelves:
            found = shelf.refresh(progress)
            total = Changes(
                *(
                    (*before, *(shelf.prefix + slug for slug in now))
                    for before, now in zip(total, found, strict=True)
                )
            )
        return total

    def fall_behind(self) -> None:
        for shelf in self._shelves:
            shelf.fall_behind()

    def ask(
        self,
        question: str,
        article: str | None = None,
        limit: int = 3,
        further: int = 0,
        earlier: Sequence[str] = (),
    ) -> Answer:
        """Find the passages that answer the question.

        ``article`` is the slug of the one article to look in; ``limit`` how many matches to give at
        most, and ``further`` how many more to name by their addresses alone. ``earlier`` are the
        questions before this one, oldest first: one that cannot stand alone is taken together with
        the last of them. Raises `AddressError` if there is no such article, and `IndexBusyError` if
        no sure answer was found in the part of the articles that could be searched.
        """
        asked = Question(question, article, limit, further, tuple(earlier))
        pairs = self.kept_pairs()
        if self.is_remote:
            import asyncio  # the command line does without

            return asyncio.run(self.ask_remote(pairs, asked))

        def answer(snapshots: Sequence[Snapshot]) -> Answer:
            found = run(self._answer(snapshots, pairs, asked), snapshots)
            if found.kind in ("unsure", "none") and not all(s.is_complete() for s in snapshots):
                raise IndexBusyError("index.remade_for_minutes")
            return found

        return read(self._shelves, answer)

    def taken_up(self) -> tuple[tuple[str, int], ...] | None:
        """Return versions of the articles, by shelf, that a question asked from now on is answered
        from, or later ones; None where that is not known. Only where `is_remote`."""
        return taken_up(self._shelves)

    def are_latest(self, versions: Sequence[tuple[str, int]]) -> bool:
        """Return whether the articles have not changed since these versions were `taken_up`. See
        `bot.core.seams.RemoteIndex.is_latest`."""
        return are_latest(self._shelves, versions)

    async def ask_remote(
        self, pairs: Sequence[KeptPair], question: Question, before: Answer | None = None
    ) -> Answer:
        """Do the same where `is_remote`, awaiting the shelves; ``pairs`` are the kept pairs, an
        article is given by its slug, and ``before`` is the last earlier question's known answer."""

        async def answer(snapshots: Sequence[AsyncSnapshot]) -> Answer:
            return await run_async(self._answer(snapshots, pairs, question, before), snapshots)

        return await read_remote(self._shelves, answer)

    def _answer(
        self,
        snapshots: Sequence[Snapshot | AsyncSnapshot],
        pairs: Sequence[KeptPair],
        question: Question,
        answered: Answer | None = None,
    ) -> Steps[Answer]:
        text, article, limit, further, earlier = question
        scope = None if article is None else (yield from self._scope(article))
        shelves = [
            AskedShelf(shelf.prefix, snapshot.languages() if scope is None else ())
            for shelf, snapshot in zip(self._shelves, snapshots, strict=True)
        ]
        asked = ScopedQuestion(text, scope, limit, further)
        before = before_it(shelves, self._analyzer, asked, earlier, answered)
        return (yield from respond(shelves, self._analyzer, asked, before, pairs))

    def kept_pairs(self) -> list[KeptPair]:
        """Return the questions that the editors keep passages for: of the last shelf first, and
        there the latest first."""
        kept = [shelf.kept.pairs() for shelf in reversed(self._shelves) if shelf.kept is not None]
        return [pair for pairs in kept for pair in pairs]

    def kept_faults(self) -> list[Fault]:
        """Return the faults of the files among the kept pairs."""
        kept = [shelf.kept for shelf in self._shelves if shelf.kept is not None]
        return [fault for pairs in kept for fault in pairs.faults()]

    def _scope(self, slug: str) -> Steps[AskedArticle]:
        for number, local in self._candidates(slug):
            entry = (yield from entries(number, [local])).get(local)
            if entry is not None:
                return AskedArticle(number, local, entry.language)
        raise AddressError("article.missing", slug=slug)

    def point_out(self, question: str, slug: str, paragraph: int) -> Match | None:
        """Return the sentence that answers a question, given the paragraph (from 1) that holds it;
        None if the article has no such paragraph. Raises `AddressError` if it is not there."""
        from bot.core.conversation.pointing_out import point_out  # no answer needs it

        shelf, local = self._locate(slug)
        asked = AskedShelf(shelf.prefix, ())
        steps = partial(point_out, asked, self._analyzer, question, local, paragraph)
        return read([shelf], lambda snapshots: run(steps(), snapshots))

    @contextmanager
    def left_out(self, slug: str) -> Iterator[None]:
        """Ask as if an article were not there; see `bot.core.shelf.Shelf.left_out`. Raises
        `AddressError` if it is not there anyway."""
        shelf, local = self._locate(slug)
        with shelf.left_out(local):
            yield

    def entries(self) -> tuple[Entry, ...]:
        """Return all articles that can be asked, in the order of their titles."""
        entries = [
            entry._replace(slug=shelf.prefix + slug)
            for shelf in self._shelves
            for slug, entry in shelf.entries().items()
        ]
        return tuple(sorted(entries, key=lambda entry: (entry.head.title.casefold(), entry.slug)))

    def titles(self, lookup: TitleLookup) -> list[FoldedTitle]:
        """Return the titles that fit a lookup, in order, slugs with their prefixes."""
        return self.titles_of([lookup])[0]

    def titles_of(self, lookups: Sequence[TitleLookup]) -> list[list[FoldedTitle]]:
        """Return the same of each of several lookups, made at once."""
        from bot.core.conversation.title_search import titles_of  # most questions need no titles

        return titles_of(self._shelves, lookups)

    def entries_of(self, slugs: Sequence[str]) -> list[Entry]:
        """Return these articles, in this order; missing ones are left out."""
        wanted: dict[int, dict[str, str]] = {}
        for slug in slugs:
            for number, local in self._candidates(slug):
                wanted.setdefault(number, {})[local] = slug
        found: dict[str, Entry] = {}
        for number in sorted(wanted, key=lambda number: -len(self._shelves[number].prefix)):
            named = wanted[number]
            for local, entry in self._shelves[number].entries(named).items():
                found.setdefault(named[local], entry._replace(slug=named[local]))
        return [found[slug] for slug in slugs if slug in found]

    def count(self) -> int:
        """Return the number of articles that can be asked."""
        return sum(shelf.read(lambda snapshot: snapshot.count()) for shelf in self._shelves)

    def passage_count(self) -> int:
        """Return the number of passages that are searched."""
        nothing = [TermQuery((), 0)]
        return sum(
            shelf.read(lambda snapshot: snapshot.retrieve(nothing))[0].statistics.passages
            for shelf in self._shelves
        )

    def is_empty(self) -> bool:
        """Return whether there is no article; unlike `entries`, its time does not depend on their
        number."""
        return not self.languages()

    def languages(self) -> set[str]:
        """Return the languages of the articles, as ISO 639-1 codes."""
        found = (shelf.read(lambda snapshot: snapshot.languages()) for shelf in self._shelves)
        return {language for languages in found for language in languages}

    def entry(self, slug: str) -> Entry | None:
        """Return one article that can be asked; None if there is none of that name."""
        return next(iter(self.entries_of([slug])), None)

    def near_duplicates(self, slug: str) -> list[str]:
        """Return the articles that are nearly the same as this one, on its own shelf. Raises
        `AddressError` if there is no such article."""
        shelf, local = self._locate(slug)

        def find(snapshots: Sequence[Snapshot]) -> list[str]:
            return run(near_duplicates_of(local, self._analyzer), snapshots)

        return [shelf.prefix + other for other in read([shelf], find)]

    def near_duplicates_among(self, slugs: Set[str]) -> dict[str, list[str]]:
        """Return those of these articles of everyone's shelf that are nearly the same as others on
        it, with these others; each article of the shelf is read once."""

        def find(snapshots: Sequence[Snapshot]) -> dict[str, list[str]]:
            return run(near_duplicates_among(slugs), snapshots)

        return read(self._shelves[:1], find)

    def close(self) -> None:
        """Wait for background work, and close all files."""
        for shelf in self._shelves:
            shelf.close()

    def faults(self) -> list[Fault]:
        """Return the files that are no articles, and why."""
        return [fault for shelf in self._shelves for fault in shelf.faults()]

    def article(self, slug: str) -> Article:
        """Return one article as its file holds it now, its slug with the shelf's prefix. Raises
        `AddressError` if there is none."""
        shelf, local = self._locate(slug)
        return shelf.article(local)._replace(slug=slug)

    def version(self, slug: str) -> Version | None:
        """Return the version of one article's file as it is now, without reading it; None if the
        file is gone. Raises `AddressError` if there is no such article."""
        shelf, local = self._locate(slug)
        return shelf.store.list({local}).versions.get(local)

    def show(self, address: str) -> tuple[Article, Address]:
        """Return the article an address leads to, as its file holds it now, and the address taken
        apart. Raises `AddressError` if it is none, or if its article or paragraph is not there."""
        parsed = parse_address(address)
        article = self.article(parsed.slug)
        if parsed.last is not None and parsed.last > len(article.paragraphs):
            count = len(article.paragraphs)
            raise AddressError(
                "paragraph.missing", slug=parsed.slug, paragraphs=count, paragraph=parsed.last
            )
        return article, parsed

    def passages(self, slug: str) -> list[Passage]:
        """Return one article's passages, in order. Raises `AddressError` if there is none."""
        shelf, local = self._locate(slug)
        return shelf.passages(local)

    def verify(self, address: str, quotation: str | None = None) -> Verdict:
        """Check a citation against the article's file as it is now. Raises `AddressError` if the
        address is none, or says nothing that could be checked."""
        return self.check(address, quotation)[0]

    def check(self, address: str, quotation: str | None = None) -> tuple[Verdict, Article | None]:
        """Return the same, with the article that was read for it; None if it is gone."""
        from bot.core.passages.verification import verify  # no question needs it

        parsed = parse_address(address)
        try:
            article = self.article(parsed.slug)
        except AddressError:
            return verify(parsed, None, (), quotation), None
        shelf, local = self._locate(parsed.slug)
        return verify(parsed, article, shelf.passages(local), quotation), article

    def _locate(self, slug: str) -> tuple[Shelf, str]:
        for number, local in self._candidates(slug):
            if self._shelves[number].holds(local):
                return self._shelves[number], local
        raise AddressError("article.missing", slug=slug)

    def _candidates(self, slug: str) -> Iterator[tuple[int, str]]:
        """Yield the shelves that may hold an article of this name, the longest prefix first, each
        with the slug that the article would have there."""
        numbers = range(len(self._shelves))
        for number in sorted(numbers, key=lambda number: -len(self._shelves[number].prefix)):
            prefix = self._shelves[number].prefix
            if slug.startswith(prefix):
                yield number, slug.removeprefix(prefix)
