"""The names that a page's makers gave its parts, by which parts that are not its article are
recognised.

The names are whole words of ``class``, ``id``, ``role`` and the like (``share-bar`` has the words
share and bar), never parts of words: ``barrier`` is not a bar.
"""

from __future__ import annotations

import re
from itertools import islice, pairwise

from lxml.html import HtmlElement

NAME_WORD = re.compile(r"(?<![0-9])(?:[A-Z]+(?![a-z])|[A-Z]?[a-z]+)")
MADE_ID = re.compile(r"(?=[a-f]*[0-9])[0-9a-f]{4,}")
"""A pattern of an id that a program made of hexadecimal digits: ``ad98`` is no advertisement."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_REMARK = re.compile(
    r"callout|admonition|(?<![a-z])(?:note|tip|hint|warning|caution|footnote)(?![a-z])", re.I
)
_REMARK_ROLES = frozenset("note doc-tip doc-notice doc-footnote doc-example".split())
"""Roles of such boxes (WAI-ARIA 1.2, DPUB-ARIA 1.1)."""
_BESIDE = 3
"""Number of sections to either side of one by which its id is judged."""
TEXT_TAGS = frozenset("p li dt dd h1 h2 h3 h4 h5 h6 blockquote pre figure".split())
NAME_ATTRIBUTES = (
    "class",
    "id",
    "role",
    "itemprop",
    "data-component",
    "data-testid",
    "data-module",
)

PART_NAMES = frozenset(
    "related relatedlinks relatedposts recommended recommendation recommendations "
    "recirculation recirc trending popular readmore outbrain taboola zergnet revcontent mgid "
    "disqus livefyre comment comments respond share sharing shares sharebar sharedaddy "
    "addthis addtoany social socials follow newsletter newsletters subscribe subscription "
    "signup optin promo promos promotion sponsor sponsored advert advertisement advertising "
    "ad ads adslot dfp cookie cookies consent gdpr paywall regwall breadcrumb breadcrumbs "
    "crumbs byline bylines author authors authorbox bio pubdate dateline timestamp datetime "
    "caption captions figcaption credit credits copyright pagination pager navigation nav "
    "navbar menu toolbar sidebar footer masthead tags taglist topics keywords donate donation "
    "poll pullquote quiz rating mostread mostviewed yarpp toc ticker login popup modal lightbox "
    "gallery slideshow carousel metadata feedback".split()
)
"""Words that name a part of a page that is not its article."""

_COMMENTS = frozenset(
    "comentario comentarios comentários commentaire commentaires kommentar kommentare kommentarer "
    "commento commenti reactie reacties reactions komentarz komentarze komentar yorum yorumlar "
    "binhluan".split()
)
"""Names of comments in other languages."""
_TEASERS = frozenset(
    "relacionado relacionados relacionada relacionadas correlati correlato verwandte "
    "lesenswert lireaussi gerelateerd powiazane ilgili".split()
)
PART_NAMES = PART_NAMES | _COMMENTS | _TEASERS

JOINED_NAME = re.compile(
    r"(?:comment|related|recommend|newsletter|outbrain|taboola|sidebar|advert|sponsor|breadcrumb|cookie|share|social)"
    r"(?:s|ed)?(?:list|item|text|body|head|header|box|block|area|wrap|wrapper|container|section|form|bar|buttons?|links?|"
    r"icons?|msg|message|notice|popup|policy|tools|articles|stories|posts|news|content|thread|banner|widget|module|ment)"
)
"""The same names joined with the kind of the part: ``commentlist``."""

APART_NAMES = _COMMENTS | frozenset(
    "comment comments disqus livefyre respond related recommended outbrain taboola gallery "
    "slideshow carousel".split()
)
"""Names of parts that may well be longer than the article beside them."""

SURE_NAMES = _COMMENTS | frozenset(
    "comment comments disqus livefyre respond related recommended outbrain taboola cookie "
    "consent footer sidebar newsletter aside form nav address caption figcaption".split()
)
"""Names that are never given to the paragraphs of an article itself, however many have them."""

PART_PAIRS = frozenset(
    {
        ("read", "more"), ("read", "next"), ("read", "also"), ("also", "read"), ("see", "also"),
        ("more", "stories"), ("more", "news"), ("more", "from"), ("more", "on"), ("more", "links"),
        ("most", "read"), ("most", "popular"), ("most", "viewed"), ("top", "stories"),
        ("latest", "news"), ("latest", "stories"), ("latest", "posts"), ("recent", "posts"),
        ("up", "next"), ("next", "post"), ("previous", "post"), ("next", "article"),
        ("post", "meta"), ("entry", "meta"), ("article", "meta"), ("post", "info"),
        ("article", "info"), ("story", "meta"), ("meta", "info"), ("meta", "data"),
        ("entry", "footer"), ("post", "footer"), ("article", "footer"), ("post", "date"),
        ("entry", "date"), ("publish", "date"), ("published", "date"), ("article", "date"),
        ("published", "dates"), ("last", "updated"), ("key", "events"), ("page", "feedback"),
        ("call", "action"), ("about", "author"), ("you", "may"), ("dont", "miss"),
        ("pull", "quote"),
        ("image", "source"), ("photo", "source"), ("site", "header"), ("page", "header"),
    }
)  # fmt: skip
"""Pairs of words in a row that name such a part only together."""


def part_name(element: HtmlElement) -> str | None:
    """Return the word in an element's names that shows it to be no part of the article, or None."""
    if element.tag in ("footer", "form", "figcaption", "nav", "address") or (
        element.tag == "aside" and not is_remark(element)
    ):
        return str(element.tag)
    for attribute in NAME_ATTRIBUTES:
        value: str | None = element.get(attribute)
        if not value or len(value) > 400:
            continue
        if attribute == "id" and element.tag in TEXT_TAGS and MADE_ID.fullmatch(value):
            continue
        name = _named(value)
        if name and not (attribute == "id" and _is_made_of_heading(element)):
            return name
    return None


