"""Content of the pages of an article and of the contents, as plain data: no markup, no request, no
file.

Texts are the articles' own, unescaped: the templates escape them.
"""

# no annotations from __future__ here: typing would compile each one's string
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.core.article import Article, Span
from bot.core.passages.address import Address, words_hash
from bot.core.passages.verification import Difference, Verdict
from bot.core.seams import Entry
from bot.frontends.languages import ENGLISH, Language, mark
from bot.frontends.web.marking import MarkedRun, part, runs
from bot.frontends.web.shown_sources import ShownSource, source_of
from bot.service.presentation.page_links import CITED, address_path

PARAGRAPHS_A_PAGE = 300
"""Maximum number of paragraphs on a page: a longer article is shown in parts, so that each is made
and shown quickly."""
ENTRIES_A_PAGE = 50


class Paragraph(NamedTuple):
    number: int
    runs: tuple[MarkedRun, ...]
    address: str
    path: str
    page: int | None
    """The original's page, if it differs from that of the paragraph before."""
    cited: bool
    begins: bool
    """True if the requested passage begins here."""


class Banner(NamedTuple):
    """The outcome of verifying the words that an address cites."""

    status: str
    """``identical``, ``moved``, ``changed`` or ``gone``."""
    title: str
    """The same for people."""
    text: str
    differences: tuple[Difference, ...] = ()
    asks_quote: bool = False
    """True if the quoted words, when given, would show what changed."""


class ArticleView(NamedTuple):
    """An article, or a part of a long one."""

    source: ShownSource
    slug: str
    path: str
    of: int
    """Number of paragraphs in the whole article."""
    paragraphs: tuple[Paragraph, ...]
    earlier: str | None
    """The path of the part before."""
    later: str | None
    banner: Banner | None
    here: str | None
    """The address of the passage that was asked for."""


class Listed(NamedTuple):
    """One line of the contents."""

    source: ShownSource
    path: str
    extent: str
    """``14 paragraphs``."""


class ContentsView(NamedTuple):
    find: str
    """Text by which the titles were searched; empty for all."""
    total: int
    entries: tuple[Listed, ...]
    page: int
    """Page number, from 1."""
    pages: int


def article_view(
    article: Article,
    address: Address,
    verdict: Verdict | None,
    *,
    path: Callable[[Address], str] = address_path,
    start: int = 1,
    language: Language = ENGLISH,
) -> ArticleView:
    """Return an article with the passage that an address names marked.

    ``verdict`` says what became of the words it cites, None if it cites none. ``path`` gives the
    page of an address in this article. ``start`` is the first paragraph to show where the address
    names none.
    """
    shown = address if verdict is None else verdict.address
    marked = _marked(article, shown, verdict)
    of = len(article.paragraphs)
    first = shown.first if shown.first is not None and shown.first <= of else start
    begin = (min(max(first, 1), max(of, 1)) - 1) // PARAGRAPHS_A_PAGE * PARAGRAPHS_A_PAGE
    end = min(of, begin + PARAGRAPHS_A_PAGE)
    own = path(Address(article.slug))
    banner = _banner(article, address, verdict, language)
    here = None
    if marked is not None:
        words = words_hash(article.text[marked.start : marked.end])
        here = str(shown._replace(hash=words))
    return ArticleView(
        source_of(article.head, reader=language),
        article.slug,
        own,
        of,
        tuple(_paragraphs(article, begin, end, marked, path)),
        f"{own}?from={begin - PARAGRAPHS_A_PAGE + 1}" if begin else None,
        f"{own}?from={end + 1}" if end < of else None,
        banner,
        here,
    )


def _marked(article: Article, shown: Address, verdict: Verdict | None) -> Span | None:
    """Return the span of the passage in the article's text; a piece of a huge paragraph only if the
    piece was quoted."""
    if shown.first is None or shown.last is None or shown.last > len(article.paragraphs):
        return None
    start = article.paragraphs[shown.first - 1].start
    end = article.paragraphs[shown.last - 1].end
    if verdict is not None and verdict.holds and verdict.text:
        at = article.text.find(verdict.text, start, end)
        if at >= 0:
            return Span(at, at + len(verdict.text))
    return Span(start, end)


