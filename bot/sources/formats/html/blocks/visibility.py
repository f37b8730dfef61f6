"""Detection of the elements of a page that a reader sees, as far as possible without its style
sheets."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_INVISIBLE = frozenset(
    "area applet audio base button canvas col colgroup datalist dialog embed fencedframe "
    "frame frameset iframe input link map menu menuitem meta meter nav noembed "
    "noframes noindex noscript object optgroup option output param progress rp rt rtc script "
    "select source style svg template textarea title track video amp-ad amp-img amp-video "
    "amp-iframe amp-social-share picture img".split()
)
_STRUCK_OUT = frozenset("del s strike".split())
"""Elements of struck-out words, which are no longer the author's."""
_FOR_SCREEN_READERS = re.compile(
    r"(?:^|\s)(?:sr-only|screen-reader(?:-text)?|(?:u-)?visually-?hidden|a11y-hidden|off-?screen"
    r"|element-invisible|assistive-text)(?:\s|$)"
)
_TOOLS = re.compile(
    r"(?:^|\s)(?:mw-editsection\S*|headerlink|header-anchor|heading-anchor|anchor-link|anchorjs-link"
    r"|footnote-back(?:ref|link)|footnotes-backref|data-footnote-backref|mw-cite-backlink|navbar)(?:\s|$)"
)
"""Classes of the tools that a publishing system adds to a heading or a footnote."""
_LINE_NUMBERS = re.compile(r"(?:^|\s)(?:line-?nos?|line-?numbers?(?:-rows)?|lineno\S*)(?:\s|$)")
"""Classes of the numbers beside lines of code. Prism gives one of them to the code itself, too."""
_LETTER = re.compile(r"[^\W\d_]")
_SIGN = re.compile(r"[\W_]{1,3}")


def hidden(element: HtmlElement) -> bool:
    """Return whether an element is invisible to a reader, or is a tool rather than text."""
    if element.tag in _INVISIBLE or element.tag in _STRUCK_OUT:
        return True
    if element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" and element.tag not in ("p", "article", "main"):
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    if "display:none" in style or "visibility:hidden" in style:
        return True
    if "text-decoration" in style and "line-through" in style:
        return True
    names = element.get("class") or ""
    return bool(
        names
        and (_FOR_SCREEN_READERS.search(names) or _TOOLS.search(names) or _is_numbers(element))
    ) or _is_anchor(element)


def _is_numbers(element: HtmlElement) -> bool:
    """Return whether an element has the numbers of lines of code, and nothing else."""
    if not _LINE_NUMBERS.search(element.get("class") or ""):
        return False
    return _LETTER.search(str(element.text_content())) is None


def _is_anchor(element: HtmlElement) -> bool:
    """Return whether an element is a sign (``¶``, ``#``, ``↩``) that links to an anchor on the same
    page."""
    return (
        element.tag == "a"
        and (element.get("href") or "").startswith("#")
        and _SIGN.fullmatch(str(element.text_content()).strip()) is not None
    )


def footnote_sign(element: HtmlElement) -> str | None:
    """Return the sign of a footnote without brackets, such as ``1`` or ``a``, if an element is one:
    a superscript link to an anchor on the same page; None for any other element."""
    if element.tag == "sup":
        parent = element.getparent()
        link = parent if parent is not None and parent.tag == "a" else element.find(".//a")
    elif element.get("role") == "doc-noteref" or "footnote-ref" in (element.get("class") or ""):
        link = element if element.tag == "a" else element.find(".//a")
    else:
        return None
    if link is None or "#" not in (link.get("href") or ""):
        return None
    sign = str(element.text_content()).strip()
    return sign if re.fullmatch(r"\w{1,4}", sign) else None
