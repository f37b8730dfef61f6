"""The fingerprint of the text analysis: the tables, modules and library versions that make terms
and sentences of a text. An index keeps the one that made it. Nothing here analyses a text."""

from __future__ import annotations

import os
import sys
import unicodedata
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

_PACKAGE = Path(__file__).parent
MODULES = (
    *(
        _PACKAGE / f"{name}.py"
        for name in (
            "abbreviations",
            "analyzer",
            "doubtful_stops",
            "language",
            "language_rules",
            "sentence_marks",
            "sentences",
            "stems",
            "stopwords",
            "tokens",
        )
    ),
    _PACKAGE / "abbreviations_by_language.txt",
    _PACKAGE.parent / "core" / "passages" / "passage_blocks.py",
    _PACKAGE.parent / "core" / "passages" / "splitting.py",
)
"""The modules, and the table, that decide what terms, sentences and passages an article has. Cues,
common words, synonyms and phrases are looked at only when a question is asked."""
LIBRARIES = ("nltk", "py3langid", "PyStemmer")
"""The libraries that split sentences, detect languages and stem words."""

_UNKNOWN = "unknown"
_PART = 65_536
"""Maximum number of bytes that are read at a time."""


def fingerprint() -> str:
    """Return the fingerprint, as parts of a name and a version, separated by commas:
    ``"text 6d0c2f1e, Unicode 14.0.0, nltk 3.9.2, py3langid 0.4.0, PyStemmer 3.1.0"``. It takes
    half a millisecond, and imports no library."""
    versions = installed_versions(LIBRARIES)
    parts = {"text": checksum(MODULES), "Unicode": unicodedata.unidata_version, **versions}
    return ", ".join(f"{name} {version}" for name, version in parts.items())


def difference(made_with: str, now: str) -> str:
    """Return the parts of one fingerprint that another does not have, as words for people."""
    known = set(now.split(", "))
    parts = [part for part in made_with.split(", ") if part not in known]
    return ", ".join("other tables" if part.startswith("text ") else part for part in parts)


def checksum(files: Iterable[Path]) -> str:
    """Return the CRC-32 of the files' bytes, one after the other, as eight hexadecimal digits."""
    number = 0
    for file in files:
        opened = os.open(file, os.O_RDONLY)  # with fewer calls of the system, for each process
        try:
            while part := os.read(opened, _PART):
                number = zlib.crc32(part, number)
        finally:
            os.close(opened)
    return f"{number:08x}"


def installed_versions(
    libraries: Iterable[str], folders: Iterable[str] | None = None
) -> Mapping[str, str]:
    """Return the version of each of these distributions, "unknown" where it is not installed.

    The versions are read off the names of the folders in which installers keep their metadata
    (``nltk-3.9.2.dist-info``), in ``folders`` or else where Python looks for modules:
    `importlib.metadata` takes twenty times as long to say the same.
    """
    wanted = {_normal(name): name for name in libraries}
    found: dict[str, str] = dict.fromkeys(wanted.values(), _UNKNOWN)
    missing = set(wanted)
    beginnings = tuple({letter for name in wanted for letter in (name[0], name[0].upper())})
    for folder in sys.path if folders is None else folders:
        if not missing:
            break
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 - for each process that asks
        except OSError:  # an archive, or a folder that is not there
            continue
        for name in names:
            if name.startswith(beginnings) and name.endswith((".dist-info", ".egg-info")):
                library, _, rest = name.rpartition(".")[0].partition("-")
                library = _normal(library)
                if library in missing:
                    missing.remove(library)
                    found[wanted[library]] = rest.partition("-py")[0] or _UNKNOWN
    return found


def _normal(name: str) -> str:
    """Return the spelling under which a distribution's names are compared:
    https://packaging.python.org/en/latest/specifications/name-normalization/."""
    parts = name.replace("-", "_").replace(".", "_").split("_")
    return "_".join(filter(None, parts)).lower()
