"""Titles as people type them: without case, accents and invisible characters, one error forgiven.

With at most one error (a letter more, less, other, or two swapped: Damerau, "A technique for
computer detection and correction of spelling errors", CACM 1964), one half of what was typed
stands unharmed in the title, unless the swap is at the seam of the halves. So a plain search for
these halves finds all titles that can be meant.
"""

from __future__ import annotations

import unicodedata

_SHORTEST_FORGIVEN = 4
"""Least number of letters of a text in which an error is forgiven: in three, one wrong leaves too
little to go by."""


def unharmed_parts(wanted: str) -> tuple[str, ...]:
    """Return texts of which at least one is in every title that contains a folded text with one
    error; empty if no error is forgiven."""
    if len(wanted) < _SHORTEST_FORGIVEN:
        return ()
    middle = len(wanted) // 2
    swapped = wanted[: middle - 1] + wanted[middle] + wanted[middle - 1] + wanted[middle + 1 :]
    return (wanted[:middle], wanted[middle:], swapped)


def fold(text: str) -> str:
    """Return a title as people type it: in lower case, without accents and characters that show
    nothing, with a keyboard's apostrophe and single spaces; half a surrogate pair is a question
    mark."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    kept = "".join(
        c for c in plain if not unicodedata.combining(c) and unicodedata.category(c) != "Cf"
    )
    return " ".join(kept.split()).encode("utf-8", "replace").decode()


def begins_words(title: str, wanted: str) -> bool:
    """Return whether a folded text stands at the beginning of a word of a title, or each of its
    words does. A script that writes no spaces has words everywhere."""
    return all(
        any(title.startswith(word, start) for start in _word_starts(title))
        for word in ((wanted,) if _at_word(title, wanted) else wanted.split() or (wanted,))
    )


def nearly_begins_word(title: str, wanted: str) -> bool:
    """Return whether a title has a word, or words, that begin with a text but for one typing
    error."""
    return any(_one_error(title, start, wanted) for start in _word_starts(title))


def _at_word(title: str, wanted: str) -> bool:
    return any(title.startswith(wanted, start) for start in _word_starts(title))


def _word_starts(title: str) -> list[int]:
    return [
        at
        for at, letter in enumerate(title)
        if letter.isalnum()
        and (at == 0 or not title[at - 1].isalnum() or unicodedata.category(letter) == "Lo")
    ]


def holds(title: str, wanted: str) -> bool:
    """Return whether a title contains a text with at most one typing error in it."""
    return any(
        _one_error(title, start, wanted) for start in range(max(1, len(title) - len(wanted) + 2))
    )


def _one_error(title: str, start: int, wanted: str) -> bool:
    """Return whether some prefix of ``title[start:]`` equals ``wanted`` but for one error."""
    size = len(wanted)
    same = 0
    while same < size and start + same < len(title) and title[start + same] == wanted[same]:
        same += 1
    if same >= size - 1:
        return True  # all of it, or all but the last letter
    at = start + same
    rest = wanted[same + 1 :]
    return (
        title.startswith(rest, at + 1)  # another letter
        or title.startswith(rest, at)  # one too many was typed
        or title.startswith(wanted[same:], at + 1)  # one was left out
        or (
            title[at : at + 2] == wanted[same + 1] + wanted[same]
            and title.startswith(wanted[same + 2 :], at + 2)
        )
    )