def is_remark(element: HtmlElement) -> bool:
    """Return whether an element is a box for a remark of the author's, such as a hint."""
    return (element.get("role") or "") in _REMARK_ROLES or bool(
        _REMARK.search(element.get("class") or "")
    )


def _named(value: str) -> str | None:
    """Return the word in an attribute's value that names a part of a page, or None."""
    words: list[str] = [word.lower() for word in NAME_WORD.findall(value)]
    if sum(len(word) <= 2 for word in words) > 2:
        words = [word for word in words if len(word) > 2]  # made by a program: "ab ac ad ae"
    for word in words:
        if word in PART_NAMES:
            return word
        if joined := JOINED_NAME.fullmatch(word):
            return "comments" if joined[0].startswith("comment") else word
        if word.endswith("caption"):
            return "caption"  # "thumbcaption", "imagecaption"
    for pair in pairwise(words):
        if pair in PART_PAIRS:
            return " ".join(pair)
    return None


def _is_made_of_heading(element: HtmlElement) -> bool:
    """Return whether an element's id was made of its heading, as the programs for documentation do:
    a chapter "Menu" is no menu. Of a section it is known by one beside it, whose heading names no
    part of a page."""
    if element.tag in _HEADINGS:
        return _is_slug(element, element)
    if not _is_slug(element, next(element.iter(*_HEADINGS), None)):
        return False
    beside = (
        *islice(element.itersiblings(element.tag), _BESIDE),
        *islice(element.itersiblings(element.tag, preceding=True), _BESIDE),
    )
    return any(
        _is_slug(section, next(section.iter(*_HEADINGS), None))
        and PART_NAMES.isdisjoint(NAME_WORD.findall(section.get("id") or ""))
        for section in beside
    )


def _is_slug(element: HtmlElement, heading: HtmlElement | None) -> bool:
    """Return whether an element's id has the words of a heading, and no others."""
    if heading is None or not (value := element.get("id")):
        return False
    words = "".join(re.findall(r"[^\W_]+", str(heading.text_content())))
    return words != "" and words.lower() == "".join(re.findall(r"[^\W_]+", value)).lower()


class Elsewhere:
    """The parts of a page about something else than its article: comments, other articles, the
    site. For lookups of many elements of one tree."""

    def __init__(self, tree: HtmlElement) -> None:
        self._known: dict[HtmlElement, bool] = {}
        self._half = len(str(tree.text_content())) / 2

    def holds(self, element: HtmlElement) -> bool:
        """Return whether an element is such a part or inside one. What microdata calls a property
        of an article that has a heading belongs to that article, wherever it is."""
        if element.get("itemprop"):
            items = element.iterancestors()
            item = next((i for i in items if _ARTICLE.search(i.get("itemtype") or "")), None)
            if item is not None and (item.find(".//h1") is not None or item.tag == "article"):
                return False
        around: list[HtmlElement] = []
        held = False
        for part in (element, *element.iterancestors()):
            if part in self._known:
                held = self._known[part]
                break
            around.append(part)
        for part in reversed(around):
            held = held or self._is_part(part)
            self._known[part] = held
        return held

    def _is_part(self, element: HtmlElement) -> bool:
        if element.tag in ("body", "html"):
            return False
        named = element.tag in ("aside", "nav") or part_name(element) in _ELSEWHERE
        if element.tag == "footer" or part_name(element) == "footer":
            # an article's own footer says who wrote it and when
            named = not any(
                part.tag == "article" or _ARTICLE.search(part.get("itemtype") or "")
                for part in element.iterancestors()
            )
        # the name of an element with the page's main heading or most of its text says nothing
        return (
            named
            and element.find(".//h1") is None
            and len(str(element.text_content())) < self._half
        )


_ARTICLE = re.compile(r"(?:Article|Posting)$")
_ELSEWHERE = _COMMENTS | frozenset(
    "sidebar nav navigation menu related relatedlinks relatedposts recommended recommendation "
    "recommendations trending popular mostread mostviewed newsletter promo copyright comment "
    "comments disqus livefyre respond outbrain taboola carousel".split()
)
