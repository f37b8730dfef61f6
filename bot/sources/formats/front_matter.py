"""Front matter: what is known about an article, as YAML between two ``---`` lines.

Values are taken as they are written: YAML's own reading of ``12:30`` or ``010`` as numbers would
put into a citation what nobody wrote. Keys that are not ours are left alone; a value of the wrong
kind is an error that names its line, for a citation must not show a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from bot.core.article import Head
from bot.core.errors import ArticleError

if TYPE_CHECKING:
    import yaml

_FENCED = re.compile(r"---[ \t]*\n(?![ \t]*\n)(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_UNCLOSED = re.compile(r"---[ \t]*\n[\w-]+:")
_DATE = re.compile(r"(?P<date>\d{4}(-\d{2}(-\d{2})?)?)([T ]\d{1,2}:\d{2}.*)?")
_LONGEST = 65_536
"""Characters of front matter; real ones have a few hundred."""


class Field(NamedTuple):
    """What stands behind one key."""

    values: tuple[str, ...] | None
    """One value, or those of a list; None for what is neither."""
    is_list: bool
    line: int
    """The file's line on which the key stands, from 1."""


def split_front_matter(text: str) -> tuple[Mapping[str, Field], str]:
    """Take a file's text apart into its front matter (empty where it has none) and its body.

    ``text`` has LF line ends. A ``---`` with a blank line below it is a rule across the page.
    Raises `ArticleError` with the line where the front matter is no YAML mapping.
    """
    match = _FENCED.match(text)
    if match is None:
        if _UNCLOSED.match(text):
            raise ArticleError("line 1: its front matter has no closing --- line; add one below it")
        return {}, text
    if len(match["yaml"]) > _LONGEST:
        raise ArticleError(
            f"line 1: its front matter is longer than {_LONGEST} characters; shorten it"
        )
    return _load(match["yaml"]), text[match.end() :]


def head_of(fields: Mapping[str, Field], title: str) -> Head:
    """What a front matter says about its article; ``title`` stands in where it has none."""
    read = {key: _string(key, fields[key]) for key in Head._fields if key in fields}
    read = {key: value for key, value in read.items() if value}
    published = read.get("published")
    if published is not None:
        match = _DATE.fullmatch(published)
        if match is None or not _is_date(match["date"]):
            raise _wrong("published", fields, "write it as YYYY-MM-DD")
        read["published"] = match["date"]
    if "url" in read and not re.match(r"https?://[^\s/]+", read["url"], re.IGNORECASE):
        raise _wrong("url", fields, "write it as https://...")
    if "language" in read:
        read["language"] = read["language"].replace("_", "-").split("-")[0].lower()
    return Head(**{"title": title, **read})


def pages_of(fields: Mapping[str, Field]) -> tuple[int, ...]:
    """The page each paragraph begins on, where the front matter says so."""
    if "pages" not in fields:
        return ()
    pages = fields["pages"].values
    if pages is None or not all(re.fullmatch("[0-9]{1,9}", page) for page in pages):
        raise _wrong("pages", fields, "write a list of whole numbers, [1, 1, 2]")
    return tuple(map(int, pages))


def write_front_matter(head: Head, pages: tuple[int, ...] = ()) -> str:
    """The front matter that reads back as this head."""
    import yaml

    fields: dict[str, str] = {
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
    """One line of printable text: what a head may hold, whatever a source says. Empty where
    nothing of it would be seen."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = "".join(" " if char.isspace() else char for char in text)
    kept = [char for char in spaced if unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn")]
    if all(char in _BLANK or unicodedata.category(char)[0] in "CZM" for char in kept):
        return ""
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


_BLANK = "\u115f\u1160\u3164\uffa0\u2800"
"""Letters and signs that show nothing: the Hangul fillers and the empty Braille pattern."""


def _load(text: str) -> dict[str, Field]:
    """The fields of a YAML mapping. Only its nodes are read, nothing is made of them, so that an
    alias costs nothing however often it stands there."""
    import yaml

    try:
        root = _compose(text)
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark) if error.problem_mark else 1
        raise ArticleError(f"line {line}: {_NO_YAML}: {clean(str(error.problem))}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 2
        raise ArticleError(f"line {line}: {_NO_YAML}: {clean(error.reason)}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ArticleError(f"line 1: {_NO_YAML}: {clean(str(error))}") from error
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise ArticleError("line 2: its front matter is no list of `key: value` lines")
    fields: dict[str, Field] = {}
    for key, value in root.value:
        line = _line(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            continue
        if key.value in fields:
            raise ArticleError(
                f"line {line}: its front matter has {clean(key.value)} twice; keep one of them"
            )
        fields[key.value] = Field(*_values(value), line)
    return fields


def _compose(text: str) -> yaml.Node | None:
    """YAML's nodes, by libyaml where it is there, which takes a tenth of the time, and where both
    parsers read alike; what is wrong is for the one in Python to say, with its own words."""
    import yaml

    if yaml.__with_libyaml__ and not _READ_DIFFERENTLY.search(text):
        with suppress(yaml.YAMLError, ValueError, RecursionError):
            return yaml.compose(text, Loader=yaml.CSafeLoader)
    return yaml.compose(text, Loader=yaml.SafeLoader)


_READ_DIFFERENTLY = re.compile("[\t\x85\u2028\u2029\ufeff!?>|]")
_NO_YAML = "its front matter is no YAML"


def _values(node: yaml.Node) -> tuple[tuple[str, ...] | None, bool]:
    """A node's values, and whether they are a list's."""
    import yaml

    is_list = isinstance(node, yaml.SequenceNode)
    values = []
    for item in node.value if is_list else [node]:
        if not isinstance(item, yaml.ScalarNode):
            return None, is_list
        if item.tag != "tag:yaml.org,2002:null":
            values.append(item.value)
    return tuple(values), is_list


def _line(mark: yaml.Mark) -> int:
    return mark.line + 2  # lines count from 1, and the first is the --- above


def _string(key: str, field: Field) -> str:
    if field.values is None or (field.is_list and key != "author"):
        raise ArticleError(
            f"line {field.line}: its front matter has {key}: that is no single value; "
            "write one line"
        )
    return ", ".join(filter(None, map(clean, field.values)))


def _wrong(key: str, fields: Mapping[str, Field], wanted: str) -> ArticleError:
    found = ", ".join(fields[key].values or ())
    shown = clean(found) if len(found) <= 60 else clean(found[:60]) + "..."
    return ArticleError(f"line {fields[key].line}: its front matter has {key}: {shown!a}; {wanted}")


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "0000-01-01"[len(text) :])
    except ValueError:
        return False
    return True
