"""Words that no article contains, as an answer names them.

A script without spaces is searched by overlapping pairs of characters; here those that overlap are
told as one. Nothing is searched for here.
"""

from __future__ import annotations

from collections.abc import Mapping

HIRAGANA = "".join(map(chr, range(0x3041, 0x3097))) + "ゝゞ"
"""Japanese writes particles and endings with these, and most of its words with others."""


def unknown_runs(question: str, unseen: Mapping[int, int]) -> tuple[str, ...]:
    """Return the unknown words of a question, given by where each begins and ends. Of a Japanese
    one the particles and endings around it are left out, and what is nothing else."""
    found: list[str] = []
    begun, ended = 0, 0
    for start, end in [*sorted(unseen.items()), (len(question) + 1, len(question) + 1)]:
        if start < ended:
            ended = max(ended, end)
            continue
        if run := question[begun:ended].strip(HIRAGANA):
            found.append(run)
        begun, ended = start, end
    return tuple(found)
