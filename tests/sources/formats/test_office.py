# ruff: noqa: E501 - a document's paragraphs are read more easily one to a line
"""DOCX, ODT, EPUB and RTF, through pandoc."""

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.core.article import Head
from bot.core.errors import ArticleError
from bot.sources.formats.epub_entities import with_entities
from bot.sources.formats.html.page import read_html
from bot.sources.formats.markdown import article_of
from bot.sources.formats.odt_formulas import with_formulas
from bot.sources.formats.odt_lists import with_list_numbers
from bot.sources.formats.odt_parts import parts_of
from bot.sources.formats.office import read_document
from tests.wording import raises

DOCUMENTS = Path(__file__).parents[1] / "documents"
FERRY_HEAD = Head(
    "The ferry that would not retire", author="Mira Oldham", published="2019-11-04", language="en"
)
FERRY = (
    "When the harbour board of Quillport sold its last ferry for scrap, it expected a quiet afternoon and a small profit. It got neither. Before the tugs had finished their coffee, some four hundred people stood on the quay, and the mayor was among them, in rubber boots.",
    "The ship is called Perseverance. She was launched in 1931, carried coal, cattle and conscripts, and sank twice, both times at her moorings. “She is not a beautiful ship,” said Ivo Strand, who steered her for twenty-six years, “but she is the only one that ever waited for me.”",
    "What the engineers found",
    "An official inspection, finished in September, filled forty-one pages. Its findings were specific: the hull was sound, the boiler was not, and the whistle could be heard in East Pallister, which lies eleven kilometres off across difficult marshland. The inspectors recommended three things:",
    "a new boiler, at a cost of 1.2 million crowns;\na second lifeboat, because the first had been used as a flower bed;\nthat the whistle be left as it is.",
    "The board’s chairwoman, Wen Castellan, called the report “flawless and entirely unaffordable”. Her deputy offered a well-known remedy: a lottery.",
    "You cannot plan a town around a ferry and then close it in the rain.",
    "Who still crosses",
    "Passenger figures fell for a decade, then rose. In the first half of the year more people crossed on foot than in any year since the bridge was opened; officials confess that they cannot explain it. The fishermen’s union can. The bridge, it says, is closed so often for maintenance that the ferry has become the reliable way to cross.",
    "Year | Passengers | Whistles\n2017 | 81,400 | 2,190\n2018 | 96,250 | 2,204",
    "The council will decide in the new year. Until then the ferry sails at noon, and comes back at six, and waits, as she always has, for those who are late.",
)
"""The text of the documents beside this file, which LibreOffice, Chromium and pandoc made of one
page."""


@pytest.mark.parametrize("kind", ["docx", "odt", "epub", "rtf"])
def test_real_documents(kind: str) -> None:
    pytest.importorskip("pypandoc", reason='the extra "documents" is not installed')
    draft = read_document(kind, (DOCUMENTS / f"ferry.{kind}").read_bytes(), "a")[0]
    language = "en" if kind in ("docx", "epub") else None
    assert draft.head._replace(sha256=None) == FERRY_HEAD._replace(language=language)
    assert tuple(article_of("a", draft).text.split("\n\n")) == FERRY


def test_a_document_is_read_where_the_working_folder_has_been_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pypandoc", reason='the extra "documents" is not installed')
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    (draft,) = read_document("docx", (DOCUMENTS / "ferry.docx").read_bytes(), "a")
    assert draft.head.title == FERRY_HEAD.title


def test_the_page_that_they_were_made_of() -> None:
    draft = read_html((DOCUMENTS / "ferry.html").read_bytes(), "a")[0]
    assert draft.head._replace(sha256=None) == FERRY_HEAD
    assert tuple(article_of("a", draft).text.split("\n\n")) == FERRY


