"""Sentences: their ends, by the marks of each language and NLTK's Punkt with our own lists.

Punkt (Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary Detection", Computational
Linguistics 32, 2006) decides whether a doubtful full stop ends a sentence: one after an
abbreviation, an initial or a number. It is used without its trained models, so that nothing is ever
downloaded: what it needs to know stands in `bot.text.abbreviations`. Where nothing is in doubt
("... the war. The ...") Punkt would always say yes, and is not asked: it takes half a millisecond
for a paragraph, and half a second to import. Lists, quotations and ellipses, of which Punkt knows
nothing, are in `bot.text.sentence_marks`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial

from bot.core.article import Span
from bot.text.abbreviations import abbreviations, before_numbers, starters
from bot.text.doubtful_stops import FULL_WORDS, OPENING, ends_sentence, is_late, word_before
from bot.text.sentence_marks import (
    BEGIN_MARKERS,
    LONGEST_BEGUN_NAME,
    ellipses,
    is_begun_name,
    is_marker,
    is_of_ellipsis,
    item_ends,
    may_be_within,
    outside,
    quotations,
)

LONGEST = 2000
"""Maximum number of code points of a sentence; longer text without an end is cut at white space, or
anywhere."""

_HARD_STOPS = "。！？｡।॥؟۔።፧፨།။៕។։"
_HARD = re.compile(rf"(?:[{_HARD_STOPS}]|(?<=[\u0900-\u097f])\|(?=\s|\Z))++[\"'”’」』）)\]»》]*+")
"""Always ends a sentence, with the closing quotes and brackets after it; so does the bar that is
written for a danda."""
_CLOSING_OF_SPEECH = "」』》"
_AFTER_STOP = (
    r"(?<![.!?…]{2})[.!?…]*+[\"'”’“‘»«)\]]*+(?:[ \u00a0\u202f]»)?(?:\[[\w ?]{1,40}\])*+(?=\s)"
)
_SOFT = re.compile(f"[.!?…]{_AFTER_STOP}")
"""May end one: white space follows, perhaps after a note such as [2] or [citation needed]. The
look-behind keeps a long run of stops linear, after the first stop because a search for what
begins with one of a few characters is three times as fast. German quotes close as English ones
open, but those never stand before white space."""
_FULL_STOP = re.compile(rf"\.{_AFTER_STOP}")
"""The same in a text with no other stops."""
_OTHER_STOPS = {"el": ".!?…;\u037e", "hy": ":!?…"}
"""Greek asks with a semicolon, or what looks like one; Armenian ends with a colon, and has the full
stop within sentences."""
_GLUED = re.compile(r"\.(?=[^\W\d_])")
"""May end one without white space after it, as people type in haste."""
_ORDINAL = re.compile(r"\d{1,3}")
_WRITE_ORDINALS = frozenset(
    {"cs", "da", "de", "et", "fi", "hr", "hu", "no", "sk", "sl", "sr", "tr"}
)
"""Languages in which a number with a full stop is an ordinal: "am 3. Oktober"."""
_CLAUSE = 160
"""Code points, some thirty words. Thai has no mark for the end of a sentence: the first white space
after so many is taken for it, since white space stands between clauses."""
_UNMARKED = frozenset({"lo", "th"})
_BETWEEN_CLAUSES = r"(?<=[^\W\d_a-zA-Z])\s+(?=[^\W\d_a-zA-Zๆ])"
"""White space with no number, name in other letters, or sign of repetition beside it."""
_OPENING_OR_SPACE = OPENING + " \t\n\u00a0\u202f"
_REACH = 40
"""Maximum number of code points of a word before or after a full stop; a longer one is no
abbreviation."""


_span = partial(tuple.__new__, Span)
"""Makes a span of its two offsets, in half the time."""


def sentences(text: str, language: str = "en") -> list[Span]:
    """Return the text's sentences, in order, not overlapping; only white space lies between them.
    ``language`` is an ISO 639-1 code. No sentence is longer than `LONGEST`."""
    ends = _ends_of(text, language)
    ends.append(len(text))
    found: list[Span] = []
    start, size = 0, len(text)
    for end in ends:
        while start < end:
            begins = text[start]
            if not begins.isspace():
                break
            start += 1
        else:
            continue
        if (
            (begins in BEGIN_MARKERS or begins.isdecimal())  # as few do
            and end < size
            and end - start < LONGEST
            and is_marker(text, start, end)
        ):
            continue  # it belongs to what it marks
        if end - start <= LONGEST_BEGUN_NAME and is_begun_name(text, start, end):
            continue
        if end - start <= LONGEST and not text[end - 1].isspace():
            found.append(_span((start, end)))
        else:
            _add(found, text, start, end)
        start = end
    return found


def _ends_of(text: str, language: str) -> list[int]:
    """Return all ends but the last one, in order."""
    ends, is_glued = _soft_ends(text, language)
    count = len(ends)
    if not text.isascii():
        ends += _hard_ends(text)
    if is_glued:
        ends += _glued_ends(text, language)
    if len(ends) > count:
        ends.sort()
    if may_be_within(text, ends):
        ends = outside(ends, quotations(text))
    if "\n" in text or not text[:1].isupper():  # else there are no items
        items = item_ends(text)
        if items:
            return sorted({*ends, *items})
    return ends


def _hard_ends(text: str) -> list[int]:
    if not any(map(text.__contains__, _HARD_STOPS)) and "|" not in text:
        return []
    return [
        end
        for end in map(re.Match.end, _HARD.finditer(text))
        # the sentence continues: 「はい。」と言った
        if text[end - 1] not in _CLOSING_OF_SPEECH or not text[end : end + 1].isalpha()
    ]


def _glued_ends(text: str, language: str) -> list[int]:
    ends: list[int] = []
    for match in _GLUED.finditer(text):
        start, end = match.span()
        after = text[end : end + 2]
        if not start or not after[0].isupper() or after[1:] in (".", ""):
            continue
        at = start
        while at and (text[at - 1].isalnum() or text[at - 1] == ","):
            at -= 1
        word = text[at:start].lower()
        is_word = len(word) >= _LONG_WORD or (word == text[at:start] and len(word) > 1)
        begins = at == 0 or text[at - 1].isspace() or ends[-1:] == [at]
        rest = text[end : end + _REACH].split(None, 1)[0]
        if (
            is_word
            and begins
            and word not in abbreviations(language)
            and not any(map(rest.__contains__, "/@_=()<>"))
        ):
            ends.append(end)
    return ends


_LONG_WORD = 4
"""Number of letters below which a capitalised word may be an abbreviation."""
_FULL_WORD = 7
"""Least number of letters of a word that is too long to be an abbreviation in no list."""


def _soft_ends(text: str, language: str) -> tuple[list[int], bool]:
    """Return the ends at stops that white space follows, and whether a capital letter may follow
    another one."""
    if language in _UNMARKED:
        return _clause_ends(text), True
    full = FULL_WORDS[language]
    if language in _OTHER_STOPS or "!" in text or "?" in text or "…" in text:
        pattern = _other_stop(language) if language in _OTHER_STOPS else _SOFT
        ends, doubtful, is_glued = [], [], True
        for match in pattern.finditer(text):
            start, end = match.span()
            space = text.rfind(" ", start - _REACH if start > _REACH else 0, start)
            # nearly every one is certain: a capital letter follows a whole word
            if space >= 0 and text[end + 1 : end + 2].isupper() and full[text[space + 1 : start]]:
                ends.append(end)
            else:
                doubtful.append((start, end))
    else:
        ends, doubtful, is_glued = _full_stops(text, full)
    if not doubtful:
        return ends, is_glued
    # the stops of an ellipsis are all among them
    spaced = ellipses(text) if ". ." in text or ".\u00a0." in text else []
    lower: list[int] = []
    for start, end in doubtful:
        if not spaced or not is_of_ellipsis(start, spaced):
            _weigh(text, start, end, language, ends, lower)
    ends += [last for _, last, is_end in spaced if is_end]
    ends.sort()
    if not ends and len(lower) > 1:
        return lower, is_glued  # someone who writes without capitals
    return ends, is_glued


def _full_stops(
    text: str, full: Mapping[str, bool]
) -> tuple[list[int], list[tuple[int, int]], bool]:
    """Return, for a text with no other stops, the ends of those that are certain to end a sentence,
    where the others begin and end that white space follows, and whether a capital letter follows
    another one. Most stand alone and before a space: so they are found sooner than by a pattern."""
    ends: list[int] = []
    doubtful: list[tuple[int, int]] = []
    is_glued = False
    at = text.find(".")
    while at >= 0:
        end = at + 1
        after = text[end : end + 2]
        if after[:1].isupper():
            is_glued = True
        elif not at or text[at - 1] != ".":  # the first of several
            if after[:1] != " " or after == " »":
                match = _FULL_STOP.match(text, at)
                end = 0 if match is None else match.end()
                after = text[end : end + 2]
            if end:
                # as in `_soft_ends`
                space = text.rfind(" ", at - _REACH if at > _REACH else 0, at)
                if space >= 0 and after[1:].isupper() and full[text[space + 1 : at]]:
                    ends.append(end)
                else:
                    doubtful.append((at, end))
        at = text.find(".", end or at + 1)
    return ends, doubtful, is_glued


def _weigh(
    text: str, start: int, end: int, language: str, ends: list[int], lower: list[int]
) -> None:
    """Add the end of the stop ``text[start:end]`` to ``ends`` if a sentence ends there, and to
    ``lower`` if one may, though a small letter follows."""
    after = text[end : end + _REACH].lstrip(_OPENING_OR_SPACE).split(None, 1)
    before = text[max(0, start - _REACH) : start].rsplit(None, 1)
    if not after or not before:
        return
    follower = after[0]
    if text[start - 1] in "[(" and text[start:end].lstrip(".…")[:1] in ("]", ")"):
        return  # something was left out: [...]
    known = word_before(before[-1], language)
    word = known.bare
    begins = follower[0]
    doubtful = text[start] == "." and (
        known.is_doubtful or (begins.isdigit() and word.lower() in before_numbers())
    )
    if begins.islower():
        if not doubtful and word.lower() not in before_numbers():
            if text[end - 1] == "." and _lacks_capital(word, follower, language):
                ends.append(end)
            lower.append(end)
    elif (
        language in _WRITE_ORDINALS
        and text[start] == "."
        and _ORDINAL.fullmatch(word)
        and follower.lower() not in starters(language)
    ):
        return
    elif (
        not doubtful
        or ends_sentence(known, follower, language)
        or is_late(text, end, word, follower)
    ):
        ends.append(end)


def _lacks_capital(word: str, follower: str, language: str) -> bool:
    """Return whether a small letter after a full stop is a slip: the word before it is too long for
    an abbreviation, and the one after it often begins a sentence."""
    return len(word) >= _FULL_WORD and word.isalpha() and follower in starters(language)


@cache
def _other_stop(language: str) -> re.Pattern[str]:
    stops = _OTHER_STOPS[language]
    return re.compile(f"[.!?…]{_AFTER_STOP}".replace("[.!?…]", f"[{stops}]"))


def _clause_ends(text: str) -> list[int]:
    ends = [0]
    for match in re.finditer(_BETWEEN_CLAUSES, text):
        if match.start() - ends[-1] >= _CLAUSE:
            ends.append(match.end())
    return ends[1:]


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    """Add ``text[start:end]``, which begins with no white space, without white space at its end, in
    pieces if it is too long."""
    while text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        piece = text[start : start + LONGEST].rstrip()
        words = piece.rsplit(maxsplit=1) if len(piece) == LONGEST else [piece]
        cut = start + len(words[0] if len(words) == 2 else piece)
        found.append(Span(start, cut))
        rest = text[cut:end]
        start = cut + len(rest) - len(rest.lstrip())
    if start < end:
        found.append(Span(start, end))
