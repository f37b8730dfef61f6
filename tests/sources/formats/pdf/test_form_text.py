"""Text that a PDF draws by form XObjects, and pages of more than anybody can read."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pdfminer.layout import LAParams
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from reportlab.pdfgen.canvas import Canvas

from bot.core.errors import ArticleError
from bot.sources.formats.pdf.document import read_pdf
from bot.sources.formats.pdf.glyphs import PdfLimits, read_glyphs

WIDTH, HEIGHT = 595.0, 842.0
FIRST = "The keeper of the light counts the boats each evening, and writes a book."
SECOND = "In the third year of the war the number fell to two, and both came back."
LIMITS = PdfLimits(pages=2, letters=100, forms=10)


def made(*draws: Callable[[Canvas], None]) -> bytes:
    """A document with a page for each function that draws one."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=True)
    for draw in draws:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def form(
    canvas: Canvas, name: str, text: str, y: float, box: tuple[float, float, float, float]
) -> None:
    """Define a form that draws a line of text at a height; ``box`` is left, bottom, right, top."""
    canvas.beginForm(name, *box)
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(62, y, text)
    canvas.endForm()


def paragraphs(data: bytes) -> list[str]:
    return read_pdf(data, "a")[0].body.split("\n\n")


def test_a_page_that_is_one_form_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        form(canvas, "inner", FIRST, 700, (0, 0, WIDTH, HEIGHT))
        canvas.beginForm("outer", 0, 0, WIDTH, HEIGHT)
        canvas.doForm("inner")
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(62, 600, SECOND)
        canvas.endForm()
        canvas.doForm("outer")

    assert paragraphs(made(draw)) == [FIRST, SECOND]


def test_a_page_that_is_stamped_onto_another_is_read_with_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(62, 700, f"{FIRST} {SECOND[:30]}")
        form(canvas, "stamp", SECOND, 600, (0, 0, WIDTH, HEIGHT))
        canvas.doForm("stamp")

    assert paragraphs(made(draw)) == [f"{FIRST} {SECOND[:30]}", SECOND]


def test_blocks_of_text_that_are_forms_each_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        for name, text, y in (("a", FIRST, 700), ("b", SECOND, 600)):
            form(canvas, name, text, y, (0, y - 20, WIDTH, y + 20))
            canvas.doForm(name)

    assert paragraphs(made(draw)) == [FIRST, SECOND]


def test_the_labels_of_a_chart_are_no_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(62, 700, FIRST)
        form(canvas, "chart", "0.2 0.4 0.6", 500, (0, 400, 300, 600))
        canvas.doForm("chart")

    assert paragraphs(made(draw)) == [FIRST]


def test_what_a_form_s_box_cuts_off_is_not_quoted() -> None:
    def draw(canvas: Canvas) -> None:
        form(canvas, "whole", FIRST, 700, (0, 600, WIDTH, HEIGHT))
        form(canvas, "cut", SECOND, 500, (0, 600, WIDTH, HEIGHT))
        canvas.doForm("whole")
        canvas.doForm("cut")

    assert paragraphs(made(draw)) == [FIRST]


def fault(*draws: Callable[[Canvas], None]) -> tuple[str, dict[str, object]]:
    """The error that a document ends in, with limits that are soon met."""
    document = PDFDocument(PDFParser(io.BytesIO(made(*draws))))
    with pytest.raises(ArticleError) as caught:
        list(read_glyphs(document, LAParams(), LIMITS))
    return caught.value.problem.code, dict(caught.value.problem.data)


def line(canvas: Canvas) -> None:
    canvas.drawString(62, 700, FIRST)


def test_more_pages_than_are_read_are_refused() -> None:
    assert fault(line, line, line) == ("pdf.too_many_pages", {"most": 2})


def test_more_letters_than_anybody_can_read_are_refused() -> None:
    def draw(canvas: Canvas) -> None:
        line(canvas)
        line(canvas)

    assert fault(line, draw) == ("pdf.crowded", {"page": 2})


def test_more_forms_than_a_page_has_are_refused() -> None:
    def draw(canvas: Canvas) -> None:
        form(canvas, "a", "", 1, (0, 0, 9, 9))
        for _ in range(11):
            canvas.doForm("a")

    assert fault(draw) == ("pdf.crowded", {"page": 1})


def test_forms_within_forms_end_somewhere() -> None:
    def draw(canvas: Canvas) -> None:
        form(canvas, "0", FIRST, 700, (0, 0, WIDTH, HEIGHT))
        for number in range(1, 40):
            canvas.beginForm(str(number), 0, 0, WIDTH, HEIGHT)
            canvas.doForm(str(number - 1))
            canvas.endForm()
        canvas.doForm("39")

    with pytest.raises(ArticleError) as caught:
        read_pdf(made(draw), "a")
    assert caught.value.problem.code == "pdf.crowded"
