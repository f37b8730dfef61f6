"""A short form that no article holds: the name or term that it abbreviates is searched for, where
an article's title or a passage with the question's other words has one of its initials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core import requests
from bot.core.conversation.question_search import (
    CANDIDATES,
    PlannedSearch,
    look_up,
    search_shelves,
)
from bot.core.questions.initials import is_short_form, spelt_out
from bot.core.questions.question_reading import with_tokens
from bot.core.requests import Ahead, Steps
from bot.core.seams import Analyzer, TitleLookup

_MOST_TITLES = 2000
"""Titles of a shelf that are looked through, in their order."""


def put_spelt_out(
    asked: Sequence[PlannedSearch], unseen: Mapping[int, int], analyzer: Analyzer
) -> Steps[tuple[list[PlannedSearch], dict[tuple[int, int], str]]]:
    """Ask for what the short forms among some unknown words stand for. Returns what to ask, and the
    name or term for the span of each short form that has one."""
    question = asked[0].reading.question if asked else ""
    shorts = {(a, z): question[a:z] for a, z in unseen.items() if is_short_form(question[a:z])}
    is_shouted = question.isupper() and len(question.split()) > len(shorts)
    if not shorts or is_shouted:
        return list(asked), {}
    searching = Ahead(search_shelves(asked, CANDIDATES))
    titles = yield from searching.beside(_titles(asked, list(shorts.values())))
    found = {span: long for span, short in shorts.items() if (long := spelt_out(titles, short))}
    if len(found) < len(shorts) and any(any(each.frequency.values()) for each in asked):
        searches = yield from searching.result()
        texts = [p.text for each in searches for p in each.retrieval.passages.values()]
        for span, short in shorts.items():
            if span not in found and (long := spelt_out(texts, short)):
                found[span] = long
    if not found:
        return list(asked), {}
    readings = []
    for each in asked:
        chosen = {
            span: analyzer.tokens(long, each.reading.language) for span, long in found.items()
        }
        readings.append((each.shelf, each.article, with_tokens(each.reading, chosen)))
    again = yield from look_up(readings, analyzer, CANDIDATES)
    return [
        now._replace(frequency={**each.frequency, **now.frequency}, asked_next=each.asked_next)
        for each, now in zip(asked, again, strict=True)
    ], found


def _titles(asked: Sequence[PlannedSearch], shorts: Sequence[str]) -> Steps[list[str]]:
    """Return the titles that may have a name with the initials of one of some short forms."""
    shelves = {each.shelf for each in asked}
    found = yield from requests.titles(TitleLookup(limit=_MOST_TITLES), max(shelves) + 1)
    titles: list[str] = []
    for number in sorted(shelves):
        slugs = [
            slug
            for folded, slug in found[number]
            if any(spelt_out([folded.title()], short) for short in shorts)
        ]
        if slugs:
            entries = yield from requests.entries(number, slugs)
            titles += [entry.head.title for entry in entries.values()]
    return titles
