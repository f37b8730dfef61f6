"""Answers, misses, articles and help as cards.

Everything that comes from an article or a person goes through `escaping` here; what is left as
Markdown is ours. The budget of a message (4,000 units) is given out in one order: first what must
stand whole (citation, address), then the quotation gets what is left.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.answer import Answer, AnswerKind
from bot.core.article import Article
from bot.core.passages.citation import Citation
from bot.frontends.answer_words import citation_in_words, location_in_words, reply_in_words
from bot.frontends.discord.cards.answer_buttons import OPEN, READ, answer_rows, miss_rows
from bot.frontends.discord.cards.cards import (
    ANSWER_COLOUR,
    MISS_COLOUR,
    PLAIN_COLOUR,
    TEXT_LIMIT,
    Card,
    link_button,
    link_text,
)
from bot.frontends.discord.cards.escaping import code, escape, label, length, one_line, prefix
from bot.frontends.discord.cards.quoting import beginning, ending, quotation
from bot.frontends.languages import ENGLISH, Language, mark
from bot.service.answers.quotations import Quotation

_SAID: dict[AnswerKind, str] = {
    "answer": "",
    "unsure": mark("**Not sure. The closest passage:**"),
    "none": mark("**Not an answer. The nearest passage:**"),
    "talk": "",
}
_LONGEST_REPLY = 1500
"""Maximum length of a reply in units before escaping, which at most doubles them."""
MARGIN = 16
"""Units left unused, so that an error of one unit does not cost an answer."""


def answer_card(
    question: str,
    shown: Quotation,
    *,
    kind: AnswerKind = "answer",
    key: str,
    index: int,
    count: int,
    can_share: bool = False,
    repairs: Sequence[tuple[str, str]] = (),
    unknown: Sequence[str] = (),
    page: str | None = None,
    follows: str = "",
    in_server: bool = False,
    language: Language = ENGLISH,
) -> Card:
    """Return a quotation with its citation and its buttons.

    ``kind`` says whether it is an answer; where it is none, the card says so above the quotation.
    ``index`` counts from 0 among ``count`` matches; ``key`` is the record's; ``repairs`` are words
    as they were asked and as they were searched for, and ``unknown`` those that no article
    contains, which are named where the match is no answer. ``can_share`` is True where its asker,
    who alone sees it, may show it to all. ``page`` is the web page that shows
    the passage, ``follows`` the earlier question that this one was taken together with;
    ``in_server`` is True where there is a server that may keep it as an answer.
    """
    gettext = language.gettext
    asked = f"-# {label(question, 200)}"
    if count > 1:
        asked += f"  ·  {gettext('match {number} of {count}', number=index + 1, count=count)}"
    asked += _together(follows, language)
    for wrong, right in repairs[:3]:
        repaired = gettext(
            "Searched for “{searched}” instead of “{asked}”.",
            searched=label(right, 40),
            asked=label(wrong, 40),
        )
        asked += f"\n-# {repaired}"
    if shown.is_kept:
        asked += f"\n-# {gettext('Kept by the editors')}"
    said = gettext(_SAID[kind]) if _SAID[kind] else ""
    if said and unknown:
        said = f"{_missing(unknown, language)}\n{said}"
    cited = citation_text(shown.citation, page, language)
    room = TEXT_LIMIT - MARGIN - length(asked) - length(cited) - length(said)
    body = quotation(shown.text, shown.sentences, shown.sentence, room)
    rows = answer_rows(
        key,
        index,
        count,
        link=shown.citation.link,
        page=page,
        can_share=can_share,
        in_server=in_server,
        can_tell=kind in ("unsure", "none"),
        language=language,
    )
    if said:
        return Card((said, body, cited), rows, MISS_COLOUR, above=asked)
    return Card((body, cited), rows, above=asked)


def citation_text(citation: Citation, page: str | None = None, language: Language = ENGLISH) -> str:
    """Return the location of a quotation: title, author and date, paragraph, address; three
    lines. The title is a link to ``page``, the web page that shows the passage; where a link cannot
    hold the title as it is, the paragraph is one."""
    head = citation.head
    title, where = label(head.title, 256), location_in_words(citation, language)
    if linked := link_text(one_line(head.title, 256), page):
        title = linked
    else:
        where = link_text(where, page) or where
    known = [label(part, 100) for part in (head.author, head.publisher) if part]
    if head.published:
        known.append(label(language.date(head.published), 40))
    lines = [f"**{title}**", " · ".join([*known, where])]
    if head.digest_of:
        lines.append(digest_line(head.digest_of, language))
    return "\n".join([*lines, f"-# {code(citation.address)}"])


def digest_line(original: str, language: Language) -> str:
    return f"-# {language.gettext('digest of {original}', original=label(original, 200))}"


def address_card(citation: Citation, language: Language = ENGLISH) -> Card:
    """Return an address alone, to be copied."""
    cited = label(citation_in_words(citation, language), 400)
    return Card((f"{code(citation.address)}\n-# {cited}",))


def miss_card(
    answer: Answer,
    *,
    key: str,
    searched: int,
    reading: tuple[int, int] | None = None,
    language: Language = ENGLISH,
) -> Card:
    """Return the message that nothing answers the question, with the missing words and the nearest
    titles. The nearest passage is behind a button. ``reading`` gives the numbers of new files read
    and of all new files, while some are being read."""
    gettext = language.gettext
    texts = [f"**{gettext('Nothing in the articles answers this.')}**"]
    if answer.reply:
        texts[0] += f"\n{escape(prefix(reply_in_words(answer, language), _LONGEST_REPLY))}"
    if answer.unknown:
        texts[0] += f"\n{_missing(answer.unknown, language)}"
    if answer.nearest:
        texts.append(gettext("The nearest titles:"))
    else:
        texts.append(
            language.ngettext(
                "{number:,} article searched; `/articles` lists them.",
                "{number:,} articles searched; `/articles` lists them.",
                searched,
            )
        )
    if reading is not None:
        still = gettext(
            "I am still reading new articles ({done:,} of {count:,}); ask again later.",
            done=reading[0],
            count=reading[1],
        )
        texts.append(f"-# {still}")
    rows = miss_rows(key, answer.nearest, has_passage=bool(answer.matches), language=language)
    asked = f"-# {label(answer.question, 200)}{_together(answer.follows, language)}"
    return Card(tuple(texts), rows, MISS_COLOUR, above=asked, is_miss=True)


def _together(follows: str, language: Language) -> str:
    if not follows:
        return ""
    said = language.gettext("Taken together with “{question}”.", question=label(follows, 100))
    return f"\n-# {said}"


def _missing(unknown: Sequence[str], language: Language) -> str:
    words = language.quoted(label(word, 40) for word in unknown[:12])
    return language.gettext("No article contains {words}.", words=words)


def reply_card(answer: Answer, language: Language = ENGLISH) -> Card:
    """Return a reply that quotes nothing: to small talk, or about an article's head."""
    colour = ANSWER_COLOUR if answer.answered else PLAIN_COLOUR
    return Card((escape(prefix(reply_in_words(answer, language), _LONGEST_REPLY)),), colour=colour)


