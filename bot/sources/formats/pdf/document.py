"""PDF: its paragraphs as they were before a printer broke them into lines, columns and pages."""

from __future__ import annotations

import hashlib
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.core.article import Draft, Head
from bot.core.errors import ArticleError
from bot.sources.formats.accounts import without_accounts
from bot.sources.formats.head_fields import clean
from bot.sources.formats.markdown_writing import read_opening, write_body
from bot.sources.formats.pdf.broken_words import DocumentWords, glue, vocabulary_of
from bot.sources.formats.pdf.lines import read_pages
from bot.sources.formats.pdf.page_layout import in_order, without_furniture
from bot.sources.formats.pdf.page_lines import LABEL, Line
from bot.sources.formats.pdf.page_tables import are_rows, is_table, table_of
from bot.sources.formats.sentence_ends import CLOSING, MARKS

BULLET = re.compile(rf"(?:{LABEL})\s+\S")
DISC = re.compile(r"[•‣◦▪●·]\s+(?=\S)")
ENDED = re.compile(rf"[{re.escape(MARKS)}][{re.escape(CLOSING)}⁰¹²³⁴-⁹]*$")
NOTE = re.compile(r"(\d{1,3}|[⁰¹²³⁴-⁹]{1,3})[.)]?\s*[^\W\d]|(\d{1,3})\s+[“\"‘']")
"""Beginning of a footnote: its number, then words."""
_ROWS = 8
"""Number of a table's rows with which the next one is compared."""
NO_TITLE = re.compile(
    r"untitled.*|document\d*|microsoft word.*|powerpoint.*|"
    r".*\.(?:docx?|odt|tex|dvi|indd|pdf|html?)|"
    r"\W*|\(?anonymous\)?|slide \d+|about:blank",
    re.IGNORECASE,
)


class PdfParagraph(NamedTuple):
    """A heading or a paragraph, and the page that it begins on."""

    kind: str
    """``heading``, ``paragraph``, ``item``, ``table``, or ``note`` for a footnote."""
    text: str
    page: int
    size: float
    level: int = 0


def read_pdf(data: bytes, title: str) -> list[Draft]:
    """Return the article in a PDF. Takes the file's bytes, and the title to use if it gives none.
    Raises `ArticleError` if it is damaged, locked, or holds no text, as a scan does."""
    pages = read_pages(data)
    pages_lines = without_furniture(pages.sheets)
    runs = [run for lines in pages_lines for run in in_order(lines) if run]
    if not runs:
        if any(sheet.pictures for sheet in pages.sheets):
            raise ArticleError("pdf.scan")
        raise ArticleError("pdf.without_text")
    passages = _passages(runs)
    head, passages = _head(passages, pages.properties, title)
    if not passages:
        raise ArticleError("pdf.only_title")
    head = head._replace(sha256=hashlib.sha256(data).hexdigest())
    return [Draft(head, write_body(passages), _pages(passages))]


def _pages(passages: Sequence[PdfParagraph]) -> tuple[int, ...]:
    """Return the page of each paragraph; a heading belongs to the following paragraph, and a list
    is one."""
    pages: list[int] = []
    heading: int | None = None
    last = ""
    for passage in passages:
        if passage.kind == "heading":
            heading = passage.page if heading is None else heading
        elif not passage.kind == last == "item":
            pages.append(passage.page if heading is None else heading)
            heading = None
        last = passage.kind
    return tuple(pages) or tuple(passage.page for passage in passages)


def _passages(runs: Sequence[Sequence[Line]]) -> list[PdfParagraph]:
    """Return the paragraphs of runs of lines, joined again where a column or a page broke them."""
    everything = [line for run in runs for line in run]
    weights: Counter[float] = Counter()
    for line in everything:
        weights[line.size] += len(line.text)
    body = weights.most_common(1)[0][0]
    vocabulary = vocabulary_of([line.text for line in everything])
    notes = {
        found[1] or found[2]
        for line in everything
        if line.size < 0.93 * body and (found := NOTE.match(line.text))
    }
    leadings = _leadings(runs)
    passages: list[PdfParagraph] = []
    for run in runs:
        groups = list(_split_notes(_paragraphs(run, leadings), body))
        first = groups[0]
        for group in groups:
            if is_table(group):
                passages.append(
                    PdfParagraph("table", table_of(group), group[0].page, group[0].size)
                )
                continue
            text = _join(group, vocabulary, notes)
            size = statistics.median(line.size for line in group)
            kind = "paragraph"
            if _is_heading(group, text, size, body):
                kind = "heading"
            elif size < 0.93 * body:
                kind = "note"
            elif DISC.match(text):
                kind, text = "item", DISC.sub("", text, count=1)
            passage = PdfParagraph(kind, text, group[0].page, size)
            if group is first and kind == "paragraph" and not BULLET.match(text):
                _go_on(passages, passage, vocabulary)
            else:
                passages.append(passage)
    return passages


def _split_notes(groups: Iterable[list[Line]], body: float) -> Iterator[list[Line]]:
    """Yield the groups, with each footnote as a group of its own: it begins with its number."""
    for group in groups:
        start = 0
        for number, line in enumerate(group):
            if number and line.size < 0.93 * body and NOTE.match(line.text):
                yield group[start:number]
                start = number
        yield group[start:]


