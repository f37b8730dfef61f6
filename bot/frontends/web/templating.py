"""Conversion of a view to a page's bytes: Jinja2 with autoescape on, and the files that pages need.

May be called from any thread.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.frontends.languages import Language

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
STATIC = {"style.css": "text/css", "icon.svg": "image/svg+xml"}
"""The files that are served as they are, each with its type."""


@cache
def static_file(name: str) -> bytes:
    """Return one of `STATIC`."""
    return (_HERE / "static" / name).read_bytes()


@cache
def static_version() -> str:
    """Return a version that changes with any static file: it is part of their URLs, so that a
    browser may cache them for good."""
    together = b"\0".join(static_file(name) for name in sorted(STATIC))
    return hashlib.sha256(together).hexdigest()[:12]


def page(template: str, language: Language, **values: object) -> bytes:
    """Return a page in UTF-8, its own words in a language. What cannot be encoded (half of a
    surrogate pair, which a file's name may hold) becomes a question mark."""
    made = (
        _environment()
        .get_template(template)
        .render(
            style=static_version(),
            locale=language.code.replace("_", "-"),
            gettext=language.gettext,
            ngettext=language.ngettext,
            quoted=language.quoted,
            **values,
        )
    )
    return made.encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=False,
    )
    made.filters["capitalised"] = lambda text: f"{text[:1].upper()}{text[1:]}"
    return made
