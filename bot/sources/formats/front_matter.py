"""Front matter: an article's metadata, as YAML between two ``---`` lines, which is our own form, or
as other programs write it (see `bot.sources.formats.foreign_front_matter`).

Values are taken as they are written: YAML's own reading of ``12:30`` or ``010`` as numbers would
put into a citation what nobody wrote, and its refusal of ``title: Bees: a guide`` would leave out
an article whose title everybody can read. A value of the wrong kind under one of our own keys is an
error that names its line, for a citation must not show a guess; under a key of other programs
(``date``, ``authors``), and where a date cannot be read, it is not known. `notices` names such
dates, and keys that are misspelt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from bot.core.article import Head
from bot.core.errors import ArticleError, Problem
from bot.sources.formats.head_fields import ALIASES, Field, clean

if TYPE_CHECKING:
    import yaml

_FENCED = re.compile(r"---[ \t]*\n(?![ \t]*\n)(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_COLON = re.compile(r"[A-Za-z]\w*:[ \t]")
_UNCLOSED = re.compile(r"---[ \t]*\n[\w-]+:")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
"""A language's code, by ISO 639. Each language of the articles is searched for every question."""
_DATE = re.compile(r"(?P<date>\d{4}(-\d{2}(-\d{2})?)?)([T ]\d{1,2}:\d{2}.*)?")
_MISSPELT = 0.8
"""Likeness of a key to one of ours from which that is meant."""
_LONGEST = 65_536
"""Maximum number of characters of front matter; real ones have a few hundred."""


def split_front_matter(text: str) -> tuple[Mapping[str, Field], str]:
    """Take a file's text apart into its front matter (empty if it has none) and its body.

    ``text`` has LF line ends. A ``---`` with a blank line below it is a rule across the page.
    Raises `ArticleError` with the line where the front matter is no YAML mapping, or no TOML.
    """
    match = _FENCED.match(text)
    if match is None:
        if text.startswith(("+++", "{")) or _COLON.match(text):
            from bot.sources.formats.foreign_front_matter import split_foreign

            found = split_foreign(text)
            if found is not None:
                return found
        if _UNCLOSED.match(text):
            raise ArticleError("front_matter.unclosed", line=1)
        return {}, text
    if len(match["yaml"]) > _LONGEST:
        raise ArticleError("front_matter.long", line=1, longest=_LONGEST)
    return _load(match["yaml"]), text[match.end() :]


def names_title(fields: Mapping[str, Field]) -> bool:
    """Return whether a front matter has a title, be it an empty one."""
    return _field_of("title", fields) is not None


def head_of(fields: Mapping[str, Field], title: str) -> Head:
    """Return the head that a front matter gives; ``title`` stands in if it has none. Raises
    `ArticleError` if one of our own keys has a value of the wrong kind."""
    read: dict[str, str] = {}
    for key in Head._fields:
        found = _field_of(key, fields)
        if found is None:
            continue
        name, field = found
        value = _date(name, field) if key == "published" else _string(name, field)
        if key == "url":
            value = _url(name, value, field)
        if key == "author":
            value = re.sub(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]", r"\1", value)
        if value:
            read[key] = value
    if "language" in read:
        code = read["language"].replace("_", "-").split("-")[0].lower()
        if _LANGUAGE.fullmatch(code):
            read["language"] = code
        else:
            del read["language"]  # the text tells it
    return Head(**{"title": title, **read})


def _field_of(key: str, fields: Mapping[str, Field]) -> tuple[str, Field] | None:
    """Return the field for one of our keys, with the name that it has in the file."""
    if key in fields:
        return key, fields[key]
    if key not in ALIASES:
        return None
    lowered = {name.lower(): name for name in fields}
    for alias in ALIASES[key]:
        if alias in lowered and fields[lowered[alias]].values:
            return lowered[alias], fields[lowered[alias]]
    return None


def _date(name: str, field: Field) -> str:
    value = _string(name, field)
    match = _DATE.fullmatch(value)
    if match is not None and _is_date(match["date"]):
        return match["date"]
    from bot.sources.formats.dates import find_date, leading_date

    if found := leading_date(value):
        return found[0]
    return "" if any(map(str.isalpha, value)) else find_date(value) or ""


def notices(fields: Mapping[str, Field]) -> Iterator[Problem]:
    """Yield what a head of our own form was meant to say and does not: keys that are nearly one of
    ours, and dates that cannot be read."""
    from difflib import get_close_matches

    known = {alias for aliases in ALIASES.values() for alias in aliases}
    for name, field in fields.items():
        if not field.line or name in Head._fields or name.lower() in known:
            continue
        if close := get_close_matches(name.lower(), Head._fields, 1, _MISSPELT):
            data = {"line": field.line, "key": clean(name), "close": close[0]}
            yield Problem("front_matter.misspelt", data)
    dated = _field_of("published", fields)
    if dated is not None and _is_our_own(*dated):
        name, field = dated
        if _string(name, field) and not _date(name, field):
            data = {"line": field.line, "key": name, "value": _shown(field)}
            yield Problem("front_matter.date", data)


def _url(name: str, value: str, field: Field) -> str:
    if not value or re.match(r"https?://[^\s/]+", value, re.IGNORECASE):
        return value
    if _is_our_own(name, field) and not value.startswith("/"):  # a path on a site, as Hugo has it
        raise ArticleError("front_matter.link", line=field.line, key=name, value=_shown(field))
    return ""


