# ruff: noqa: E501 - pages are read more easily one to a line
"""The text of a page's blocks: the words that a reader sees, and no others."""

from __future__ import annotations

import pytest

from bot.sources.formats.html.blocks.encoding import decode
from bot.sources.formats.html.blocks.page_blocks import blocks_of
from bot.sources.formats.html.blocks.page_tree import parse


def texts(html: str) -> list[str]:
    return [block.text for block in blocks_of(parse(html.encode()))]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>The fee is <s>5</s> 6 crowns, <del>not</del> <strike>never</strike> more.", "The fee is 6 crowns, more."),
        ("<p>The fee is <span style='text-decoration: line-through'>5</span> 6.", "The fee is 6."),
        ("<p>A bell<sup><a href='#fn1'>1</a></sup> rang.", "A bell[1] rang."),
        ("<p>A bell<a href='#fn1'><sup>1</sup></a> rang.", "A bell[1] rang."),
        ("<p>A bell<a class='footnote-ref' href='#fn1'>a</a> rang.", "A bell[a] rang."),
        ("<p>A bell<sup><a href='#c'>[1]</a></sup> rang.", "A bell[1] rang."),
        ("<p>E = mc<sup>2</sup> at the 5<sup>th</sup> try.", "E = mc2 at the 5th try."),
        ("<li>The bell rang. <a href='#fnref1' class='footnote-backref'>↩</a>", "The bell rang."),
        ("<p>She said <q>no</q>.", "She said “no”."),
        ("<h2>Bells<span class='mw-editsection'>[<a href='/e'>edit</a>]</span></h2>", "Bells"),
        ("<h2>Bells <a class='anchor' href='#bells'>¶</a></h2>", "Bells"),
        ("<h2><a href='#bells'>#</a> Bells</h2>", "Bells"),
        ("<h2><a href='#bells'>Bells</a></h2>", "Bells"),
        ("<p>Read<span class='sr-only'>(opens in a new tab)</span> this.", "Read this."),
        ("<p>Read<span hidden>never</span> this.", "Read this."),
        ("<pre>a = 1<br>b = 2</pre>", "a = 1\nb = 2"),
        ("<pre><div>a = 1</div><div>  b = 2</div>c</pre>", "a = 1\n  b = 2\nc"),
        ("<pre><code><span>a</span> = 1\n\n  b = 2\n</code></pre>", "a = 1\n\n  b = 2"),
        ("<table><tr><td>Boat</td><td>Berth<br>two</td></tr><tr><td><p>Ada</p><p>Lee</p></td><td>3<s>4</s></td></tr></table>",
         "Boat | Berth two\nAda Lee | 3"),
    ],
)  # fmt: skip
def test_the_words_of_a_block(html: str, text: str) -> None:
    assert texts(html) == [text]


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mfrac><mn>1</mn><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></mfrac>",
         "x^2 = 1/(n + 1)"),
        ("<msub><mi>a</mi><mi>i</mi></msub><mo>&#x2062;</mo><msqrt><mi>y</mi></msqrt>", "a_i√y"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>", "∑_(i = 1)^n i"),
        ("<semantics><mi>x</mi><annotation encoding='application/x-tex'>\\frac x</annotation></semantics>", "x"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>", "1, 2;"),
    ],
)  # fmt: skip
def test_a_formula_is_written_on_one_line(formula: str, text: str) -> None:
    assert texts(f"<p>So <math>{formula}</math> holds.") == [f"So {text} holds."]


def test_a_formula_that_is_hidden_beside_its_picture_is_read() -> None:
    math = "<span style='display: none'><math alttext='{x}'><mi>x</mi></math></span>"
    picture = "<img alt='x^2'>"
    shown = f"<p>So <span class='mwe-math-element'>{math}{picture}</span> holds."
    assert texts(shown) == ["So x holds."]
    assert texts(shown.replace(math, "")) == ["So x^2 holds."]


def test_items_have_the_numbers_that_a_browser_gives_them() -> None:
    html = "<ol start='4'><li>a<li>b<li value='9'>c<li>d</ol><ol><li>e</ol><ul><li value='3'>f</ul>"
    found = [(block.level, block.text) for block in blocks_of(parse(html.encode()))]
    assert found == [(4, "a"), (5, "b"), (9, "c"), (10, "d"), (1, "e"), (0, "f")]


SENTENCES = {
    "cp1251": "Паромная переправа возобновила работу в понедельник, и билеты можно купить на пристани.",
    "koi8-r": "Паромная переправа возобновила работу в понедельник, и билеты можно купить на пристани.",
    "shift_jis": "港の渡し船は月曜日に運航を再開しました。切符は桟橋で買うことができます。",
    "euc_jp": "港の渡し船は月曜日に運航を再開しました。切符は桟橋で買うことができます。",
    "gb18030": "渡轮星期一恢复运行。船长说天气已经好转，船票可以在码头购买。",
    "big5": "渡輪星期一恢復運行。船長說天氣已經好轉，船票可以在碼頭購買。",
    "euc_kr": "월요일에 여객선 운항이 재개되었습니다. 표는 부두에서 살 수 있습니다.",
    "cp1253": "Το φέρι επανέλαβε τα δρομολόγια τη Δευτέρα. Τα εισιτήρια πωλούνται στην αποβάθρα.",
    "cp1255": "המעבורת חזרה לפעול ביום שני. אפשר לקנות כרטיסים ברציף.",
    "cp1256": "عادت العبارة إلى العمل يوم الاثنين. يمكن شراء التذاكر على الرصيف.",
    "cp1250": "Trajekt zase jezdí od pondělí a že lodě pojedou podle jízdního řádu. Příště žádné šeptání.",
    "cp1252": "Le traversier a repris son service lundi, et la météo s’était améliorée.",
    "cp866": "Паромная переправа возобновила работу в понедельник, и билеты можно купить на пристани.",
    "iso2022_jp": "港の渡し船は月曜日に運航を再開しました。切符は桟橋で買うことができます。",
    "cp874": "เรือข้ามฟากกลับมาให้บริการในวันจันทร์ กัปตันกล่าวว่าอากาศดีขึ้น",
}


