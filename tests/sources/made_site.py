# ruff: noqa: E501 - pages are read more easily one frame to a line
"""The parts of `tests.sources.made_sites`' pages: an article, and what sites put around it."""

from __future__ import annotations

import html
import re

from tests.sources.made_prose import PEOPLE, PLACES, Prose

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip

TRAPS = (
    "Video from the scene showed smoke rising above the quay.",
    "Photos from Dunmere show two lorries lying in the ditch.",
    "In a message to members he said of the video: “We will not be moved.”",
    "It won the prize for best picture by a wide margin.",
    "Share prices fell by a tenth on the news.",
    "Follow the money, the auditor wrote.",
    "Source: that is the word on the last page of the report, and nothing stands behind it.",
    "Get your account statement from the branch by Friday, the bank advised.",
    "Not a member of any party, she stands as an independent.",
    "Copyright law has not kept pace, the archive says.",
    "By Monday morning the road was open again.",
    "“Read it,” he said, “and then read it again.”",
    "Comments made at the hearing were struck from the record.",
    "But why?",
    "It did not.",
    "More than 4,000 people wrote to the board.",
    "The council said no.",
    "This story was first published in 1951.",
    "Related costs came to nine million crowns.",
    "Next, the board will vote.",
)
"""Sentences that begin or end like trimmings, and are none."""


class Site:
    """One page's article, and what such sites put around it."""

    def __init__(self, seed: int) -> None:
        self.prose = Prose(90_000 + seed)
        self.draw = self.prose.random
        self.title = self.prose.headline()
        self.author = self.draw.choice(PEOPLE)
        self.date = (self.draw.randint(2017, 2023), self.draw.randint(1, 12), self.draw.randint(1, 28))  # fmt: skip
        self.name = f"{self.draw.choice(PLACES).removeprefix('the ')} Observer"
        self.lead = self.prose.sentence()
        self.body: list[str] = []
        self.traps = self.draw.sample(TRAPS, len(TRAPS))

    @property
    def iso(self) -> str:
        return "{:04}-{:02}-{:02}".format(*self.date)

    @property
    def day(self) -> str:
        return f"{MONTHS[self.date[1] - 1]} {self.date[2]}, {self.date[0]}"

    def say(self, text: str) -> str:
        """A true block's text, noted as such, with markup as writers put it in."""
        self.body.append(text)
        words = [html.escape(word) for word in text.split(" ")]
        if len(words) > 14 and self.draw.random() < 0.5:
            at = self.draw.randint(1, len(words) - 6)
            words[at] = (
                f'<a href="https://{self.draw.randint(1, 99)}.test/a" target="_blank">' + words[at]
            )
            words[at + 3] += "</a>"
        elif len(words) > 14 and self.draw.random() < 0.2:
            words[0], words[2] = "<strong>" + words[0], words[2] + "</strong>"
        return " ".join(words)

    def say_on(self, text: str) -> str:
        """Words that go on in the block before."""
        self.body[-1] += " " + text
        return text

    def texts(self, count: int | None = None) -> list[str]:
        """The article's paragraphs, ready to be put into elements."""
        number = count or self.draw.randint(7, 22)
        out = []
        for at in range(number):
            trap = self.draw.random() < 0.15 and 0 < at < number - 1
            text = self.traps.pop() if trap and self.traps else self.prose.paragraph(1, 3)
            out.append(self.say(text))
        return out

    def heading(self) -> str:
        return self.say(self.prose.subheading())

    def link(self) -> str:
        return f'<a href="/{self.draw.randint(100, 999)}">{html.escape(self.prose.headline())}</a>'

    def links(self, count: int, tag: str = "li", name: str = "") -> str:
        attribute = f' class="{name}"' if name else ""
        return "".join(f"<{tag}{attribute}>{self.link()}</{tag}>" for _ in range(count))

    def caption(self) -> str:
        return html.escape(self.prose.sentence())

    def menu(self) -> str:
        """A menu with its submenus, as long as that of a real site."""
        sections = (
            "World",
            "Politics",
            "Business",
            "Sport",
            "Culture",
            "Science",
            "Travel",
            "Opinion",
        )
        return "".join(
            f'<li><a href="/{s.lower()}">{s}</a><ul>'
            + "".join(f'<li><a href="/{s.lower()}/{n}">{s} {n}</a></li>' for n in range(5))
            + "</ul></li>"
            for s in sections
        )

    def page(self, inner: str, lang: str = "en") -> str:
        """The whole page around what a frame has made."""
        return (
            f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{html.escape(self.title)} - {self.name}</title>'
            f'<meta property="og:title" content="{html.escape(self.title)}"><meta property="og:type" content="article">'
            f'<meta property="og:site_name" content="{self.name}"><meta name="author" content="{self.author}">'
            f'<meta property="article:published_time" content="{self.iso}T08:00:00Z">'
            f'<meta name="description" content="{html.escape(self.lead)}"></head><body class="single single-post">'
            f'<a class="skip-link" href="#main">Skip to content</a><div class="site-header"><ul class="main-nav">{self.menu()}</ul></div>'
            f'{inner}<div class="site-footer"><ul>{self.links(4)}</ul><p>© {self.date[0]} {self.name}</p></div></body></html>'
        )


def in_order(body: list[str], out: list[str]) -> list[str]:
    """The true blocks in the order in which they stand in the page."""
    whole = html.unescape(re.sub(r"<[^>]+>", "", " ".join(out)))
    return sorted(body, key=whole.find)
