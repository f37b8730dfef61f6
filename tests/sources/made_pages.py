# ruff: noqa: E501 - pages and sentences are read more easily one to a line
"""News pages of our own making, with the faults of real ones and a text that is known.

Each page is put together from a frame (how a kind of site marks its article up) and the trimmings
that such sites put around and into it. Nothing here is taken from a real page.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from typing import NamedTuple

from tests.sources.made_prose import PEOPLE, PLACES, Prose

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip


class Page(NamedTuple):
    """A page, and what stands in it."""

    html: str
    title: str
    author: str
    published: str
    """ISO 8601."""
    body: tuple[str, ...]
    """The true text: its blocks in order, the title not among them."""


class _Maker:
    def __init__(self, seed: int) -> None:
        self.prose = Prose(seed)
        self.draw = self.prose.random
        self.title = self.prose.headline()
        self.author = self.draw.choice(PEOPLE)
        self.date = (
            self.draw.randint(2016, 2024),
            self.draw.randint(1, 12),
            self.draw.randint(1, 28),
        )
        self.site = f"The {self.draw.choice(PLACES).removeprefix('the ')} {self.draw.choice(('Courier', 'Post', 'Echo'))}"
        self.body: list[str] = []
        self.parts: list[tuple[str, str]] = []
        self._write()

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    @property
    def iso(self) -> str:
        return "{:04}-{:02}-{:02}".format(*self.date)

    @property
    def written_date(self) -> str:
        year, month, day = self.date
        return self.draw.choice(
            (f"{MONTHS[month - 1]} {day}, {year}", f"{day} {MONTHS[month - 1]} {year}")
        )

    def _write(self) -> None:
        """The article: paragraphs, at times subheadings, a list, a quotation, a table."""
        for number in range(self.draw.randint(5, 18)):
            if number > 2 and self.chance(0.12):
                self._put("h", self.prose.subheading())
            self._put("p", self.prose.paragraph())
            if self.chance(0.06):
                for _ in range(3):
                    self._put("li", self.prose.sentence())
            if self.chance(0.06):
                self._put("q", self.prose.sentence())
            if self.chance(0.08):
                self._put(
                    "p",
                    self.draw.choice(("But why?", "It did not.", "Until now.", "“No,” she said.")),
                )

    def _put(self, kind: str, text: str) -> None:
        self.body.append(text)
        self.parts.append((kind, text))

    def inline(self, text: str) -> str:
        """Markup within a paragraph: links, emphasis, spans."""
        words = text.split(" ")
        if len(words) > 12 and self.chance(0.4):
            start = self.draw.randint(1, len(words) - 5)
            words[start] = f'<a href="https://elsewhere.test/{start}">' + html.escape(words[start])
            words[start + 2] = html.escape(words[start + 2]) + "</a>"
            plain = {start, start + 2}
            return " ".join(w if i in plain else html.escape(w) for i, w in enumerate(words))
        if len(words) > 12 and self.chance(0.2):
            return f"<strong>{html.escape(' '.join(words[:3]))}</strong> {html.escape(' '.join(words[3:]))}"
        return html.escape(text)

    # trimmings within the article

    def figure(self) -> str:
        caption = f"{self.prose.sentence()} Photograph: {self.draw.choice(PEOPLE)}/Harbour Pictures"
        return self.draw.choice((
            f'<figure><img src="a.jpg" alt="x"><figcaption>{caption}</figcaption></figure>',
            f'<div class="wp-caption aligncenter"><img src="a.jpg"><p class="wp-caption-text">{caption}</p></div>',
            f'<div class="article-image"><img src="a.jpg"><span class="image-caption">{caption}</span></div>',
            f'<div class="media"><img src="a.jpg"><p class="credit">Image copyright Harbour Pictures</p><p class="media-caption">{caption}</p></div>',
            f'<p><img src="a.jpg"></p><p><em>Photo: {self.draw.choice(PEOPLE)}</em></p>',
        ))  # fmt: skip

    def insert(self) -> str:
        teaser = html.escape(self.prose.headline())
        return self.draw.choice((
            f'<p><strong>READ MORE: <a href="/n/1">{teaser}</a></strong></p>',
            f'<p><a href="/n/2">{teaser}</a></p>',
            f'<p>Also read | <a href="/n/2">{teaser}</a></p>',
            f'<div class="inline-related"><h3>Related</h3><ul><li><a href="/n/3">{teaser}</a></li><li><a href="/n/4">{self.prose.teaser()}</a></li></ul></div>',
            '<div class="ad-slot"><p>Advertisement</p></div>',
            '<p class="story-continues">Story continues below</p>',
            '<div class="newsletter-signup"><h4>Get the morning briefing</h4><p>Sign up to our newsletter and have the best stories sent to your inbox every day.</p></div>',
            f'<div class="box"><h4>More on this</h4><p><a href="/n/5">{teaser}</a></p><p><a href="/n/6">{self.prose.headline()}</a></p></div>',
            f'<aside class="pull"><p>{self.prose.sentence()}</p></aside>',
        ))  # fmt: skip

    def byline(self) -> str:
        return self.draw.choice((
            f'<p class="byline">By <a href="/author/x">{self.author}</a></p><time datetime="{self.iso}">{self.written_date}</time>',
            f'<div class="meta"><span>By {self.author}</span> <span>{self.written_date}</span></div>',
            f'<p>By {self.author}</p><p>{self.written_date}</p>',
            f'<p>By {self.author}, Staff Writer</p><p>Published: 10:{self.draw.randint(10, 59)} GMT, {self.written_date}</p>',
            f'<div>{self.author}</div><div>Updated {self.written_date} at 9:15 am</div><div>4 min read</div>',
        ))  # fmt: skip

    def share(self) -> str:
        return self.draw.choice((
            '<div class="share-bar"><ul><li><a href="#">Share on Facebook</a></li><li><a href="#">Tweet</a></li></ul></div>',
            "<ul><li>Facebook</li><li>Twitter</li><li>WhatsApp</li><li>Email</li></ul>",
            f"<div><span>{self.draw.randint(2, 900)} shares</span> <span>12 Comments</span></div>",
            '<p>Share this article</p>',
        ))  # fmt: skip

    def tail(self) -> str:
        pieces: tuple[Callable[[], str], ...] = (
            lambda: (
                f'<div class="author-bio"><p>{self.author} writes about towns and water for {self.site}.</p></div>'
            ),
            lambda: '<p class="tags">Tags: <a href="/t/1">Trams</a>, <a href="/t/2">Floods</a></p>',
            lambda: f"<div><h3>Related Articles</h3><ul>{self._cards('li')}</ul></div>",
            lambda: (
                f'<section class="recirc"><h2>You may also like</h2>{self._cards("div")}</section>'
            ),
            lambda: f"<p>© 2024 {self.site}. All rights reserved.</p>",
            lambda: "<p>Follow us on Twitter and Facebook for more stories like this.</p>",
            lambda: f"<h4>Most read</h4><ol>{self._cards('li')}</ol>",
            lambda: self._comments(),
            lambda: (
                f"<p><em>Have a story for us? Email newsroom@{self.site.split()[-1].lower()}.test.</em></p>"
            ),
            self.share,
        )
        return "".join(piece() for piece in pieces if self.chance(0.35))

    def _cards(self, tag: str) -> str:
        return "".join(
            f'<{tag} class="card"><a href="/c/{n}"><h4>{self.prose.headline()}</h4></a>'
            + (f"<p>{self.prose.sentence()}</p>" if self.chance(0.4) else "")
            + f"</{tag}>"
            for n in range(self.draw.randint(3, 6))
        )

    def _comments(self) -> str:
        items = "".join(
            f'<li class="comment"><b>{self.draw.choice(PEOPLE)}</b> <span>{n} hours ago</span><p>{self.prose.paragraph()}</p><a href="#">Reply</a></li>'
            for n in range(1, self.draw.randint(2, 6))
        )
        return self.draw.choice((
            f'<div id="comments"><h3>Comments</h3><ol class="comment-list">{items}</ol></div>',
            f'<section class="discussion"><h3>3 Responses</h3><ul>{items}</ul></section>',
        ))  # fmt: skip

    # around the article

    def nav(self) -> str:
        links = "".join(
            f'<li><a href="/{s.lower()}">{s}</a></li>'
            for s in ("News", "Business", "Sport", "Opinion", "Weather")
        )
        return self.draw.choice((
            f'<nav><ul>{links}</ul></nav>', f'<div id="menu"><ul>{links}</ul></div>',
            f'<div class="topbar"><ul>{links}</ul></div>',
        ))  # fmt: skip

    def cookie(self) -> str:
        text = "We use cookies to make this site work and to understand how it is used. By continuing you agree to our policy."
        return self.draw.choice((
            f'<div id="cookie-banner"><p>{text}</p><button>Accept</button></div>',
            f'<div class="gdpr"><div><p>{text}</p></div><a href="#">Accept all</a></div>', "",
        ))  # fmt: skip

    def sidebar(self) -> str:
        return self.draw.choice((
            f'<div class="sidebar"><h3>Latest news</h3>{self._cards("div")}</div>',
            f'<aside><h3>Trending</h3><ul>{self._cards("li")}</ul></aside>',
            f'<div class="col-4"><h3>Top stories</h3>{self._cards("div")}<p>{self.prose.sentence()}</p></div>', "",
        ))  # fmt: skip

    def footer(self) -> str:
        return self.draw.choice((
            f"<footer><p>© {self.site}. Registered at {PLACES[0]}.</p></footer>",
            f'<div id="bottom"><p>{self.site} is published daily except Sundays. Terms of use. Privacy.</p></div>',
        ))  # fmt: skip

    def head(self) -> str:
        facts = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": self.title,
                 "datePublished": f"{self.iso}T09:15:00+00:00", "author": {"@type": "Person", "name": self.author}}  # fmt: skip
        if self.chance(0.3):
            facts["articleBody"] = "\n\n".join(text for kind, text in self.parts if kind != "h")
        data = (
            f'<script type="application/ld+json">{json.dumps(facts)}</script>'
            if self.chance(0.5)
            else ""
        )
        og = (
            f'<meta property="og:title" content="{html.escape(self.title)}"><meta property="og:site_name" content="{self.site}">'
            f'<meta property="article:published_time" content="{self.iso}T09:15:00Z"><meta name="author" content="{self.author}">'
        )
        return (
            f'<head><meta charset="utf-8"><title>{html.escape(self.title)} | {self.site}</title>'
            f"{og if not data or self.chance(0.6) else ''}{data}</head>"
        )

    def blocks(self, paragraph: str = "<p>{}</p>") -> str:
        """The article's blocks, with trimmings between some."""
        out = []
        open_list = False
        for number, (kind, text) in enumerate(self.parts):
            if (kind == "li") != open_list:
                out.append("<ul>" if kind == "li" else "</ul>")
                open_list = kind == "li"
            inner = self.inline(text)
            if kind == "h":
                out.append(self.draw.choice((f"<h2>{inner}</h2>", f"<h3>{inner}</h3>")))
            elif kind == "li":
                out.append(f"<li>{inner}</li>")
            elif kind == "q":
                out.append(f"<blockquote><p>{inner}</p></blockquote>")
            else:
                out.append(paragraph.format(inner))
            if kind == "p" and number < len(self.parts) - 1 and not open_list:
                if self.chance(0.1):
                    out.append(self.figure())
                if self.chance(0.12):
                    out.append(self.insert())
        if open_list:
            out.append("</ul>")
        return "".join(out)

    def second_article(self) -> str:
        other = _Maker(self.draw.randint(10_000, 99_999))
        return (
            f'<article class="next-article"><h1>{other.title}</h1><p class="byline">By {other.author}</p>'
            f"{other.blocks()}</article>"
        )


