"""Content of the pages of an article and of the contents, as plain data: no markup, no request, no
file.

Texts are the articles' own, unescaped: the templates escape them.
"""

# no annotations from __future__ here: typing would compile each one's string
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.core.address import Address, words_hash
from bot.core.article import Article, Span
from bot.core.seams import Entry
from bot.core.verification import Difference, Verdict
from bot.frontends.web.marking import MarkedRun, part, runs
from bot.frontends.web.shown_sources import ShownSource, source_of
from bot.service.page_links import CITED, address_path

PARAGRAPHS_A_PAGE = 300
"""Paragraphs on a page: longer articles are shown in parts, which neither a browser nor this
program takes long for."""
ENTRIES_A_PAGE = 50


class Paragraph(NamedTuple):
    """One paragraph of an article."""

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
    """A page of the contents."""

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
) -> ArticleView:
    """Return an article with the passage that an address names marked.

    ``verdict`` says what became of the words it cites, None if it cites none. ``path`` gives the
    page of an address in this article. ``start`` is the first paragraph to show where the address
    names none.
    """
    place = address if verdict is None else verdict.address
    marked = _marked(article, place, verdict)
    of = len(article.paragraphs)
    first = place.first if place.first is not None and place.first <= of else start
    begin = (min(max(first, 1), max(of, 1)) - 1) // PARAGRAPHS_A_PAGE * PARAGRAPHS_A_PAGE
    end = min(of, begin + PARAGRAPHS_A_PAGE)
    own = path(Address(article.slug))
    banner = _banner(article, address, verdict)
    here = None
    if marked is not None:
        words = words_hash(article.text[marked.start : marked.end])
        here = str(place._replace(hash=words))
    return ArticleView(
        source_of(article.head),
        article.slug,
        own,
        of,
        tuple(_paragraphs(article, begin, end, marked, path)),
        f"{own}?from={begin - PARAGRAPHS_A_PAGE + 1}" if begin else None,
        f"{own}?from={end + 1}" if end < of else None,
        banner,
        here,
    )


def _marked(article: Article, place: Address, verdict: Verdict | None) -> Span | None:
    """Return the span of the passage in the article's text; a piece of a huge paragraph only if the
    piece was quoted."""
    if place.first is None or place.last is None or place.last > len(article.paragraphs):
        return None
    start = article.paragraphs[place.first - 1].start
    end = article.paragraphs[place.last - 1].end
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


def _banner(article: Article, address: Address, verdict: Verdict | None) -> Banner | None:
    of = len(article.paragraphs)
    extent = f"The article has {of:,} paragraph{'' if of == 1 else 's'} now."
    if verdict is None:
        if address.last is not None and address.last > of:
            return Banner("gone", f"There is no {_named(address)} in this article. {extent}")
        return None
    if verdict.status == "identical":
        return Banner("identical", "These are the words that were quoted, where they were quoted.")
    if verdict.status == "moved":
        return Banner(
            "moved",
            f"The words quoted from {_named(address)} are the same; "
            f"they now stand in {_named(verdict.address)}.",
        )
    if verdict.status == "gone":
        text = f"There is no {_named(address)} any more, and the words that were quoted are not "
        return Banner("gone", f"{text}in this article. {extent}")
    return Banner(
        "changed",
        f"Other words stand in {_named(address)} now than those that were quoted.",
        verdict.differences,
        asks_quote=not verdict.differences,
    )


def _named(address: Address) -> str:
    if address.first == address.last:
        return f"paragraph {address.first:,}"
    return f"paragraphs {address.first:,} to {address.last:,}"


def contents_view(entries: Sequence[Entry], find: str, page: int) -> ContentsView:
    """Return a page of the contents; ``page`` counts from 1 and is brought into range. ``find``
    keeps the articles whose title, author, publisher or slug holds every word of it."""
    wanted = find.casefold().split()
    kept = [entry for entry in entries if all(word in _searched(entry) for word in wanted)]
    pages = max(1, -(-len(kept) // ENTRIES_A_PAGE))
    page = min(max(page, 1), pages)
    shown = kept[(page - 1) * ENTRIES_A_PAGE : page * ENTRIES_A_PAGE]
    listed = tuple(
        Listed(
            source_of(entry.head, entry.language),
            address_path(Address(entry.slug)),
            f"{entry.paragraphs:,} paragraph{'' if entry.paragraphs == 1 else 's'}",
        )
        for entry in shown
    )
    return ContentsView(find, len(kept), listed, page, pages)


def _searched(entry: Entry) -> str:
    head = entry.head
    known = (head.title, head.author, head.publisher, entry.slug)
    return "\n".join(part for part in known if part).casefold()
