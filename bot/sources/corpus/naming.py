"""Adding articles to a store: under which name, and what to do where there is one already."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import NamedTuple

from bot.core.article import Article, Draft, Head, Version
from bot.core.errors import ArticleError
from bot.core.seams import ArticleStore
from bot.sources.formats.markdown import article_of

_LONGEST_SLUG = 80


class AddOutcome(NamedTuple):
    """What became of one draft."""

    kind: str
    """``added``, ``known`` (the same text is there) or ``replaced``."""
    slug: str
    head: Head
    place: str
    """Where it lies, for people to read."""
    changes: tuple[str, ...] = ()
    """What a replacement changed, one line each."""


def add(draft: Draft, store: ArticleStore) -> AddOutcome:
    """Put a draft into a store, unless it is there already.

    The name comes from the title. An article of the same title is replaced where nothing says
    that it is another one (its url or its date); where something does, both live. So an original
    takes the place of its digest. What was known of the article and the new one does not say, it
    keeps.
    Raises `bot.core.errors.ArticleError` where the draft holds no text.
    """
    article_of("", draft)  # that it holds some text
    slug, known = _place_of(draft, store)
    if known is None:
        return AddOutcome("added", slug, draft.head, store.save(slug, draft))
    version, article = known
    draft = draft._replace(head=_merge(article.head, draft.head))
    changes = tuple(_changes(article, article_of(slug, draft)))
    if not changes:
        return AddOutcome("known", slug, article.head, version.path)
    return AddOutcome("replaced", slug, draft.head, store.save(slug, draft), changes)


def replaced_by(draft: Draft, store: ArticleStore) -> Version | None:
    """The file whose place this draft would take, where it is of an article that is there."""
    _, known = _place_of(draft, store)
    return None if known is None else known[0]


def _place_of(draft: Draft, store: ArticleStore) -> tuple[str, tuple[Version, Article] | None]:
    """The name that a draft gets, and the article of that name, where it is the same one."""
    listing = store.list()
    taken = {PurePosixPath(fault.path).stem for fault in listing.faults}
    for slug in _slugs(draft.head.title):
        version = listing.versions.get(slug)
        if version is None:
            if slug in taken:
                continue  # a file that is no article keeps its name too
            return slug, None
        try:
            known, _ = store.get(slug, version)
        except ArticleError:
            continue
        if not _is_other(known.head, draft.head):
            return slug, (version, known)
    raise AssertionError("names never run out")


def slugify(title: str) -> str:
    """A title as a name: its letters (with their marks) and digits in lower case, of any script,
    a hyphen between two words, at most 80 characters."""
    plain = re.sub(r"['’ʼ]", "", unicodedata.normalize("NFKC", title).lower())
    letters = (char if unicodedata.category(char)[0] in "LMN" else " " for char in plain)
    slug = "-".join("".join(letters).split())
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    while len(slug.encode()) > 200:  # a file name holds 255 bytes
        slug = slug[:-1]
    return unicodedata.normalize("NFC", slug) or "article"


def _slugs(title: str) -> Iterator[str]:
    base = slugify(title)
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def _is_other(known: Head, new: Head) -> bool:
    """Whether two articles whose titles give one name are not the same article."""
    if known.url and new.url:
        return known.url != new.url
    if known.published and new.published and known.published != new.published:
        return True
    return known.title != new.title


def _merge(known: Head, new: Head) -> Head:
    """The new head, with what only the known one says; but the new text's own properties (what it
    is a digest of, where its bytes came from) are as the new head has them."""
    return new._replace(
        **{
            key: value
            for key, value in known._asdict().items()
            if getattr(new, key) is None and key not in ("digest_of", "fetched", "sha256")
        }
    )


def _changes(known: Article, new: Article) -> Iterator[str]:
    """What differs, a line each: what is known of it, then its paragraphs."""
    for key, before, after in zip(Head._fields, known.head, new.head, strict=True):
        if before != after and key not in ("fetched", "sha256"):
            yield f"{key}: {before or 'not known'} -> {after or 'not known'}"
    old = [known.text[span.start : span.end] for span in known.paragraphs]
    now = [new.text[span.start : span.end] for span in new.paragraphs]
    matcher = SequenceMatcher(a=old, b=now, autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind == "replace":
            yield f"changed: {_paragraphs(first, last)}, now {_paragraphs(new_first, new_last)}"
        elif kind == "delete":
            yield f"removed: {_paragraphs(first, last)}"
        elif kind == "insert":
            yield f"added: {_paragraphs(new_first, new_last)}"


def _paragraphs(first: int, last: int) -> str:
    if last - first == 1:
        return f"paragraph {first + 1}"
    return f"paragraphs {first + 1}-{last}"
