"""Replies to small talk, said in place of a quotation. Plain text, without markup."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.answer import NearTitle
from bot.core.article import Head
from bot.core.seams import HeadPart, TalkTopic

_LISTED = 10
"""Titles that a reply names at most."""
_WHAT = "Ask me about the articles: I answer in their own words, and say where they stand."
_UNKNOWN: dict[HeadPart, str] = {
    "author": "its author",
    "published": "its date",
    "publisher": "its publisher",
}
_TEXTS: dict[TalkTopic, str] = {
    "greeting": f"Hello! {_WHAT}",
    "farewell": "Goodbye!",
    "thanks": "You’re welcome.",
    "praise": "Thank you. What else would you like to know?",
    "insult": "I’m sorry that I was no help. I only know what the articles say, and I find it best "
    "when a question uses their words.",
    "acknowledgement": "All right. What would you like to know?",
    "laughter": "Glad you’re having fun. What would you like to know?",
    "emoji": f"I only read words. {_WHAT}",
    "help": "I answer questions about the articles by quoting the passage that answers, with its "
    "address, and say so where they don’t. Ask in a sentence of your own, such as “Who built the "
    "bridge?”; “and when?” may follow. Ask “what articles do you have?” for a list.",
    "identity": "I’m a bot. I look up questions in the articles that I was given, and quote them "
    "word for word; I make nothing up, and know nothing else.",
    "quit": "There is nothing to stop: I only answer when I’m asked.",
    "test": f"It works. {_WHAT}",
    "summary": "I quote articles, and don’t sum them up.",
    "catalogue": "",
}


STATIC_REPLIES = tuple(filter(None, _TEXTS.values()))
"""The replies that name no article, for catalogues of other languages."""


def small_talk_reply(topic: TalkTopic) -> str:
    """Return the reply to small talk that needs no article."""
    return _TEXTS[topic]


def summary_reply(nearest: Sequence[NearTitle]) -> str:
    """Return the reply to who asks for a summary: where the articles can be read that come
    nearest."""
    text = _TEXTS["summary"]
    if not nearest:
        return f"{text} Ask about something in them, or open one and read it."
    return f"{text} You can open and read: {_titles(nearest[:1])}"


def catalogue_reply(articles: int, some: Sequence[NearTitle]) -> str:
    """Return the reply to who asks what articles there are; ``some`` are their first."""
    if not articles:
        return "There are no articles yet, so there is nothing to quote from."
    counted = "is 1 article" if articles == 1 else f"are {articles:,} articles"
    shown = some[:_LISTED]
    more = f"\n… and {articles - len(shown):,} more" if articles > len(shown) else ""
    listed = "".join(f"\n{_titles([each])}" for each in shown)
    return f"There {counted} to ask about:{listed}{more}"


def head_reply(slug: str, head: Head, asked: Sequence[HeadPart]) -> str:
    """Return a sentence with an article's metadata and its address. ``asked`` are the parts asked
    for; the reply says which of them are not known."""
    known = []
    if head.author:
        known.append(f"written by {head.author}")
    if head.publisher or head.published:
        by = f" by {head.publisher}" if head.publisher else ""
        on = f" on {head.published}" if head.published else ""
        known.append(f"published{by}{on}")
    missing = [_UNKNOWN[part] for part in asked if not getattr(head, part)]
    said = [f"“{head.title}” was {' and '.join(known)}."] if known else [f"“{head.title}”:"]
    if missing:
        said.append(f"Nothing is known of {' or '.join(missing)}.")
    return f"{' '.join(said)}\n{slug}"


def _titles(titles: Sequence[NearTitle]) -> str:
    return ", ".join(f"“{each.title}” ({each.slug})" for each in titles)
