"""Adding articles to a store: the choice of the name, and of the article to replace."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Set
from pathlib import PurePosixPath
from typing import NamedTuple

from bot.core.adding import AddedArticle
from bot.core.article import Article, Draft, Head, Version
from bot.core.errors import ArticleError
from bot.core.passages.article_difference import differences
from bot.core.seams import ArticleStore
from bot.sources.corpus.same_article import reason_to_replace
from bot.sources.formats.markdown import article_of

_LONGEST_SLUG = 80
_IN_SLUGS = re.compile(r"\d{4}(?:-\d{2}){0,2}|\d{1,9}")
"""Suffixes that tell apart two articles of the same name: a date, or a number."""


class _Name(NamedTuple):
    """The name that a draft gets."""

    slug: str
    known: tuple[Version, Article] | None = None
    """The article that it is a newer copy of."""
    reason: str = ""
    beside: str = ""


def add(draft: Draft, store: ArticleStore, fresh: Set[str] = frozenset()) -> AddedArticle:
    """Put a draft into a store, unless it is there already.

    The name comes from the title. An article that is there is replaced only by a newer copy of
    itself; any other of its title is added beside it, under a slug with its date, or else with a
    number. ``fresh`` are slugs that were added a moment ago: of two files that are added together
    neither is a newer copy of the other, unless both are of one link or one original. What was
    known of a replaced article and the new one does not say, is kept. The name is chosen and taken
    while no other process adds. Raises `bot.core.errors.ArticleError` if the draft holds no text.
    """
    with store.exclusive():
        return _add(draft, store, fresh)


def _add(draft: Draft, store: ArticleStore, fresh: Set[str]) -> AddedArticle:
    name = _name_of(draft, store, fresh)
    slug = name.slug
    if name.known is None:
        saved = store.save(slug, draft)
        return AddedArticle("added", slug, draft.head, saved, beside=name.beside)
    version, article = name.known
    draft = draft._replace(head=_merge(article.head, draft.head))
    changes = tuple(differences(article, article_of(slug, draft)))
    if not changes:
        return AddedArticle("known", slug, article.head, version.path)
    saved = store.save(slug, draft)
    return AddedArticle("replaced", slug, draft.head, saved, changes, name.reason)


def replaced_by(draft: Draft, store: ArticleStore) -> Version | None:
    """Return the file that a draft would replace; None if it would be added beside others. Raises
    `bot.core.errors.ArticleError` if the draft holds no text."""
    known = _name_of(draft, store, frozenset()).known
    return None if known is None else known[0]


def _name_of(draft: Draft, store: ArticleStore, fresh: Set[str]) -> _Name:
    """Return the name that a draft gets; raises `ArticleError` if it holds no text."""
    article = article_of("", draft)
    listing = store.list()
    base = slugify(draft.head.title)
    taken = {PurePosixPath(fault.path).stem for fault in listing.faults}
    if base not in listing.versions and base not in taken:
        return _Name(base)
    beside = ""
    for slug in _namesakes(base, listing.versions):
        version = listing.versions[slug]
        try:
            known, _ = store.get(slug, version)
        except ArticleError:
            continue
        reason = _reason(known, article, is_fresh=slug in fresh)
        if reason is not None:
            return _Name(slug, (version, known), reason)
        beside = beside or slug
    free = (s for s in _slugs(base, draft.head) if s not in listing.versions and s not in taken)
    return _Name(next(free), beside=beside)


def _reason(known: Article, new: Article, *, is_fresh: bool) -> str | None:
    """Return `reason_to_replace`, for an article that was added a moment ago, too."""
    if is_fresh and known.text != new.text:
        one, two = known.head, new.head
        is_one = bool(one.url and one.url == two.url)
        if not is_one and not (one.sha256 and one.sha256 == two.sha256):
            return None
    return reason_to_replace(known, new)


def _namesakes(base: str, slugs: Mapping[str, object]) -> Iterator[str]:
    """Yield the slugs that are this name, or this name with a date or a number: first itself, then
    the others in the order in which they would be given."""
    if base in slugs:
        yield base
    stem = f"{base}-"
    others = [
        slug for slug in slugs if slug.startswith(stem) and _IN_SLUGS.fullmatch(slug, len(stem))
    ]
    yield from sorted(others, key=lambda slug: (len(slug), slug))


def slugify(title: str) -> str:
    """Return a title as a name: its letters (with their marks) and digits in lower case, of any
    script, a hyphen between two words, at most 80 characters."""
    plain = re.sub(r"['’ʼ]", "", unicodedata.normalize("NFKC", title).lower())
    letters = (char if unicodedata.category(char)[0] in "LMN" else " " for char in plain)
    slug = "-".join("".join(letters).split())
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    while len(slug.encode()) > 200:  # a file name holds 255 bytes
        slug = slug[:-1]
    return unicodedata.normalize("NFC", slug) or "article"


def _slugs(base: str, head: Head) -> Iterator[str]:
    """Yield the names that an article may get, the best first."""
    yield base
    if head.published:
        yield f"{base}-{head.published}"
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def _merge(known: Head, new: Head) -> Head:
    """Return the new head, completed from the known one; but the new text's own properties (the
    original that it is a digest of, the source of its bytes) are as in the new head."""
    return new._replace(
        **{
            key: value
            for key, value in known._asdict().items()
            if getattr(new, key) is None and key not in ("digest_of", "fetched", "sha256")
        }
    )
