"""Front matter as other programs write it: TOML between ``+++`` lines (Hugo), a JSON object (Hugo),
and lines of ``Key: value`` (Pelican, MultiMarkdown). Nothing but invalid TOML is an error, because
anything else may be the text itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from bot.core.errors import ArticleError
from bot.sources.formats.catalogue_names import in_order
from bot.sources.formats.head_fields import ALIASES, Field, clean

_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<toml>(?:.*\n)*?)\+\+\+[ \t]*(?:\n|\Z)")
_KEY_LINE = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}):(?P<value>[ \t].*)?")
_PELICAN = frozenset(
    "author authors category date keywords lang modified slug status summary tags template".split()
)
"""Keys of which a head of ``Key: value`` lines must have one besides its title."""
_LONGEST = 65_536
_KNOWN = frozenset(alias for aliases in ALIASES.values() for alias in aliases)


def split_foreign(text: str) -> tuple[Mapping[str, Field], str] | None:
    """Take a text apart into its front matter and its body; None if it has none of these forms.
    Raises `ArticleError` for invalid TOML."""
    if text.startswith("+++"):
        return _split_toml(text)
    if text.startswith("{"):
        return _split_json(text)
    return _split_lines(text)


def _split_toml(text: str) -> tuple[Mapping[str, Field], str] | None:
    match = _TOML.match(text[: _LONGEST + 100])
    if match is None:
        return None
    import tomllib

    try:
        table = tomllib.loads(match["toml"])
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(found[1]) + 1 if found else 1
        reason = clean(re.sub(r" *\(at [^()]*\)", "", str(error)))
        raise ArticleError("front_matter.no_toml", line=line, reason=reason) from error
    return dict(_fields(table)), text[match.end() :]


def _split_json(text: str) -> tuple[Mapping[str, Field], str] | None:
    beginning = text[:_LONGEST]
    try:
        table, end = json.JSONDecoder().raw_decode(beginning)
    except (ValueError, RecursionError):
        return None
    if not isinstance(table, dict) or _KNOWN.isdisjoint(map(str.lower, table)):
        return None
    rest = re.match(r"[ \t]*(?:\n|\Z)", text[end:])
    return None if rest is None else (dict(_fields(table)), text[end + rest.end() :])


def _split_lines(text: str) -> tuple[Mapping[str, Field], str] | None:
    head, _, body = text[:_LONGEST].partition("\n\n")
    table: dict[str, str] = {}
    last = ""
    for line in head.split("\n"):
        match = _KEY_LINE.fullmatch(line)
        if match is not None:
            last = match["key"].strip().lower()
            table[last] = (match["value"] or "").strip()
        elif last and line[:1] in (" ", "\t"):
            table[last] = f"{table[last]} {line.strip()}"
        else:
            return None
    if "title" not in table or _PELICAN.isdisjoint(table):
        return None
    fields = {key: Field((value,), False, 0) for key, value in table.items() if value}
    for key in ALIASES["author"]:
        if ";" in table.get(key, ""):
            fields[key] = Field(
                tuple(in_order(name) or name.strip() for name in table[key].split(";")), True, 0
            )
    return fields, text[len(head) + 2 :] if body else ""


def _fields(table: Mapping[str, Any]) -> Iterator[tuple[str, Field]]:
    for key, value in table.items():
        if key.lower() in ALIASES["author"]:
            yield key.lower(), Field(tuple(_names(value)), True, 0)
        elif isinstance(value, str | date | datetime) or type(value) is int:
            written = value.isoformat() if isinstance(value, date) else str(value)
            yield key.lower(), Field((written,), False, 0)


def _names(value: Any) -> Iterator[str]:
    """Yield the names of authors: a word, a list of them, tables with a ``name``."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict) and isinstance(value.get("name"), str):
        yield value["name"]
    elif isinstance(value, list):
        for item in value:
            if not isinstance(item, list):
                yield from _names(item)
