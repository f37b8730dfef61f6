"""Wiring: the one place that names concrete parts and puts them together.

Here are the functions that most callers need. `bot.wiring.incoming` has what brings articles in,
`bot.wiring.shared_state` what is kept beside them.
"""

from __future__ import annotations

from bot.wiring.composition import (
    answering,
    article_store,
    can_write_index,
    index_folder,
    index_location,
    indexing,
    library,
    renewed_index,
    storage,
)
from bot.wiring.folders import shelf
from bot.wiring.local_parts import (
    analyzer,
    cache_folder,
    compiled_kernel,
    corpus_folder,
    write_whole,
)

__all__ = [
    "analyzer",
    "answering",
    "article_store",
    "cache_folder",
    "can_write_index",
    "compiled_kernel",
    "corpus_folder",
    "index_folder",
    "index_location",
    "indexing",
    "library",
    "renewed_index",
    "shelf",
    "storage",
    "write_whole",
]
