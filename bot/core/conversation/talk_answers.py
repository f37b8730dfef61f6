"""Answers to small talk: what the bot can do, which articles it has, how to open one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import requests
from bot.core.answer import Answer, NearTitle
from bot.core.conversation.named_article import article_in_scope, article_named
from bot.core.conversation.question_search import AskedArticle, AskedShelf
from bot.core.conversation.talk_replies import (
    TalkReply,
    catalogue_reply,
    small_talk_reply,
    summary_reply,
)
from bot.core.requests import Steps
from bot.core.seams import Analyzer, SmallTalk


def small_talk_answer(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: str,
    talk: SmallTalk,
    scope: AskedArticle | None,
) -> Steps[Answer]:
    """Return the answer to small talk: a reply that says what the bot can do, and no quotation."""
    if talk.topic == "catalogue":
        reply = yield from _catalogue(shelves)
    elif talk.topic == "summary":
        reply = yield from _summary(shelves, analyzer, talk.about, scope)
    else:
        reply = small_talk_reply(talk.topic)
    return Answer(question, "talk", 0.0, (), (), (), None, reply=reply.text, said=reply.said)


def _catalogue(shelves: Sequence[AskedShelf]) -> Steps[TalkReply]:
    found: list[NearTitle] = []
    for number, shelf in enumerate(shelves):
        entries = yield from requests.entries(number)
        found += [NearTitle(shelf.prefix + slug, e.head.title) for slug, e in entries.items()]
    found.sort(key=lambda each: (each.title.casefold(), each.slug))
    return catalogue_reply(len(found), found)


def _summary(
    shelves: Sequence[AskedShelf], analyzer: Analyzer, about: str, scope: AskedArticle | None
) -> Steps[TalkReply]:
    named = None
    if scope is not None:
        named = yield from article_in_scope(shelves, scope)
    elif about:
        named = yield from article_named(shelves, analyzer, about)
    if named is None or not named.share:
        return summary_reply(())
    return summary_reply([NearTitle(named.slug, named.head.title)])