def context_card(
    article: Article, shown: Quotation, page: str | None = None, language: Language = ENGLISH
) -> Card:
    """Return the paragraphs around a quotation, in order, the quoted ones between rules of their
    own; ``page`` is the web page that shows it."""
    cited = shown.citation
    top = f"-# **{label(cited.head.title, 200)}**"
    before = _paragraph(article, cited.first - 1)
    after = _paragraph(article, cited.last + 1)
    room = TEXT_LIMIT - MARGIN - length(top) - 3 * len("-# paragraphs 100000–100000 of 100000\n")
    side = min(900, room // 4)
    early = (
        f"{_number(article, cited.first - 1, language)}\n{ending(before, side)}" if before else ""
    )
    late = (
        f"{_number(article, cited.last + 1, language)}\n{beginning(after, side)}" if after else ""
    )
    room -= length(early) + length(late)
    where = location_in_words(cited, language)
    here = f"-# {where}\n{quotation(shown.text, shown.sentences, shown.sentence, room)}"
    texts = [text for text in (early, here, late) if text]
    texts[0] = f"{top}\n{texts[0]}"
    return Card(
        tuple(texts),
        (
            (
                *link_button(language.gettext(READ), page),
                *link_button(language.gettext(OPEN), cited.link),
            ),
        ),
    )


def _paragraph(article: Article, number: int) -> str:
    return article.quote(number, number) if 1 <= number <= len(article.paragraphs) else ""


def _number(article: Article, number: int, language: Language) -> str:
    of = len(article.paragraphs)
    return f"-# {language.gettext('paragraph {first} of {of}', first=number, of=of)}"
