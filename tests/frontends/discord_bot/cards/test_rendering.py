"""Cards: nothing from outside takes effect, the limits hold, nothing is cut in two."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.answer import Answer, Explanation, Match, NearTitle, TermEvidence
from bot.core.article import Article, Head, Span, join_paragraphs
from bot.core.passage import Passage
from bot.core.passages.citation import Citation
from bot.core.seams import Entry
from bot.frontends.discord.cards import rendering
from bot.frontends.discord.cards.article_cards import (
    ARTICLES_A_PAGE,
    article_card,
    articles_card,
    no_such_title,
)
from bot.frontends.discord.cards.cards import TEXT_LIMIT, Card, link_button, web_address
from bot.frontends.discord.cards.choices import choices
from bot.frontends.discord.cards.components import components_of
from bot.frontends.discord.cards.escaping import length, sendable
from bot.frontends.discord.cards.quoting import beginning, ending, quotation
from bot.frontends.discord.cards.why import why_card
from bot.frontends.languages import ENGLISH
from bot.service.answers.quotations import Quotation
from bot.service.answers.reply import Contents
from bot.service.shelves.titles import Title, Titles
from tests.fakes.titled_articles import titled_articles
from tests.frontends.discord_bot.cards.test_escaping import HOSTILE
from tests.loopback import markdown, rules

OURS = {"bold", "subtext", "heading", "code", "list", "italic"}
"""The markup that cards have of their own; nothing from outside adds to it."""

FEWER = settings(max_examples=25)

LONG = st.one_of(HOSTILE, st.integers(1, 350).map(lambda n: "<@1> **x** 🦊 _y_ " * n))
URLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "https://example.org/a b",
            "javascript:alert(1)",
            "https://exämple.org/ü#:~:text=a",
            "http://[::1",
            "https://example.org/" + "a" * 600,
            "https://example.org/?q=" + "é" * 90,
            "discord://x",
            "https://@",
        ]
    ),
    st.text(max_size=40).map(lambda text: "https://example.org/" + text),
)
HEADS = st.builds(Head, LONG, LONG, LONG, LONG, URLS, st.none(), LONG, LONG)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article of hostile text, and a slug that could be a file's name."""
    parts = [part.strip() for part in draw(st.lists(LONG, min_size=1, max_size=5))]
    text, paragraphs = join_paragraphs([part for part in parts if part] or ["x"])
    slug = draw(st.text(st.characters(exclude_characters="#@/\\", codec="utf-8"), min_size=1))
    return Article(slug, draw(HEADS), text, paragraphs)


@st.composite
def quotations(draw: st.DrawFn) -> tuple[Article, Quotation]:
    """An article and a quotation from it, with a sentence to mark."""
    article = draw(articles())
    first = draw(st.integers(1, len(article.paragraphs)))
    last = draw(st.integers(first, len(article.paragraphs)))
    text = article.quote(first, last)
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=8))})
    sentences = tuple(Span(*pair) for pair in itertools.pairwise(cuts))
    marked = draw(st.one_of(st.none(), st.sampled_from(sentences)))
    address = f"{article.slug}#{first}-{last}@3f9c2a1b"
    citation = Citation(
        article.slug, article.head, first, last, len(article.paragraphs), address, article.head.url
    )
    return article, Quotation(text, sentences, marked, citation)


def check(card: Card) -> None:
    """Check the properties of every card."""
    assert card.length <= TEXT_LIMIT
    body = {"flags": 1 << 15, "components": components_of(card), "allowed_mentions": {"parse": []}}
    assert rules.message_problems(body) == []
    for text in (*card.texts, card.above):
        text.encode()  # no half of a surrogate pair
        assert markdown.kinds(markdown.parse(text)) <= OURS


@FEWER
@given(quotations(), LONG, st.integers(1, 5), st.booleans())
def test_an_answer_holds_to_the_rules(
    drawn: tuple[Article, Quotation], question: str, count: int, can_share: bool
) -> None:
    card = rendering.answer_card(
        question,
        drawn[1],
        key="AAAAAAAAAAAAAAAA",
        index=count - 1,
        count=count,
        can_share=can_share,
        repairs=[(question, question)] * 5,
    )
    check(card)


