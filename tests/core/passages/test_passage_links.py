"""Links to passages: those of a whole article are those that are made one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Article, Head, Span, join_paragraphs
from bot.core.passage import Passage
from bot.core.passages.passage_links import link_of, links_into, rests_on
from bot.core.passages.splitting import split
from tests.index.opened import ANALYZER

URL = "https://example.org/page"
LINES = st.sampled_from(
    ["Owls hunt.", "1. Nets", "2. Lines and hooks", "3. Bait", "Boat | Berth", "Ada | Three", "The"]
)
TEXTS = st.lists(st.lists(LINES, min_size=1, max_size=3).map("\n".join), min_size=1, max_size=9)

PARAGRAPHS = st.sampled_from(
    [*(f"{number}. {'Nets ' * 149}end." for number in (1, 2)), "1. Nets", f"{'Owls ' * 70}hunt."]
)


def passages_of(texts: list[str]) -> list[Passage]:
    """Passages of one paragraph each."""
    return [
        Passage("a", number, number + 1, number + 1, 0, len(text), text, (Span(0, len(text)),))
        for number, text in enumerate(texts)
    ]


def one_by_one(passages: list[Passage]) -> list[list[str] | None]:
    """The links, each made of no more than it rests on."""
    return [
        [
            link_of(URL, passages[: len(rests_on("a", each.number))], each.number, at)
            for at in range(1 if each.around is None else len(each.around.quoted))
        ]
        for each in passages
    ]


@given(TEXTS)
def test_those_of_an_article_are_those_of_its_passages(texts: list[str]) -> None:
    passages = passages_of(texts)
    assert links_into(URL, passages, 10_000) == one_by_one(passages)


@given(st.lists(PARAGRAPHS, min_size=1, max_size=12))
def test_so_are_those_of_paragraphs_that_are_quoted_together(paragraphs: list[str]) -> None:
    """The block after a quotation is an item of a list where one follows that."""
    text, spans = join_paragraphs(paragraphs)
    passages = list(split(Article("a", Head("A"), text, spans), "en", ANALYZER))
    assert links_into(URL, passages, 100_000) == one_by_one(passages)


def test_passages_far_down_have_none() -> None:
    passages = passages_of(["Owls hunt.", "Hares run.", "Foxes sleep."])
    assert links_into(URL, passages, 12) == [*one_by_one(passages)[:2], None]
