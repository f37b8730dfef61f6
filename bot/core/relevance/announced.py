"""The test whether a sentence announces what a question takes for past: an event that is announced
is not its outcome.

"The council will vote", "votes next week" and "votes on Sunday" do not say how it voted. What is
still to come is told by the future tense, by words such as "tomorrow", and by the present tense
with a day or month and no year. It is not told where the sentence has a verb of the question in the
past ("the council decided that it will vote"), nor by a time where anything in it is past.

Nor is what somebody wants, asks for, promises or may do an outcome: "The council has called for an
inquiry", "hopes for help". That is told by a word for it beside a word of the question in a clause
in which nothing else has happened. It is no sign where the question asks for reasons, or for what
was wanted or said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from bot.core.light_typing import Any
from bot.core.passage import Passage
from bot.core.questions.query import Query
from bot.core.questions.question_reading import QuestionReading
from bot.core.relevance.numbers_in_text import is_year
from bot.core.relevance.sentence import Sentence, read_sentence, sentence_of
from bot.core.seams import Analyzer, Tense, Tokens

_A = "à"
_PARTICLES = frozenset({"mi", "mu"})
"""Turkish words behind the verb of a question, "sattı mı"."""
_MARKS = frozenset(',;:()–—«»„“”"，；：、（）')
"""Characters that part the clauses of a sentence."""


def is_announced(query: Query, passage: Passage, sentence: int, analyzer: Analyzer) -> bool:
    """Return whether a question asks about the past, and a sentence of a passage tells of what is
    still to come."""
    reading = query.reading
    asked = _as_typed(reading, analyzer)
    if not _asks_about_past(asked):
        return False
    said = _with_prepositions(sentence_of(passage, sentence, reading.language, analyzer))
    cues, terms = said.cues, query.idf.keys()
    if reading.kind != "reason" and _is_sought(asked, said, terms):
        return True
    if _has_verb(said, cues.past, terms):
        return False
    if _has_words(said, cues.future.words) or _has_verb(said, cues.future, terms):
        return True
    if _has_verb(said, cues.future._replace(endings=())):
        return True
    if _has_words(said, cues.past.words) or _has_verb(said, cues.past):
        return False
    return _has_words(said, cues.coming) or (
        _has_day(said)
        and any(
            _has_words(said, tense.words) or _has_verb(said, tense)
            for tense in (cues.present, cues.future)
        )
    )


def _as_typed(reading: QuestionReading, analyzer: Analyzer) -> Sentence:
    """Return the tokens of a question that ask, and its text, before any repair: a verb in a tense
    that no article has may have become another."""
    typed = read_sentence(reading.question, reading.language, analyzer)
    asking = [at for at, start in enumerate(typed.starts) if start not in reading.beside_asked]
    if asking and typed.words[asking[-1]] in _PARTICLES:
        asking.pop()
    if not asking:
        typed = Sentence(typed.text, *reading.tokens, typed.cues)
    elif len(asking) < len(typed.words):
        columns: list[list[Any]] = [[column[at] for at in asking] for column in typed[1:6]]
        typed = Sentence(typed.text, *Tokens(*columns), typed.cues)
    return _with_prepositions(typed)


def _with_prepositions(said: Sentence) -> Sentence:
    """Return tokens in which French "à" is not folded: else it is the auxiliary "a"."""
    if not ("à" in said.text or "À" in said.text):
        return said
    written = zip(said.starts, said.words, strict=True)
    return said._replace(
        words=[_A if word == "a" and said.text[at] in "àÀ" else word for at, word in written]
    )


def _asks_about_past(asked: Sentence) -> bool:
    """Return whether a question asks about what has happened. Forms of verbs alone say so only
    where nothing tells of the present: "where is it held?"."""
    cues = asked.cues
    if _has_words(asked, cues.future.words) or _has_verb(asked, cues.future):
        return False
    if _has_words(asked, cues.past.words):
        return True
    has_past = _has_verb(asked, cues.past) or (
        len(asked.words) > 1 and _ends(asked, 1, cues.past.second)
    )
    if not any(cues.present._replace(verbs=frozenset())):  # no form of a verb is of the present
        return has_past
    return has_past and not (
        _has_words(asked, cues.present.words) or _has_verb(asked, cues.present)
    )


def _is_sought(asked: Sentence, said: Sentence, terms: Set[str]) -> bool:
    """Return whether a clause with a term of a question says what somebody wants or may do, and
    nothing that has happened."""
    sought = said.cues.sought
    if not sought.words or _has_words(asked, sought.words | sought.auxiliaries):
        return False
    words, stems = said.words, said.stems
    seeking = {at: n for at in range(len(words)) if (n := _seeks(said, at))}
    own = {each for at, n in seeking.items() for each in range(at, at + n)}
    past = said.cues.past._replace(last=())
    if not seeking or _has_verb(said, past, terms, own):
        return False
    asked_stems = set(asked.stems)
    for clause, following in pairwise([*_clauses(said), range(0)]):
        seekers = [
            at
            for at in clause
            if at in seeking and (words[at] not in sought.words or stems[at] not in asked_stems)
        ]
        for each in (clause, following) if seekers else ():  # "hope, that it"
            other = [at for at in each if at not in own]
            if not terms.isdisjoint(stems[each.start : each.stop]) and not _has_happened(
                said, other, seekers[-1]
            ):
                return True
    return False


def _seeks(said: Sentence, at: int) -> int:
    """Return the number of tokens from one on that say that somebody wants something; 0 if none
    do."""
    words, cues, sought = said.words, said.cues, said.cues.sought
    pair = " ".join(words[at : at + 2]) if at + 1 < len(words) else ""
    if pair in sought.words or pair in cues.past.words:  # "may have been"
        return 2 * (pair in sought.words)
    is_month = words[at] in cues.days and said.is_capitalised(at)
    if (words[at] in sought.words and not is_month) or _ends(said, at, sought.endings):
        return 1
    is_told = words[at] in sought.verbs or _ends(said, at, sought.last)
    return int(is_told and not sought.auxiliaries.isdisjoint(words[:at]))


def _clauses(said: Sentence) -> Iterator[range]:
    """Yield the tokens of each part of a sentence between its marks."""
    first, end = 0, len(said.words)
    for at in range(1, end + 1):
        if at == end or not _MARKS.isdisjoint(said.gap(at)):
            yield range(first, at)
            first = at


def _has_happened(said: Sentence, clause: Sequence[int], seeker: int) -> bool:
    """Return whether some tokens of a clause have a verb in the past, besides one auxiliary before
    the token that says that somebody wants something, and verbs that tell what was said."""
    words, past, telling = said.words, said.cues.past, said.cues.sought.auxiliaries
    auxiliaries = [
        at for at in clause if words[at] in past.words or " ".join(words[at : at + 2]) in past.words
    ]
    before = any(at < seeker for at in auxiliaries)
    return len(auxiliaries) > before or any(
        words[at] in past.verbs or (not said.stops[at] and _ends(said, at, past.endings))
        for at in clause
        if words[at] not in telling
    )


def _has_words(said: Sentence, phrases: Set[str]) -> bool:
    """Return whether one of these words, or pairs of words, is among the tokens."""
    return not phrases.isdisjoint(said.words) or any(
        f"{first} {second}" in phrases for first, second in pairwise(said.words)
    )


def _has_verb(
    said: Sentence, tense: Tense, verbs: Set[str] | None = None, besides: Set[int] = frozenset()
) -> bool:
    """Return whether a verb has a tense by its form or its ending; one of the stems ``verbs``, if
    they are given. Tokens at ``besides`` are no verbs."""
    for at, (word, stem, stop) in enumerate(zip(said.words, said.stems, said.stops, strict=True)):
        if (
            (verbs is None or stem in verbs)
            and at not in besides
            and (word in tense.verbs or (not stop and _ends(said, at, tense.endings)))
        ):
            return True
    last = len(said.words) - 1
    if last < 0 or not _ends(said, last, tense.last):
        return False
    return not tense.auxiliaries or not tense.auxiliaries.isdisjoint(said.words[:last])


def _ends(said: Sentence, at: int, endings: tuple[str, ...]) -> bool:
    return bool(endings) and said.written(at).lower().endswith(endings)


def _has_day(said: Sentence) -> bool:
    """Return whether a day or a month is given without a year, and no word for "every". One that is
    a common word, too, is "May" with a capital letter."""
    return (
        any(
            word in said.cues.days and not (stop and said.text[start].islower())
            for start, word, stop in zip(said.starts, said.words, said.stops, strict=True)
        )
        and said.cues.each.isdisjoint(said.words)
        and not any(is_year(said, at) for at in range(len(said.words)))
    )
