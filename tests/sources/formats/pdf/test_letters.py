"""The letters, lists and tables of a PDF are those that its author wrote."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from bot.sources.formats.pdf.document import read_pdf
from bot.sources.formats.pdf.glyph_letters import written
from tests.sources.formats.pdf.test_glyphs import LINES, TEXT, drawn, put, text_of

RULES = ("Boats wait below the bridge.", "Nobody may moor at the weir.", "The gate opens at six.")
TIMES = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>"


def with_fonts(content: str, signs: str) -> bytes:
    """A PDF of one page that shows this content, with Times as font T and another as S."""
    square = "500 0 0 0 500 500 d1 100 100 300 300 re f"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</T 5 0 R/S 6 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        TIMES,
        signs,
        f"<</Length {len(square)}>>stream\n{square}\nendstream",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{part}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return data + (
        f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {len(parts) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF"
    ).encode("latin-1")


def listed(sign: str, indent: int) -> str:
    """The content of a page: a line, and rules, each below a sign of the other font."""
    shown = "BT /T 11 Tf 70 760 Td (Three rules hold at the lock, and the keeper knows them:) Tj "
    for rule in RULES:
        shown += f"0 -14 Td /S 11 Tf {sign} Tj /T 11 Tf {indent} 0 Td ({rule}) Tj -{indent} 0 Td "
    return shown + "0 -28 Td (Whoever breaks one of them pays forty crowns.) Tj ET"


def drawn_font(names: str, first: int, widths: str) -> str:
    """A font whose glyphs are drawings with these names."""
    drawings = "".join(f"{name} 7 0 R" for name in names.split())
    return (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 750 750]/FontMatrix[.001 0 0 .001 0 0]"
        f"/CharProcs<<{drawings}>>/Encoding<</Type/Encoding/Differences[{first} {names}]>>"
        f"/FirstChar {first}/LastChar {first + len(names.split()) - 1}/Widths[{widths}]"
        "/Resources<<>>>>"
    )


@pytest.mark.parametrize("indent", [8, 18])
@pytest.mark.parametrize(
    ("sign", "font"),
    [
        ("(n)", "<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>"),
        ("(\\267)", "<</Type/Font/Subtype/Type1/BaseFont/Symbol>>"),
        (
            "(\xa7)",
            "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Wingdings-Regular"
            f"/Encoding/MacRomanEncoding/FirstChar 32/LastChar 255/Widths[{'460 ' * 224}]>>",
        ),
        ("(a)", drawn_font("/g7", 97, "460")),
    ],
)
def test_a_sign_before_an_item_is_its_bullet(sign: str, font: str, indent: int) -> None:
    assert text_of(with_fonts(listed(sign, indent), font)) == (
        "Three rules hold at the lock, and the keeper knows them:\n\n"
        + "\n".join(RULES)
        + "\n\nWhoever breaks one of them pays forty crowns."
    )


def test_drawn_letters_whose_names_repeat_their_codes_are_read() -> None:
    names = " ".join(f"/a{code}" for code in range(32, 127))
    font = drawn_font(names, 32, "500 " * 95)
    shown = f"BT /S 11 Tf 70 760 Td 14 TL ({LINES[0]}) Tj T* ({LINES[1]}) Tj T* ({LINES[2]}) Tj ET"
    assert text_of(with_fonts(shown, font)) == TEXT


def test_greek_letters_of_the_font_symbol_are_greek() -> None:
    shown = (
        "BT /T 11 Tf 70 760 Td (The angle ) Tj /S 11 Tf (a) Tj /T 11 Tf ( is that of the crane.) Tj"
        " ET"
    )
    font = "<</Type/Font/Subtype/Type1/BaseFont/Symbol>>"
    assert text_of(with_fonts(shown, font)) == "The angle α is that of the crane."


@pytest.mark.parametrize("labels", ["1. 2. 3.", "a) b) c)", "(i) (ii) (iii)"])
def test_the_labels_of_items_are_no_column(labels: str) -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, rule) in enumerate(zip(labels.split(), RULES, strict=True)):
            canvas.drawString(70, 700 - 14 * number, label)
            canvas.drawString(90, 700 - 14 * number, rule)

    assert text_of(drawn(draw)) == "\n\n".join(
        f"{label} {rule}" for label, rule in zip(labels.split(), RULES, strict=True)
    )


def test_a_cell_stays_in_its_column_where_others_are_empty() -> None:
    rows = ["Boat|Berth|Fee", "Heron|3|40", "Wren||25", "Sandpiper|12|", "Total||65"]

    def draw(canvas: Canvas) -> None:
        for number, row in enumerate(rows):
            for column, cell in enumerate(row.split("|")):
                canvas.drawString(70 + 80 * column, 700 - 14 * number, cell)

    assert text_of(drawn(draw)) == "\n".join(" | ".join(row.split("|")) for row in rows)


def spaced(canvas: Canvas, line: str, y: float, space: float) -> None:
    text = canvas.beginText(70, y)
    text.setCharSpace(space)
    text.textLine(line)
    text.setCharSpace(0)
    canvas.drawText(text)


def test_letters_that_are_set_apart_are_words() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas)
        spaced(canvas, "The Keeper has a key to the old gate.", 600, 3)

    assert text_of(drawn(draw)).split("\n\n") == [TEXT, "The Keeper has a key to the old gate."]


def test_single_letters_stay_apart() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas)
        put(canvas, ("A B C D E F G H I J",), 70, 600)

    assert text_of(drawn(draw)).split("\n\n") == [TEXT, "A B C D E F G H I J"]


def test_what_stands_aslant_over_a_page_is_no_part_of_it() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas)
        canvas.saveState()
        canvas.translate(250, 600)
        canvas.rotate(45)
        canvas.setFont("Helvetica-Bold", 70)
        canvas.drawString(0, 0, "DRAFT")
        canvas.restoreState()

    (draft,) = read_pdf(drawn(draw), "a")
    assert (draft.head.title, draft.body) == ("a", TEXT)


@pytest.mark.parametrize("apart", [0.3, 1.0])
def test_words_that_are_painted_twice_are_read_once(apart: float) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas)
        put(canvas, LINES, 72 + apart, 700 - apart)

    def once(canvas: Canvas) -> None:
        put(canvas, LINES, 72, 700)

    assert text_of(drawn(draw)) == text_of(drawn(once)) == TEXT


def test_signs_of_vertical_lines_and_radicals_are_read_as_letters() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("HeiseiMin-W3", 12)
        canvas.drawString(72, 700, "\u2f54\u2f72\u306f\u9577\u3044")

    assert text_of(drawn(draw)) == "\u6c34\u79be\u306f\u9577\u3044"
    assert written("\u6c34\ufe12\ufe10\ufe35\uf731\uf730\ufe36\ufe19") == "\u6c34\u3002，（10）…"


def in_pages(draw: Callable[[Canvas, int], None], count: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=True)
    for number in range(1, count + 1):
        draw(canvas, number)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


PLACES = ("Orre", "Vell", "Dunn")


def test_a_heading_with_a_number_is_no_running_head() -> None:
    def draw(canvas: Canvas, number: int) -> None:
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(72, 810, f"The Quillport Echo, page {number}")
        canvas.setFont("Times-Bold", 16)
        canvas.drawString(72, 780, f"Step {number}")
        canvas.setFont("Times-Roman", 11)
        put(canvas, (f"The crane of {PLACES[number - 1]} is painted in the spring.",), 72, 700)

    text = text_of(in_pages(draw, 3)).split("\n\n")
    assert text == [  # the first is the title
        "The crane of Orre is painted in the spring.",
        "Step 2",
        "The crane of Vell is painted in the spring.",
        "Step 3",
        "The crane of Dunn is painted in the spring.",
    ]


def test_a_paragraph_s_line_that_other_pages_have_too_is_no_running_head() -> None:
    def draw(canvas: Canvas, number: int) -> None:
        canvas.setFont("Times-Roman", 11)
        put(
            canvas,
            (f"The crane on the mole of {PLACES[number - 1]} lifts nine tonnes, and",),
            72,
            780,
        )
        put(canvas, ("it was painted red in the spring of the year in which the ferry",), 72, 766)
        put(
            canvas,
            (f"of {PLACES[number - 1]} came back from Faro, after the long strike there.",),
            72,
            752,
        )

    assert text_of(in_pages(draw, 2)).split("\n\n") == [
        f"The crane on the mole of {place} lifts nine tonnes, and it was painted red in the spring "
        f"of the year in which the ferry of {place} came back from Faro, after the long strike "
        "there."
        for place in PLACES[:2]
    ]


def test_items_whose_bullets_are_drawn_are_paragraphs() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas)
        for number, (rule, left) in enumerate(zip(RULES, (90, 120, 90), strict=True)):
            canvas.drawString(left, 600 - 14 * number, rule)

    assert text_of(drawn(draw)).split("\n\n") == [TEXT, *RULES]