@FEWER
@given(quotations(), LONG)
def test_a_citation_leads_to_its_page_alone(
    drawn: tuple[Article, Quotation], question: str
) -> None:
    page = "https://pages.example/a/slug/7-8@3f9c2a1b#cited"
    card = rendering.answer_card(question, drawn[1], key="A" * 16, index=0, count=1, page=page)
    assert card.length <= TEXT_LIMIT
    assert [
        url for text in (*card.texts, card.above) for _, url in markdown.links(markdown.parse(text))
    ] == [page]
    for text in (*card.texts, card.above):
        assert markdown.kinds(markdown.parse(text)) <= OURS | {"masked link"}


PAGE = "https://pages.example/a/slug/7@3f9c2a1b#cited"


@pytest.mark.parametrize(
    ("title", "page", "words"),
    [
        ("China and Russia’s problem: a map", PAGE, ["China and Russia’s problem: a map"]),
        ("U.S. and U.N. at 3.14", PAGE, ["U.S. and U.N. at 3.14"]),
        ("[Free](https://evil.example)", PAGE, ["paragraph 7 of 9"]),
        ("Sign in at bank.example", PAGE, ["paragraph 7 of 9"]),
        ("a](https://evil.example) [b", PAGE, ["paragraph 7 of 9"]),
        ("*", PAGE, ["paragraph 7 of 9"]),
        ("\u200b", PAGE, ["paragraph 7 of 9"]),
        ("The map", "https://pages.example/(a)/a/slug/7", []),
        ("The map", None, []),
    ],
)
def test_the_title_of_a_citation_is_its_link_where_a_link_can_hold_it(
    title: str, page: str | None, words: list[str]
) -> None:
    citation = Citation("slug", Head(title), 7, 7, 9, "slug#7@3f9c2a1b", None)
    text = rendering.citation_text(citation, page)
    assert markdown.links(markdown.parse(text)) == [(word, page) for word in words]


@FEWER
@given(quotations())
def test_context_and_an_article_hold_to_the_rules(drawn: tuple[Article, Quotation]) -> None:
    check(rendering.context_card(*drawn))
    check(article_card(drawn[0]))


@FEWER
@given(quotations(), LONG, st.lists(LONG, max_size=15))
def test_a_miss_and_an_explanation_hold_to_the_rules(
    drawn: tuple[Article, Quotation], question: str, words: list[str]
) -> None:
    shown = drawn[1]
    passage = Passage(shown.citation.slug, 0, 1, 1, 0, len(shown.text), shown.text, ())
    match = Match(passage, shown.citation, Span(0, 1), tuple(shown.sentences), 0.5)
    matched = ("word", "stem", "relative", "no")
    terms = tuple(
        TermEvidence(word, 0.3, matched[at % 4], 12, word if at % 4 == 2 else "")
        for at, word in enumerate(words)
    )
    explanation = Explanation(
        terms, tuple(words), tuple((word, 0.5, 0.1) for word in words), "a#1", 0.25
    )
    answer = Answer(question, "answer", 0.5, (match, match), tuple(words), (), explanation)
    missed = answer._replace(nearest=tuple(NearTitle("slug", word) for word in words[:5]))
    check(rendering.miss_card(missed, key="AAAAAAAAAAAAAAAA", searched=3))
    reading = rendering.miss_card(missed, key="AAAAAAAAAAAAAAAA", searched=3, reading=(1200, 5000))
    check(reading)
    assert "still reading new articles (1,200 of 5,000)" in reading.texts[-1]
    check(why_card(answer, shown.citation.address))
    other = match._replace(citation=shown.citation._replace(address="b#1@00000000"))
    check(why_card(answer._replace(matches=(other, match)), shown.citation.address))
    check(why_card(answer, "gone#1@00000000"))


