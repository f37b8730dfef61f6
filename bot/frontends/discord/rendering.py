"""Answers, misses, articles and help as cards.

Everything that comes from an article or a person goes through `escaping` here; what is left as
Markdown is ours. The budget of a message (4,000 units) is given out in one order: first what must
stand whole (citation, address), then the quotation gets what is left.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.answer import Answer, AnswerKind
from bot.core.article import Article
from bot.core.citation import Citation, cite, place
from bot.core.seams import Entry
from bot.frontends.discord.answer_buttons import OPEN, READ, action, answer_rows
from bot.frontends.discord.cards import (
    ANSWER_COLOUR,
    MISS_COLOUR,
    PLAIN_COLOUR,
    TEXT_LIMIT,
    Button,
    Card,
    link_button,
    link_text,
    note,
)
from bot.frontends.discord.escaping import code, escape, label, length, one_line, prefix
from bot.frontends.discord.quoting import beginning, ending, quotation
from bot.service.answering import Contents
from bot.service.quotations import Quotation
from bot.service.titles import Found, Resolution, Several

ARTICLES_A_PAGE = 10
NEAREST_TITLES = 3
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SAID: dict[AnswerKind, str] = {
    "answer": "",
    "unsure": "**Not sure. The closest passage:**",
    "none": "**Not an answer. The nearest passage:**",
    "talk": "",
}
_LONGEST_REPLY = 1500
"""Maximum length of a reply in units before escaping, which at most doubles them."""
_MARGIN = 16
"""Units left unused, so that an error of one unit does not cost an answer."""


def answer_card(
    question: str,
    shown: Quotation,
    *,
    kind: AnswerKind = "answer",
    key: str,
    index: int,
    count: int,
    private: bool = False,
    repairs: Sequence[tuple[str, str]] = (),
    unknown: Sequence[str] = (),
    page: str | None = None,
    follows: str = "",
    in_server: bool = False,
) -> Card:
    """Return a quotation with its citation and its buttons.

    ``kind`` says whether it is an answer; where it is none, the card says so above the quotation.
    ``index`` counts from 0 among ``count`` matches; ``key`` is the record's; ``repairs`` are words
    as they were asked and as they were searched for, and ``unknown`` those that no article
    contains, which are named where the match is no answer. ``page`` is the web page that shows
    the passage, ``follows`` the earlier question that this one was taken together with;
    ``in_server`` is True where there is a server that may keep it as an answer.
    """
    asked = f"-# {label(question, 200)}"
    if count > 1:
        asked += f"  ·  match {index + 1} of {count}"
    asked += _together(follows)
    for wrong, right in repairs[:3]:
        asked += f"\n-# Searched for “{label(right, 40)}” instead of “{label(wrong, 40)}”."
    if shown.is_kept:
        asked += "\n-# Kept by the editors"
    said = _SAID[kind]
    if said and unknown:
        said = f"{_missing(unknown)}\n{said}"
    cited = citation_text(shown.citation, page)
    room = TEXT_LIMIT - _MARGIN - length(asked) - length(cited) - length(said)
    body = quotation(shown.text, shown.sentences, shown.sentence, room)
    rows = answer_rows(
        key, index, count, link=shown.citation.link, page=page, private=private, in_server=in_server
    )
    if said:
        return Card((said, body, cited), rows, MISS_COLOUR, above=asked)
    return Card((body, cited), rows, above=asked)


def citation_text(citation: Citation, page: str | None = None) -> str:
    """Return the location of a quotation: title, author and date, paragraph, address; three
    lines. The title is a link to ``page``, the web page that shows the passage; where a link cannot
    hold the title as it is, the paragraph is one."""
    head = citation.head
    title, where = label(head.title, 256), place(citation)
    if linked := link_text(one_line(head.title, 256), page):
        title = linked
    else:
        where = link_text(where, page) or where
    known = [label(part, 100) for part in (head.author, head.publisher) if part]
    if head.published:
        known.append(label(written_date(head.published), 40))
    lines = [f"**{title}**", " · ".join([*known, where])]
    if head.digest_of:
        lines.append(f"-# digest of {label(head.digest_of, 200)}")
    return "\n".join([*lines, f"-# {code(citation.address)}"])


def address_card(citation: Citation) -> Card:
    """Return an address alone, to be copied."""
    return Card((f"{code(citation.address)}\n-# {label(cite(citation), 400)}",))


def written_date(published: str) -> str:
    """Return ``2015-11-04`` as ``4 November 2015``; shorter dates with the parts that they have."""
    parts = published.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return published
    if len(parts) == 1:
        return parts[0]
    month = int(parts[1])
    if not 1 <= month <= 12:
        return published
    day = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{day}{_MONTHS[month - 1]} {parts[0]}"


def miss_card(
    answer: Answer, *, key: str, searched: int, reading: tuple[int, int] | None = None
) -> Card:
    """Return the message that nothing answers the question, with the missing words and the nearest
    titles. The nearest passage is behind a button. ``reading`` gives the numbers of new files read
    and of all new files, while some are being read."""
    texts = ["**Nothing in the articles answers this.**"]
    if answer.reply:
        texts[0] += f"\n{escape(prefix(answer.reply, _LONGEST_REPLY))}"
    if answer.unknown:
        texts[0] += f"\n{_missing(answer.unknown)}"
    if answer.nearest:
        titles = dict.fromkeys(near.title for near in answer.nearest)
        named = "\n".join(f"- {label(title, 200)}" for title in [*titles][:NEAREST_TITLES])
        texts.append(f"The nearest titles:\n{named}")
    else:
        texts.append(f"{searched:,} {_articles(searched)} searched; `/articles` lists them.")
    if reading is not None:
        texts.append(
            f"-# I am still reading new articles ({reading[0]:,} of {reading[1]:,}); ask again in "
            "a while."
        )
    buttons = [Button("Delete", action(key, "delete", 0))]
    if answer.matches:
        buttons.insert(0, Button("Nearest passage", action(key, "nearest", 0)))
    asked = f"-# {label(answer.question, 200)}{_together(answer.follows)}"
    return Card(tuple(texts), (tuple(buttons),), MISS_COLOUR, above=asked)


def _together(follows: str) -> str:
    return f"\n-# Taken together with “{label(follows, 100)}”." if follows else ""


def _missing(unknown: Sequence[str]) -> str:
    words = ", ".join(f"“{label(word, 40)}”" for word in unknown[:12])
    return f"No article contains {words}."


def reply_card(answer: Answer) -> Card:
    """Return a reply that quotes nothing: to small talk, or about an article's head."""
    colour = ANSWER_COLOUR if answer.answered else PLAIN_COLOUR
    return Card((escape(prefix(answer.reply, _LONGEST_REPLY)),), colour=colour)


