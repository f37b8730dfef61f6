"""Conversion to CommonMark of Markdown as written for Obsidian, Hugo, Jekyll and Pandoc: comments
that no reader should see, links between notes, ids of headings and blocks, tags. Code is unchanged,
and so is anything after a backslash."""

from __future__ import annotations

import re

from bot.sources.formats.liquid_tags import without_tags

_CODE = re.compile(
    r"^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*(?:\n|\Z)"
    r"(?s:.*?^[ ]{0,3}(?P=fence)[`~]*[ \t]*$|.*)"
    r"|(?<![\\`])(?P<run>`+)(?!`)[^\n]*?(?<!`)(?P=run)(?!`)",
    re.MULTILINE,
)
_COMMENT = re.compile(
    r"[ \t]?(?<![\\%])%%(?!%)(?s:.*?)(?<![\\%])%%(?!%)|^%%[ \t]*\n(?s:.*)", re.MULTILINE
)
"""Comments; a block of comments that is never closed extends to the end."""
_LINK = re.compile(
    r"(?<![\\\w])(?P<embed>!?)\[\[(?P<page>[^\[\]|\n]{0,300})"
    r"(?:\|(?P<words>[^\[\]\n]{0,300}))?\]\](?![(\[:])"
)
_ATTRIBUTES = re.compile(r"(?<!\\)\{(?::[ \t]*)?[#.][^{}\n]{0,200}\}[ \t]*$", re.MULTILINE)
_ATTRIBUTE_LINE = re.compile(
    r"^[ ]{0,3}(?:(?:[*+-]|\d{1,9}[.)])[ \t][^\n]*\n[ ]{0,3})?\{:toc\}[ \t]*(?:\n|\Z)"
    r"|^[ ]{0,3}\{:[^{}\n]{0,200}\}[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
"""A line of attributes as kramdown has it, or the place of a table of contents."""
_CALLOUT = re.compile(
    r"^(?P<quoted>[ ]{0,3}(?:>[ ]?)+)\[![\w-]{1,40}(?:\|[^\]\n]{0,80})?\](?![(\[:])[+-]?[ \t]*",
    re.M,
)
_MARKED = re.compile(r"(?<![=\w\\])==(?=[^\s=])([^\n=]{0,500}?[^\s=])==(?![=\w])")
_SHORTCODE = re.compile(
    r"\{\{(?:<\s*(?:/\s*)?[\w./-]+(?:\s[^{}]{0,400}?)?>"
    r"|%\s*(?:/\s*)?[\w./-]+(?:\s[^{}]{0,400}?)?%)\}\}"
)
"""A tag of Hugo's, such as ``{{< figure src="a.png" >}}``."""
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]")
_UNDERLINE = re.compile(r"\n(?:=+|-+)[ \t]*(?:\n|\Z)")
_BLOCK_ID = re.compile(
    r"[ \t]\^(?=[\d-]*[A-Za-z])[A-Za-z0-9-]{2,60}(?=[ \t]*(?:\n[ \t]*(?:\n|\Z)|\Z))"
)


_MARKS = ("%%", "[[", "{#", "{.", "{:", " ^", "[!", "==", "{{", "{%", "{# ")


def to_commonmark(body: str) -> str:
    """Return the body without its comments (``%% ... %%``), with the words of its links between
    notes (``[[page|words]]``), and without ids (``{#id}`` behind a heading, ``^id`` behind a
    block, ``{: .class}``), without signs of callouts (``[!NOTE]``) and of marked words
    (``==``), and without the tags of Hugo and Liquid."""
    if not any(mark in body for mark in _MARKS):
        return body
    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return f"\0{len(kept) - 1}\0"

    def restored(text: str) -> str:
        return re.sub("\0(\\d+)\0", lambda match: kept[int(match[1])], text) if kept else text

    body = body.replace("\0", "\ufffd")
    if "`" in body or "~~~" in body:
        body = _CODE.sub(lambda match: keep(match[0]), body)
    if "{%" in body or "{# " in body:
        body = without_tags(body, keep, restored)
    body = _COMMENT.sub("", body)
    body = _CALLOUT.sub(r"\g<quoted>", _MARKED.sub(r"\1", _SHORTCODE.sub("", body)))
    body = _ATTRIBUTE_LINE.sub("", body)
    body = _LINK.sub(_words, body)
    body = _without_attributes(body)
    body = _BLOCK_ID.sub("", body)
    return restored(body)


def _without_attributes(body: str) -> str:
    """Return the body without ``{#id .class}`` behind its headings."""
    parts: list[str] = []
    at = 0
    for match in _ATTRIBUTES.finditer(body):
        line = body[body.rfind("\n", 0, match.start()) + 1 : match.start()]
        if _HEADING.match(line) or (line.strip() and _UNDERLINE.match(body, match.end())):
            parts.append(body[at : match.start()].rstrip(" \t"))
            at = match.end()
    return "".join([*parts, body[at:]])


def _words(match: re.Match[str]) -> str:
    if match["embed"]:
        return ""  # another note, or a picture, embedded from elsewhere
    return (match["words"] or match["page"].replace("#", " ")).strip("\\ \t")
