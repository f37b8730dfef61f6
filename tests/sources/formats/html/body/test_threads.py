# ruff: noqa: E501 - pages are read more easily with one part to a line
"""Threads: every post of a question's or a topic's page is read, and no comment on one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.core.article import Draft
from bot.sources.formats.html.blocks.page_tree import parse
from bot.sources.formats.html.body.threads import posts_of
from bot.sources.formats.html.page import read_html
from bot.sources.formats.markdown import article_of
from tests.calls import calls_of
from tests.sources.made_prose import Prose

TITLE = "Why does the bilge pump hum?"
LONG = [Prose(4).paragraph(2, 3) for _ in range(4)]
POSTS = [LONG[0], "Same here.", LONG[1], LONG[2], "Thank you, it was the relay."]


def microdata(number: int, text: str) -> str:
    kind = "Question" if number == 0 else "Answer"
    prop = "" if number == 0 else "itemprop='suggestedAnswer'"
    vote = "<div class='votecell'><span itemprop='upvoteCount'>14</span></div>"
    comment = "<ul class='comments-list'><li class='comment'>I would not do that to a pump of mine.</li></ul>"
    return f"<div {prop} itemscope itemtype='https://schema.org/{kind}'>{vote}<div class='s-prose' itemprop='text'><p>{text}</p></div><div>answered Mar 3 by <a href='/u'>mo</a></div>{comment}</div>"


def topic(number: int, text: str) -> str:
    kind = "comment" if number else "post"
    return f"<div itemprop='{kind}' itemscope itemtype='http://schema.org/Comment' class='topic-body'><a href='/u'>kari</a><div class='post' itemprop='text'><p>{text}</p></div><span class='post-likes'>3 Likes</span></div>"


def board(number: int, text: str) -> str:
    profile = "<dl class='postprofile'><dt>mo</dt><dd>Posts: 31</dd><dd>Joined: Tue Mar 04, 2014 8:11 am</dd></dl>"
    return f"<div id='p{number}' class='post bg1'>{profile}<div class='postbody'><div><h3><a href='#p'>Re: {TITLE}</a></h3><div class='content'>{text}</div><div class='signature'>Fair winds to all of you.</div></div></div></div>"


def message(number: int, text: str) -> str:
    signature = "<aside class='message-signature'><div class='bbWrapper'>Fair winds to all of you.</div></aside>"
    return f"<article class='message'><h4>mo</h4><section>Mate</section><div class='message-body'><div class='bbWrapper'>{text}</div></div>{signature}</article>"


def numbered(number: int, text: str) -> str:
    return f"<table><tr><td>mo<br>Posts: 31</td><td><div id='post_message_{number}'>{text}</div></td></tr></table>"


PATTERNS: dict[str, tuple[Callable[[int, str], str], str]] = {
    "question": (microdata, "itemscope itemtype='https://schema.org/QAPage'"),
    "topic": (topic, "itemscope itemtype='http://schema.org/DiscussionForumPosting'"),
    "board": (board, ""),
    "messages": (message, ""),
    "numbered": (numbered, ""),
}


def read(inner: str) -> Draft:
    page = f"<title>{TITLE}</title><nav><a href='/'>Boats</a></nav><main><h1>{TITLE}</h1>{inner}</main><div><h3>Who is online</h3><p>No registered users and two guests are browsing this forum.</p></div>"
    return read_html(page.encode(), "a")[0]


def texts(inner: str) -> list[str]:
    return article_of("a", read(inner)).text.split("\n\n")


@pytest.mark.parametrize("kind", PATTERNS)
def test_every_post_is_read_and_nothing_around_it(kind: str) -> None:
    pattern, box = PATTERNS[kind]
    posts = "".join(pattern(number, text) for number, text in enumerate(POSTS))
    assert texts(f"<div {box}>{posts}</div>") == POSTS


@pytest.mark.parametrize(
    "quotation",
    [
        "<blockquote><div><cite>mo wrote:</cite>{text}</div></blockquote>",
        "<blockquote><p>{text}</p></blockquote>",
        "<aside class='quote'><div class='title'>mo:</div><blockquote><p>{text}</p></blockquote></aside>",
    ],
)
def test_what_a_post_quotes_from_one_before_it_stands_once(quotation: str) -> None:
    again = [quotation.format(text=text) for text in (LONG[1], "Same here.")]
    posts = [LONG[0], f"{LONG[1]}<br><br>Same here.", *(text + LONG[2] for text in again)]
    expected = [LONG[0], LONG[1], "Same here.", LONG[2], LONG[2]]
    assert texts("".join(board(n, text) for n, text in enumerate(posts))) == expected


def test_a_quotation_within_a_quotation_stands_once() -> None:
    inner = f"<blockquote><div><cite>mo wrote:</cite>{LONG[0]}</div></blockquote>"
    outer = f"<blockquote><div><cite>kari wrote:</cite>{inner}{LONG[1]}</div></blockquote>"
    posts = [LONG[0], f"{inner}{LONG[1]}", f"{outer}{LONG[2]}"]
    assert texts("".join(board(n, text) for n, text in enumerate(posts))) == LONG[:3]


def test_what_a_post_quotes_from_elsewhere_stays() -> None:
    quoted = "A pump that hums is a pump that lives, says the old book."
    posts = [LONG[0], f"<blockquote>{quoted}</blockquote>{LONG[1]}"]
    found = texts("".join(board(n, text) for n, text in enumerate(posts)))
    assert found == [LONG[0], quoted, LONG[1]]


@pytest.mark.parametrize("name", ["comments", "replies"])
@pytest.mark.parametrize("post", ["class='cooked'", "class='post_body'", "id='msg_{n}'"])
def test_posts_below_an_article_are_its_comments(name: str, post: str) -> None:
    posts = "".join(
        f"<div><div {post.format(n=n)}>{Prose(n).paragraph(6, 8)}</div></div>" for n in range(9)
    )
    page = f"<article><p>{{}}</p></article><div class='{name}'>{posts}</div>"
    long, short = "</p><p>".join(LONG), LONG[0]
    assert texts(page.format(long))[: len(LONG)] == LONG
    if name == "comments":
        assert texts(page.format(short)) == [short]


def test_teasers_with_the_class_of_the_article_s_text_are_no_posts() -> None:
    article = "".join(f"<p>{text}</p>" for text in LONG)
    teasers = "".join(
        f"<div class='card'><h3><a href='/{n}'>Another pump, the {n}th</a></h3><div class='post-text'><p>{Prose(n).paragraph(3, 4)}</p></div></div>"
        for n in range(4)
    )
    assert texts(f"<div class='post-text'>{article}</div><div class='grid'>{teasers}</div>") == LONG


@pytest.mark.parametrize(
    "inner",
    [
        "<div class='bbWrapper'>One post.</div>",
        "<div class='bbWrapper'><div class='bbWrapper'>A post in itself.</div></div>",
        "<div class='content'>A box.</div><div class='content'>Another.</div>",
        "<div itemscope itemtype='http://schema.org/FAQPage'>"
        + 2
        * "<div itemscope itemtype='http://schema.org/Question'><p itemprop='text'>Why?</p></div>"
        + "</div>",
        2
        * "<div itemscope itemtype='http://schema.org/Comment'><p itemprop='text'>No thread.</p></div>",
    ],
)
def test_what_is_no_thread_has_no_posts(inner: str) -> None:
    assert posts_of(parse(inner.encode())) == []


def test_eight_times_as_many_posts_take_eight_times_as_many_calls() -> None:
    def work(count: int) -> int:
        quoted = f"<blockquote>{LONG[0]}</blockquote>"
        tree = parse("".join(board(n, f"{quoted}{n} {LONG[1]}") for n in range(count)).encode())
        return calls_of(lambda: posts_of(tree))

    assert work(480) < 20 * work(60)
