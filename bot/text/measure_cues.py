"""Words by which languages ask for a measure, an amount or a year, and give one: ``measures.txt``.

The words of English are in `bot.text.cues`, but for "a", which stands for one before a unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def measure_lines(language: str) -> Mapping[str, str]:
    """Return a language's lines by kind of answer, and the words for one as ``one``; empty if none
    are listed."""
    text = Path(__file__).with_name("measures.txt").read_bytes().decode()
    _, found, rest = text.partition(f"\n[{language}]\n")
    if not found:
        return {}
    lines = (line.partition(": ") for line in rest.partition("\n[")[0].splitlines())
    return {kind: words for kind, _, words in lines}
