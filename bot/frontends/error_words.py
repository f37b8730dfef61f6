"""Errors in words: the message for each code.

A template is filled with the error's data by `str.format`; the data is never read as a template.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.errors import BotError

ENGLISH: Mapping[str, str] = {
    "address.malformed": "{text!a} is no address; one looks like slug#8 or slug#7-8",
    "address.order": "{text!a}: paragraphs count from 1, and the first comes before the last",
    "address.without_paragraph": "{address} names no paragraph; write {address}#1 for the first",
    "address.without_quotation": (
        "{address} does not say what was quoted; give its @hash, or the words with --quote"
    ),
    "article.missing": "there is no article {slug!r}; {listing} lists them",
    "article.unreadable": "{slug}: {error}",
    "articles.without_kept_answers": "answers cannot be kept with these articles",
    "paragraph.missing": "{slug} has {paragraphs} paragraphs; there is no paragraph {paragraph}",
    "opensearch.address": (
        "[search] opensearch holds no addresses of nodes; write them as http://host:9200, "
        "user and password into the environment as OPENSEARCH_USER and OPENSEARCH_PASSWORD"
    ),
    "opensearch.authority_missing": (
        "[search] opensearch_ca names {path}, where no file is; name the file with the "
        "certificates of the authority"
    ),
    "opensearch.credentials": (
        "the environment holds no whole credentials for OpenSearch; set OPENSEARCH_USER and "
        "OPENSEARCH_PASSWORD, or OPENSEARCH_API_KEY alone"
    ),
    "opensearch.no_address": (
        '[search] engine is "opensearch"; name its nodes with [search] opensearch = '
        '["http://host:9200"]'
    ),
    "opensearch.without_database": (
        '[search] engine is "opensearch", which is filled from a PostgreSQL database; name one '
        "with [storage] postgres"
    ),
    "quota.articles": (
        "This server’s shelf holds {held:,} articles; {most:,} are the most. Remove one first."
    ),
    "quota.size": (
        "This server’s shelf holds at most {most:g} MB; that would be {size:.1f} MB. Remove an "
        "article first."
    ),
    "records.foreign": (
        "{path}: another program's database lies here; set [discord] data to another folder"
    ),
    "records.newer": (
        "{path}: its format is {found}, and this program knows {known} at the most; run the later "
        "version that wrote it, or move the file away"
    ),
    "records.unopenable": (
        "{path}: cannot be opened ({reason}); set [discord] data to a folder that can be written"
    ),
    "records.unusable": "{path}: cannot be used ({reason})",
    "storage.address": (
        "{source} is no address of a PostgreSQL database; write postgresql://user@host/database"
    ),
    "storage.file_readable": (
        "{path}: others can read the password in it; chmod 600 it, and change the password if "
        "they may have"
    ),
    "storage.file_unreadable": "{path}: the address of the database cannot be read ({reason})",
    "storage.newer": (
        "{place}: its tables have taken {found} steps, and this program knows {known}; run the "
        "later version that made them"
    ),
    "storage.refused": "{place}: the storage refuses what was asked of it ({reason})",
    "storage.unreachable": "the storage is not reachable ({place}: {reason})",
    "storage.several_addresses": (
        "[storage] names postgres and postgres_file; leave one of them out"
    ),
    "tenant.without_articles": "server {name} has no articles of its own",
    "quotation.gone": "the article this was quoted from is no longer there",
    "quotation.changed": "the article has changed since, and no longer says this",
    "quotation.not_kept": "the answer is no longer kept",
}
"""Message for each code. The sizes of a quota are in megabytes of 10^6 bytes."""


def in_words(error: BotError, listing: str = "`articles`") -> str:
    """Return an error as one line; ``listing`` is the command that lists the articles."""
    from bot.service.answering import UnresolvedArticleError

    if isinstance(error, UnresolvedArticleError):
        return _unresolved(error, listing)
    data = {
        name: in_words(value, listing) if isinstance(value, BotError) else value
        for name, value in error.data.items()
    }
    template = ENGLISH.get(error.code)
    return error.code if template is None else template.format(listing=listing, **data)


def _unresolved(error: BotError, listing: str) -> str:
    from bot.core.title_folding import fold
    from bot.service.answering import UnresolvedArticleError
    from bot.service.titles import Several, Unknown

    assert isinstance(error, UnresolvedArticleError)  # noqa: S101 - for the types
    if not fold(error.text):
        return f"name an article; {listing} lists them"
    found = error.resolution
    if isinstance(found, Several):
        titles = ", ".join(f"“{title.title}”" for title in found.titles)
        return f"several articles are called so: {titles}; write more of the title"
    missing = f"there is no article {error.text.strip()!r}"
    near = found.nearest if isinstance(found, Unknown) else (found.title,)
    if not near:
        return f"{missing}; {listing} lists them"
    meant = ", ".join(f"“{title.title}” ({title.slug})" for title in near)
    return f"{missing}; did you mean {meant}?"
