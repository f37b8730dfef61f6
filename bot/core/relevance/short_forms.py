"""Abbreviations that articles explain: "the Ministry of Works (MoW)".

They are learnt from the passages that a question finds, and only where the long form stands right
before the short one in brackets and has its initials: initials alone are those of too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set

from bot.core.questions.question_reading import QuestionReading
from bot.core.relevance.choosing import SentenceChoice
from bot.core.relevance.ranked import Ranked
from bot.core.seams import Analyzer

EXPLAINED_WEIGHT = 0.3
"""Weight of the evidence that a passage explains the abbreviation that is asked for."""
_LONGEST_SHORT, _LONGEST_LONG = 8, 9
"""Letters of a short form, and words of a long one, at the most."""
_LEFT_OUT = frozenset({"of", "and", "the", "for", "in", "on", "to", "a", "&"})
"""Words whose initials a short form may leave out."""


def explained(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the short forms that texts explain, in lower case, with the words of their long
    forms."""
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        start = text.find("(")
        while start >= 0:
            end = text.find(")", start, start + _LONGEST_SHORT + 2)
            short = text[start + 1 : max(end, start + 1)]
            if len(short) > 1 and short[:1].isupper() and short.replace("&", "").isalpha():
                before = text[max(0, start - 20 * _LONGEST_LONG) : start].split()
                words = _long_form(before[-_LONGEST_LONG:], short)
                if words:
                    found.setdefault(short.lower(), words)
            start = text.find("(", start + 1)
    return found


def _long_form(words: Sequence[str], short: str) -> tuple[str, ...]:
    """Return the last of some words, as many as have a short form's initials; empty if none do."""
    for size in range(2, len(words) + 1):
        chosen = words[-size:]
        every = "".join(word[0] for word in chosen).lower()
        main = "".join(word[0] for word in chosen if word.lower() not in _LEFT_OUT).lower()
        if short.lower() in (every, main) and chosen[0].lower() not in _LEFT_OUT:
            return tuple(chosen)
    return ()


def explaining_first(ranked: list[Ranked]) -> list[Ranked]:
    """Return a ranking in which, where hardly more than a short form is asked ("What does RCD stand
    for?"), what explains it counts for more."""
    short = _short_form(ranked[0].query.reading) if ranked else ""
    if not short:
        return ranked
    weighed = [
        item._replace(
            evidence=item.evidence._replace(kind=item.evidence.kind + EXPLAINED_WEIGHT),
            choice=_explaining_choice(item, short),
        )
        if _explains(item.passage.text, short)
        else item
        for item in ranked
    ]
    return sorted(weighed, key=lambda item: -item.evidence.score)


def is_explained(first: Ranked, choice: SentenceChoice, meaning: Set[str]) -> bool:
    """Return whether a question asks for hardly more than a short form, and the chosen sentence has
    it beside its long form; ``meaning`` are words that ask for it: "stand" of "stand for"."""
    short = _short_form(first.query.reading, meaning)
    is_all = first.query.reading.kind in (None, "definition") and bool(short)  # no age of an RCD
    return is_all and _explains(first.passage.sentence(choice.sentence), short)


def is_unexplained(first: Ranked, choice: SentenceChoice, meaning: Set[str]) -> bool:
    """Return whether a question asks what a short form stands for, by one of the words ``meaning``
    beside it, and the chosen sentence has no such word, nor words with its initials: one letter is
    the initial of too much."""
    reading = first.query.reading
    words, stops = reading.tokens.words, reading.tokens.stops
    told = [
        at
        for at, stop in enumerate(stops)
        if not stop or words[at] in meaning or _written(reading, at).isupper()
    ]
    written = [_written(reading, at) for at in told]
    asking = [n for n, at in enumerate(told) if words[at] in meaning]
    short = [written[n] for each in asking for n in (each - 1, each + 1) if 0 <= n < len(told)]
    asked = next((each for each in short if _is_short(each) or len(each) == 1), "")
    text = first.passage.sentence(choice.sentence).lower()
    said = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)
    initials = "".join(word[0] for word in said) if len(asked) > 1 else ""
    return bool(asked) and meaning.isdisjoint(said) and asked.lower() not in initials


def is_missing(first: Ranked) -> bool:
    """Return whether a question has a short form that no article has, or that has a long one, and
    neither the passage nor its article's title has a word of it: "How much RAM does it have?"."""
    query, reading, held = first.query, first.query.reading, first.words.stem_set | first.title
    tokens = reading.tokens
    if reading.question.isupper():
        return False
    forms: dict[int, list[int]] = {}
    for at, stop in enumerate(tokens.stops):
        if not stop and _is_short(_written(reading, at)):
            forms.setdefault(tokens.starts[at], []).append(at)
    return any(
        not any(
            stem in held or stem in first.subject.stems or query.has_synonym(stem, held)
            for stem in stems
        )
        and (
            not any(map(query.frequency.get, stems))
            or tokens.words[places[0]] != _written(reading, places[0]).lower()
        )
        for places in forms.values()
        if (stems := [tokens.stems[at] for at in places])
    )


def _written(reading: QuestionReading, at: int) -> str:
    """Return a token of a question as it is written there."""
    return reading.question[reading.tokens.starts[at] : reading.tokens.ends[at]]


def _is_short(written: str) -> bool:
    """Return whether a word has the form of an abbreviation: "RAM"."""
    return 1 < len(written) <= _LONGEST_SHORT and written.isalpha() and written.isupper()


def _explaining_choice(item: Ranked, short: str) -> SentenceChoice | None:
    for number in range(len(item.passage.sentences)):
        if _explains(item.passage.sentence(number), short):
            return SentenceChoice(number, gives_kind=True)
    return item.choice


def _explains(text: str, short: str) -> bool:
    """Return whether a text has an abbreviation beside its long form, one of them in brackets."""
    written = re.escape(short)
    return re.search(rf"\({written}\)|\b{written} \([^)]*[^\W\d_]{{3}}", text) is not None


def _short_form(reading: QuestionReading, meaning: Set[str] = frozenset()) -> str:
    """Return the short form that a question asks for; empty if it asks for more."""
    tokens = reading.tokens
    asked = [
        reading.question[start:end]
        for start, end, word, stem, stop in zip(*tokens, strict=True)
        if not (stop or start in reading.context or stem in reading.common or word in meaning)
    ]
    is_short = len(asked) == 1 and sum(map(str.isupper, asked[0])) > 1 and len(asked[0]) < 9
    return asked[0] if is_short else ""


def substitutes(
    forms: Mapping[str, tuple[str, ...]], language: str, analyzer: Analyzer
) -> dict[str, frozenset[str]]:
    """Return, for each stem of a short or a long form, the stems that may replace it."""
    found: dict[str, frozenset[str]] = {}
    for short, words in forms.items():
        (stem, *_) = analyzer.tokens(short, language).stems or [""]
        long = frozenset(analyzer.terms(" ".join(words), language))
        if stem and long:
            found[stem] = found.get(stem, frozenset()) | long
            for each in long:
                found[each] = found.get(each, frozenset()) | {stem}
    return found
