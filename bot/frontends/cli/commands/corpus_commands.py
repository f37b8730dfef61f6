"""``articles`` and ``show``: the list of articles, and the text at an address."""

from __future__ import annotations

import sys
from argparse import Namespace

from bot.core.article import Article
from bot.core.passages.address import Address
from bot.core.seams import Entry
from bot.frontends.answer_words import head_in_words
from bot.frontends.cli.opening import (
    how_to_begin,
    open_library,
    open_service,
    read_settings,
    tenant_of,
)
from bot.frontends.cli.output.terminal import (
    indented,
    is_colourful,
    json_text,
    printable,
    style,
    terminal_width,
    wrapped,
)
from bot.frontends.languages import ENGLISH, Language, mark
from bot.service.presentation.views import article_as_json, entry_as_json

_AROUND = 1
"""Paragraphs shown before and after the one that was asked for."""
_NAMES = (mark("title"), mark("slug"), mark("publisher"), mark("date"))
_COUNTS = (mark("paragraphs"), mark("words"))
"""The columns of the table of articles."""
_NARROWEST_TABLE = 60
"""Columns; in a narrower terminal the articles are listed."""


def articles(options: Namespace) -> int:
    """Print the articles as a table, as JSON, or their slugs alone."""
    entries = open_library(options).entries()
    if options.json:
        print(json_text([entry_as_json(entry) for entry in entries]))
    elif options.slugs:
        print("".join(f"{printable(entry.slug)}\n" for entry in entries), end="")
    elif entries:
        print_entries(entries, options.language)
    else:
        print(printable(how_to_begin(read_settings(options), options.language)))
    return 0


def print_entries(entries: tuple[Entry, ...], language: Language) -> None:
    """Print the articles as a table on standard output, or as a list if the table would be too
    narrow to read."""
    columns = terminal_width()
    if columns is not None and columns < _NARROWEST_TABLE:
        print("\n\n".join(_entry_as_text(entry, language) for entry in entries))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in _NAMES:
        table.add_column(language.gettext(name), overflow="fold", no_wrap=columns is None)
    for name in _COUNTS:
        table.add_column(language.gettext(name), justify="right", no_wrap=True)
    for entry in entries:
        head = entry.head
        published = language.day(head.published) if head.published else ""
        cells = (head.title, entry.slug, head.publisher or "", published)
        counts = map(language.count, (entry.paragraphs, entry.words))
        table.add_row(*(Text(printable(cell)) for cell in cells), *counts)
    console = Console(
        width=columns or 10_000,
        highlight=False,
        markup=False,
        emoji=False,
        color_system="auto" if is_colourful(sys.stdout) else None,
    )
    with console.capture() as drawn:
        console.print(table)
    print(drawn.get(), end="")  # ours to write: a reader that left is no affair of the table's


def _entry_as_text(entry: Entry, language: Language) -> str:
    paragraphs = language.ngettext(
        "{number:,} paragraph", "{number:,} paragraphs", entry.paragraphs
    )
    words = language.ngettext("{number:,} word", "{number:,} words", entry.words)
    extent = f"{paragraphs}, {words}"
    lines = [printable(wrapped(head_in_words(entry.head, language), 2)), wrapped(extent, 2)]
    return "\n".join([printable(entry.slug), *map(indented, lines)])


def show(options: Namespace) -> int:
    """Print an article, or a paragraph in its surroundings."""
    article, address = open_service(options).show(tenant_of(options), options.address)
    if options.json:
        print(json_text(article_as_json(article, address)))
    else:
        print(article_as_text(article, address, options.language))
    return 0


def article_as_text(article: Article, address: Address, language: Language = ENGLISH) -> str:
    """Return the article's head, then its paragraphs with their numbers: all, or those around an
    address, whose own are marked."""
    first, last = 1, len(article.paragraphs)
    if address.first is not None and address.last is not None:
        first = max(1, address.first - _AROUND)
        last = min(last, address.last + _AROUND)
    margin = len(str(last)) + 4
    parts = [style(printable(wrapped(head_in_words(article.head, language))), "cyan")]
    if article.head.url:
        parts[0] += "\n" + style(printable(article.head.url), "dim")
    for number in range(first, last + 1):
        inside = address.first is None or address.first <= number <= (address.last or 0)
        text = printable(wrapped(article.quote(number, number), margin))
        mark = ">" if inside and address.first is not None else " "
        block = indented(text if inside else style(text, "dim"), " " * margin)
        parts.append(f"{mark} {number:>{margin - 4}}  {block[margin:]}")
    return "\n\n".join(parts)
