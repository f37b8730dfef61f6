"""Retrieval seam: one snapshot of a shelf, which gives all that a question needs in one call.

A question works on a `Snapshot` from its first word to its citation. `bot.core.conversation.asking`
says which calls it needs, and makes none itself; `bot.core.requests` makes them, of snapshots in
this process or of remote ones.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence, Set
from contextlib import AbstractContextManager

from bot.core.article import Head, Span
from bot.core.light_typing import Protocol
from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage


class Hit(NamedTuple):
    """One passage that an engine found."""

    article: str
    """The article's slug."""
    number: int
    """The passage's ordinal in its article, from 0."""
    score: float


class Statistics(NamedTuple):
    """The numbers behind an engine's scores."""

    passages: int
    """Number of passages."""
    average_length: float
    """Terms a passage has on average; 0.0 if there are none."""
    document_frequency: Mapping[str, int]
    """For each term asked for: how many passages hold it."""


class Entry(NamedTuple):
    """One article as a list of articles shows it."""

    slug: str
    head: Head
    language: str
    """ISO 639-1: the one its head names, else the one detected."""
    paragraphs: int
    words: int


PassageKey = tuple[str, int]
"""An article's slug and the ordinal of one of its passages."""


class TermQuery(NamedTuple):
    """The terms to search for in one language."""

    terms: Sequence[str]
    """Distinct terms."""
    limit: int
    """Maximum number of hits."""
    article: str | None = None
    """The slug of the one article to look in; None for all of the shelf."""
    names: Sequence[str] = ()
    """Terms to look for in the article of each hit."""
    enough: int = 0
    """Number of hits that are wanted whatever they score."""
    least_share: float = 0.0
    """Share of the best score that the other hits must reach."""
    inside: Sequence[str] = ()
    """Terms that may be searched for next in one of the articles that were found."""
    about: Sequence[str] = ()
    """Terms that may be counted next in each of the articles that were found, whose first passages
    may be asked for then."""
    following: Callable[[Callable[[str], bool]], Collection[str]] | None = None
    """Gives the terms of questions that may be asked next in one of the articles that were found,
    if some may be; it is handed a function that tells whether a term is known to stand in a
    passage. To call it takes milliseconds; it need not be called."""
    digests: Sequence[str] = ()
    """Marks of digests on the other shelves (`Prepared.digests`): it is going to be asked whether
    their originals are on this one."""


class Preparation(NamedTuple):
    """The searches that are going to be made."""

    queries: Sequence[TermQuery]
    """Their terms may still be changed where no passage holds one."""
    guesses: Callable[[Callable[[str], bool]], Collection[str]]
    """Gives the terms that are going to be looked up for the question's words that are not known;
    it is handed a function that tells whether a term is known to stand in a passage. To call it
    takes milliseconds; it need not be called."""


class ReadingAhead(NamedTuple):
    """Queries that are going to be made, and those that may follow them."""

    queries: Sequence[TermQuery]
    following: Callable[[Sequence[Sequence[Passage]]], Sequence[TermQuery]]
    """Gives the queries some of which are going to be made next, the likeliest first; it is handed
    the best passages for each of the queries, as far as they are known."""


class Prepared(NamedTuple):
    """The reply to a preparation."""

    frequency: Mapping[str, int]
    """The number of passages that hold each of the queries' terms; zeros may be omitted."""
    digests: Set[str] = frozenset()
    """Marks of the digests among the passages that may be found, as far as a snapshot for which a
    call takes long wants to be told beforehand of those on the other shelves."""


class Retrieval(NamedTuple):
    """All that a question needs of a shelf in one language."""

    statistics: Statistics
    """Statistics of the query's terms over all passages of the shelf."""
    article_statistics: Statistics | None
    """The same over the passages of the one article; None if the query names none."""
    hits: Sequence[Hit]
    """Best first; each one's passage and article are below. Where the query names no article, none
    is of a digest of another text whose original, an article of the same title, is on this shelf
    as well."""
    passages: Mapping[PassageKey, Passage]
    entries: Mapping[str, Entry]
    """The hits' articles by slug."""
    names: Mapping[str, Set[str]]
    """The query's names that each article holds. Articles that hold none may be missing."""


class Linked(NamedTuple):
    """A quotation to which a link is wanted."""

    url: str
    """The url of its article."""
    at: int = 0
    """The paragraph of the passage, from 0, around which it is quoted; see
    `bot.core.passages.quoted_paragraphs`."""
    words: Span | None = None
    """Just these words of the passage and its surroundings, where they alone are quoted."""


