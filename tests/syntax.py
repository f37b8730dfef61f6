"""The syntax trees of our own modules, which several tests look through."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


@cache
def modules(top: str) -> dict[Path, ast.Module]:
    """Return the parsed modules below a folder, by their paths."""
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / top).rglob("*.py"))}
