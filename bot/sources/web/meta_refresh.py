"""The URL to which a page sends its reader on at once (``<meta http-equiv="refresh">``)."""

from __future__ import annotations

import html
import re

_HEAD = 20_000
"""Number of bytes within which a page that only sends on ends."""
_SOONEST = 5
"""Seconds; a page that waits longer is to be read first, or loads itself anew."""
_UNSEEN = re.compile(
    r"(?is)<!--.*?(?:-->|\Z)|<(noscript|script|style|template)\b.*?(?:</\1\s*>|\Z)"
)
"""Markup that a browser does not show; if it is not closed, it hides the rest of the page."""
_META = re.compile(r"(?is)<meta\s[^>]{0,2000}>")
_REFRESH = re.compile(r"""(?i)http-equiv\s*=\s*["']?\s*refresh\b""")
_CONTENT = re.compile(r"""(?is)\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
_TARGET = re.compile(r"""(?is)\s*([\d.]+)\s*[;,\s]\s*(?:url\s*=\s*)?["']?([^"']+?)["']?\s*""")


def refresh_target(data: bytes) -> str | None:
    """Return the link, as it is written, that an HTML page leads on to within seconds; None for a
    page that is to be read itself (WHATWG HTML, "shared declarative refresh steps")."""
    head = data[:_HEAD]
    if b"refresh" not in head.lower():
        return None
    for meta in _META.findall(_UNSEEN.sub(" ", head.decode("utf-8", "replace"))):
        content = _CONTENT.search(meta) if _REFRESH.search(meta) else None
        if content is None:
            continue
        found = _TARGET.fullmatch(html.unescape(next(filter(None, content.groups()), "")))
        if found and found[1].count(".") <= 1 and float("0" + found[1]) <= _SOONEST:
            return found[2]
        return None
    return None