def _is_our_own(name: str, field: Field) -> bool:
    return name in Head._fields and field.line > 0


def pages_of(fields: Mapping[str, Field]) -> tuple[int, ...]:
    """Return the page that each paragraph begins on, if the front matter gives it."""
    if "pages" not in fields:
        return ()
    field = fields["pages"]
    pages = field.values
    if pages is None or not all(re.fullmatch("[0-9]{1,9}", page) for page in pages):
        raise ArticleError("front_matter.pages", line=field.line, key="pages", value=_shown(field))
    return tuple(map(int, pages))


def write_front_matter(head: Head, pages: tuple[int, ...] = ()) -> str:
    """Return the front matter that reads back as this head."""
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


def _load(text: str) -> dict[str, Field]:
    """Return the fields of a YAML mapping. Only its nodes are read, and no objects made of them, so
    that an alias costs nothing however often it occurs."""
    import yaml

    try:
        root = _compose(text)
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark) if error.problem_mark else 1
        raise _no_yaml(line, str(error.problem)) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 2
        raise _no_yaml(line, error.reason) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _no_yaml(1, str(error)) from error
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise ArticleError("front_matter.no_mapping", line=2)
    fields: dict[str, Field] = {}
    for key, value in root.value:
        line = _line(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            continue
        if key.value in fields:
            raise ArticleError("front_matter.twice", line=line, key=clean(key.value))
        if key.value.lower() in ALIASES["author"]:
            fields[key.value] = Field(tuple(_names(value)), True, line)
        else:
            fields[key.value] = Field(*_values(value), line)
    return fields


def _compose(text: str) -> yaml.Node | None:
    """Return YAML's nodes: by libyaml if it is available and both parsers read alike, which takes a
    tenth of the time; errors are left to the parser in Python, with its own words."""
    import yaml

    if yaml.__with_libyaml__ and not _READ_DIFFERENTLY.search(text):
        with suppress(yaml.YAMLError, ValueError, RecursionError):
            return yaml.compose(text, Loader=yaml.CSafeLoader)
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError:
        quoted = _PLAIN_LINE.sub(_with_colon_quoted, text)
        if quoted == text:
            raise
        return yaml.compose(quoted, Loader=yaml.SafeLoader)


_PLAIN_LINE = re.compile(
    r"^(?P<key>[A-Za-z][\w-]*:[ \t]+)(?P<value>[^\s\"'\[\]{}|>&*!%@`#,?-].*)$", re.MULTILINE
)
"""A line whose value is no other form of YAML's."""


def _with_colon_quoted(line: re.Match[str]) -> str:
    """Return a line with its value in quotation marks, if it holds a colon as YAML allows none."""
    value = line["value"].rstrip()
    if not re.search(r":(?:\s|\Z)", value.partition(" #")[0]):
        return line[0]
    doubled = value.replace("'", "''")
    return f"{line['key']}'{doubled}'"


_READ_DIFFERENTLY = re.compile("[\t\x85\u2028\u2029\ufeff!?>|]")


def _no_yaml(line: int, reason: str) -> ArticleError:
    return ArticleError("front_matter.no_yaml", line=line, reason=clean(reason))


def _values(node: yaml.Node) -> tuple[tuple[str, ...] | None, bool]:
    """Return a node's values, and whether they are a list's."""
    import yaml

    is_list = isinstance(node, yaml.SequenceNode)
    values = []
    for item in node.value if is_list else [node]:
        if not isinstance(item, yaml.ScalarNode):
            return None, is_list
        if item.tag != "tag:yaml.org,2002:null":
            values.append(item.value)
    return tuple(values), is_list


def _names(node: yaml.Node) -> Iterator[str]:
    """The names of authors: a word, a list of them, maps with a ``name``."""
    import yaml

    if isinstance(node, yaml.ScalarNode):
        if node.tag != "tag:yaml.org,2002:null":
            yield node.value
    elif isinstance(node, yaml.SequenceNode):
        if len(node.value) == 1 and isinstance(node.value[0], yaml.SequenceNode):
            node = node.value[0]  # [[A page]] without quotation marks
        for item in node.value:
            if not isinstance(item, yaml.SequenceNode):
                yield from _names(item)
    else:
        for key, value in node.value:
            is_name = isinstance(key.value, str) and key.value.lower() == "name"
            if is_name and isinstance(value, yaml.ScalarNode):
                yield value.value


def _line(mark: yaml.Mark) -> int:
    return mark.line + 2  # lines count from 1, and the first is the --- above


def _string(key: str, field: Field) -> str:
    if field.values is None or (field.is_list and key.lower() not in ALIASES["author"]):
        if not _is_our_own(key, field):
            return ""
        raise ArticleError("front_matter.no_single_value", line=field.line, key=key)
    return ", ".join(filter(None, map(clean, field.values)))


def _shown(field: Field) -> str:
    """Return a value for an error's message."""
    found = ", ".join(field.values or ())
    return clean(found) if len(found) <= 60 else clean(found[:60]) + "..."


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "0000-01-01"[len(text) :])
    except ValueError:
        return False
    return True
