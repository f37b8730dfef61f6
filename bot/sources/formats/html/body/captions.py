"""The captions of a page's pictures that the article's author wrote: sentences below pictures among
its paragraphs, without a credit. A caption with a credit comes with the picture, from an agency."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from lxml.html import HtmlElement

from bot.sources.formats.html.blocks.page_blocks import PageBlock
from bot.sources.formats.html.blocks.page_parts import Parts, is_linked, is_prose
from bot.sources.formats.html.blocks.wording import words_of
from bot.sources.formats.html.body.boilerplate import AGENCY, is_caption, is_label

_WORDS = 8
"""Number of words below which a caption names what is shown, and says nothing about it."""
_CREDIT_WORDS_BESIDE = 4
"""Maximum number of words beside a name in a credit."""
_AROUND = 5
"""Maximum number of elements from a caption up to the one that holds its picture, too."""
_NAMES = frozenset(("caption", "captions", "figcaption", "figure"))
_CREDIT_NAME = re.compile(
    r"credit|source|copyright|photograph|byline|(?:photo|image|picture)-by\b", re.I
)
_CREDIT_WORDS = re.compile(
    r"©|^\s*credit|\b(?:photo|photograph|image|picture|illustration|credit|source|foto|bild)s?"
    rf"(?:\s*:|\s+(?:by|courtesy)\b)|\b{AGENCY}\b|\[[^\[\]/|]{{2,50}}[/|][^\[\]]{{2,50}}\]\W*$",
    re.I,
)
_CREDIT_TAGS = ("cite", "small")
_ENDS = " \t\n.)]|"
"""Characters that may follow a credit at the end of a caption."""
_PICTURES = ("img", "picture", "amp-img", "svg")
_PLAYERS = ("video", "audio", "iframe", "amp-video", "object", "embed")


def own_captions(blocks: Sequence[PageBlock], kept: Sequence[bool], parts: Parts) -> set[int]:
    """Return the ordinals of the author's own captions between the first and the last paragraph of
    the article. ``kept`` tells which blocks were taken for it."""
    prose = [
        n
        for n, (block, is_kept) in enumerate(zip(blocks, kept, strict=True))
        if is_kept and is_prose(block)
    ]
    if not prose:
        return set()
    figures = _Figures()
    return {
        number
        for number in range(prose[0], prose[-1])
        if not kept[number]
        and parts.name(blocks[number]) in _NAMES
        and _is_own(blocks[number], parts, figures)
    }


def drop_own_credits(tree: HtmlElement, authors: Sequence[str]) -> None:
    """Remove from a page's captions the names of those who wrote the article: these captions are
    theirs, too."""
    names = {author.casefold() for author in authors}
    if not names:
        return
    for figure in list(tree.iter("figure")):
        for part in list(figure.iter("span", "small", "cite", "p", "div")):
            is_credit = part.tag in _CREDIT_TAGS or _CREDIT_NAME.search(part.get("class") or "")
            if is_credit and _names_one(str(part.text_content()), names):
                part.drop_tree()


def drop_film_names(tree: HtmlElement, title: str | None) -> None:
    """Remove the names of films from a page, as its microdata declares them, where they stand as
    lines of their own: they are no sentences of the article."""
    own = words_of(title or "")
    names = {
        " ".join(words)
        for film in tree.iter()
        if (film.get("itemtype") or "").endswith("VideoObject")
        for part in film.iter()
        if part.get("itemprop") == "name"
        and (words := words_of(part.get("content") or str(part.text_content())))
        and words != own
    }
    if not names:
        return
    for line in list(tree.iter("p", "div", "span", "h2", "h3", "h4")):
        if len(line) == 0 and " ".join(words_of(line.text or "")) in names:
            line.drop_tree()


def _names_one(credit: str, names: Set[str]) -> bool:
    """Return whether a credit names one of several persons, and little else: "Photograph: Ada
    Olsen/Foghorn"."""
    words = f" {' '.join(words_of(credit))} "
    for name in names:
        own = " ".join(words_of(name))
        if own and f" {own} " in words:
            return len(words.split()) - len(own.split()) <= _CREDIT_WORDS_BESIDE
    return False


def _is_own(block: PageBlock, parts: Parts, figures: _Figures) -> bool:
    if block.words < _WORDS or block.kind in ("table", "code") or is_linked(block):
        return False
    if is_label(block.text) or is_caption(block.text):
        return False
    figure = figures.around(block.element)
    if figure is None or figures.has_credit(figure):
        return False
    around = figure.getparent()
    name = None if around is None else parts.name(block._replace(element=around))
    return name is None or name in _NAMES


class _Figures:
    """The pictures of a page with what is written beside them. Each element is looked through once,
    however many captions are in it."""

    def __init__(self) -> None:
        self._held: dict[HtmlElement, str] = {}
        self._credited: dict[HtmlElement, bool] = {}

    def around(self, caption: HtmlElement) -> HtmlElement | None:
        """Return the smallest element that holds a caption and a picture; None where there is none,
        or where it holds a film or a sound, whose caption says what they show."""
        for element in [caption, *caption.iterancestors()][:_AROUND]:
            if element not in self._held:
                self._held[element] = _held(element)
            if self._held[element]:
                return element if self._held[element] == "picture" else None
        return None

    def has_credit(self, figure: HtmlElement) -> bool:
        """Return whether an element names who made the picture in it."""
        if figure not in self._credited:
            self._credited[figure] = _has_credit(figure)
        return self._credited[figure]


def _held(element: HtmlElement) -> str:
    """Return ``player`` or ``picture`` for an element that holds one; "" for any other."""
    held = {part.tag for part in element.iterdescendants()}
    if held.intersection(_PLAYERS):
        return "player"
    return "picture" if held.intersection(_PICTURES) else ""


def _has_credit(figure: HtmlElement) -> bool:
    names = " ".join(
        value
        for part in figure.iter()
        for name in ("class", "itemprop", "data-testid")
        if isinstance(part.tag, str) and (value := part.get(name))
    )
    if any(not (part.tail or "").strip(_ENDS) for part in figure.iter(*_CREDIT_TAGS)):
        return True  # it ends the caption; within it, it may be a book's title or a remark
    return bool(_CREDIT_NAME.search(names) or _CREDIT_WORDS.search(str(figure.text_content())))
