"""The tags of Liquid, Jinja and their like (``{% include a.html %}``), with which Jekyll, Eleventy
and GitBook have Markdown written. What they put in from elsewhere is not known here."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

_TAG = re.compile(
    r"(?<![\\{])\{%[-+~]?\s{0,20}(?P<name>[A-Za-z_][\w.-]{0,60})"
    r"(?:\s(?:[^%{}]|%(?!\})){0,400})?[-+~]?%\}"
)
_COMMENT = re.compile(r"(?<!\\)\{#[ \t-][^{}#]{0,1000}#\}")
_CODE = ("highlight", "codeblock")
_AS_WRITTEN = ("raw", "verbatim")
_UNSEEN = ("comment",)
_FENCE = re.compile(r"^[ ]{0,3}(`{3,})", re.MULTILINE)


def without_tags(body: str, keep: Callable[[str], str], restored: Callable[[str], str]) -> str:
    """Return Markdown without its tags. ``{% highlight %}`` becomes a block of code, and what is
    between ``{% raw %}`` and its end stands as it is: both are handed to ``keep``, which returns
    the sign that stands for a text until all else is read; ``restored`` puts the texts back.
    Comments are left out."""
    body = _COMMENT.sub("", body)
    tags = list(_TAG.finditer(body))
    if not tags:
        return body
    ends: dict[str, list[int]] = {}
    for number, tag in enumerate(tags):
        if tag["name"].startswith("end"):
            ends.setdefault(tag["name"][3:], []).append(number)
    parts: list[str] = []
    at = number = 0
    while number < len(tags):
        tag = tags[number]
        parts.append(body[at : tag.start()])
        name = tag["name"]
        closing = ends.get(name, []) if name in (*_CODE, *_AS_WRITTEN, *_UNSEEN) else []
        place = bisect_right(closing, number)
        if place < len(closing):
            number = closing[place]
            inner = body[tag.end() : tags[number].start()]
            if name in _CODE:
                parts.append(keep(_fenced(restored(inner))))
            elif name in _AS_WRITTEN:
                parts.append(keep(restored(inner)))
        at = tags[number].end()
        number += 1
    return "".join([*parts, body[at:]])


def _fenced(code: str) -> str:
    """Return lines of code as a block that no line of theirs ends."""
    longest = max((len(mark) for mark in _FENCE.findall(code)), default=2)
    fence = "`" * (longest + 1)
    return f"\n{fence}\n{code.strip(chr(10))}\n{fence}\n"
