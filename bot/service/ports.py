"""The parts that the service is handed: one Protocol each, implemented by `bot.wiring`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.core.adding import AddedArticle
from bot.core.article import Draft, Version
from bot.core.seams import ArticleStore
from bot.core.shelf import Shelf
from bot.service.tenants import Tenant


class ArticleIntake(Protocol):
    """Reads articles from outside and adds them to one tenant's own. Called from worker threads.
    Its methods raise `bot.core.errors.ArticleError` if something holds no article."""

    def read_text(self, data: bytes) -> list[Draft]:
        """Return the articles in a text that was pasted."""

    def read_upload(self, data: bytes, name: str) -> list[Draft]:
        """Return the articles in a file that was sent, by its name."""

    def retitled(self, draft: Draft, title: str) -> Draft:
        """Return a draft under a title that somebody typed; as it is where that is blank."""

    def add(self, draft: Draft) -> AddedArticle:
        """Add an article."""

    def replaced_by(self, draft: Draft) -> Version | None:
        """Return the file whose place a draft would take, where it is of an article that is
        there."""


class TenantStorage(Protocol):
    """Storage of the tenants' articles. Called from worker threads."""

    def has(self, tenant: Tenant) -> bool:
        """Return whether the tenant has a folder of its own; costs no more than one look at the
        disk."""

    def shelf(self, tenant: Tenant) -> Shelf:
        """Open a tenant's articles with their index, not refreshed yet. Raises
        `bot.core.errors.CorpusError` if they cannot be opened."""

    def store(self, tenant: Tenant) -> ArticleStore:
        """Return the store of a tenant's own articles, made where it is missing."""

    def intake(self, tenant: Tenant) -> ArticleIntake:
        """Return the intake of a tenant's own articles."""

    async def fetch(self, link: str, tenant: Tenant) -> Sequence[Draft]:
        """Return the articles that a link leads to, without adding them. Raises
        `bot.core.errors.ArticleError`."""

    def erase(self, tenant: Tenant) -> None:
        """Delete a tenant's own articles and their index; nothing happens if there are none."""

    def tenants(self) -> list[Tenant]:
        """Return the tenants that have articles of their own, in order."""