Frame = Callable[[_Maker], str]


def _semantic(m: _Maker) -> str:
    return (
        f"<main><article><header><h1>{m.title}</h1>{m.byline()}{m.share()}</header>"
        f'<div class="article-body">{m.blocks()}</div>{m.tail()}</article>{m.sidebar()}</main>'
    )


def _blog(m: _Maker) -> str:
    return (
        f'<div id="content" class="site-content has-sidebar"><div class="post type-post hentry"><h1 class="entry-title">{m.title}</h1>'
        f'{m.byline()}<div class="entry-content">{m.blocks()}{m.share()}{m.tail()}</div></div>{m.sidebar()}</div>'
    )


def _soup(m: _Maker) -> str:
    return (
        f'<div class="w1"><div class="w2"><div class="c-8"><div><h1>{m.title}</h1></div><div>{m.byline()}</div>'
        f"<div>{m.figure()}{m.blocks('<div>{}</div>')}</div>{m.share()}{m.tail()}</div>{m.sidebar()}</div></div>"
    )


def _wrapped(m: _Maker) -> str:
    """Each paragraph in a section of its own, some in classes that name nothing."""
    holders = (
        '<div class="zn-body__paragraph">{}</div>',
        '<section class="StoryBodyCompanionColumn"><div><p>{}</p></div></section>',
    )
    return f'<div class="l-container"><h1>{m.title}</h1>{m.byline()}{m.blocks(m.draw.choice(holders))}{m.tail()}</div>{m.sidebar()}'


