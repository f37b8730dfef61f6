"""The lines of a PDF's pages with their positions, from which the layout is read."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pdfminer.layout import LAParams, LTAnno, LTChar, LTContainer, LTItem, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFNoValidXRef, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from bot.core.errors import ArticleError
from bot.sources.formats.pdf.drop_caps import TIMES_HIGHER, with_drop_caps
from bot.sources.formats.pdf.glyph_letters import UNKNOWN, letter_of, written
from bot.sources.formats.pdf.glyphs import GlyphPage, PdfLimits, read_glyphs
from bot.sources.formats.pdf.letter_spacing import without_letter_spacing
from bot.sources.formats.pdf.page_lines import Line, Sheet

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

REFERENCE = re.compile(
    rb"\b(\d{1,8})\s{1,9}\d{1,5}\s{1,9}obj\s{1,9}(\d{1,8})\s{1,9}\d{1,5}\s{1,9}R\s{0,9}endobj"
)
"""An object that is nothing but a reference to another (ISO 32000-1, 7.3.10)."""


class PdfPages(NamedTuple):
    sheets: list[Sheet]
    properties: dict[str, str]


def read_pages(data: bytes) -> PdfPages:
    """Read a PDF. Raises `ArticleError` if it is damaged, locked, or none."""
    if b"%PDF-" not in data[:1024]:
        raise ArticleError("pdf.wrong_kind")
    if _refers_to_itself(data):
        raise ArticleError("pdf.circular")
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it logs each oddity of a font
    try:
        parser = PDFParser(io.BytesIO(data))
        document = PDFDocument(parser)
        properties = _properties(document)
        # a line may be a little uneven; its columns are told apart in the layout module
        layout = LAParams(boxes_flow=None, line_overlap=0.5, char_margin=1.4, word_margin=0.12)
        found = read_glyphs(document, layout, PdfLimits())
        sheets = [_sheet(page) for page in found]
    except PDFPasswordIncorrect as error:
        raise ArticleError("pdf.locked") from error
    except PDFNoValidXRef as error:
        raise ArticleError("pdf.no_contents") from error
    except (
        PDFException, PSException, ValueError, TypeError, KeyError, IndexError, AttributeError,
        AssertionError, OverflowError, RecursionError, ZeroDivisionError, UnicodeError,
    ) as error:  # fmt: skip
        # pdfminer does not declare what it raises on a broken file; none of it is ours
        raise ArticleError("pdf.damaged") from error
    return PdfPages(sheets, properties)


def _refers_to_itself(data: bytes) -> bool:
    """Return whether a chain of references among these objects is a cycle, which pdfminer would
    follow for ever."""
    leads = {int(a): int(b) for a, b in REFERENCE.findall(data)}
    followed: set[int] = set()
    for start in leads:
        chain = set()
        at = start
        while at in leads and at not in followed:
            followed.add(at)
            chain.add(at)
            at = leads[at]
        if at in chain:
            return True
    return False


def _properties(document: PDFDocument) -> dict[str, str]:
    """Return the texts of the document's properties: Title, Author, and so on."""
    found: dict[str, str] = {}
    for info in document.info:
        for key, value in info.items():
            if isinstance(value, bytes):
                found.setdefault(str(key), decode_text(value).replace("\0", "").strip())
    return found


def _sheet(read: GlyphPage) -> Sheet:
    number, page = read.number, read.page
    pictures = any(
        not isinstance(item, LTContainer) or "Figure" in type(item).__name__ for item in page
    )
    if read.columns:
        columns = [_column(number, column, page.height) for column in read.columns]
        kept = tuple(line for line in columns if line.text)
        return Sheet(number, page.width, page.height, kept, pictures)
    parts = (part for whole in _text_lines(page) for part in _apart(whole))
    lines = [line for part in parts if (line := _line(number, part)) is not None]
    return Sheet(number, page.height, page.width, tuple(with_drop_caps(lines)), pictures)


