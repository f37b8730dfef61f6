"""Articles as cards: the list, one of them, what a name may mean, and the help."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.core.article import Article
from bot.core.seams import Entry
from bot.frontends.discord.cards.answer_buttons import OPEN
from bot.frontends.discord.cards.cards import (
    CHOICE_LIMIT,
    PLAIN_COLOUR,
    TEXT_LIMIT,
    Button,
    Card,
    Choice,
    Menu,
    link_button,
    note,
)
from bot.frontends.discord.cards.escaping import code, label, length, one_line, prefix
from bot.frontends.discord.cards.quoting import beginning
from bot.frontends.discord.cards.rendering import MARGIN, digest_line
from bot.frontends.languages import ENGLISH, Language, mark
from bot.service.answers.reply import Contents
from bot.service.shelves.titles import Found, Resolution, Several

ARTICLES_A_PAGE = 10
TITLES_ACTION = "titles"
"""The custom_id of a menu of titles."""


def articles_card(contents: Contents, language: Language = ENGLISH) -> Card:
    """Return one page of the table of contents."""
    gettext = language.gettext
    listed, page, pages, articles = contents
    if not listed:
        return Card((gettext("There are no articles yet."),), colour=PLAIN_COLOUR)
    top = f"### {language.ngettext('{number:,} article', '{number:,} articles', articles)}"
    if pages > 1:
        top += f"\n-# {gettext('page {number:,} of {count:,}', number=page + 1, count=pages)}"
    room = (TEXT_LIMIT - MARGIN - length(top)) // len(listed)
    lines = [_listed(entry, room, language) for entry in listed]
    turn = [
        *([Button(gettext("Previous page"), f"articles:previous:{page}")] if page else []),
        *([Button(gettext("Next page"), f"articles:next:{page}")] if page + 1 < pages else []),
    ]
    menu = titles_menu([(entry.slug, entry.head.title) for entry in listed], language)
    return Card((top, *lines), (menu, tuple(turn)), ruled=False)


def _listed(entry: Entry, room: int, language: Language) -> str:
    head = entry.head
    known = [one_line(part, 60) for part in (head.publisher or head.author, head.published) if part]
    if head.published:
        known[-1] = language.date(head.published)
    known.append(_paragraphs(entry.paragraphs, language))
    about = f"\n-# {label(' · '.join(known), 120)}"
    title = label(head.title, min(150, max(1, (room - length(about) - 6) // 2)))
    return f"**{title}**{about}"


def _paragraphs(count: int, language: Language) -> str:
    return language.ngettext("{number:,} paragraph", "{number:,} paragraphs", count)


def article_card(article: Article, language: Language = ENGLISH) -> Card:
    """Return one article's head and how it begins, with its link."""
    head = article.head
    known = [label(part, 120) for part in (head.author, head.publisher, head.section) if part]
    if head.published:
        known.append(label(language.date(head.published), 40))
    known.append(_paragraphs(len(article.paragraphs), language))
    lines = [f"### {label(head.title, 256)}", " · ".join(known)]
    if head.digest_of:
        lines.append(digest_line(head.digest_of, language))
    top = "\n".join([*lines, f"-# {code(article.slug)}"])
    room = min(1800, TEXT_LIMIT - MARGIN - length(top))
    texts = (top, *([beginning(article.text, room)] if article.text.strip() else []))
    return Card(texts, (link_button(language.gettext(OPEN), head.url),))


def help_card(
    articles: int,
    own: int,
    *,
    may_change: bool,
    examples: Sequence[str] = (),
    commands: Mapping[str, int] = MappingProxyType({}),
    language: Language = ENGLISH,
) -> Card:
    """Return a description of the bot on one screen; ``own`` of the articles are this server's,
    which the reader may change if ``may_change`` is True. ``examples`` are questions that the
    articles answer; ``commands`` the ids of commands, by which they can be tapped."""
    gettext = language.gettext
    if own:
        counted = language.ngettext(
            "I answer questions in the words of {articles:,} articles, {number:,} of them this "
            "server’s own.",
            "I answer questions in the words of {articles:,} articles, {number:,} of them this "
            "server’s own.",
            own,
            articles=articles,
        )
    elif articles:
        counted = language.ngettext(
            "I answer questions in the words of {number:,} article.",
            "I answer questions in the words of {number:,} articles.",
            articles,
        )
    else:
        counted = gettext("There are no articles yet, so there is nothing to quote from.")
    what = (
        f"### {gettext('Ask the articles')}",
        counted,
        gettext("Each quotation has an address that anyone can check."),
    )
    texts = ["\n".join(what)]
    if examples:
        asked = [f"- {label(question, 100)}" for question in examples]
        texts.append("\n".join([gettext("For example:"), *asked]))
    how = [gettext(line) for line in (*_HOW, *([_HOW_TO_MANAGE] if may_change else []), _PRIVACY)]
    texts.append(_tappable("\n".join(how), commands))
    return Card(tuple(texts))


def _tappable(text: str, commands: Mapping[str, int]) -> str:
    """Return a text in which commands written in bold can be tapped, where their ids are known."""

    def mention(found: re.Match[str]) -> str:
        number = commands.get(found["name"].partition(" ")[0])
        return found[0] if number is None else f"</{found['name']}:{number}>"

    return re.sub(r"\*\*/(?P<name>[a-z]+(?: [a-z]+)?)\*\*", mention, text)


_HOW = (
    mark("**/ask** question: Why did …?  –  the best passage, the answer in bold"),
    mark("**/ask** … article: one title  –  look in that article only"),
    mark("**/ask** … private: True  –  only you see the answer"),
    mark("**/articles**  –  what you can ask about"),
    mark("**/article** title: …  –  one article and how it begins"),
    mark("Or mention me, write to me, or choose *Apps › Ask about this message*."),
    mark("To follow up, reply to an answer or ask again within ten minutes: “and why?”"),
)
_HOW_TO_MANAGE = mark(
    "**/library add**, **/library remove**, **/library answer**, **/library gaps**, "
    "**/library settings**  –  this server’s own articles, and how I answer here"
)
_PRIVACY = mark("**/privacy**  –  see or erase what I keep about you")


def no_such_title(text: str, resolution: Resolution, language: Language = ENGLISH) -> Card:
    """Return a polite message that the text means no article, or several, with their titles."""
    gettext = language.gettext
    if isinstance(resolution, Several):
        lines = [gettext("Several articles are called “{title}”.", title=label(text, 100))]
        near, asked = resolution.titles, gettext("Which one do you mean?")
    else:
        lines = [gettext("I know of no article called “{title}”.", title=label(text, 100))]
        near = () if isinstance(resolution, Found) else resolution.nearest
        asked = gettext("Did you mean:")
    if near:
        lines.append(asked)
    choose = gettext("Choose from the titles offered while you type, or see `/articles`.")
    lines.append(f"-# {choose}")
    menu = titles_menu([(title.slug, title.title) for title in near], language)
    return note(*lines)._replace(rows=(menu,))


def titles_menu(titles: Sequence[tuple[str, str]], language: Language) -> Menu:
    """Return a menu that shows one of some articles, given by their slugs and titles."""
    choices = (
        Choice(one_line(title, CHOICE_LIMIT) or prefix(slug, CHOICE_LIMIT), slug)
        for slug, title in titles
        if length(slug) <= CHOICE_LIMIT
    )
    return Menu(language.gettext("Show an article"), TITLES_ACTION, tuple(choices))
