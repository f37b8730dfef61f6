# ruff: noqa: E501 - a document's paragraphs are read more easily one to a line
"""PDFs: the words in the order of reading, as they were before they were set."""

import io
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from bot.core.article import Head
from bot.core.errors import ArticleError
from bot.sources.formats.markdown import article_of
from bot.sources.formats.pdf.document import read_pdf
from tests.sources.formats.test_office import FERRY, FERRY_HEAD
from tests.sources.made_pdfs import EDGE, HEIGHT, Piece, Setter, Style
from tests.sources.made_prose import Prose
from tests.wording import raises, worded

DOCUMENTS = Path(__file__).parents[2] / "documents"
STYLES = {
    "one column": Style(),
    "justified and hyphenated": Style(justified=True, hyphens=True, running_head="The Echo, page"),
    "two columns": Style(columns=2, justified=True, hyphens=True, indented=True, running_head="Annals"),
    "two columns, ragged": Style(columns=2),
    "three columns": Style(columns=3, size=9, justified=True, hyphens=True),
    "footnotes": Style(notes=True, indented=True),
    "two columns with footnotes": Style(columns=2, notes=True, justified=True, hyphens=True),
    "ligatures and soft hyphens": Style(ligatures=True, soft_hyphens=True),
    "two columns with ligatures": Style(columns=2, ligatures=True, hyphens=True, running_head="A"),
}  # fmt: skip


def pieces_of(seed: int, count: int = 30) -> list[Piece]:
    prose = Prose(seed)
    pieces = []
    for number in range(count):
        if number % 7 == 3:
            pieces.append(Piece("h", prose.subheading()))
        note = prose.sentence()[:90] if number % 5 == 1 else ""
        pieces.append(Piece("p", prose.paragraph(2, 6), note))
    return pieces


@pytest.mark.parametrize("name", STYLES)
def test_words_come_back_in_order(name: str) -> None:
    style = STYLES[name]
    pieces = pieces_of(len(name))
    setter = Setter(style, author="Mira Oldham")
    setter.title("Ferry to Quillport sails again")
    draft = read_pdf(setter.set(pieces), "a")[0]
    article = article_of("a", draft)
    true = " ".join(piece.text for piece in pieces).split()
    got = article.text.split()
    matcher = SequenceMatcher(a=true, b=got, autojunk=False)
    kept = sum(block.size for block in matcher.get_matching_blocks())
    assert kept >= 0.99 * len(true)
    assert len(got) - kept <= (200 if style.notes else 0.01 * len(true))
    assert draft.head._replace(sha256=None) == Head(
        "Ferry to Quillport sails again", author="Mira Oldham"
    )
    paragraphs = [piece for piece in pieces if piece.kind == "p"]
    notes = sum(bool(piece.note) for piece in paragraphs) if style.notes else 0
    assert abs(len(article.paragraphs) - len(paragraphs) - notes) <= 2
    assert len(article.pages) == len(article.paragraphs)
    assert article.pages[0] == 1
    assert article.pages[-1] == setter.page
    assert list(article.pages) == sorted(article.pages)


def drawn(*lines: tuple[float, float, str], size: float = 11) -> bytes:
    """A PDF with these lines, each at a place in points from the lower left corner."""
    file = io.BytesIO()
    canvas = Canvas(file)
    for x, y, text in lines:
        if text == "new page":
            canvas.showPage()
        canvas.setFont("Times-Roman", size)
        if text != "new page":
            canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def text_of(data: bytes) -> str:
    return article_of("a", read_pdf(data, "a")[0]).text


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("and the coun-", "cil met on Monday", "and the council met on Monday"),
        ("offered a well-", "known remedy then", "offered a well-known remedy then"),
        ("on the Ostrava-", "Quillport line at noon", "on the Ostrava-Quillport line at noon"),
        ("a long-winded reply, a long-", "winded one at that", "a long-winded reply, a long-winded one at that"),
        ("the tide at the gauge by the tide-", "gauge house", "the tide at the gauge by the tide-gauge house"),
        ("a car and a pet on the carpet, the car-", "pet of old", "a car and a pet on the carpet, the carpet of old"),
        ("between 1914-", "1918 and after it", "between 1914-1918 and after it"),
    ],
)  # fmt: skip
def test_a_broken_word_is_mended(first: str, second: str, joined: str) -> None:
    assert text_of(drawn((EDGE, 600, first), (EDGE, 587, second))) == joined


def test_halves_that_are_words_are_joined_where_the_document_breaks_words() -> None:
    lines = [
        "They under stand and the stand",
        "is under the council, the coun-",
        "cil they under-",
        "stand",
    ]
    page = drawn(*((EDGE, 600 - 13 * n, line) for n, line in enumerate(lines)))
    assert text_of(page) == (
        "They under stand and the stand is under the council, the council they understand"
    )


