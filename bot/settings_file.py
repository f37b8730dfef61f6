"""A file of settings in TOML: its values are checked against the types of the settings, and each
fault is located by file and line. Nothing here knows which settings there are."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

from bot.core.errors import ConfigError
from bot.core.light_typing import Annotated, Literal

# compiled only to report a fault
_HEADER = r"\s*\[(?P<several>\[?)(?P<name>[^\]\[=]+)\]"
_KEY = r"\s*(?P<name>[^=\s#][^=]*)="
_TWICE = ("Cannot overwrite", "Cannot mutate", "Cannot declare")
_BARE = r"""\s*(?P<key>[^=\s#]+)\s*=\s*(?P<value>[A-Za-z_~./][^\s"'#,\[\]{}]*)\s*(?:#|$)"""
_YES_NO = ("true", "false", "yes", "no", "on", "off")
"""Words that people write for true and false."""
_Section = TypeVar("_Section")


class SettingsFile(NamedTuple):
    """A file of settings, with what error messages need to locate a fault in it."""

    path: Path
    text: str

    def at(self, key: str, value: object) -> dict[str, str]:
        """Return what a message about a wrong value needs: where it stands, its key and itself."""
        shown = ascii(value)
        shown = shown if len(shown) <= 60 else f"{shown[:60]}..."
        return {"location": self.location(key), "key": key, "value": shown}

    def location(self, key: str) -> str:
        """Return the file and, where it can be told, the line in which a key stands: ``web.allow``,
        or ``feeds[1].url`` for one of several sections of a name."""
        wanted = {key, re.sub(r"\[\d+\]$", "", key)}
        section = ""
        seen: Counter[str] = Counter()
        for number, line in enumerate(self.text.split("\n"), 1):
            header = re.match(_HEADER, line)
            match = header or re.match(_KEY, line)
            if match is None:
                continue
            name = re.sub(r"[\s\"']", "", match["name"])
            if header is None:
                name = f"{section}.{name}" if section else name
            elif header["several"]:
                section = f"{name}[{seen[name]}]"
                seen[name] += 1
                name = section
            else:
                section = name
            if name in wanted:
                return f"{self.path}:{number}"
        return str(self.path)


def parse(path: Path) -> tuple[SettingsFile, dict[str, Any]]:
    """Return a file of settings, and what its TOML says; raises `ConfigError` where it cannot be
    read or is no TOML."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(
            "settings.unreadable", path=str(path), reason=str(error.strerror)
        ) from error
    try:
        text = data.decode("utf-8-sig")
        return SettingsFile(path, text), tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError("settings.not_utf8", path=str(path), line=line) from error
    except (ValueError, RecursionError) as error:  # tomllib lets Python's own limits through
        raise _no_toml(path, text, str(error)) from error


def _no_toml(path: Path, text: str, reason: str) -> ConfigError:
    """Return the error of a file that is no TOML: what to write, where that is clear."""
    at = re.search(r"\(at line (\d+), column", reason)
    if at is not None:
        location = f"{path}:{at[1]}"
        line = text.split("\n")[int(at[1]) - 1]
        key = re.match(rf"{_HEADER}|{_KEY.replace('name', 'key')}", line)
        written = key and (key["name"] or key["key"]).strip()
        if written and reason.startswith(_TWICE):
            return ConfigError("settings.twice", location=location, key=written)
        bare = re.match(_BARE, line)
        if bare is not None and reason.startswith("Invalid value"):
            code = "settings.boolean" if bare["value"].lower() in _YES_NO else "settings.text"
            return ConfigError(code, location=location, key=bare["key"], value=bare["value"])
    return ConfigError("settings.no_toml", path=str(path), reason=reason)


def read_section(
    kind: type[_Section],
    found: dict[str, Any],
    file: SettingsFile,
    faults: list[ConfigError],
    name: str = "",
) -> _Section:
    """Return one section's settings. ``kind`` is a NamedTuple whose annotations say what is wanted;
    ``name`` is the section's, with a full stop at the end. A value with a fault is left out, and
    the fault added to ``faults``."""
    hints = kind.__annotations__
    values: dict[str, object] = {}
    for key, value in found.items():
        try:
            if key not in hints:
                raise _unknown(file.location(name + key), name + key, key, hints)
            values[key] = _read(hints[key], value, file, faults, name + key)
        except ConfigError as error:
            faults.append(error)
    return kind(**values)


def _read(
    kind: Any, value: object, file: SettingsFile, faults: list[ConfigError], key: str
) -> object:
    if hasattr(kind, "_fields"):
        if not isinstance(value, dict):
            raise ConfigError("settings.section", **file.at(key, value))
        return read_section(kind, value, file, faults, f"{key}.")
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        number = _read(arguments[0], value, file, faults, key)
        least, greatest = arguments[1]
        if not least <= number <= greatest:
            raise ConfigError(
                "settings.range", least=least, greatest=greatest, **file.at(key, value)
            )
        return number
    if origin is Literal:
        if value not in arguments:
            choices = tuple(map(repr, arguments))
            raise ConfigError("settings.choice", choices=choices, **file.at(key, value))
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise ConfigError("settings.list", **file.at(key, value))
        return tuple(
            _read(arguments[0], item, file, faults, f"{key}[{number}]")
            for number, item in enumerate(value)
        )
    if type(None) in arguments:  # TOML has no null, so a value is of the other type
        kind = next(choice for choice in arguments if choice is not type(None))
    return _read_value(kind, value, file, key)


def _read_value(kind: Any, value: object, file: SettingsFile, key: str) -> object:
    if kind is Path and isinstance(value, str) and value and "\0" not in value:
        try:
            return file.path.parent / Path(value).expanduser()
        except RuntimeError as error:  # ~name of an unknown user
            raise ConfigError("settings.home", **file.at(key, value)) from error
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError as error:
            raise ConfigError(
                "settings.huge_number", location=file.location(key), key=key
            ) from error
    if type(value) is not kind:
        raise ConfigError(_WRONG_TYPES[kind], **file.at(key, value))
    return value


_WRONG_TYPES = {
    str: "settings.text",
    int: "settings.whole_number",
    float: "settings.number",
    bool: "settings.boolean",
    Path: "settings.path",
}


def _unknown(location: str, full: str, key: str, known: dict[str, Any]) -> ConfigError:
    """Return the error of a key that is no setting; ``known`` are those of its section."""
    from difflib import get_close_matches

    close = get_close_matches(key, known, 1)
    if close:
        return ConfigError("settings.misspelt", location=location, key=full, close=close[0])
    return ConfigError("settings.unknown", location=location, key=full, known=tuple(known))
