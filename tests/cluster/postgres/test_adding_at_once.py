"""Several writers that add to one database at the same moment lose nothing to each other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from bot.cluster.postgres.article_store import PostgresArticleStore
from bot.cluster.postgres.connections import Connections
from bot.core.article import Draft, Head
from bot.service.tenants import EVERYONE
from bot.sources.corpus.slugs import add
from bot.sources.formats.file_reading import read_file

WRITERS = 3
EACH = 4


@pytest.mark.parametrize("is_bulk", [False, True])
def test_each_article_of_one_title_gets_a_name_of_its_own(
    connections: Connections, is_bulk: bool
) -> None:
    def write(writer: int) -> list[str]:
        store = PostgresArticleStore(connections, EVERYONE, read_file)
        with ExitStack() as stack:
            if is_bulk:
                stack.enter_context(store.holding())
                stack.enter_context(store.together())
            drafts = [
                Draft(Head("The letter"), " ".join(f"w{writer}n{n}{letter}" for letter in "abcdef"))
                for n in range(EACH)
            ]
            return [add(draft, store).slug for draft in drafts]

    with ThreadPoolExecutor(WRITERS) as threads:
        slugs = [slug for found in threads.map(write, range(WRITERS)) for slug in found]
    assert len(set(slugs)) == WRITERS * EACH
    store = PostgresArticleStore(connections, EVERYONE, read_file)
    assert set(store.list().versions) == set(slugs)
    versions = store.list().versions
    texts = {store.get(slug, versions[slug])[0].text for slug in slugs}
    assert len(texts) == WRITERS * EACH
