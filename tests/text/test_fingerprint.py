"""The fingerprint of the text analysis."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import unicodedata
from pathlib import Path

from bot.text.abbreviations import TABLE
from bot.text.analyzer import Languages
from bot.text.fingerprint import (
    LIBRARIES,
    MODULES,
    checksum,
    difference,
    fingerprint,
    installed_versions,
)

_ROOT = Path(__file__).parents[2]
_ASKED_ONLY = {
    "asking_parts", "chinese_names", "common", "crediting", "cues", "defining", "equivalents",
    "everyday", "follow_ups", "grams", "head_questions", "known_words", "listings", "little_words",
    "own_names", "small_talk", "synonyms", "vietnamese",
}  # fmt: skip
"""Modules that are looked at only when a question is asked."""
_NO_ANALYSIS = {"__init__", "fingerprint"}


def test_it_names_what_is_installed() -> None:
    libraries = [f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES]
    unicode = f"Unicode {unicodedata.unidata_version}"
    assert fingerprint().split(", ")[1:] == [unicode, *libraries]
    assert Languages().fingerprint() == fingerprint()


def test_it_imports_no_library() -> None:
    script = (
        "import sys; from bot.text.fingerprint import fingerprint; fingerprint();"
        "print({'nltk', 'Stemmer', 'py3langid', 'importlib.metadata'} & set(sys.modules))"
    )
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], cwd=_ROOT, check=True, capture_output=True, text=True
    )
    assert ran.stdout == "set()\n"


def test_every_module_of_the_analysis_is_in_it() -> None:
    modules = {path.stem for path in (_ROOT / "bot" / "text").glob("*.py")}
    analysis = [path for path in MODULES if path.parent.name == "text"]
    named = {path.stem for path in analysis if path.suffix == ".py"}
    assert named == modules - _ASKED_ONLY - _NO_ANALYSIS
    assert all(path.is_file() for path in MODULES)
    assert TABLE in analysis


def test_a_checksum_changes_with_any_byte(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"words")
    two.write_bytes(b"more")
    before = checksum([one, two])
    assert before == checksum([one, two]) != checksum([two, one])
    two.write_bytes(b"morf")
    assert checksum([one, two]) != before


def test_what_is_installed_is_read_off_the_folders_of_metadata(tmp_path: Path) -> None:
    for name in (
        "pystemmer-2.2.0.3.dist-info",
        "nltk_data-9.dist-info",
        "nltk-3.9.1-py3.12.egg-info",
        "py3langid",
    ):
        (tmp_path / name).mkdir()
    folders = [str(tmp_path / "nowhere"), str(tmp_path)]
    assert installed_versions(["PyStemmer", "nltk", "py3langid"], folders) == {
        "PyStemmer": "2.2.0.3",
        "nltk": "3.9.1",
        "py3langid": "unknown",
    }


def test_the_difference_is_told_in_words() -> None:
    old = "text 00000000, Unicode 14.0.0, nltk 3.9.1, PyStemmer 2.2.0.3"
    assert difference(old, old) == ""
    assert difference(old, old.replace("2.2.0.3", "3.1.0")) == "PyStemmer 2.2.0.3"
    assert difference(old, "text 11111111, nltk 3.9.1") == (
        "other tables, Unicode 14.0.0, PyStemmer 2.2.0.3"
    )
