"""Dialogue: what a message is before it is a question to the articles.

Small talk is answered by what the bot can do; everything else is a question, and goes to
`bot.core.asking`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import requests
from bot.core.answer import Answer, NearTitle
from bot.core.asking import AskedShelf, Scope, ask
from bot.core.replies import catalogue_reply, small_talk_reply, summary_reply
from bot.core.requests import Steps
from bot.core.seams import Analyzer, SmallTalk

_NEAR_ENOUGH = 0.1
"""The confidence from which an article is named to who asks for a summary of it."""


def respond(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: str,
    scope: Scope | None = None,
    limit: int = 3,
    further: int = 0,
) -> Steps[Answer]:
    """Answer a message; see `bot.core.library.Library.ask`."""
    talk = analyzer.small_talk(question)
    if talk is not None:
        return (yield from _talk(shelves, analyzer, question, talk, scope))
    return (yield from ask(shelves, analyzer, question, scope, limit, further))


def _talk(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: str,
    talk: SmallTalk,
    scope: Scope | None,
) -> Steps[Answer]:
    if talk.topic == "catalogue":
        reply = yield from _catalogue(shelves)
    elif talk.topic == "summary":
        reply = yield from _summary(shelves, analyzer, talk.about, scope)
    else:
        reply = small_talk_reply(talk.topic)
    return Answer(question, "talk", 0.0, (), (), (), None, reply=reply)


def _catalogue(shelves: Sequence[AskedShelf]) -> Steps[str]:
    found: list[NearTitle] = []
    for number, shelf in enumerate(shelves):
        entries = yield from requests.entries(number)
        found += [NearTitle(shelf.prefix + slug, e.head.title) for slug, e in entries.items()]
    found.sort(key=lambda each: (each.title.casefold(), each.slug))
    return catalogue_reply(len(found), found)


def _summary(
    shelves: Sequence[AskedShelf], analyzer: Analyzer, about: str, scope: Scope | None
) -> Steps[str]:
    if scope is not None:
        entries = yield from requests.entries(scope.shelf, [scope.slug])
        prefix = shelves[scope.shelf].prefix
        return summary_reply([NearTitle(prefix + s, e.head.title) for s, e in entries.items()])
    nearest: tuple[NearTitle, ...] = ()
    if about:
        answer = yield from ask(shelves, analyzer, about, None, 1)
        match = answer.matches[0].citation if answer.matches else None
        if match is not None and answer.confidence >= _NEAR_ENOUGH:
            nearest = (NearTitle(match.slug, match.head.title),)
    return summary_reply(nearest)
