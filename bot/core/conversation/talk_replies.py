"""Replies to small talk, said in place of a quotation. Plain text, without markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.core.answer import NearTitle, Said
from bot.core.article import Head
from bot.core.seams import HeadPart, TalkTopic

_LISTED = 10
"""Titles that a reply names at most."""
_WHAT = "Ask me about the articles: I answer in their own words, and say where they stand."
_UNKNOWN: dict[HeadPart, str] = {
    "author": "its author",
    "published": "its date",
    "publisher": "its publisher",
    "url": "its address on the web",
    "source": "its source",
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


SUMMARY_PARTS = (
    "Ask about something in them, or open one and read it.",
    "You can open and read: {titles}",
)
CATALOGUE_PARTS = (
    ("There is {number:,} article to ask about:", "There are {number:,} articles to ask about:"),
    ("… and {number:,} more", "… and {number:,} more"),
)
_BY = "Articles by {author}:"
_ABOUT = "Articles with this in their titles:"
_NONE_BY = "No article is known to be by {author}."
_NONE_ABOUT = "No article is known to be about this."
_NEAREST = "The nearest titles:"
_NO_ARTICLES = "There are no articles yet, so there is nothing to quote from."
_WRITTEN = "“{title}” was written by {author}."
_PUBLISHED = {
    # whether its publisher and its date are known: after the author, and alone
    (True, True): (
        "It was published by {publisher} on {date}.",
        "“{title}” was published by {publisher} on {date}.",
    ),
    (True, False): (
        "It was published by {publisher}.",
        "“{title}” was published by {publisher}.",
    ),
    (False, True): ("It was published on {date}.", "“{title}” was published on {date}."),
}
_READ = ("It can be read at {url}.", "“{title}” can be read at {url}.")
"""After what else is known of it, and alone."""
_NOT_KNOWN: dict[HeadPart, str] = {
    "author": "Its author is not known.",
    "published": "Its date is not known.",
    "publisher": "Its publisher is not known.",
    "url": "Its address on the web is not known.",
    "source": "Its source is not known.",
}
REPLIES: tuple[str | tuple[str, str], ...] = (
    *filter(None, _TEXTS.values()),
    *SUMMARY_PARTS,
    *CATALOGUE_PARTS,
    _BY,
    _ABOUT,
    _NONE_BY,
    _NONE_ABOUT,
    _NEAREST,
    _NO_ARTICLES,
    _WRITTEN,
    *(message for both in _PUBLISHED.values() for message in both),
    *_READ,
    *_NOT_KNOWN.values(),
)
"""All messages of replies, with their forms for several, for catalogues of other languages."""


class TalkReply(NamedTuple):
    """A reply: in English, and part by part for other languages."""

    text: str
    said: tuple[Said, ...]


def _reply(*parts: Said) -> TalkReply:
    return TalkReply("".join(map(_english, parts)), parts)


def _english(part: Said) -> str:
    message = part.many if part.many and part.number != 1 else part.message
    return part.before + message.format(**{"number": part.number, **part.values})


def small_talk_reply(topic: TalkTopic) -> TalkReply:
    """Return the reply to small talk that needs no article."""
    return _reply(Said(_TEXTS[topic]))


def summary_reply(nearest: Sequence[NearTitle]) -> TalkReply:
    """Return the reply to who asks for a summary: where the articles can be read that come
    nearest."""
    instead, read = SUMMARY_PARTS
    further = Said(read, {"titles": _title(nearest[0])}) if nearest else Said(instead)
    return _reply(Said(_TEXTS["summary"]), further._replace(before=" "))


def catalogue_reply(articles: int, some: Sequence[NearTitle]) -> TalkReply:
    """Return the reply to who asks what articles there are; ``some`` are their first."""
    if not articles:
        return _reply(Said(_NO_ARTICLES))
    counted = CATALOGUE_PARTS[0]
    return _reply(Said(counted[0], many=counted[1], number=articles), *_titles(articles, some))


def listed_reply(articles: Sequence[NearTitle], author: str = "") -> TalkReply:
    """Return the reply to who asks for the articles of an author, or about something."""
    first = Said(_BY, {"author": author}) if author else Said(_ABOUT)
    return _reply(first, *_titles(len(articles), articles))


def no_author_reply(author: str) -> TalkReply:
    """Return the reply to who asks for articles of an author of whom there are none."""
    return _reply(Said(_NONE_BY, {"author": author}))


def none_about_reply(nearest: Sequence[NearTitle]) -> TalkReply:
    """Return the reply to who asks about an article that is not there; ``nearest`` are those that
    are about part of it."""
    titles = [Said(_NEAREST, before="\n"), *_titles(len(nearest), nearest)] if nearest else []
    return _reply(Said(_NONE_ABOUT), *titles)


def _titles(articles: int, some: Sequence[NearTitle]) -> Iterator[Said]:
    """Yield the titles that a reply names, and how many more there are."""
    shown = some[:_LISTED]
    for each in shown:
        yield Said("{title}", {"title": _title(each)}, before="\n")
    if articles > len(shown):
        one, many = CATALOGUE_PARTS[1]
        yield Said(one, many=many, number=articles - len(shown), before="\n")


def is_known(head: Head, part: HeadPart) -> bool:
    """Return whether an article's head tells what is asked for."""
    if part == "source":
        return bool(head.publisher or head.url)
    return bool(getattr(head, part))


def head_reply(slug: str, head: Head, asked: Sequence[HeadPart]) -> TalkReply:
    """Return a sentence with an article's metadata and its address. ``asked`` are the parts asked
    for; the reply says which of them are not known."""
    known = []
    if head.author:
        known.append(f"written by {head.author}")
    if head.publisher or head.published:
        by = f" by {head.publisher}" if head.publisher else ""
        on = f" on {head.published}" if head.published else ""
        known.append(f"published{by}{on}")
    missing = [_UNKNOWN[part] for part in asked if not is_known(head, part)]
    said = [f"“{head.title}” was {' and '.join(known)}."] if known else []
    if _tells_url(head, asked):
        said.append(_READ[not known].format(**_values(head)))
    if not said:
        said.append(f"“{head.title}”:")
    if missing:
        said.append(f"Nothing is known of {' or '.join(missing)}.")
    return TalkReply(f"{' '.join(said)}\n{slug}", tuple(_head_parts(slug, head, asked)))


def _tells_url(head: Head, asked: Sequence[HeadPart]) -> bool:
    return bool(head.url) and not {"url", "source"}.isdisjoint(asked)


def _values(head: Head) -> dict[str, str | None]:
    return {
        "title": head.title,
        "author": head.author,
        "publisher": head.publisher,
        "date": head.published,
        "url": head.url,
    }


def _head_parts(slug: str, head: Head, asked: Sequence[HeadPart]) -> Iterator[Said]:
    """Yield the same in sentences of their own, which other languages need not join."""
    values = _values(head)
    if head.author:
        yield Said(_WRITTEN, values)
    published = _PUBLISHED.get((bool(head.publisher), bool(head.published)))
    if published is not None:
        after, alone = published
        yield Said(after, values, before=" ") if head.author else Said(alone, values)
    is_named = bool(head.author or published)
    if _tells_url(head, asked):
        after, alone = _READ
        yield Said(after, values, before=" ") if is_named else Said(alone, values)
    elif not is_named:
        yield Said("“{title}”", values)
    for part in asked:
        if not is_known(head, part):
            yield Said(_NOT_KNOWN[part], before=" ")
    yield Said("{slug}", {"slug": slug}, before="\n")


def _title(near: NearTitle) -> str:
    return f"“{near.title}” ({near.slug})"
