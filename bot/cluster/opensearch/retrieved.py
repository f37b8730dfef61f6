"""The replies of a scope to queries, and the error where it changed before they were complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from bot.cluster.opensearch.first_answers import FirstAnswers
from bot.cluster.opensearch.inside_articles import InsideArticles
from bot.cluster.opensearch.searches import ScopeState
from bot.core.errors import StorageError
from bot.core.seams import PassageKey, Retrieval


class ChangedMeanwhileError(StorageError):
    """A hit has changed before it was read; the next try reads what there is then."""

    def __init__(self) -> None:
        super().__init__("search.changed")


class Retrieved(NamedTuple):
    """The replies to some queries, and the scope's state at that moment."""

    retrievals: list[Retrieval]
    state: ScopeState
    links: Mapping[PassageKey, Sequence[str]]
    """Links to what is quoted of the passages, by the paragraph that answers, as far as they are
    kept."""
    originals: Mapping[str, bool] = MappingProxyType({})
    """Keys of digests' titles, and whether there is an original, as far as that was looked up."""
    inside: InsideArticles | None = None
    """The passages of the articles found that may be asked for next."""
    read: FirstAnswers | None = None
    """The best passages for the queries, in the form of what was fetched before."""