def _paragraphs(
    article: Article, begin: int, end: int, marked: Span | None, path: Callable[[Address], str]
) -> list[Paragraph]:
    found = []
    begun = False
    for index in range(begin, end):
        span = article.paragraphs[index]
        text = article.text[span.start : span.end]
        inside = part(marked, span)
        number = index + 1
        address = Address(article.slug, number, number, words_hash(text))
        page = article.pages[index] if index < len(article.pages) else None
        if page is not None and index > begin and page == article.pages[index - 1]:
            page = None
        found.append(
            Paragraph(
                number,
                runs(text, inside),
                str(address),
                f"{path(address)}#{CITED}",
                page,
                inside is not None,
                inside is not None and not begun,
            )
        )
        begun = begun or inside is not None
    return found


_STATUSES = {
    "identical": mark("Identical."),
    "moved": mark("Moved."),
    "changed": mark("Changed."),
    "gone": mark("Gone."),
}


def _banner(
    article: Article, address: Address, verdict: Verdict | None, language: Language
) -> Banner | None:
    of = len(article.paragraphs)
    if verdict is None and (address.last is None or address.last <= of):
        return None
    gettext, named = language.gettext, _named(address, language)
    extent = language.ngettext(
        "The article has {number:,} paragraph now.",
        "The article has {number:,} paragraphs now.",
        of,
    )
    if verdict is None:
        missing = gettext("There is no {location} in this article.", location=named)
        return Banner("gone", _STATUSES["gone"], f"{missing} {extent}")
    status, title = verdict.status, _STATUSES[verdict.status]
    if status == "identical":
        text = gettext("These are the words that were quoted, where they were quoted.")
        return Banner(status, title, text)
    if status == "moved":
        text = gettext(
            "The words quoted from {location} are the same; they now stand in {now}.",
            location=named,
            now=_named(verdict.address, language),
        )
        return Banner(status, title, text)
    if status == "gone":
        text = gettext(
            "There is no {location} any more, and the words that were quoted are not in this "
            "article.",
            location=named,
        )
        return Banner(status, title, f"{text} {extent}")
    text = gettext(
        "Other words stand in {location} now than those that were quoted.",
        location=_named(verdict.address, language),
    )
    return Banner(status, title, text, verdict.differences, asks_quote=not verdict.differences)


def _named(address: Address, language: Language) -> str:
    if address.first == address.last:
        return language.gettext("paragraph {number:,}", number=address.first)
    return language.gettext(
        "paragraphs {first:,} to {last:,}", first=address.first, last=address.last
    )


def contents_view(
    entries: Sequence[Entry], find: str, page: int, language: Language = ENGLISH
) -> ContentsView:
    """Return a page of the contents; ``page`` counts from 1 and is brought into range. ``find``
    keeps the articles whose title, author, publisher or slug holds every word of it."""
    wanted = find.casefold().split()
    kept = [entry for entry in entries if all(word in _searched(entry) for word in wanted)]
    pages = max(1, -(-len(kept) // ENTRIES_A_PAGE))
    page = min(max(page, 1), pages)
    shown = kept[(page - 1) * ENTRIES_A_PAGE : page * ENTRIES_A_PAGE]
    listed = tuple(
        Listed(
            source_of(entry.head, entry.language, language),
            address_path(Address(entry.slug)),
            language.ngettext("{number:,} paragraph", "{number:,} paragraphs", entry.paragraphs),
        )
        for entry in shown
    )
    return ContentsView(find, len(kept), listed, page, pages)


def _searched(entry: Entry) -> str:
    head = entry.head
    known = (head.title, head.author, head.publisher, entry.slug)
    return "\n".join(part for part in known if part).casefold()