class TitleLookup(NamedTuple):
    """A lookup of titles; all texts are folded by `bot.core.title_folding.fold`."""

    beginning: str = ""
    """The title begins with this."""
    slug_beginning: str = ""
    """The slug begins with this."""
    holding: Sequence[str] = ()
    """Texts of which the title contains at least one, if there are any."""
    limit: int | None = None
    """Maximum number of titles."""
    skip: int = 0
    """Number of titles to skip."""


class FoldedTitle(NamedTuple):
    """An article's title as it is looked for."""

    folded: str
    slug: str


class Snapshot(Protocol):
    """All that a shelf holds at one moment, which never changes. Any number of snapshots may be
    open at once; one is used by one thread at a time. No method waits for a writer. Each raises
    `bot.core.errors.DamagedIndexError` if what was kept is not what was written, and
    `bot.core.errors.StorageError` if it cannot be read at all."""

    def languages(self) -> Sequence[str]:
        """Return the languages of the articles, ISO 639-1, in order."""

    def prepare(self, preparation: Preparation) -> Prepared:
        """Return in how many passages the queries' terms stand.
        A snapshot for which a call takes long may do beforehand what the calls will need that
        follow."""

    def read_ahead(self, ahead: ReadingAhead) -> None:
        """Take note of queries that are going to be made: a snapshot for which a call takes long
        may read beforehand what they need."""

    def retrieve(self, queries: Sequence[TermQuery]) -> Sequence[Retrieval]:
        """Answer all queries at once, in their order."""

    def document_frequencies(self, terms: Collection[str]) -> Mapping[str, int]:
        """Return the number of passages that hold each of these terms; zeros may be omitted."""

    def originals(self, titles: Collection[str]) -> Set[str]:
        """Return those of these titles that an article has which is no digest of another text."""

    def links(self, quotations: Mapping[PassageKey, Linked]) -> Mapping[PassageKey, str]:
        """Return links that lead to what is quoted of these passages on the pages at their
        articles' urls, as `bot.core.passages.passage_links` makes them; missing passages are left
        out."""

    def passages(self, keys: Collection[PassageKey]) -> Mapping[PassageKey, Passage]:
        """Return these passages; missing ones are left out."""

    def entries(self, slugs: Collection[str] | None = None) -> Mapping[str, Entry]:
        """Return these articles (all, where None) by slug, in the slugs' order; missing ones are
        left out."""

    def article_passages(self, slug: str) -> Sequence[Passage]:
        """Return one article's passages, in order; empty if there is no such article."""

    def titles(self, lookup: TitleLookup) -> Sequence[FoldedTitle]:
        """Return the titles that fit a lookup, in order. Where a beginning is given, the cost
        depends on the number of titles that begin with it."""

    def count(self) -> int:
        """Return the number of articles."""

    def is_complete(self) -> bool:
        """Return whether all articles were searched. While an index is made anew, very many may be
        searched only in part; then nothing may be said to be missing."""


class AsyncSnapshot(Protocol):
    """A `Snapshot` that may have to be waited for, as that of a remote engine: its methods are
    those of the same names. The languages are known since it was opened, and `retrieve` is one
    round trip."""

    def languages(self) -> Sequence[str]: ...
    def prepare(self, preparation: Preparation) -> Awaitable[Prepared]: ...
    def read_ahead(self, ahead: ReadingAhead) -> Awaitable[None]: ...
    def retrieve(self, queries: Sequence[TermQuery]) -> Awaitable[Sequence[Retrieval]]: ...
    def document_frequencies(self, terms: Collection[str]) -> Awaitable[Mapping[str, int]]: ...
    def originals(self, titles: Collection[str]) -> Awaitable[Set[str]]: ...
    def links(
        self, quotations: Mapping[PassageKey, Linked]
    ) -> Awaitable[Mapping[PassageKey, str]]: ...
    def passages(self, keys: Collection[PassageKey]) -> Awaitable[Mapping[PassageKey, Passage]]: ...
    def entries(self, slugs: Collection[str] | None = None) -> Awaitable[Mapping[str, Entry]]: ...
    def article_passages(self, slug: str) -> Awaitable[Sequence[Passage]]: ...
    def titles(self, lookup: TitleLookup) -> Awaitable[Sequence[FoldedTitle]]: ...
    def count(self) -> Awaitable[int]: ...


OpenSnapshot = AbstractContextManager[Snapshot]
"""A snapshot that is held until the context ends."""