@FEWER
@given(st.lists(HEADS, max_size=ARTICLES_A_PAGE), st.integers(0, 100_000), st.integers(1, 100_000))
def test_a_table_of_contents_holds_to_the_rules(heads: list[Head], page: int, pages: int) -> None:
    entries = [Entry(f"a{n}", head, "en", n, n) for n, head in enumerate(heads)]
    contents = Contents(tuple(entries), page, page + pages, 10**6)
    check(articles_card(contents))


@FEWER
@given(LONG, st.lists(LONG, max_size=30))
def test_titles_offered_hold_to_the_rules(text: str, found: list[str]) -> None:
    titles = [Title(f"slug-{n}" * (1 + n), title) for n, title in enumerate(found)]
    check(no_such_title(text, Titles(titled_articles(titles)).resolve(text)))
    offered = [{"name": name, "value": value} for name, value in choices(titles[:25])]
    assert rules.choices_problems(offered) == []


@FEWER
@given(quotations(), st.integers(120, 4000))
def test_a_quotation_is_the_articles_own_words(
    drawn: tuple[Article, Quotation], budget: int
) -> None:
    shown = drawn[1]
    text = quotation(shown.text, shown.sentences, shown.sentence, budget)
    assert length(text) <= budget
    nodes = markdown.parse(text)
    assert markdown.kinds(nodes) <= {"bold"}
    seen = re.sub(r"^\[…\] | \[…\]$", "", markdown.plain(nodes))
    assert seen.strip() in sendable(shown.text)
    if shown.sentence is not None:
        marked = sendable(shown.text[shown.sentence.start : shown.sentence.end].strip())
        bold = [markdown.plain((node,)) for node in nodes if node.kind == "bold"]
        if bold:
            assert len(bold) == 1
            assert marked.startswith(bold[0])


@FEWER
@given(LONG, st.integers(20, 300))
def test_beginnings_and_endings_are_the_articles_own_words(text: str, budget: int) -> None:
    for cut in (beginning(text, budget), ending(text, budget)):
        assert length(cut) <= budget
        nodes = markdown.parse(cut)
        assert markdown.kinds(nodes) == set()
        assert re.sub(r"^\[…\] ?| ?\[…\]$", "", markdown.plain(nodes)).strip() in sendable(text)


def test_a_long_passage_is_cut_between_sentences_around_the_answer() -> None:
    sentences = [f"Sentence number {n} stands here." for n in range(40)]
    text = " ".join(sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    cut = quotation(text, spans, spans[20], 200)
    assert cut == (
        "[…] Sentence number 18 stands here. Sentence number 19 stands here. "
        "**Sentence number 20 stands here.** Sentence number 21 stands here. "
        "Sentence number 22 stands here. […]"
    )
    assert quotation(text, spans, None, 80) == (
        "Sentence number 0 stands here. Sentence number 1 stands here. […]"
    )
    assert quotation("word " * 100, [Span(0, 500)], Span(0, 500), 40) == (
        "**word word word word word** […]"
    )


@pytest.mark.parametrize(
    ("published", "written"),
    [
        ("2015-11-04", "4 November 2015"),
        ("2015-11", "November 2015"),
        ("2015", "2015"),
        ("2015-99-04", "2015-99-04"),
        ("last week", "last week"),
    ],
)
def test_dates_are_written_out(published: str, written: str) -> None:
    assert ENGLISH.date(published) == written


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://example.org/a#:~:text=b%20c,d", "https://example.org/a#:~:text=b%20c,d"),
        ("https://example.org/ä?ö=ü", "https://example.org/%C3%A4?%C3%B6=%C3%BC"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://user:secret@example.org:8080/x", "https://example.org:8080/x"),
        ("https://example.org/" + "a" * 400 + "#:~:text=" + "b" * 200,
         "https://example.org/" + "a" * 400),
        ("https://example.org/" + "a" * 600, None),
        ("javascript:alert(1)", None),
        ("https://exa mple.org", None),
        ("https:///nothing", None),
        ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_web_addresses_are_what_a_button_takes(url: str | None, taken: str | None) -> None:
    assert web_address(url) == taken
    assert len(link_button("Open", url)) == (taken is not None)
