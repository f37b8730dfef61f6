"""Front matter: what is known about an article, as YAML between two ``---`` lines.

Keys that are not ours are left alone when reading; values of the wrong kind are an error that
names the key, for a citation must not show a guess.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from bot.core.article import Head
from bot.core.errors import ArticleError

_FENCED = re.compile(r"---[ \t]*\n(?P<yaml>.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_LONGEST = 65_536
"""Characters of front matter; real ones have a few hundred."""


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Take a file's text apart into its front matter (empty where it has none) and its body.

    ``text`` has LF line ends. Raises `ArticleError` where the front matter is no YAML mapping.
    """
    match = _FENCED.match(text)
    if match is None:
        if text.startswith("---\n") and re.match(r"[\w-]+:", text[4:]):
            raise ArticleError("its front matter has no closing --- line; add one below it")
        return {}, text
    if len(match["yaml"]) > _LONGEST:
        raise ArticleError(f"its front matter is longer than {_LONGEST} characters; shorten it")
    return _load(match["yaml"]), text[match.end() :]


def head_of(fields: dict[str, Any], title: str) -> Head:
    """What a front matter says about its article; ``title`` stands in where it has none."""
    known = {key: fields[key] for key in Head._fields if fields.get(key) is not None}
    read = {key: _string(key, value) for key, value in known.items()}
    read = {key: value for key, value in read.items() if value}
    published = read.get("published")
    if published is not None and not _is_date(published):
        raise ArticleError(f"its front matter has published: {published!a}; write it as YYYY-MM-DD")
    url = read.get("url")
    if url is not None and not re.match(r"https?://[^\s/]+", url):
        raise ArticleError(f"its front matter has url: {url!a}; write it as https://...")
    if "language" in read:
        read["language"] = read["language"].replace("_", "-").split("-")[0].lower()
    return Head(**{"title": title, **read})


def pages_of(fields: dict[str, Any]) -> tuple[int, ...]:
    """The page each paragraph begins on, where the front matter says so."""
    pages = fields.get("pages", [])
    if not isinstance(pages, list) or not all(isinstance(page, int) for page in pages):
        raise ArticleError("its front matter has pages: that is no list of whole numbers")
    return tuple(pages)


def write_front_matter(head: Head, pages: tuple[int, ...] = ()) -> str:
    """The front matter that reads back as this head."""
    import yaml

    fields: dict[str, Any] = {
        key: value for key, value in head._asdict().items() if value is not None
    }
    text = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10**6)
    if pages:
        text += yaml.safe_dump({"pages": list(pages)}, default_flow_style=True, width=10**6).strip(
            "{}\n"
        )
        text += "\n"
    return f"---\n{text}---\n"


def clean(text: str) -> str:
    """One line of printable text: what a head may hold, whatever a source says."""
    spaced = "".join(" " if char.isspace() else char for char in text)
    kept = (char for char in spaced if unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn"))
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def _load(text: str) -> dict[str, Any]:
    import yaml

    try:
        fields = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise ArticleError(f"its front matter is no YAML: {error.problem}, line {line}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ArticleError(f"its front matter is no YAML: {clean(str(error))}") from error
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise ArticleError("its front matter is no list of `key: value` lines")
    return {str(key): value for key, value in fields.items()}


def _string(key: str, value: object) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return clean(str(value))
    raise ArticleError(f"its front matter has {key}: that is no single value; write one line")


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "0000-01-01"[len(text) :])
    except ValueError:
        return False
    return True
