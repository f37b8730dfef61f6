"""The lines of ``cues.txt``: words by which languages ask for a kind of answer, and give one.

`bot.text.cues` puts them together with those that it lists itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def cue_lines(language: str) -> Mapping[str, str]:
    """Return a language's lines by their names; empty if none are listed."""
    text = Path(__file__).with_name("cues.txt").read_bytes().decode()
    _, found, rest = text.partition(f"\n[{language}]\n")
    if not found:
        return {}
    lines = (line.partition(": ") for line in rest.partition("\n[")[0].splitlines())
    return {name: words for name, _, words in lines}