def context_card(article: Article, shown: Quotation, page: str | None = None) -> Card:
    """Return the paragraphs around a quotation, in order, the quoted ones between rules of their
    own; ``page`` is the web page that shows it."""
    cited = shown.citation
    top = f"-# **{label(cited.head.title, 200)}**"
    before = _paragraph(article, cited.first - 1)
    after = _paragraph(article, cited.last + 1)
    room = TEXT_LIMIT - _MARGIN - length(top) - 3 * len("-# paragraphs 100000–100000 of 100000\n")
    side = min(900, room // 4)
    early = f"{_number(article, cited.first - 1)}\n{ending(before, side)}" if before else ""
    late = f"{_number(article, cited.last + 1)}\n{beginning(after, side)}" if after else ""
    room -= length(early) + length(late)
    here = f"-# {place(cited)}\n{quotation(shown.text, shown.sentences, shown.sentence, room)}"
    texts = [text for text in (early, here, late) if text]
    texts[0] = f"{top}\n{texts[0]}"
    return Card(tuple(texts), ((*link_button(READ, page), *link_button(OPEN, cited.link)),))


def _paragraph(article: Article, number: int) -> str:
    return article.quote(number, number) if 1 <= number <= len(article.paragraphs) else ""


def _number(article: Article, number: int) -> str:
    return f"-# paragraph {number} of {len(article.paragraphs)}"


def articles_card(contents: Contents) -> Card:
    """Return one page of the table of contents."""
    listed, page, pages, articles = contents
    if not listed:
        return Card(("There are no articles yet.",), colour=PLAIN_COLOUR)
    top = f"### {articles:,} {_articles(articles)}"
    if pages > 1:
        top += f"\n-# page {page + 1:,} of {pages:,}"
    room = (TEXT_LIMIT - _MARGIN - length(top)) // len(listed)
    lines = [_listed(entry, room) for entry in listed]
    turn = [
        *([Button("Previous page", f"articles:previous:{page}")] if page else []),
        *([Button("Next page", f"articles:next:{page}")] if page + 1 < pages else []),
    ]
    return Card((top, *lines), (tuple(turn),), ruled=False)


def _listed(entry: Entry, room: int) -> str:
    head = entry.head
    known = [one_line(part, 60) for part in (head.publisher or head.author, head.published) if part]
    if head.published:
        known[-1] = written_date(head.published)
    known.append(f"{entry.paragraphs:,} paragraph{'' if entry.paragraphs == 1 else 's'}")
    about = f"\n-# {label(' · '.join(known), 120)}"
    title = label(head.title, min(150, max(1, (room - length(about) - 6) // 2)))
    return f"**{title}**{about}"


def article_card(article: Article) -> Card:
    """Return one article's head and how it begins, with its link."""
    head = article.head
    known = [label(part, 120) for part in (head.author, head.publisher, head.section) if part]
    if head.published:
        known.append(label(written_date(head.published), 40))
    known.append(
        f"{len(article.paragraphs):,} paragraph{'' if len(article.paragraphs) == 1 else 's'}"
    )
    lines = [f"### {label(head.title, 256)}", " · ".join(known)]
    if head.digest_of:
        lines.append(f"-# digest of {label(head.digest_of, 200)}")
    top = "\n".join([*lines, f"-# {code(article.slug)}"])
    room = min(1800, TEXT_LIMIT - _MARGIN - length(top))
    texts = (top, *([beginning(article.text, room)] if article.text.strip() else []))
    return Card(texts, (link_button(OPEN, head.url),))


def help_card(articles: int, own: int, *, in_server: bool) -> Card:
    """Return a description of the bot on one screen; ``own`` of the articles are this server's."""
    counted = f"{articles:,} {_articles(articles)}"
    if own:
        counted += f", {own:,} of them this server’s own"
    what = (
        "### Ask the articles",
        f"I answer questions in the words of {counted}.",
        "Each quotation has an address anyone can check.",
    )
    how = [
        "**/ask** question: Why did …?  –  the best passage, the answer in bold",
        "**/ask** … article: one title  –  look in that article only",
        "**/ask** … private: True  –  shown to you alone",
        "**/articles**  –  what can be asked",
        "**/article** title: …  –  one article and how it begins",
        "Or mention me, write to me, or choose *Apps › Ask about this message*.",
        "Reply to an answer, or ask on within ten minutes: “and why?”",
    ]
    texts = ["\n".join(what), "\n".join(how)]
    if in_server:
        texts.append(
            "**/library add**, **remove**, **answer**, **role**  –  this server’s own articles, "
            "for those who manage it"
        )
    return Card(tuple(texts))


def _articles(count: int) -> str:
    return "article" if count == 1 else "articles"


def no_such_title(text: str, resolution: Resolution) -> Card:
    """Return a polite message that the text means no article, or several, with their titles."""
    if isinstance(resolution, Several):
        lines = [f"Several articles are called so: “{label(text, 100)}”."]
        near, asked = resolution.titles, "Which one do you mean?"
    else:
        lines = [f"I know no article called “{label(text, 100)}”."]
        near, asked = () if isinstance(resolution, Found) else resolution.nearest, "Did you mean:"
    if near:
        lines += [asked, *(f"- {label(title.title, 150)}" for title in near)]
    lines.append("-# Choose from the titles offered while you type, or see `/articles`.")
    return note(*lines)
