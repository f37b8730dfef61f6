"""Sentences: NLTK's Punkt with our own abbreviations, and the sentence ends it does not know.

Punkt (Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary Detection", Computational
Linguistics 32, 2006) decides whether a doubtful full stop ends a sentence: one after an
abbreviation, an initial, a number or an ellipsis. It is used without its trained models, so that
nothing is ever downloaded: the abbreviations and the words that open a sentence are listed here.
Where nothing is in doubt ("... the war. The ...") Punkt would always say yes, and is not asked:
it takes half a millisecond for a paragraph, and half a second to import.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from bot.core.article import Span

LONGEST = 2000
"""Code points; what goes on for longer without an end is cut at white space, or anywhere."""

_ABBREVIATIONS_LISTED = """
    mr mrs ms mx dr prof rev hon pres gov sen rep gen lt col maj capt cmdr adm sgt cpl pvt brig
    st mt ft fr msgr messrs mme mlle supt insp det atty amb co inc ltd corp jr sr bros etc jan
    feb apr jun jul aug sep sept oct nov dec tue tues thu thur thurs vs viz cf al ca approx est
    dept univ assn mfg eds trans orig ph.d m.d ll.b b.sc m.sc d.phil e.g ala ariz ark calif colo
    fla kan ky mich minn mo mont neb nev okla pa penn tenn tex va vt wis wyo ave blvd rd hwy apt
    sq bzw usw vgl evtl ggf inkl str hr frl hrsg geb gest jh sog v.chr n.chr sra srta dña ee.uu
    págs av admón mgr p.ex éd sigg dott ecc dhr mevr drs bijv blz т.е т.д т.п т.к г гг в вв др
    им ул руб млн млрд тыс см напр ок проф dvs bl.a mio mrd dl ee uu doç vb bkz yy ts tp ths gs pgs
    डॉ प्रो पं श्री δηλ βλ αι αρ
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS_LISTED.split())
"""Lower case, without the last full stop. Single letters and letters with full stops between
them are taken for initials and need no entry."""

BEFORE_NUMBERS = frozenset(
    (
        "no",
        "nos",
        "nr",
        "núm",
        "vol",
        "vols",
        "pp",
        "fig",
        "figs",
        "ch",
        "sect",
        "para",
        "art",
        "pág",
    )
)
"""Abbreviations before a number only: "no" and "fig" end sentences as words."""

_STARTERS_LISTED = """
    the a an this that these those he she it they we i you his her its their our my in on at for
    from by with as but and or if when while after before since although however there here who
    what where why how not no one some many most all both each to another during despite then so
    der die das ein eine er sie es wir in im am und aber el la los las un una en le les il elle
"""
STARTERS = frozenset(_STARTERS_LISTED.split())
"""Words that, capitalised after an abbreviation, show that a sentence ended with it."""

_HARD_STOPS = "。！？｡।॥؟۔።։"
_HARD = re.compile(rf"[{_HARD_STOPS}]++[\"'”’」』）)\]»]*+")
"""Ends a sentence wherever it stands, with the closing quotes and brackets after it."""
_AFTER_STOP = r"(?<![.!?…]{2})[.!?…]*+[\"'”’“‘»)\]]*+(?:\[[\w ?]{1,40}\])*+(?=\s)"
_SOFT = re.compile(f"[.!?…]{_AFTER_STOP}")
"""May end one: white space follows, perhaps after a note such as [2] or [citation needed]. The
look-behind keeps a long run of stops linear, after the first stop because a search for what
begins with one of a few characters is three times as fast. German quotes close as English ones
open, but those never stand before white space."""
_FULL_STOP = re.compile(rf"\.{_AFTER_STOP}")
"""The same in a text with no other stops; what begins with one character is found faster still."""
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
_OPENING = "\"'“‘«([¿¡—–-*"
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_NUMBER = re.compile(r"\d[\d.,:/-]*")
_REACH = 40
"""How many code points a word before or after a full stop may have; more is no abbreviation."""


def sentences(text: str, language: str = "en") -> list[Span]:
    """The text's sentences, in order, not overlapping; only white space lies between them."""
    ends = [*_soft_ends(text, language), len(text)]
    hard = _hard_ends(text)
    if hard:
        ends = sorted({*ends, *hard})
    found: list[Span] = []
    start = 0
    for end in ends:
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            if end - start <= LONGEST and not text[end - 1].isspace():
                found.append(Span(start, end))
            else:
                _add(found, text, start, end)
            start = end
    return found


