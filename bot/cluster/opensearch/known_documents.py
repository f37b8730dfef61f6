"""Documents that this process has read, kept for the next question that needs them.

A document is known by its index, its id and the version at which it was put. What is under these
three never changes, so that nothing here is ever out of date; a search tells which version counts.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from bot.cluster.opensearch.documents import (
    encoded_term,
    entry_of,
    links_in,
    passage_of,
    shown_characters,
)
from bot.cluster.opensearch.searches import spaced
from bot.core.passage import Passage
from bot.core.seams import Entry

DocumentKey: TypeAlias = tuple[str, str, int]
"""The index, the id, and the version at which the document was put."""
_MOST_PASSAGES = 5000
_MOST_PASSAGE_CHARACTERS = 20_000_000
"""Characters of all passages together: one of a single sentence may be as long as its article."""
_MOST_ARTICLES = 5000
_MOST_HEAD_CHARACTERS = 5_000_000
"""Characters of all heads together."""
_MOST_TERMS = 100_000
"""Terms that are remembered of all tenants together."""


class KnownPassage:
    """A passage that was read; it is taken apart when it is first shown."""

    __slots__ = ("_source", "_taken", "characters", "terms")

    def __init__(self, source: Mapping[str, Any]) -> None:
        self.terms = spaced(source["terms"])
        """As `bot.cluster.opensearch.searches.spaced` returns them."""
        self.characters = len(self.terms) + shown_characters(source)
        """About as many characters as are kept of it."""
        # not its article's head, which is kept once
        self._source: Mapping[str, Any] | None = {key: source[key] for key in ("article", "shown")}
        self._taken: tuple[Passage, Sequence[str] | None] | None = None

    def passage_and_links(self) -> tuple[Passage, Sequence[str] | None]:
        """Return the passage, and the links to it if there are any. Raises
        `bot.core.errors.DamagedIndexError`."""
        if self._taken is None:
            assert self._source is not None  # noqa: S101 - one of the two
            self._taken = passage_of(self._source), links_in(self._source)
            self._source = None
        return self._taken


class KnownArticle:
    """An article's head that was read, and what is known of the names in its passages."""

    __slots__ = ("characters", "entry", "names")

    def __init__(self, source: Mapping[str, Any]) -> None:
        """Raises `bot.core.errors.DamagedIndexError`."""
        self.entry: Entry = entry_of(source)
        self.characters = shown_characters(source)
        """As many characters as are kept of it, but for the names."""
        self.names: dict[str, bool] = {}
        """For each name that was asked, whether its passages hold it."""


_Document = TypeVar("_Document", KnownPassage, KnownArticle)


class _Kept(Generic[_Document]):
    """Documents, of which the least recently used are dropped."""

    def __init__(self, most: int, most_characters: int) -> None:
        """Keep at most so many documents, and so many characters of all together."""
        self._most = most
        self._left = most_characters
        self._held: OrderedDict[DocumentKey, _Document] = OrderedDict()

    def get(self, key: DocumentKey) -> _Document | None:
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def note(self, key: DocumentKey, document: _Document) -> None:
        self.forget(key)
        self._held[key] = document
        self._left -= document.characters
        while len(self._held) > self._most or self._left < 0:
            _, dropped = self._held.popitem(last=False)
            self._left += dropped.characters

    def forget(self, key: DocumentKey) -> None:
        dropped = self._held.pop(key, None)
        if dropped is not None:
            self._left += dropped.characters


class SeenTerms:
    """Terms that were seen in passages, by tenant, since its articles last changed: they are no
    misspelt words."""

    def __init__(self) -> None:
        self._held: dict[str, set[str | int]] = {}
        """For each tenant its terms, and the hashes of the passages that they were taken from: most
        passages are seen again and again."""
        self._left = _MOST_TERMS

    def note(self, tenant: str, terms: str) -> None:
        """Take note of a passage's terms, with blanks between them."""
        if self._left <= 0:
            self._held, self._left = {}, _MOST_TERMS
        held = self._held.setdefault(tenant, set())
        passage = hash(terms)
        if passage in held:
            return
        before = len(held)
        held.update(terms.split())
        held.add(passage)
        self._left -= len(held) - before

    def forget(self, tenant: str) -> None:
        """Forget a tenant's terms: its articles have changed."""
        self._left += len(self._held.pop(tenant, ()))

    def holds(self, tenant: str, term: str) -> bool:
        """Return whether a term was seen in a tenant's own passages, or in everyone's."""
        encoded = encoded_term(term)
        return encoded in self._held.get(tenant, ()) or encoded in self._held.get("", ())


class KnownDocuments:
    """The documents that were read lately, and the terms that were seen in passages. Used on one
    event loop."""

    def __init__(
        self,
        passages: int = _MOST_PASSAGES,
        articles: int = _MOST_ARTICLES,
        passage_characters: int = _MOST_PASSAGE_CHARACTERS,
        head_characters: int = _MOST_HEAD_CHARACTERS,
    ) -> None:
        """Keep at most so many ``passages`` and ``articles``, and characters of them."""
        self.passages: _Kept[KnownPassage] = _Kept(passages, passage_characters)
        self.articles: _Kept[KnownArticle] = _Kept(articles, head_characters)
        self.terms = SeenTerms()
