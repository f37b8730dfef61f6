"""Scopes: whose articles a request is about.

This is the one place where a scope becomes part of a request: of its index, its routing and its
query. A `Scope` is made of a tenant, and every search goes through it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from bot.cluster.opensearch.layout import Generation


class Scope(NamedTuple):
    """One tenant's own articles in one generation of the indexes."""

    target: str
    """The index, or its alias."""
    name: str
    """The tenant's name; empty for everyone."""
    server: str | None
    """The routing of all its documents; None where each article has its own."""

    def routing(self, article: str) -> str:
        """Return the routing of an article's documents; ``article`` is its encoded slug."""
        return article if self.server is None else self.server

    def header(self, articles: Iterable[str] | None = None) -> dict[str, Any]:
        """Return the header of a search, of some articles alone where they are given."""
        if self.server is not None:
            return {"index": self.target, "routing": self.server}
        if articles is not None:
            found = sorted(each for each in set(articles) if "," not in each)
            if found:
                return {"index": self.target, "routing": ",".join(found)}
        return {"index": self.target}

    def query(self, *filters: Mapping[str, Any], **clauses: Any) -> dict[str, Any]:
        """Return a query for documents of this scope that pass all filters. Everyone's have an
        index of their own: without a further condition the server counts a term's passages at
        once, and need not go through them."""
        own = [] if self.server is None else [{"term": {"scope": self.name}}]
        return {"bool": {"filter": [*own, *filters], **clauses}}


def scope_of(generation: Generation, tenant: str) -> Scope:
    """Return the scope of a tenant, by its name, in indexes or behind aliases."""
    if tenant:
        return Scope(generation.servers, tenant, tenant)
    return Scope(generation.everyone, "", None)
