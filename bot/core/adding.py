"""The results of adding articles: of reading a source, and of putting one into a store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.core.article import Draft, Head
from bot.core.errors import BotError
from bot.core.passages.article_difference import ArticleDifference


class CollectedSource(NamedTuple):
    """The result of reading one source of articles."""

    source: str
    """A path or a link."""
    drafts: Sequence[Draft] | None
    """None if a file's bytes are known, or where it could not be read."""
    error: BotError | None = None
    """The error if the source could not be read."""


class AddedArticle(NamedTuple):
    """The result of adding one draft."""

    kind: str
    """``added``, ``known`` (the same text is there) or ``replaced``."""
    slug: str
    """Without the tenant's prefix."""
    head: Head
    """The head as it is in the store now."""
    location: str
    """The article's location, for people to read."""
    changes: tuple[ArticleDifference, ...] = ()
    """The changes made by a replacement."""
    reason: str = ""
    """The reason for which it replaced another; see `bot.sources.corpus.same_article`."""
    beside: str = ""
    """Slug of another article whose title gives the same name, if it was added beside one."""
