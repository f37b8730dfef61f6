"""The indexes: their mappings, their names, and the aliases under which they are asked.

A generation is a pair of indexes that one analyzer made: everyone's articles, and those of all
servers. It is asked through two aliases, which move together once it is complete. A document is
routed by its article in the first index, by its server in the second, so that an article, or a
server, lies on one shard and changes there at once.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any, NamedTuple

from bot.core.relevance.term_scoring import K1, B

AVERAGE_LENGTH = 80.0
"""Terms of a passage that the indexes' similarity takes for the average: it ranks candidates, and
their exact scores count the true average."""
OWN_WEIGHT = 1e-6
"""Boost of a term that asks for the weight which the shard's own statistics give it."""
LEAST_WEIGHT = 1e-3
"""The least boost that counts as a weight."""
_FORMAT = 6
"""Raised whenever documents change their form or meaning."""
_WEIGHT = (
    f"return query.boost < {LEAST_WEIGHT / 2}"
    " ? Math.max(0.0, Math.log((field.docCount + 1.0) / term.docFreq)) : query.boost;"
)
_SCORE = (
    f"return weight * doc.freq * {K1 + 1} /"
    f" (doc.freq + {K1} * ({1 - B} + {B} * doc.length / {AVERAGE_LENGTH}));"
)


class Sizes(NamedTuple):
    """The division of the indexes; fixed when they are made."""

    shards: int = 3
    replicas: int = 1
    left_seconds: float = 60.0
    """Seconds for which a node that has gone is waited for before its shards are copied anew."""


class Generation(NamedTuple):
    """A pair of indexes."""

    everyone: str
    servers: str

    @property
    def name(self) -> str:
        """The part of their names that they share."""
        return self.everyone.rpartition("-everyone-")[2]


def fingerprint_hash(fingerprint: str) -> str:
    """Return a short form of an analyzer's fingerprint and of the documents' format."""
    return hashlib.sha256(f"{_FORMAT} {fingerprint}".encode()).hexdigest()[:12]


def new_generation(prefix: str, fingerprint: str) -> Generation:
    """Return the names of indexes that are not there yet."""
    name = f"{fingerprint_hash(fingerprint)}-{secrets.token_hex(4)}"
    return generation_named(prefix, name)


def generation_named(prefix: str, name: str) -> Generation:
    """Return the indexes of a generation's name."""
    return Generation(f"{prefix}-everyone-{name}", f"{prefix}-servers-{name}")


def aliases(prefix: str) -> Generation:
    """Return the aliases of the generation that is asked."""
    return Generation(f"{prefix}-everyone", f"{prefix}-servers")


def body(sizes: Sizes, meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings and mappings of either index; ``meta`` is kept in it as it is."""
    keyword = {"type": "keyword"}
    return {
        "settings": {
            "index": {
                "number_of_shards": sizes.shards,
                "number_of_replicas": sizes.replicas,
                "refresh_interval": -1,  # the writer alone says when its changes are to be seen
                "unassigned.node_left.delayed_timeout": f"{sizes.left_seconds:g}s",
                "similarity": {
                    "candidates": {
                        "type": "scripted",
                        "weight_script": {"source": _WEIGHT},
                        "script": {"source": _SCORE},
                    }
                },
            }
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": dict(meta),
            "_routing": {"required": True},
            "properties": {
                "kind": keyword,
                "scope": keyword,
                "article": keyword,
                "put": {"type": "long"},
                # of a passage
                "number": {"type": "integer"},
                "length": {"type": "integer"},
                "terms": {
                    "type": "text",
                    "analyzer": "whitespace",  # the only one that is built into the server
                    "similarity": "candidates",
                    "index_options": "freqs",
                },
                # of an article
                "language": keyword,
                "folded": keyword,
                # of an article, and of the passages of a digest
                "title": keyword,
                "is_digest": {"type": "boolean"},
                # of all kinds: read, and never searched
                "shown": {"type": "object", "enabled": False},
                # of a passage: what is shown of its article
                "head": {"type": "object", "enabled": False},
            },
        },
    }
