"""The names of persons in a Chinese text, which has no capital letters to tell them by.

A name is a surname, one of those that most people have, with one or two characters. The same
characters begin ordinary words ("high", "white", "appoint"), so that a name counts only where
something beside it says so: a title behind it, what somebody is before it ("engineer"), "by" and
"called", or at the beginning of a clause a verb that people alone do. A foreign name is told by the
dot between its parts, or as characters that write sounds, where one of these stands beside it. A
company or an office counts where something was done by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

_CHARACTER = "[\u4e00-\u9fff]"
_PAUSES = tuple(" \n，。；：、！？,;:!?（）()“”「」《》")
_CLAUSES = (*_PAUSES, "年", "月", "日", "后")
"""The characters behind which a clause begins."""
_LONGEST_GIVEN = 2
_BODY_WITHIN = 10
"""Number of characters between "by" and the end of the name of a company."""


def persons(text: str) -> list[str]:
    """Return the names of persons, and of companies that did something, in a sentence; of a name
    with a dot what stands around it."""
    dotted = re.findall(f"{_CHARACTER}{{1,2}}[·•・]{_CHARACTER}{{1,2}}", text)
    return list(dict.fromkeys([*dotted, *_own(text), *_foreign(text), *_bodies(text)]))


def _own(text: str) -> Iterator[str]:
    lists = _lists()
    for at in range(len(text)):
        given = next((at + n for n in (2, 1) if text[at : at + n] in lists["surnames"]), at)
        if given == at or text.startswith(lists["no names"], at):
            continue
        ends = range(given + 1, min(len(text), given + _LONGEST_GIVEN) + 1)
        polite = next((title for title in lists["polite"] if text.startswith(title, given)), "")
        name = next((text[at:end] for end in ends if _is_name(text, at, given, end)), "")
        if name or polite:
            yield name or text[at:given] + polite


def _is_name(text: str, at: int, given: int, end: int) -> bool:
    """Return whether a surname and what stands from ``given`` to ``end`` are told to be a name by
    what is beside them."""
    if not re.fullmatch(f"{_CHARACTER}+", text[given:end]):
        return False
    begins = not at or text.endswith(_CLAUSES, 0, at)
    return _is_somebody(text, at, end) or (begins and text.startswith(_lists()["doing"], end))


def _is_somebody(text: str, at: int, end: int) -> bool:
    """Return whether a title stands behind what may be a name; or before it what somebody is, and
    behind it something with which a name ends."""
    lists = _lists()
    if text.startswith(lists["titles"], end):
        return True
    if end < len(text) and not text.startswith(lists["following"], end):
        return False
    role = at - 1 if text.endswith(lists["being"], 0, at) else at
    return text.endswith(lists["called"], 0, at) or text.endswith(lists["roles"], 0, role)


def _foreign(text: str) -> Iterator[str]:
    for match in re.finditer(f"[{''.join(_lists()['sounds'])}]{{2,}}", text):
        at, end = match.span()
        if text[at - 1 : at] != "由" and _is_somebody(text, at, end):
            yield match[0]


def _bodies(text: str) -> Iterator[str]:
    """Yield those by which something was done."""
    for match in re.finditer(f"[由被]([^，。；：！？]{{2,{_BODY_WITHIN}}})", text):
        for body in _lists()["bodies"]:
            at = match[1].find(body)
            if at >= 0:
                yield match[1][: at + len(body)]


@cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    """Return the lists of ``chinese_names.txt`` by their names."""
    text = Path(__file__).with_suffix(".txt").read_bytes().decode()
    lines = (line.partition(": ") for line in text.splitlines() if not line.startswith("#"))
    lists = {name: tuple(words.split()) for name, _, words in lines}
    return {**lists, "following": (*lists["following"], *_PAUSES)}
