"""The small cases of ``../shared/cases``: one folder a fault, with what is right in words.

What is compared comes from each folder's ``expected.txt`` wherever that quotes it, so that a test
and its folder cannot tell two stories. Nothing of the folders is kept here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.core.article import Article
from bot.sources.feeds import read_feed
from bot.sources.formats.file_reading import read_file
from bot.sources.formats.markdown import article_of
from tests.fakes.loopback_site import LoopbackSite

from .conftest import Run

CASES = Path(__file__).parents[4] / "shared" / "cases"
FEED = "http://127.0.0.1:8097/f.xml"

needs_pandoc = pytest.mark.skipif(
    find_spec("pypandoc") is None, reason='the extra "documents" is not installed'
)

pytestmark = [
    pytest.mark.skipif(not CASES.is_dir(), reason="the cases lie in ../shared, which is not here"),
    pytest.mark.usefixtures("folder"),
]


class Case:
    """One folder of a fault."""

    def __init__(self, number: int) -> None:
        self.folder = next(CASES.glob(f"{number:02}-*"))
        self.expected = (self.folder / "expected.txt").read_text("utf-8")

    def __truediv__(self, name: str) -> Path:
        return self.folder / name

    def quoted(self, *beginnings: str) -> list[str]:
        """Return what stands between double quotation marks after "Right:"; only what begins so,
        where ``beginnings`` are given."""
        right = self.expected.split("Right:")[-1]
        found = re.findall(r'"([^"]+)"', right)
        return [text for text in found if not beginnings or text.startswith(beginnings)]

    def links(self) -> list[list[str]]:
        """Return the lists of links in its description, in order."""
        right = self.expected.split("Right:")[-1]
        return [ast.literal_eval(found) for found in re.findall(r"\[[^\]]*\]", right)]


def corpus_of(folder: str = "corpus") -> list[Article]:
    """Return the articles in a corpus, in the order of their files' names."""
    files = sorted(Path(folder).glob("*.md"))
    return [article_of(f.stem, read_file(f.read_bytes(), f.name)[0]) for f in files]


def added(run: Run, *sources: Path | str) -> Article:
    """Add what is one article to an empty corpus, and return that."""
    corpus = Path("corpus")
    corpus.mkdir(exist_ok=True)
    for file in corpus.iterdir():
        file.unlink()
    ran = run("add", *map(str, sources))
    assert (ran.status, ran.err) == (0, "")
    (article,) = corpus_of()
    return article


def paragraphs(article: Article) -> list[str]:
    return [article.text[span.start : span.end] for span in article.paragraphs]


def test_a_bare_ampersand_in_a_feed() -> None:
    case = Case(4)
    found = read_feed((case / "feed.xml").read_bytes(), "http://127.0.0.1:8097/feed.xml")
    assert [found] == case.links()


def test_the_base_of_a_feed() -> None:
    case = Case(6)
    assert [read_feed((case / "feed.xml").read_bytes(), FEED)] == case.links()


def test_small_oddities_of_feeds() -> None:
    case = Case(7)
    right = dict.fromkeys(
        ("bom.json", "comment.xml", "atomlink.xml", "alternates.xml", "warning.xml"),
        case.links()[0],
    )
    right |= {"guid.xml": case.links()[1], "entity.xml": case.links()[2]}
    found = {name: read_feed((case / name).read_bytes(), FEED) for name in right}
    assert found == right
    assert {path.name for path in case.folder.iterdir()} == {*right, "expected.txt"}


def test_a_title_is_not_the_site_s(run: Run) -> None:
    case = Case(10)
    assert [added(run, case / "in.html").head.title] == case.quoted()


def test_front_matter_of_each_kind(run: Run) -> None:
    case = Case(14)
    day = re.search(r"date\.md published (\S+);", case.expected)
    assert day
    title, mark, heading = case.quoted()
    assert added(run, case / "date.md").head.published == day[1]
    toml = added(run, case / "toml.md")
    assert (toml.head.title, toml.head.published) == (title, day[1])
    assert toml.head.author is not None
    assert mark not in toml.text
    for name in ("pelican.md", "json.md"):
        article = added(run, case / name)
        head, _, body = (case / name).read_text("utf-8").partition("\n\n")
        assert paragraphs(article) == [body.strip()]
        assert article.head.published is not None
        assert article.head.published in head
    author = re.search(r"author (\w+ \w+)", case.expected)
    assert author
    assert added(run, case / "authormap.md").head.author == author[1]
    assert added(run, case / "headingid.md").head.title == heading


def test_what_is_private_is_never_quoted(run: Run) -> None:
    case = Case(15)
    for question in re.findall(r'ask "([^"]+)"', case.expected):
        said = run("--corpus", str(case / "C"), "ask", "--nearest", question).out
        assert "Ada Olsen" in said
        assert "private" not in said
        assert "drinks" not in said
        assert "[[" not in said
    assert case.quoted()[0] in said  # by the last question, about whom the link names


def test_mail_and_saved_pages(run: Run) -> None:
    case = Case(16)
    mail, page, *_ = case.quoted()
    for name, title in (("news.eml", mail), ("saved.mhtml", page)):
        article = added(run, case / name)
        assert article.head.title == title
        assert len(article.paragraphs) == 1
        for mark in ("Content-", "MIME", "fo=", "fol=", "boundary", "PHA+"):
            assert mark not in article.text


