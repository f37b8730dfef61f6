"""The words of gaps that Discord and the command line share."""

from __future__ import annotations

from bot.frontends.languages import Language, mark

VERDICTS = {
    "answer": mark("answered by now"),
    "unsure": mark("not sure"),
    "none": mark("nothing answers it"),
}
"""The words of a gap's verdict."""


def left_out(number: int, language: Language) -> str:
    """Return the line that says how many more questions a list of gaps leaves out."""
    return language.ngettext("… {number:,} more question", "… {number:,} more questions", number)