def _breaks(m: _Maker) -> str:
    text = m.blocks("{}<br><br>")
    return f'<table><tr><td>{m.nav()}</td><td><font size="5">{m.title}</font><br>{m.byline()}<br>{text}{m.share()}</td></tr></table>{m.tail()}'


def _unlucky(m: _Maker) -> str:
    """Body classes that hold a word of which extractors make much."""
    name = m.draw.choice(
        (
            "story-embed-body",
            "slide-body",
            "content-bar__main",
            "post-metabox text",
            "expandable-text",
            "teaser-text",
        )
    )
    middle = len(m.parts) // 2
    first, second = m.parts[:middle], m.parts[middle:]
    m.parts = first
    upper = m.blocks()
    m.parts = second
    lower = m.blocks()
    m.parts = first + second
    return (
        f"<article><h1>{m.title}</h1>{m.byline()}<div><div>{upper}</div>"
        f'<div class="{name}">{lower}</div></div>{m.tail()}</article>{m.sidebar()}'
    )


def _endless(m: _Maker) -> str:
    return (
        f'<main><article class="story"><h1>{m.title}</h1>{m.byline()}<div class="story-content">{m.blocks()}</div>{m.share()}</article>'
        f"{m.second_article()}</main>"
    )


def _standfirst(m: _Maker) -> str:
    lead = m.prose.sentence()
    m.body.insert(0, lead)
    return (
        f'<article><h1>{m.title}</h1><p class="standfirst">{lead}</p>{m.byline()}{m.figure()}'
        f'<div itemprop="articleBody">{m.blocks()}</div>{m.tail()}</article>{m.sidebar()}'
    )


FRAMES: tuple[Frame, ...] = (
    _semantic, _blog, _soup, _wrapped, _breaks, _unlucky, _endless, _standfirst,
)  # fmt: skip


def make_page(seed: int) -> Page:
    """The page of a seed; pages whose seeds differ by the number of frames share their frame."""
    maker = _Maker(seed)
    content = FRAMES[seed % len(FRAMES)](maker)
    text = (
        f'<!DOCTYPE html><html lang="en">{maker.head()}<body>{maker.cookie()}'
        f"{maker.nav()}{content}{maker.footer()}</body></html>"
    )
    return Page(text, maker.title, maker.author, maker.iso, tuple(maker.body))
