"""Publication date of a web page's article: the one that the page declares, else a date at the
article's head. A date of a comment, of another article, of the site or of a change does not
count."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml.html import HtmlElement

from bot.sources.formats.author_lines import is_stamp
from bot.sources.formats.dates import date_in_url, find_date
from bot.sources.formats.html.blocks.page_blocks import PageBlock
from bot.sources.formats.html.blocks.part_names import Elsewhere
from bot.sources.formats.html.blocks.wording import same_title
from bot.sources.formats.html.head.headline import blocks_at_head, heading_text

_NAMES = (
    "article:published_time og:article:published_time datepublished date.issued "
    "dc.date.issued dcterms.issued dcterms.created dc.date.created dc.date dcterms.date "
    "parsely-pub-date sailthru.date publishdate publish-date publish_date published_date "
    "publication_date pubdate article.published published-date cxenseparse:recs:publishtime "
    "citation_publication_date rnews:datepublished og:pubdate bt:pubdate "
    "originalpublicationdate displaydate publisheddate date_published pub_date dc.created date"
).split()
_PUBLISHED = re.compile(r"\W*(?:published|posted|by\b|publié|veröffentlicht|publicado)", re.I)
_CHANGED = re.compile(
    r"\b(?:updated?|modified|changed|reviewed|accessed|retrieved|aktualisiert|geändert|zuletzt"
    r"|mise? à jour|modifié|actualizad[oa]|aggiornat[oa]|atualizado|bijgewerkt|обновлено)\b"
    r"|更新|güncell?e",
    re.I,
)
_CHANGE_NAME = re.compile(r"last-?(?:updated?|modified|edited)|lastmod|revision-?date", re.I)
"""Name of the box of a date of a change."""
_NO_TIME = re.compile(r"1970-01-01T00:00:00")
"""The beginning of Unix time, which stands for no time at all."""
_TITLE = 4
"""Least number of words of a link that is another article's title, and no author's name."""
_OF_EVENT = re.compile(
    r"^\W*(?:(?:date of )?(?:birth|death|event|meeting|hearing)|born|died"
    r"|when|deadline|due|apply by|valid|opens?|closes?|starts?|begins|ends?|from|until"
    r"|wann|termin|quand|cuándo|quando)\b"
    r"|(?<![\d./:-])\d{1,2}\.?\s*(?:–|-|to|bis|until|au|al)\s*\d{1,2}(?:\.?\s+[^\W\d]|,?\s+\d{4})"
    r"|(?<!\d)\d{1,2}\.?\s+[^\W\d]{3,12}\.?(?:\s+\d{4})?\s*(?:–|-|to|bis|until|au|al)\s*"
    r"\d{1,2}\.?\s+[^\W\d]{3,12}\.?\s+\d{4}"
    r"|\b[^\W\d]{3,12}\.?\s+\d{1,2}(?:,?\s+\d{4})?\s*(?:–|-|to|until)\s*[^\W\d]{3,12}\.?\s+"
    r"\d{1,2},?\s+\d{4}",
    re.I,
)
"""A line with the date of an event or of a birth, or the days from which and to which it lasts."""
_PATHS = (
    '//*[@itemprop="datePublished"]',
    "//time[@pubdate]",
    '//time[contains(@class,"publish") or contains(@class,"entry-date")]',
    '//*[contains(@class,"published")]',
    "//article//time",
    "//time",
)


def find_published(
    tree: HtmlElement,
    elsewhere: Elsewhere,
    linked: Mapping[str, object],
    meta: Mapping[str, str],
    url: str | None,
    blocks: Sequence[PageBlock],
    title: str,
) -> str | None:
    """Return the publication date, ``YYYY-MM-DD``; None if the page does not give it."""
    for value in (linked.get("datePublished"), *(meta.get(key) for key in _NAMES)):
        if isinstance(value, str) and not _NO_TIME.match(value) and (date := find_date(value)):
            return date
    for path in _PATHS:
        for element in tree.xpath(path)[:20]:
            if elsewhere.holds(element) or _is_of_another(element, title) or _is_change(element):
                continue
            value = element.get("datetime") or element.get("content") or element.text_content()
            if date := find_date(str(value)[:100]):
                return date
    if url and (date := date_in_url(url)):
        return date
    if isinstance(made := linked.get("dateCreated"), str) and (date := find_date(made)):
        return date
    return _in_text(elsewhere, blocks, title)


def _is_of_another(element: HtmlElement, title: str) -> bool:
    """Return whether a date is in the box of another article: one with a heading of its own that is
    not the page's title, or in a list of links."""
    for part in element.iterancestors():
        if part.tag in ("body", "html", "main"):
            return False
        if part.tag not in ("article", "li", "section", "div"):
            continue
        headings = [
            heading_text(heading)
            for level in ("h1", "h2", "h3", "h4")
            for heading in part.iter(level)
        ]
        if headings:
            return not any(same_title(heading, title) for heading in headings)
        if part.tag == "li" and part.find(".//p") is None:
            own = set(element.iterancestors())
            titles = [link for link in part.iter("a") if link not in own]
            return any(len(str(link.text_content()).split()) >= _TITLE for link in titles)
    return False


def _is_change(element: HtmlElement) -> bool:
    """Return whether a date is labelled as that of a change."""
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    if "modified" in names or "updated" in names.split():
        return "published" not in names
    if any(
        _CHANGE_NAME.search(e.get("class") or "") for e in [element, *element.iterancestors()][:4]
    ):
        return True
    before = element.getprevious()
    said = (before.tail if before is not None else None) or (
        element.getparent().text if element.getparent() is not None else ""
    )
    return _CHANGED.search((said or "")[-60:]) is not None


def _in_text(elsewhere: Elsewhere, blocks: Sequence[PageBlock], title: str) -> str | None:
    """Return the date in a line near the title that is only a date, or says "published"."""
    for block in blocks_at_head(elsewhere, blocks, title):
        if block.element.tag in ("dt", "dd") or block.kind == "table":
            continue  # when an event is, or a law comes into force
        for line in block.text.split("\n"):
            words = len(line.split())
            said = _PUBLISHED.match(line)
            if (_CHANGED.search(line) or _OF_EVENT.search(line)) and not said:
                continue
            if block.linked >= 0.5 * block.words and not is_stamp(line):
                continue  # the title of another article
            if words <= 20 and (is_stamp(line) or said or words <= 8) and (date := find_date(line)):
                return date
    return None