def test_running_heads_footers_and_page_numbers_are_left_out() -> None:
    parts = []
    for number in range(1, 5):
        parts += [
            (EDGE, HEIGHT - 30, f"The Quillport Echo {number}"),
            (EDGE, 30, "echo.test, all rights reserved"),
        ]
        parts += [
            (290, 18, str(number)),
            (EDGE, 500, f"This is the sentence of page {'abcd'[number - 1]}."),
        ]
        parts.append((0, 0, "new page"))
    assert text_of(drawn(*parts[:-1])).split("\n\n") == [
        f"This is the sentence of page {letter}." for letter in "abcd"
    ]


def test_a_number_that_is_part_of_the_text_stays() -> None:
    text = text_of(drawn((EDGE, 500, "They counted the bolts and there were"), (EDGE, 487, "689")))
    assert text == "They counted the bolts and there were 689"


def test_a_table_s_rows_are_lines() -> None:
    rows = [
        ("Year", "Passengers", "Whistles"),
        ("2017", "81,400", "2,190"),
        ("2018", "96,250", "2,204"),
    ]
    cells = [
        (EDGE + 120.0 * column, 500.0 - 14 * row, text)
        for row, found in enumerate(rows)
        for column, text in enumerate(found)
    ]
    data = drawn((EDGE, 540, "The ferry carried more people than in any year before this."), *cells)
    assert text_of(data).split("\n\n")[1] == (
        "Year | Passengers | Whistles\n2017 | 81,400 | 2,190\n2018 | 96,250 | 2,204"
    )


def test_cells_beside_a_wide_letter_are_told_apart() -> None:
    text = text_of((Path(__file__).parents[2] / "documents" / "chromium.pdf").read_bytes())
    assert "Year | Passengers | Whistles\n2017 | 81,400 | 2,190\n2018 | 96,250 | 2,204" in text


def test_a_scan_says_that_it_holds_no_text() -> None:
    file = io.BytesIO()
    canvas = Canvas(file)
    picture = ImageReader(_picture())
    canvas.drawImage(picture, 50, 50, 400, 600)
    canvas.showPage()
    canvas.save()
    with raises(ArticleError, match="holds no text, only pictures of it"):
        read_pdf(file.getvalue(), "a")


def _picture() -> io.BytesIO:
    from PIL import Image

    file = io.BytesIO()
    Image.new("L", (40, 60), 200).save(file, "PNG")
    file.seek(0)
    return file


def test_an_empty_pdf_says_so() -> None:
    with raises(ArticleError, match="holds no text"):
        read_pdf(drawn(), "a")


def test_a_locked_pdf_says_so() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(50, 500, "Nobody reads this.")
    canvas.save()
    with raises(ArticleError, match="password"):
        read_pdf(file.getvalue(), "a")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"GIF89a", b"%PDF-1.4", b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        drawn((50, 500, "words"))[:500], drawn((50, 500, "words")).replace(b"endobj", b"endbj"),
    ],
)  # fmt: skip
def test_a_broken_pdf_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(ArticleError) as error:
        read_pdf(data, "a")
    assert "\n" not in worded(error.value)


FERRIES = "The ferry sails at noon, and the board knows why."


def looping(changed: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of one page that says `FERRIES`, some of its objects others; START in the trailer
    stands for where the table of its objects begins."""
    said = b"BT /F1 12 Tf 72 700 Td (" + FERRIES.encode() + b") Tj ET /X Do"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources"
        b" << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>",
        4: b"<< /Length %d >>\nstream\n%s\nendstream" % (len(said), said),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
        6: b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\nendstream",
        **changed,
    }
    data, places = b"%PDF-1.7\n", []
    for number, body in objects.items():
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = b"%d" % len(data)
    return (
        data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + table
        + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%s\n%%%%EOF\n"
        % (len(places) + 1, trailer.replace(b"START", start), start)
    )  # fmt: skip


FORM = b"""<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 12
/Resources << /XObject << /X 6 0 R >> >> >>
stream
/X Do /X Do
endstream"""


@pytest.mark.parametrize(
    "data",
    [
        looping({2: b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>"}),
        looping({2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>"}),
        looping({6: FORM}),
    ],
    ids=["kids", "parent", "form"],
)
def test_a_pdf_whose_parts_hold_each_other_is_read_once(data: bytes) -> None:
    assert text_of(data) == FERRIES


@pytest.mark.parametrize(
    "data",
    [
        looping({}, b"/Prev START"),
        looping({4: b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream"}),
        looping({2: b"2 0 R"}),
        looping({2: b"6 0 R", 6: b"2 0 R"}),
    ],
    ids=["tables", "length", "itself", "each other"],
)
def test_a_pdf_that_leads_in_a_circle_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(ArticleError) as error:
        read_pdf(data, "a")
    assert "\n" not in worded(error.value)


@pytest.mark.parametrize("maker", ["chromium", "libreoffice"])
def test_real_documents(maker: str) -> None:
    draft = read_pdf((DOCUMENTS / f"{maker}.pdf").read_bytes(), "a")[0]
    assert draft.head._replace(sha256=None) == FERRY_HEAD._replace(language=None)
    words = article_of("a", draft).text.replace("|", " ").split()
    assert words == " ".join(FERRY).replace("|", " ").split()