def _hard_ends(text: str) -> list[int]:
    if text.isascii() or not any(map(text.__contains__, _HARD_STOPS)):
        return []
    return [match.end() for match in _HARD.finditer(text)]


def _soft_ends(text: str, language: str) -> list[int]:
    if language in _UNMARKED:
        return _clause_ends(text)
    ends: list[int] = []
    lower: list[int] = []
    has_ordinals = language in _WRITE_ORDINALS
    for match in _stop(text, language).finditer(text):
        start, end = match.span()
        space = text.rfind(" ", start - _REACH if start > _REACH else 0, start)
        word = text[space + 1 : start] if space >= 0 else ""
        if (
            text[end + 1 : end + 2].isupper()
            and word.isalpha()
            and len(word) > 1
            and word.lower() not in ABBREVIATIONS
        ):  # as nearly every one is: nothing is in doubt
            ends.append(end)
            continue
        after = text[end : end + _REACH].split(None, 1)
        before = text[max(0, start - _REACH) : start].rsplit(None, 1)
        if not after or not before:
            continue
        follower = after[0].lstrip(_OPENING)
        if not follower:
            continue  # a spaced ellipsis, a lone stop
        word = before[-1]
        if follower[0].islower():
            lower.append(end)
        elif (
            has_ordinals
            and text[start] == "."
            and _ORDINAL.fullmatch(word)
            and follower.lower() not in STARTERS
        ):
            continue
        elif text[start] != "." or not _is_doubtful(word, follower) or _ends(word, follower):
            ends.append(end)
    if not ends and len(lower) > 1:
        return lower  # someone who writes without capitals
    return ends


def _stop(text: str, language: str) -> re.Pattern[str]:
    """What finds the stops of a text."""
    if language == "el":
        return _greek_stop()
    only_full_stops = not ("!" in text or "?" in text or "…" in text)
    return _FULL_STOP if only_full_stops else _SOFT


@cache
def _greek_stop() -> re.Pattern[str]:
    """Greek asks with a semicolon, or what looks like one."""
    return re.compile(f"[.!?…;\u037e]{_AFTER_STOP}".replace("[.!?…]", "[.!?…;\u037e]"))


def _clause_ends(text: str) -> list[int]:
    ends = [0]
    for match in re.finditer(_BETWEEN_CLAUSES, text):
        if match.start() - ends[-1] >= _CLAUSE:
            ends.append(match.end())
    return ends[1:]


def _is_doubtful(word: str, follower: str) -> bool:
    word = word.lstrip(_OPENING)
    lower = word.lower()
    if lower in ABBREVIATIONS or (lower in BEFORE_NUMBERS and follower[0].isdigit()):
        return True
    if len(word) > 1 and word.isalpha():
        return False  # as nearly every word is: no initials, no number
    return bool(_INITIALS.fullmatch(word) or _NUMBER.fullmatch(word))


def _ends(word: str, follower: str) -> bool:
    """Whether the full stop between these two words is a sentence's end."""
    word = word.lstrip(_OPENING)
    if word.isdecimal():
        word = "1"
    if follower.isalpha() and follower[0].isupper() and follower.lower() not in STARTERS:
        follower = "Anna"
    return _ends_alike(word, follower)


@lru_cache(maxsize=10_000)
def _ends_alike(word: str, follower: str) -> bool:
    """The same for a number and a name that stand for all numbers and names: Punkt, which is asked,
    takes them alike."""
    if not _NUMBER.fullmatch(word) and _INITIALS.fullmatch(follower[:-1]) and follower[-1] == ".":
        return False  # "Dr. A. Jones": one more initial, not the starter "A"
    if _INITIALS.fullmatch(word):
        word = "e.g"  # Punkt never ends a sentence with an initial; "World War I. The" does
    found: bool = _punkt().text_contains_sentbreak(f"{word}. {follower}")
    return found


@cache
def _punkt() -> Any:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS | BEFORE_NUMBERS)
    parameters.sent_starters = set(STARTERS)
    return PunktSentenceTokenizer(parameters)


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    """Add ``text[start:end]``, which begins with no white space, without any at its end, in pieces
    if it is too long."""
    while text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = start + LONGEST
        words = text[start:cut].rsplit(maxsplit=1)
        if len(words) == 2 and words[0].strip():
            cut = start + len(words[0])
        found.append(Span(start, cut))
        rest = text[cut:end]
        start = cut + len(rest) - len(rest.lstrip())
    if start < end:
        found.append(Span(start, end))
