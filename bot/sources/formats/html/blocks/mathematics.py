"""Formulas in MathML, written on one line: ``x^2``, ``a/b``, ``√(n + 1)``."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

_SPACED = frozenset("= < > + - − × ÷ · ≤ ≥ ≠ ≈ ± → ← ⇒ ∈ ∝ ∼ ≡".split())
_LONGEST = 2000
"""Maximum number of characters of a formula that is quoted."""


def formula(math: HtmlElement) -> str:
    """Return a ``<math>`` element's formula as text; "" if it holds none."""
    text = _text(math, 0)
    if not text:
        text = math.get("alttext") or ""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else ""


def _text(element: HtmlElement, depth: int) -> str:
    name = _name(element)
    if depth > 60 or not name or name.startswith("annotation"):
        return ""
    parts = [_text(child, depth + 1) for child in element if _name(child)]
    if name in ("mi", "mn", "ms", "mtext"):
        return str(element.text_content())
    if name == "mo":
        sign = str(element.text_content()).strip()
        # invisible operators (function application, times) are not written
        if sign in ("\u2061", "\u2062", "\u2063", "\u2064"):
            return ""
        return f" {sign} " if sign in _SPACED else sign
    if name in ("mfrac", "msup", "msub", "mroot", "mover", "munder") and len(parts) == 2:
        return _pair(name, parts)
    if name in ("msubsup", "munderover") and len(parts) == 3:
        scripted = f"{_grouped(parts[0])}_{_grouped(parts[1])}^{_grouped(parts[2])}"
        return scripted + " " * (name == "munderover")
    if name == "msqrt":
        return f"√{_grouped(''.join(parts))}"
    if name in ("mtr", "mlabeledtr"):
        return ", ".join(filter(None, parts)) + "; "
    if name == "mspace":
        return " "
    return "".join(parts)


def _pair(name: str, parts: Sequence[str]) -> str:
    base, second = (_grouped(part) for part in parts)
    if name == "mfrac":
        return f"{base}/{second}"
    if name == "mroot":
        return f"{second}√{base}"
    if name == "mover" and len(second) == 1 and not second.isalnum():
        return base + second
    return f"{base}{'_' if name in ('msub', 'munder') else '^'}{second}"


def _grouped(part: str) -> str:
    """Return a part of a formula, in parentheses if it has several elements."""
    part = part.strip()
    return part if len(part) <= 1 or part.isalnum() else f"({part})"


def _name(element: HtmlElement) -> str:
    return element.tag.rpartition(":")[2].lower() if isinstance(element.tag, str) else ""
