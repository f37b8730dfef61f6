"""Made pages, whose true text is known, are read back."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

from bot.core.article import Draft
from bot.sources.formats.html.blocks.wording import words_of
from bot.sources.formats.html.page import read_html
from bot.sources.formats.markdown import article_of
from tests.sources.made_pages import FRAMES, Page, make_page
from tests.sources.made_sites import FRAMES as SITES
from tests.sources.made_sites import make_site_page

PAGES = 6 * len(FRAMES)


@cache
def read_page(seed: int) -> tuple[Page, Draft]:
    """A made page, and what is read of it."""
    page = make_page(seed)
    return page, read_html(page.html.encode(), "a")[0]


@cache
def read_site_page(seed: int) -> tuple[Page, Draft]:
    """A page made as a site makes its own, and what is read of it."""
    page = make_site_page(seed)
    return page, read_html(page.html.encode(), "a")[0]


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = words_of(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def f1(pairs: Iterable[tuple[str, str]]) -> float:
    """The F1 of texts found against true texts: mean precision and mean recall over the pages."""
    precision, recall, pages = 0.0, 0.0, 0
    for true, found in pairs:
        wanted, got = shingles(true), shingles(found)
        both = sum((wanted & got).values())
        precision += both / max(1, got.total())
        recall += both / wanted.total()
        pages += 1
    return 2 * precision * recall / (precision + recall) / pages


def test_made_pages_come_back_better_than_from_trafilatura_alone() -> None:
    import trafilatura

    ours, theirs = [], []
    for seed in range(PAGES):
        page, draft = read_page(seed)
        true = "\n".join(page.body)
        ours.append((true, article_of("a", draft).text))
        theirs.append((true, trafilatura.extract(page.html, include_comments=False) or ""))
    assert f1(ours) >= 0.98
    assert f1(ours) >= f1(theirs) + 0.005


def test_pages_built_as_sites_build_them_come_back_better_than_from_trafilatura_alone() -> None:
    import trafilatura

    ours, theirs = [], []
    for seed in range(3 * len(SITES)):
        page, draft = read_site_page(seed)
        true = "\n".join(page.body)
        ours.append((true, article_of("a", draft).text))
        theirs.append((true, trafilatura.extract(page.html) or ""))
    assert f1(ours) >= 0.985
    assert f1(ours) >= f1(theirs) + 0.02


def test_pages_built_as_sites_build_them_say_who_wrote_what_and_when() -> None:
    for seed in range(2 * len(SITES)):
        page, draft = read_site_page(seed)
        head = draft.head
        assert (head.title, head.author, head.published) == (
            page.title, page.author, page.published,
        )  # fmt: skip


def test_made_pages_say_who_wrote_what_and_when() -> None:
    for seed in range(PAGES):
        page, draft = read_page(seed)
        head = draft.head
        assert (head.title, head.author, head.published, head.language) == (
            page.title, page.author, page.published, "en",
        )  # fmt: skip
