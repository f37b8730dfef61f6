"""The test whether a sentence says what is asked of something else that it names.

"Who built the ferry?" is not answered by "Beside the ferry stands a bridge, which Tom Rusk built":
what is asked about only says where the other thing is. Nor does "The brewery stands beside the
chapel that Paul Wenk founded" say who founded the brewery: a relative clause is about the noun
before it. This is told for questions who did something, and when, and where the sentence has all
words of the question, or one besides what it is asked about; a longer match is rarely by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from bot.core.passage import Passage
from bot.core.questions.query import Query
from bot.core.relevance.sentence import Sentence, sentence_of
from bot.core.seams import Analyzer, Cues, Kind

_KINDS: Set[Kind] = {"person", "name", "date", "year"}
_ASIDE_WITHIN = 4
"""Number of words before a noun within which a preposition may stand: "beside the old ferry"."""


def is_of_another(
    query: Query, passage: Passage, sentence: int, names: Set[str], analyzer: Analyzer
) -> bool:
    """Return whether a sentence of a passage says what a question asks of something else.
    ``names`` are the stems of the question's names, none of which is a verb."""
    reading = query.reading
    cues = analyzer.cues(reading.language)
    typed = reading.tokens.words
    if reading.kind not in _KINDS or any(_is_aside(typed, at, cues) for at in range(len(typed))):
        return False
    said = sentence_of(passage, sentence, reading.language, analyzer)
    places: dict[str, list[int]] = {}
    for at, stem in enumerate(said.stems):
        if stem in query.idf:
            places.setdefault(stem, []).append(at)
    clauses = [(at, _antecedent(said, at)) for at in _relatives(said)]
    spoken_of = {at for _, antecedent in clauses for at in antecedent}
    aside = {
        term
        for term, found in places.items()
        if all(at not in spoken_of and _stands_aside(query, said, at) for at in found)
    }
    if aside and len(places.keys() - aside) <= 1:
        return True
    if places.keys() != query.idf.keys() or not cues.present.words.isdisjoint(typed[1:2]):
        return False  # "who is the head of it?" asks by no verb
    return any(_is_of(antecedent, at, places, names) for at, antecedent in clauses)


def _is_of(
    antecedent: range, begin: int, places: Mapping[str, Sequence[int]], names: Set[str]
) -> bool:
    """Return whether a relative clause that begins at a token has one term of a question, its verb,
    and the nouns before it, ``antecedent``, have none of the others, which stand before it, too."""
    inside = [term for term, found in places.items() if found[0] > begin]
    outside = [at for found in places.values() if found[-1] < begin for at in found]
    is_verb = len(inside) == 1 and inside[0] not in names
    return is_verb and bool(outside) and not any(at in antecedent for at in outside)


def _is_aside(words: Sequence[str], at: int, cues: Cues) -> bool:
    """Return whether a word, or it and the next one, say that something is beside another."""
    return words[at] in cues.aside or " ".join(words[at : at + 2]) in cues.aside


def _stands_aside(query: Query, said: Sentence, at: int) -> bool:
    """Return whether a token belongs to what something else is said to stand beside."""
    words, cues, behind = said.words, said.cues, at + 1
    while behind < len(words) and said.stems[behind] in query.idf:
        behind += 1
    if said.text[said.ends[behind - 1] :].lstrip().startswith(cues.aside_behind):
        return True
    for before in range(at - 1, max(-1, at - 1 - _ASIDE_WITHIN), -1):
        if _is_aside(words, before, cues):
            return True
        is_of_it = said.stops[before] or tuple(said.stems[before : before + 2]) in query.pairs
        if not is_of_it:  # it may be half of a pair: "next to"
            return before > 0 and _is_aside(words, before - 1, cues)
    return False


def _relatives(said: Sentence) -> Iterator[int]:
    """Yield the tokens that begin a relative clause: right behind a noun or its comma."""
    cues = said.cues
    for at in range(1, len(said.words)):
        word, gap = said.words[at], said.gap(at).strip()
        if gap == ",":
            if word in cues.relatives or word in cues.relatives_behind_comma:
                yield at
        elif not gap and word in cues.relatives and not said.stops[at - 1]:
            yield at


def _antecedent(said: Sentence, end: int) -> range:
    """Return the tokens of the nouns before a relative clause: "ferry across the Arn", "Ada Lund, a
    painter"."""
    first = end
    while first:
        while first and not said.stops[first - 1]:
            first -= 1
            if said.gap(first) != " ":
                break
        last = first
        while last and said.stops[last - 1]:
            last -= 1
        is_tied = not said.cues.places.isdisjoint(said.words[last:first])
        if not last or not (is_tied or "," in said.text[said.ends[last - 1] : said.starts[first]]):
            break
        first = last
    return range(first, end)
