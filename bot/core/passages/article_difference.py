"""The differences between two versions of an article, by paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from bot.core.article import Article, Head

_OF_THE_FILE = ("fetched", "sha256")
"""Fields of a head that say how its file came about."""


class ArticleDifference(NamedTuple):
    """One difference: of a field of the head, or of paragraphs."""

    kind: Literal["head", "changed", "removed", "added"]
    field: str = ""
    """The field of the head."""
    before: str | None = None
    after: str | None = None
    """The field's values; None if it is not known."""
    old: tuple[int, int] = (0, 0)
    """The first and the last paragraph that were changed or removed, from 1."""
    new: tuple[int, int] = (0, 0)
    """The first and the last paragraph that took their place or were added, from 1."""


def differences(known: Article, new: Article) -> Iterator[ArticleDifference]:
    """Yield the differences between what is known of an article and a newer copy: the head first,
    then paragraphs in order."""
    for key, before, after in zip(Head._fields, known.head, new.head, strict=True):
        if before != after and key not in _OF_THE_FILE:
            yield ArticleDifference("head", key, before, after)
    old = [known.text[span.start : span.end] for span in known.paragraphs]
    now = [new.text[span.start : span.end] for span in new.paragraphs]
    matcher = SequenceMatcher(a=old, b=now, autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        was, becomes = (first + 1, last), (new_first + 1, new_last)
        if kind == "replace":
            yield ArticleDifference("changed", old=was, new=becomes)
        elif kind == "delete":
            yield ArticleDifference("removed", old=was)
        elif kind == "insert":
            yield ArticleDifference("added", new=becomes)