@needs_pandoc
def test_a_document_of_word_online(run: Run) -> None:
    article = added(run, Case(21) / "online.docx")
    plain = added(run, Case(22) / "in.docx")
    assert (article.text, article.head.title) == (plain.text, plain.head.title)


@needs_pandoc
@pytest.mark.parametrize("name", ["in.docx", "in.odt"])
def test_labels_and_captions_of_documents(run: Run, name: str) -> None:
    case = Case(22)
    article = added(run, case / name)
    labels = re.findall(r"(?m)^- (\S+\)) ", article.text) or re.findall(
        r"(?m)^(\S+\)) ", article.text
    )
    assert labels == ["a)", "b)", "(i)", "(ii)"]
    assert "  " not in article.text
    beginning, end = case.quoted("The depth")[0].split(" ... ")
    assert re.search(rf"(?i){beginning.removeprefix('The ')} \S.* {end}", article.text)
    assert "four" not in article.text  # it is struck out
    if name == "in.docx":
        assert case.quoted("Fees")[0] in article.text
    assert article.head.author is not None
    for author in article.head.author.split(", "):
        assert author not in article.text
    assert article.text.count("A boat on the bar") == (name == "in.odt")  # the picture's caption


def test_unseen_text_of_a_pdf(run: Run) -> None:
    article = added(run, Case(24) / "in.pdf")
    assert len(article.text.split()) < 40
    assert not re.search(r"(?i)white|invisible|hidden|secret", article.text)


def test_a_drop_cap_of_a_pdf(run: Run) -> None:
    case = Case(25)
    beginning = case.quoted("The keeper")[0].removesuffix(" ...")
    first = paragraphs(added(run, case / "in.pdf"))[0]
    assert first.startswith(beginning)


def test_an_account_is_no_author(run: Run) -> None:
    case = Case(26)
    data = (case / "in.pdf").read_bytes()
    account = case.quoted()[0].encode()
    assert account in data
    for other in case.quoted():
        file = Path("in.pdf")
        file.write_bytes(data.replace(account, other.encode().ljust(len(account))))
        assert added(run, file).head.author is None
    file.write_bytes(data.replace(account, b"Ada Olsen".ljust(len(account))))
    assert added(run, file).head.author == "Ada Olsen"


@pytest.mark.parametrize("language", ["zh", "vi"])
def test_questions_without_spaces_or_marks(run: Run, language: str) -> None:
    found = re.search(
        rf'--corpus {language} ask "?([^\n"]+?)"? .*-> answered with (.+)', Case(27).expected
    )
    assert found
    question, words = found.groups()
    ran = run("--corpus", str(Case(27) / language), "ask", question)
    assert ran.status == 0
    assert words in ran.out
    assert "Not sure" not in ran.out


def test_a_folder_names_what_is_not_read(run: Run) -> None:
    Path("corpus").mkdir()
    ran = run("add", str(Case(28) / "in"))
    assert "b.rst" in ran.out + ran.err


def test_headings_called_like_what_follows_an_article(run: Run) -> None:
    case = Case(29)
    lines = added(run, case / "in.html").text.split("\n")
    for heading in case.quoted():
        assert heading in lines


def test_a_pdf_that_is_upside_down(run: Run) -> None:
    case = Case(30)
    upright = added(run, Case(26) / "in.pdf").text
    turned = added(run, case / "in.pdf").text
    assert upright.startswith(turned[:200])


def test_short_lines_at_either_end(run: Run) -> None:
    case = Case(31)
    found = paragraphs(added(run, case / "in.html"))
    assert [found[0], found[-1]] == case.quoted()


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    Path("config.toml").write_text('[web]\nallow = ["127.0.0.1"]\n')
    made = LoopbackSite()
    yield made
    made.close()


def test_a_page_that_is_no_article(run: Run, site: LoopbackSite) -> None:
    case = Case(33)
    pages = {path.stem: path.read_text("utf-8") for path in case.folder.glob("*.html")}
    target = re.search(r"url=([^\"]+)", pages["refresh"])
    assert target
    site.pages = {f"/{name}": page for name, page in pages.items()}
    site.pages[target[1]] = (Case(31) / "in.html").read_text("utf-8")
    Path("corpus").mkdir()
    for name, says in (("challenge", "person"), ("soft404", "no such page")):
        ran = run("add", site.url(f"/{name}"))
        assert (ran.status, ran.out) == (2, "")
        assert says in ran.err.lower()
    assert corpus_of() == []
    assert added(run, site.url("/refresh")).head.url == site.url(target[1])


@needs_pandoc
def test_a_download_is_known_by_its_bytes(run: Run, site: LoopbackSite) -> None:
    case = Case(34)
    site.downloads["/dl"] = (case / "rules.docx").read_bytes()
    site.downloads["/p"] = (Case(25) / "in.pdf").read_bytes()
    assert added(run, site.url("/dl")).text == added(run, Case(22) / "in.docx").text
    assert added(run, site.url("/p")).text == added(run, Case(25) / "in.pdf").text


def test_each_folder_has_its_test() -> None:
    written = {int(found) for found in re.findall(r"Case\((\d+)\)", Path(__file__).read_text())}
    assert {int(folder.name[:2]) for folder in CASES.iterdir()} == written
