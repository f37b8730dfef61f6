"""Conversion of a fetched link to articles: the server names the kind; the address is our own."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from bot.core.article import Draft
from bot.core.errors import ArticleError
from bot.sources.formats.data_kinds import refuse_data
from bot.sources.formats.file_reading import name_by_content
from bot.sources.web.fetching import Fetched, Fetcher

SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/epub+zip": ".epub",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
"""The kinds of file that can be read, by media type."""


def file_of(fetched: Fetched) -> tuple[bytes, str]:
    """Return the fetched bytes as a file: its bytes, in UTF-8 where they are text whose encoding
    the server names, and a name that ends as its kind does. Raises `ArticleError` for what is no
    article: a picture, a film, a program."""
    stem = PurePosixPath(urlsplit(fetched.url).path).stem or "page"
    shown = PurePosixPath(name_by_content(fetched.data) or "").suffix
    if shown not in ("", ".html"):
        return fetched.data, stem + shown  # regardless of the server's media type
    suffix = SUFFIXES.get(fetched.media_type)
    if suffix is None and fetched.media_type in ("", "application/octet-stream"):
        named = PurePosixPath(urlsplit(fetched.url).path).suffix.lower()
        suffix = named if named in SUFFIXES.values() else ".html"
    if suffix in (None, ".txt", ".md"):
        refuse_data(fetched.data)
    if suffix is None:
        host = urlsplit(fetched.url).hostname
        raise ArticleError("link.kind", host=host, kind=fetched.media_type)
    data = fetched.data
    if fetched.charset and suffix in (".html", ".txt", ".md"):
        try:
            data = b"\xef\xbb\xbf" + data.decode(fetched.charset, "replace").encode()
        except (LookupError, UnicodeError):
            data = fetched.data  # a charset that there is not: the page may say better
    return data, stem + suffix


def placed(draft: Draft, fetched: Fetched) -> Draft:
    """Return the draft with the URL and the time of the fetch. A page's own address is used only if
    it is on the same host: it could name another site's page as its own."""
    url = fetched.url
    said = draft.head.url
    if said and urlsplit(said).hostname == urlsplit(url).hostname:
        url = said
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return draft._replace(head=draft.head._replace(url=url, fetched=today))


async def fetch_all(
    links: Sequence[str], fetcher: Fetcher
) -> AsyncIterator[tuple[str, Fetched | ArticleError]]:
    """Follow links, several at a time; yields each with its result, in the order of completion."""

    async def follow(link: str) -> tuple[str, Fetched | ArticleError]:
        try:
            return link, await fetcher.fetch(link)
        except ArticleError as error:
            return link, error

    async with fetcher:
        for done in asyncio.as_completed([follow(link) for link in links]):
            yield await done


def read_fetched(fetched: Fetched, read: Callable[[bytes, str], list[Draft]]) -> list[Draft]:
    """Return the articles in a fetched link, with the URL and the time; ``read`` reads bytes by a
    file's name. Raises `ArticleError`."""
    data, name = file_of(fetched)
    first, *others = read(data, name)
    return [placed(first, fetched), *others]