@pytest.mark.parametrize("encoding", SENTENCES)
def test_a_page_that_names_no_encoding_is_read_in_the_one_it_is_written_in(encoding: str) -> None:
    page = f"<title>{SENTENCES[encoding]}</title><style>{'p {color: red} ' * 2000}</style><p>{SENTENCES[encoding]}"
    assert decode(page.encode(encoding)) == page


@pytest.mark.parametrize("declared", ["", "<meta charset='utf-8'>"])
@pytest.mark.parametrize(
    ("encoding", "sentence"),
    [
        ("cp1252", "La grúa levanta nueve toneladas y el señor Núñez pagó la cuenta del año."),
        ("cp1252", "Le café est déjà fermé, et la grue soulève neuf tonnes près du môle."),
        ("cp1252", "A estação é já à frente, e as crianças vêm à tarde; os portões não."),
        ("cp1252", "Kranen står på kajen och lyfter nio ton, medan färjan åker över sundet."),
        ("cp1250", "A daru kilenc tonnát emel, és a hajó úszik, ahol emberek várnak őrülten."),
        ("cp1250", "Żuraw podnosi dziewięć ton, a łódź płynie wzdłuż nabrzeża."),
        ("cp1250", "Macaraua ridică nouă tone şi vaporul pluteşte."),
    ],
)
def test_latin_letters_are_told_apart_by_those_that_a_language_has(
    encoding: str, sentence: str, declared: str
) -> None:
    page = f"{declared}<title>The crane</title><p>{sentence}"
    assert decode(page.encode(encoding)) == page


@pytest.mark.parametrize("encoding", ["cp1251", "shift_jis", "cp1253"])
def test_a_page_that_says_utf_8_and_is_none_is_read_in_the_encoding_that_it_has(
    encoding: str,
) -> None:
    page = f"<meta charset='utf-8'><title>{SENTENCES[encoding]}</title><p>{SENTENCES[encoding]}"
    assert decode(page.encode(encoding)) == page


@pytest.mark.parametrize("charset", ["utf-8", "iso-2022-jp"])
def test_a_page_that_names_its_shifted_encoding_or_another_is_read(charset: str) -> None:
    page = f"<meta charset='{charset}'><p>{SENTENCES['iso2022_jp']}"
    assert decode(page.encode("iso2022_jp")) == page


def test_a_slip_in_a_page_of_utf_8_is_one_letter() -> None:
    page = f"<meta charset='utf-8'><p>Caf\xff. {SENTENCES['cp1252']}".encode()
    assert decode(page.replace("ÿ".encode(), b"\xe9")) == page.decode().replace("ÿ", "\ufffd")


@pytest.mark.parametrize("name", ["x-nobody", "undefined", "idna", "punycode", "hex"])
def test_a_name_of_an_encoding_of_no_texts_is_passed_over(name: str) -> None:
    page = f"<meta charset='{name}'><p>{SENTENCES['cp1251']}"
    assert decode(page.encode("cp1251")) == page
    late = f"<meta charset='{name}'><p>{'A boat. ' * 500}{SENTENCES['cp1251'] * 20}"
    assert len(decode(late.encode("cp1251"))) == len(late)


@pytest.mark.parametrize("data", [b"\xff", bytes(range(256)) * 4000, b"<p>\x81\x40\xff" * 50_000])
def test_bytes_that_are_no_text_in_any_encoding_are_read_all_the_same(data: bytes) -> None:
    assert len(decode(data)) > 0


def test_a_line_of_its_own_within_an_item_stays_one() -> None:
    page = (
        "<ol><li><strong>New process</strong><br>Our rough research has told us much.</li>"
        "<li>The guard renders the object<br/>read-only.</li></ol>"
    )
    found = [(block.kind, block.text) for block in blocks_of(parse(page.encode()))]
    assert found == [
        ("item", "New process\nOur rough research has told us much."),
        ("item", "The guard renders the object read-only."),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Floods [edit]",
        "Floods <span>[<a href='/e'>edit</a> | <a href='/s'>edit source</a>]</span>",
        "Floods<small>[Bearbeiten]</small>",
    ],
)
def test_a_wiki_s_link_to_the_editor_is_no_part_of_a_heading(heading: str) -> None:
    assert [block.text for block in blocks_of(parse(f"<h2>{heading}</h2>".encode()))] == ["Floods"]