def _go_on(passages: list[PdfParagraph], passage: PdfParagraph, vocabulary: DocumentWords) -> None:
    """Add a column's first passage, or join it to the one that it continues: the last that is no
    footnote, if that does not end as a sentence does and this does not begin as one."""
    ordinal = len(passages) - 1
    while ordinal >= 0 and passages[ordinal].kind == "note":
        ordinal -= 1
    last = passages[ordinal] if ordinal >= 0 else None
    goes_on = (
        last is not None
        and last.kind in ("paragraph", "item")
        and abs(last.size - passage.size) < 0.6
        and not ENDED.search(last.text)
        and (passage.text[0].islower() or not passage.text[0].isalpha() or not _is_short(last.text))
    )
    if last is not None and goes_on:
        joined = glue(last.text, passage.text, vocabulary)
        passages[ordinal] = last._replace(text=joined)
    else:
        passages.append(passage)


def _is_short(text: str) -> bool:
    return len(text.split()) < 8


def _leadings(runs: Iterable[Sequence[Line]]) -> dict[float, float]:
    """Return the distance in points from line to line within a paragraph, for each size of
    letters."""
    gaps: dict[float, list[float]] = defaultdict(list)
    for run in runs:
        for one, two in pairwise(run):
            gap = one.bottom - two.bottom
            if one.size == two.size and 0.8 * one.size < gap < 2.2 * one.size:
                gaps[one.size].append(gap)
    return {size: min(statistics.median_low(found), 1.7 * size) for size, found in gaps.items()}


def _paragraphs(run: Sequence[Line], leadings: dict[float, float]) -> list[list[Line]]:
    """Return a column's lines as its paragraphs, by gaps, indents, short last lines, and sizes."""
    left = min(line.left for line in run)
    right = max(line.right for line in run)
    groups: list[list[Line]] = []
    for line in run:
        leading = leadings.get(line.size, 1.3 * line.size)
        if not groups or _begins(groups[-1][-1], line, leading, left, right, groups[-1]):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _begins(
    last: Line, line: Line, leading: float, left: float, right: float, group: Sequence[Line]
) -> bool:
    """Return whether a line begins a paragraph, given the line above it."""
    if is_table(group):
        return not any(are_rows(row, line) for row in group[-_ROWS:])
    if are_rows(last, line):
        return False
    if abs(last.size - line.size) > 0.6:
        return True
    if last.bold != line.bold and not (last.text[-1:] == "," or line.text[:1].islower()):
        return True
    if last.bottom - line.bottom > 1.25 * leading:
        return True
    if BULLET.match(line.text) and (ENDED.search(last.text) or BULLET.match(group[0].text)):
        return True
    indent = line.left - last.left
    if 0.6 * line.size < indent < 5 * line.size and last.left - left < 0.3 * line.size:
        # an indent, unless the lines above hang back from their bullet or number
        return not BULLET.match(group[0].text) and not last.text.endswith(("-", "\u00ad"))
    width = right - last.left
    ended = ENDED.search(last.text) is not None
    return (
        ended
        and last.right < right - 0.12 * width
        and (abs(indent) < 0.3 * line.size or abs(indent) > 0.6 * line.size)
        and last.right - last.left + _first_word(line) < 0.98 * width
    )


def _first_word(line: Line) -> float:
    """Return the approximate width of a line's first word: it would have fitted on the line above,
    if that had not been a paragraph's last."""
    return (line.right - line.left) * len(line.text.split()[0]) / max(1, len(line.text))


def _is_heading(group: Sequence[Line], text: str, size: float, body: float) -> bool:
    words = len(text.split())
    if words > 30 or (BULLET.match(text) and text[-1] in ".;,"):
        return False
    if size > 1.12 * body:
        return True
    return (
        all(line.bold for line in group)
        and words <= 16
        and text[-1] not in ".,;"
        and size >= 0.95 * body
    )


def _join(group: Iterable[Line], vocabulary: DocumentWords, notes: set[str]) -> str:
    text = ""
    for line in group:
        text = glue(text, line.text, vocabulary)
    marks = "⁰¹²³⁴⁵⁶⁷⁸⁹"
    plain = str.maketrans(marks, "0123456789")

    def note(match: re.Match[str]) -> str:
        known = match[0] in notes or match[0].translate(plain) in notes
        return "" if known and match.start() else match[0]

    return re.sub(rf"(?<=[^\W\d_]|[.,;:!?”’\"'»)])[{marks}]{{1,3}}", note, text)


def _head(
    passages: list[PdfParagraph], properties: dict[str, str], name: str
) -> tuple[Head, list[PdfParagraph]]:
    """Return the document's metadata, and its passages without those above the text that state
    it."""
    said = clean(properties.get("Title", ""))[:300]
    if NO_TITLE.fullmatch(said):
        said = ""
    first = [passage for passage in passages[:6] if passage.page == 1]
    largest = max((p.size for p in first if p.kind == "heading"), default=0.0)
    shown = next(
        (p for p in first if p.kind == "heading" and p.size == largest and largest > 0), None
    )
    if shown is not None and said and shown.text.casefold() != said.casefold():
        shown = next((p for p in first if p.text.casefold() == said.casefold()), None)
    title = shown.text if shown is not None else said
    passages = [passage for passage in passages if passage is not shown]
    first_page = [passage.text for passage in passages[:6] if passage.page == 1]
    opening = read_opening(
        first_page, without_accounts(clean(properties.get("Author", "")))[:200] or None
    )
    head = Head(
        clean(title) or name,
        author=opening.author and clean(opening.author),
        published=opening.published,
    )
    return head, [passage for n, passage in enumerate(passages) if n not in opening.taken]