@pytest.mark.parametrize("kind", ["docx", "odt", "epub", "rtf"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.4", b"words", b"{\\rt"])
def test_what_is_none_is_refused(kind: str, data: bytes) -> None:
    with raises(ArticleError, match=f"no {kind.upper()} file"):
        read_document(kind, data, "a")


def packed(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()


def test_a_zip_bomb_is_refused_unread() -> None:
    bomb = packed(**{"word/document.xml": "<a/>", "word/media/a": "0" * 210_000_000})
    assert len(bomb) < 1_000_000
    with raises(ArticleError, match="unpacks to more than 200 MB"):
        read_document("docx", bomb, "a")


def test_a_compression_that_is_not_known_is_refused() -> None:
    document = packed(**{"word/document.xml": "<a/>", "docProps/core.xml": "<a/>"})
    ninety_seven = document.replace(b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x00\x00\x61\x00")
    assert ninety_seven != document
    with raises(ArticleError, match="DOCX"):
        read_document("docx", ninety_seven, "a")


ENTITIES = (
    "<?xml version='1.0'?><!DOCTYPE w [<!ENTITY a 'ha'>"
    + "".join(
        f"<!ENTITY {two} '{f'&{one};' * 20}'>"
        for one, two in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
)


@pytest.mark.parametrize("entity", ["&i;", "&f;"])
def test_entities_are_not_expanded(entity: str) -> None:
    pytest.importorskip("pypandoc", reason='the extra "documents" is not installed')
    document = f"{ENTITIES}<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>Words {entity}</w:t></w:r></w:p></w:body></w:document>"
    core = f"{ENTITIES}<cp xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{entity}</dc:title></cp>"
    data = packed(**{"word/document.xml": document, "docProps/core.xml": core})
    with raises(ArticleError, match="damaged"):
        read_document("docx", data, "a")


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ('<!ENTITY boat "the ferry Alma">', "Here sails the ferry Alma at six."),
        (
            "<!ENTITY a 'the &b;'><!ENTITY b 'Alma'>\n<!ENTITY boat '&a; &amp; crew'>",
            "Here sails the Alma & crew at six.",
        ),
        ("<!ENTITY boat SYSTEM 'file:///etc/passwd'>", "Here sails \ufffd at six."),
        ("<!ENTITY boat '&boat;'>", "Here sails \ufffd at six."),
        ("<!ENTITY boat 'the [old] Alma'>", "Here sails the [old] Alma at six."),
        ("<!-- <!ENTITY boat 'no'> it's --><!ENTITY boat 'Alma'>", "Here sails Alma at six."),
        (f"<!ENTITY a '{'x' * 400}'><!ENTITY boat '&a;&a;&a;'>", "Here sails \ufffd at six."),
    ],
)
def test_the_entities_of_an_epub_are_their_text(declared: str, text: str) -> None:
    page = f"<?xml version='1.0'?><!-- <!DOCTYPE old> --><!DOCTYPE html [{declared}]><html xmlns='http://www.w3.org/1999/xhtml'><body><p>Here sails &boat; at six.</p></body></html>"
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made("epub", "Words.\n"))) as archive,
        zipfile.ZipFile(file, "w") as changed,
    ):
        for name in archive.namelist():
            data = archive.read(name)
            changed.writestr(name, page.encode() if name.endswith("ch001.xhtml") else data)
    (draft,) = read_document("epub", file.getvalue(), "a")
    assert article_of("a", draft).text == text


def test_entities_that_make_a_document_too_large_are_refused() -> None:
    page = f"<!DOCTYPE html [<!ENTITY a '{'x' * 900}'>]><p>{'&a;' * 2000}</p>"
    data = packed(**{"a.xhtml": page})
    assert with_entities(data, 2_000_000) != data
    with raises(ArticleError, match="unpacks to more than 1 MB"):
        with_entities(data, 1_000_000)


def test_without_pandoc_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypandoc", None)
    with raises(ArticleError, match=r'pip install "articlebot\[documents\]"'):
        read_document("rtf", b"{\\rtf1 words}", "a")


def test_a_document_that_is_cut_short_is_refused() -> None:
    pytest.importorskip("pypandoc", reason='the extra "documents" is not installed')
    data = packed(**{"word/document.xml": "<w:document><w:body>"})
    with raises(ArticleError, match="damaged"):
        read_document("docx", data, "a")


SOURCE = """\
---
title: The rules of the slip
author: [Eva Holm, Per Lund]
---

The toll is ~~three~~ five crowns, and the area is $r^2 + 2$ of a plank.

a) Ropes are coiled.
b) Lamps are lit.

(iii) The third case.
(iv) The fourth case.

C.  Hulls are tarred.

4. Oars are counted.

| Berth | Toll  |
|-------|-------|
| North | seven |

: Tolls of the slip since the flood
"""


def made(kind: str, source: str = SOURCE) -> bytes:
    """A document of this kind, as pandoc writes it."""
    pypandoc = pytest.importorskip("pypandoc", reason='the extra "documents" is not installed')
    command = [pypandoc.get_pandoc_path(), "-s", "-f", "markdown", "-t", kind, "-o", "-"]
    return subprocess.run(command, input=source.encode(), capture_output=True, check=True).stdout  # noqa: S603


@pytest.mark.parametrize(("kind", "formula"), [("docx", "r^{2} + 2"), ("odt", "r^2 + 2")])
def test_labels_captions_and_formulas_are_kept_and_struck_words_not(
    kind: str, formula: str
) -> None:
    (draft,) = read_document(kind, made(kind), "a")
    assert (draft.head.title, draft.head.author) == ("The rules of the slip", "Eva Holm, Per Lund")
    assert article_of("a", draft).text == (
        f"The toll is five crowns, and the area is {formula} of a plank.\n\n"
        "a) Ropes are coiled.\nb) Lamps are lit.\n(iii) The third case.\n(iv) The fourth case.\n"
        "C. Hulls are tarred.\n\n4. Oars are counted.\n\n"
        "Tolls of the slip since the flood\n\nBerth | Toll\nNorth | seven"
    )


def test_a_picture_s_caption_stands_no_more_than_once() -> None:
    text = read_document("odt", made("odt", "One.\n\n![A crane at dusk](none.png)\n\nTwo.\n"), "a")[
        0
    ]
    assert article_of("a", text).text.count("A crane at dusk") <= 1


def test_a_long_document_is_read_in_parts() -> None:
    lines = [f"Boat number {number} is tarred." for number in range(4100)]
    data = made("odt", "# The boats\n\n" + "\n\n".join(lines) + "\n\n- Ropes\n- Oars\n")
    assert len(list(parts_of(data))) == 2
    (draft,) = read_document("odt", data, "a")
    assert article_of("a", draft).text.split("\n\n") == [*lines, "Ropes\nOars"]
    assert draft.head.title == "The boats"


def test_a_list_that_counts_on_is_read_with_the_one_before() -> None:
    lines = [f"Boat number {number} is tarred." for number in range(2500)]
    lists = ("1.  Ropes\n2.  Oars", "1.  Tar\n2.  Brushes")
    data = made("odt", "\n\n".join((lists[0], *lines, lists[1], *lines)) + "\n")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml").decode()
    before, mark, after = content.rpartition("<text:list ")
    again = f'{before}{mark}text:continue-numbering="true" {after}'
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(file, "w") as changed:
        for name in archive.namelist():
            changed.writestr(name, again if name == "content.xml" else archive.read(name))
    assert len(list(parts_of(file.getvalue()))) > 1
    (draft,) = read_document("odt", file.getvalue(), "a")
    assert "3. Tar\n4. Brushes" in draft.body


def changed_odt(text: str, change: Callable[[str], str]) -> bytes:
    """An ODT file made of Markdown, with its content changed."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made("odt", text))) as archive,
        zipfile.ZipFile(file, "w") as copy,
    ):
        for name in archive.namelist():
            data = archive.read(name)
            copy.writestr(name, change(data.decode()) if name == "content.xml" else data)
    return file.getvalue()


LISTS = "1. One\n2. Two\n\nOh.\n\n1. Three\n2. Four\n\nAh.\n\n1. Five\n\nEnd.\n"


@pytest.mark.parametrize(
    ("attributes", "item", "numbers"),
    [
        (("", "", ""), "", [1, 2, 1, 2, 1]),
        (("", "text:continue-list='a'", "text:continue-list='b'"), "", [1, 2, 3, 4, 5]),
        (("", "", "text:continue-list='a'"), "", [1, 2, 1, 2, 3]),
        (("", "text:continue-list='x'", "text:continue-list='c'"), "", [1, 2, 1, 2, 1]),
        (("", "text:continue-numbering='true'", "text:continue-list='b'"), "", [1, 2, 3, 4, 5]),
        (("", "", "text:continue-list='b'"), "text:start-value='7'", [1, 2, 7, 8, 9]),
        (("", "", ""), "text:start-value='x'", [1, 2, 1, 2, 1]),
    ],
)
def test_a_list_has_the_numbers_that_its_document_gives_it(
    attributes: tuple[str, ...], item: str, numbers: list[int]
) -> None:
    def change(content: str) -> str:
        parts = content.split("<text:list ")
        names = (f"<text:list xml:id='{name}' " for name in "abc")
        lists = (
            f"{name}{own} {part}"
            for name, own, part in zip(names, attributes, parts[1:], strict=True)
        )
        before, *items = "".join((parts[0], *lists)).split("<text:list-item>")
        marked = [f"<text:list-item{f' {item}' if n == 2 else ''}>{i}" for n, i in enumerate(items)]
        return before + "".join(marked)

    (draft,) = read_document("odt", changed_odt(LISTS, change), "a")
    found = [line.split(".")[0] for line in draft.body.split("\n") if line[:1].isdigit()]
    assert found == list(map(str, numbers))


def test_a_list_counts_on_from_one_whose_style_begins_at_a_number_of_its_own() -> None:
    def change(content: str) -> str:
        content = content.replace('text:start-value="1"', 'text:start-value="5"', 1)
        first, second, third = content.split("<text:list ")[1:]
        head = content[: content.index("<text:list ")]
        return (
            f"{head}<text:list xml:id='a' {first}<text:list text:continue-list='a' {second}"
            f"<text:list {third}"
        )

    (draft,) = read_document("odt", changed_odt(LISTS, change), "a")
    found = [line.split(".")[0] for line in draft.body.split("\n") if line[:1].isdigit()]
    assert found == ["5", "6", "7", "8", "1"]


def test_a_damaged_odt_is_left_to_pandoc() -> None:
    data = packed(**{"content.xml": "<text:list text:continue-list='a'"})
    assert with_list_numbers(data) == data
    plain = packed(**{"content.xml": "<a text:continue-list='a' xmlns:text='b'/>"})
    assert with_list_numbers(plain) == plain


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_an_epub_of_utf_16_is_read(encoding: str) -> None:
    page = f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE html [<!ENTITY boat 'Žofie'>]><html xmlns='http://www.w3.org/1999/xhtml'><body><p>Here sails &boat; at six.</p></body></html>"
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made("epub", "Words.\n"))) as archive,
        zipfile.ZipFile(file, "w") as changed,
    ):
        for name in archive.namelist():
            data = archive.read(name)
            changed.writestr(name, page.encode(encoding) if name.endswith("ch001.xhtml") else data)
    (draft,) = read_document("epub", file.getvalue(), "a")
    assert article_of("a", draft).text == "Here sails Žofie at six."


def test_the_main_part_is_the_one_that_the_relationships_name() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made("docx"))) as archive, zipfile.ZipFile(file, "w") as moved:
        for name in archive.namelist():
            data = archive.read(name).replace(b"word/document.xml", b"word/document2.xml")
            renamed = name.replace("word/document.xml", "word/document2.xml")
            moved.writestr(renamed.replace("document.xml.rels", "document2.xml.rels"), data)
    (draft,) = read_document("docx", file.getvalue(), "a")
    assert "a) Ropes are coiled." in draft.body


@pytest.mark.parametrize(
    "relations",
    [
        "<Relationship Type='x/officeDocument' Target='word/none.xml'/>",
        "<Relationship Type='x/officeDocument' Target='../etc/passwd'/>",
        "x" * 300_000,
    ],
    ids=["missing", "outside", "huge"],
)
def test_a_main_part_that_is_not_there_is_refused(relations: str) -> None:
    with raises(ArticleError, match="it is no DOCX file"):
        read_document("docx", packed(**{"_rels/.rels": relations}), "a")


@pytest.mark.parametrize("formula", ["", "<math", "<other/>", "<math>" + "<mi>x</mi>" * 50_000])
def test_a_formula_that_is_none_leaves_the_text_as_it_is(formula: str) -> None:
    content = '<x>a <draw:frame><draw:object xlink:href="./F"/></draw:frame> b</x>'
    data = packed(**{"content.xml": content, "F/content.xml": formula})
    with zipfile.ZipFile(io.BytesIO(with_formulas(data))) as archive:
        assert archive.read("content.xml").decode() == content
