"""Seam for the kinds of answer that a question asks for, and a language's words for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set

from bot.core.light_typing import Literal
from bot.core.named_tuple import NamedTuple

Kind = Literal[
    "person", "name", "place", "date", "year", "time", "number", "count", "reason", "money",
    "duration", "length", "age", "weight", "temperature", "frequency", "contact", "share",
    "definition",
]  # fmt: skip
"""A kind of answer. A ``time`` is one of the day, a ``count`` a number of things, a ``duration``
may be a length too ("how long"), a ``contact`` is a number to ring or an address to write to,
a ``share`` is part of a whole, a ``definition`` says what something is."""


class Tense(NamedTuple):
    """The signs of a tense. Words are folded like tokens, endings in lower case, with accents."""

    words: Set[str] = frozenset()
    """One word or two that have it: "did", "are to"."""
    verbs: Set[str] = frozenset()
    """Forms of verbs that have it, as far as nothing says otherwise: "held", "votes"."""
    endings: tuple[str, ...] = ()
    """Endings of verbs that have it, wherever they stand."""
    second: tuple[str, ...] = ()
    """The same of the second word of a question."""
    last: tuple[str, ...] = ()
    """The same of a sentence's last word."""
    auxiliaries: Set[str] = frozenset()
    """Words of which one has to stand before that, if there are any: "wird ... beginnen"."""


class Defining(NamedTuple):
    """A language's words for asking what something is, and for saying so; folded like tokens."""

    asks: Sequence[tuple[Sequence[str], Sequence[str]]] = ()
    """The words before and behind what is asked about, longest first: "what is a", and nothing."""
    participles: tuple[str, ...] = ()
    """Endings of participles, and other words that follow "what is" and name nothing: "ed" of "what
    is planned"."""
    copulas: Set[str] = frozenset()
    """Verbs that equate what is defined with what follows: "is"."""
    meaning_verbs: Set[str] = frozenset()
    """Verbs that say what it means: "denotes"."""
    determiners: Set[str] = frozenset()
    """Words that begin a description, articles among them."""
    before: Set[str] = frozenset()
    """Words that may stand before what is defined besides an indefinite article: German "als"."""
    named_by: Set[str] = frozenset()
    """One word or two behind which what was described is named: "known as"."""


class Cues(NamedTuple):
    """A language's words for asking for a kind of answer and for giving one; folded like tokens."""

    asks: Mapping[str, Kind]
    """One to three words, with a space between them, and the kind of answer they ask for."""
    gives: Mapping[Kind, Set[str]]
    """Words that give an answer of that kind: months, numbers in words, "because"; of a measure its
    units, which stand beside a number."""
    narrows: Mapping[str, Mapping[str, Kind]] = {}
    """For one to three words that ask for anything, or for any number: the words behind them that
    say the kind, as "price" does behind "what", and "cost" behind "how much"."""
    past: Tense = Tense()
    """The signs of what has happened."""
    present: Tense = Tense()
    """The signs of what happens, which with a day is still to come: "votes on Sunday"."""
    future: Tense = Tense()
    """The signs of what is still to come."""
    sought: Tense = Tense()
    """The same of what somebody wants, promises or may do; its verbs and last endings are such
    behind one of its auxiliaries, which tell what somebody said."""
    coming: Set[str] = frozenset()
    """One word or two for a time that is: "tomorrow", "next week"."""
    days: Set[str] = frozenset()
    """The names of days and months."""
    alone: Mapping[Kind, Set[str]] = {}
    """Words that give a measure without a number: "free", "always"."""
    one: Set[str] = frozenset()
    """Words for one before a unit: "a week"."""
    only_asking: Set[str] = frozenset()
    """One to three words that say what kind of answer is wanted and nothing of what it is about:
    "what time", "what kind of", "name of"."""
    lasting: Set[str] = frozenset()
    """Words before a number of years that say how long something took: "for", "within"."""
    joining: Set[str] = frozenset()
    """Question words that join clauses, too: "who", "when"."""
    openers: Set[str] = frozenset()
    """Words that open a question which none of those asks: "was", "does", "how"."""
    delays: Set[str] = frozenset()
    """Words before a duration that make a date of it: "after ten days"."""
    life: Set[str] = frozenset()
    """Words for being born and dying, which "(1887–1961)" says too."""
    apart: Set[str] = frozenset()
    """Words behind a measure that make it the distance between two places: "from"."""
    limits: Set[str] = frozenset()
    """Words that limit what is asked about, so that an answer has them, too: "most", "than"."""
    each: Set[str] = frozenset()
    """The same of words that stand for each other: "every", "yearly"."""
    places: Set[str] = frozenset()
    """Words that tie something to the place where it is, or to what it is of: "in", "of"."""
    passives: Set[str] = frozenset()
    """Auxiliaries of the passive: "was" of "it was stolen"."""
    agents: Set[str] = frozenset()
    """Words before who did what is said in the passive: "by"."""
    aside: Set[str] = frozenset()
    """One word or two before what something else is beside: "near", "next to"."""
    aside_behind: tuple[str, ...] = ()
    """The same of words behind it, in lower case, with their accents."""
    relatives: Set[str] = frozenset()
    """Words that begin a relative clause behind a noun: "which"."""
    relatives_behind_comma: Set[str] = frozenset()
    """Words that do so behind a comma alone: German "die"."""
    meaning: Set[str] = frozenset()
    """Words that ask what a short form stands for, and nothing else beside it."""
    per: Set[str] = frozenset()
    """Words before the unit of a rate: "par" of "deux fois par an"."""
    timed: Set[str] = frozenset()
    """Words of a question for how long that ask for a time: "does", "film"."""
    extended: Set[str] = frozenset()
    """Those that ask for one of ``extents``, as far as none of ``timed`` is there: "bridge"."""
    extents: Set[str] = frozenset()
    """Units of length that answer "how long", too."""
    defining: Defining = Defining()
    """Words for asking what something is, and for saying so."""
    beginnings: Set[str] = frozenset()
    """The first words of ``asks``, ``narrows`` and ``only_asking``."""
    persons: Callable[[str], Sequence[str]] | None = None
    """Returns the names of persons in a sentence of a language that writes no capital letters."""
    times: Sequence[Sequence[Set[str]]] = ()
    """Groups of times of which one excludes the others, each by the phrases that name it: "this
    year" and "last year"; and "he" and "she"."""
    opposites: Sequence[Sequence[Set[str]]] = ()
    """The same of other words: "opens" and "closes", "Monday" and "Tuesday"."""
    existence: Set[str] = frozenset()
    """One to five words that ask whether there is something: "is there"."""
    naming: Set[str] = frozenset()
    """Words that say that a name is one: "called", "known"."""
    framing: Set[str] = frozenset()
    """Words for a text and for what its head tells: "article", "wrote". That none holds one says
    nothing."""
