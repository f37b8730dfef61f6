"""Replies of the service: an answer with what a front-end shows beside it, and pages of the
list of articles."""

from __future__ import annotations

from bot.core.answer import Answer
from bot.core.light_typing import TYPE_CHECKING, Any
from bot.core.named_tuple import NamedTuple
from bot.core.seams import Entry

if TYPE_CHECKING:
    from bot.service.records.recorded_misses import Miss
    from bot.service.shelves.titles import Title
else:  # most answers need neither; the names as strings would be compiled at each start
    Miss = Title = Any


class Reply(NamedTuple):
    """An answer, and what a front-end shows beside it."""

    answer: Answer
    """Its unknown words are those that neither a text nor a title holds; its nearest titles those
    of the best passages, then those that hold a word which no text does."""
    article: Title | None
    """The one article that was asked, if one was."""
    is_guess: bool = False
    """True if that article was found only by forgiving a typing error in what names it."""
    miss: Miss | None = None
    """The record of the question where nothing answered it, if anybody listens to events; a
    front-end hands it to `Answering.tell_unanswered`."""


class Contents(NamedTuple):
    """A page of the list of articles."""

    entries: tuple[Entry, ...]
    page: int
    """From 0."""
    pages: int
    articles: int
    """Number of articles on all pages."""