def _column(number: int, glyphs: Sequence[LTChar], height: float) -> Line:
    """Return a vertical line as if the page had been turned to make it horizontal: its beginning to
    the left, the line that is read before it above."""
    text = written("".join(letter_of(glyph.get_text()) for glyph in glyphs)).strip()
    size = Counter(round(glyph.size * 2) / 2 for glyph in glyphs).most_common(1)[0][0]
    return Line(
        text,
        number,
        height - glyphs[0].y1,
        min(glyph.x0 for glyph in glyphs),
        height - glyphs[-1].y0,
        max(glyph.x1 for glyph in glyphs),
        size,
        False,
    )


def _without_unknown(text: str) -> str:
    """Return a line's text without glyphs of unknown letters: the first of a line is taken for a
    bullet, for which symbol fonts are used; within a word U+FFFD stays. "" if hardly anything of it
    is known."""
    if UNKNOWN not in text:
        return text
    if text == UNKNOWN:
        return "•"  # apart from its line, if it is a bullet
    if sum(map(str.isalnum, text)) < text.count(UNKNOWN):
        return ""
    text = re.sub(rf"^{UNKNOWN}\s*(?=\S)", "• ", text)
    text = re.sub(rf"(?<!\w){UNKNOWN}+(?!\w)", "", text)
    return " ".join(text.split())


def _text_lines(item: LTItem) -> Iterator[LTTextLine]:
    if isinstance(item, LTTextLine):
        yield item
    elif isinstance(item, LTContainer):
        for part in item:
            yield from _text_lines(part)


def _apart(line: LTTextLine) -> Iterator[list[LTItem]]:
    """Yield a line's letters, cut at gaps wider than they are high: those are cells of a table,
    which pdfminer takes for one line if a wide letter is beside the gap. A drop cap is cut from the
    line beside it in the same way. A line whose letters are set apart is not cut."""
    letters: list[LTItem] = list(line)
    spaced = without_letter_spacing(letters)
    if spaced is not letters:
        yield spaced
        return
    part: list[LTItem] = []
    last: LTChar | None = None
    for item in letters:
        if isinstance(item, LTChar) and not item.get_text().isspace():
            if last is not None and (
                item.x0 - last.x1 > max(item.size, last.size)
                or (part[0] is last and last.size > TIMES_HIGHER * item.size)
            ):
                yield part
                part = []
            last = item
        part.append(item)
    yield part


def _line(number: int, part: Sequence[LTItem]) -> Line | None:
    """Return a line's text with its ligatures taken apart; None if it is not upright."""
    letters = [item for item in part if isinstance(item, LTChar)]
    if not letters or sum(letter.upright for letter in letters) < len(letters) / 2:
        return None
    sizes = Counter(
        round(letter.size * 2) / 2 for letter in letters if not letter.get_text().isspace()
    )
    if not sizes:
        return None
    size = sizes.most_common(1)[0][0]
    base = Counter(round(letter.y0) for letter in letters).most_common(1)[0][0]
    pieces = []
    for item in part:
        text = letter_of(item.get_text()) if isinstance(item, LTChar | LTAnno) else ""
        if (
            isinstance(item, LTChar)
            and text.isdigit()
            and item.size < 0.8 * size
            and item.y0 > base + 0.15 * size
        ):
            text = text.translate(SUPERSCRIPTS)
        pieces.append(text)
    text = written("".join(pieces))
    text = " ".join(
        "".join(c for c in text if c.isprintable() or c.isspace() or c == "\xad").split()
    )
    text = _without_unknown(text)
    if not text:
        return None
    bold = sum(
        "bold" in letter.fontname.lower() or "black" in letter.fontname.lower()
        for letter in letters
    )
    top = max(letter.y1 for letter in letters)
    left, right = min(each.x0 for each in letters), max(each.x1 for each in letters)
    bottom = min(each.y0 for each in letters)
    return Line(text, number, left, bottom, right, top, size, bold > len(letters) / 2)
