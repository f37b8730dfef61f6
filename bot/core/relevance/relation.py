"""The relation that a question asks about a subject, and how far the sentence to be shown states
it.

A name is no answer: "What does the manager earn?" is not answered by a sentence in which the
manager says something about a train. These signs tell whether the sentence, one beside it or its
heading holds what is asked: the words of the question besides its names, and the kind of answer.
"""

from __future__ import annotations

from collections.abc import Set

from bot.core.named_tuple import NamedTuple
from bot.core.passages.passage_blocks import block_at
from bot.core.questions.conditions import unmet
from bot.core.questions.query import BEGINNING, LONG_CONTEXT
from bot.core.relevance.agents import is_without_agent, is_without_verb
from bot.core.relevance.announced import is_announced
from bot.core.relevance.choosing import SentenceChoice, gives_kind
from bot.core.relevance.clauses import is_of_another
from bot.core.relevance.existence import is_of_other_things
from bot.core.relevance.expectation import LOOSE, gives
from bot.core.relevance.found_terms import share_of
from bot.core.relevance.names_in_text import is_introduced, is_named, is_other_word
from bot.core.relevance.nearby import LIFE, Nearby, holds_life_span, nearby
from bot.core.relevance.numbers_in_text import looks_like_year
from bot.core.relevance.opposites import is_opposed
from bot.core.relevance.ranked import Ranked
from bot.core.relevance.sentence import Sentence, sentence_of
from bot.core.relevance.short_forms import is_missing, is_unexplained
from bot.core.relevance.subject import NOUNS_ARE_CAPITALISED, names_of
from bot.core.relevance.table_rows import is_of_no_row
from bot.core.seams import Analyzer, Kind

DERIVED_WEIGHT = 0.5
"""Weight of a term of which only a derived word stands there: less than of the word itself."""
_ENDINGS = frozenset({"er", "or", "ner", "ership", "ment", "ion", "ation", "ing"})
"""Endings of words that are derived from a short one."""
_TIED: Set[Kind] = {"length"}
"""Measures of which one unit serves for several: a height, a depth, a width."""
_NAMES: Set[Kind] = {"person", "name", "place"}
"""Kinds that are given by any name, so that none says that what is asked is there."""
_DATES: Set[Kind] = {"date", "year"}


class Relation(NamedTuple):
    """Signs whether the sentence that would be shown answers. What is asked are the question's
    terms but for its names, what the article's title or head holds, and the story around it."""

    unrelated: float
    """1.0 if nothing that is asked is there: no such term or a synonym of it, nor the kind of
    answer, which alone is not enough if it is a name or where no article has the term."""
    unanswered: float
    """1.0 if what is there cannot be the answer: a name or a date that is not given in a sentence
    without anything that is asked, a date where no article has what is asked; what is said of
    something else, or the opposite; where that of which the question asks whether it exists, or a
    short form, is not there; or a number of it, a year in these sentences, any other in the
    passage."""
    stated: float
    """The share of what is asked, by idf, in the sentence itself, or of what says the same there;
    1.0 if nothing is asked."""
    covered: float
    """The same of the sentence, those beside it and its heading; synonyms count, and derived words
    count in part."""
    held: float
    """The share of the whole question, by idf, that the passage or its article's title holds;
    synonyms count."""
    names_beside: float
    """The share of the question's names and numbers that the passage lacks, and that are not what
    the article is about."""
    unmet: float
    """The number of the question's conditions that none of these sentences meets; see
    `bot.core.questions.conditions`."""
    kind_missing: float
    """1.0 if the sentence does not give the kind of answer that is asked for, and it is one that
    can be told: a number, an amount, a year."""
    kind_unsaid: float
    """1.0 if it does not, and a name is asked for, of a person or a place, which may be given in
    other words ("the governor"); 0.5 if it is a date or a reason, which more often is, and none
    stands in a sentence beside it, either."""
    announced: float
    """1.0 if the question is about what has happened, and the sentence about what is still to
    come."""


def relation_of(item: Ranked, choice: SentenceChoice, analyzer: Analyzer) -> Relation:
    """Return the signs for the sentence of a candidate that would be shown."""
    query = item.query
    cues = analyzer.cues(query.reading.language)
    number, kind = choice.sentence, query.reading.kind
    block = block_at(item.passage, number)
    beside = range(max(block.first, number - 1), min(block.end, number + 2))
    near = (
        kind in LOOSE
        and kind not in _NAMES
        and not choice.gives_kind
        and any(
            gives_kind(query, item.passage, range(each, each + 1), analyzer)
            for each in beside
            if each != number
        )
    )
    near_it = nearby(item, number, block, beside, analyzer)
    given = (choice.gives_kind or near) and not _is_of_something_else(item, near_it)
    names = names_of(query.reading) or _names_in_lower_case(item)
    subject = {*names, *item.title}
    if given:
        subject |= query.reading.kind_terms
    asked = {term: idf for term, idf in query.idf.items() if term not in subject}
    context = query.reading.context_terms
    own = {term: idf for term, idf in asked.items() if term not in context} or asked
    asked = own if len(context) >= LONG_CONTEXT else asked
    total = sum(asked.values())
    held = near_it.stems
    missing = {term for term in asked.keys() - held if not query.has_synonym(term, held)}

    def holds(term: str) -> bool:
        return term in held or query.has_synonym(term, held) or _has_derived(item, term, near_it)

    derived = {term for term in missing if _has_derived(item, term, near_it)}
    if not given and kind is not None and kind not in LOOSE:
        missing |= asked.keys() & query.reading.kind_terms  # "years" alone gives no age
    own_stems = frozenset(near_it.sentence)
    stated = {term for term in asked.keys() - missing if query.says_same(term, own_stems)}
    covered = total - share_of(asked, missing) + DERIVED_WEIGHT * share_of(asked, derived)
    is_nowhere = not any(query.frequency.get(term) for term in own)
    unknown = [
        name
        for name in names
        if name not in held | item.title | item.subject.stems and not query.has_synonym(name, held)
    ]
    is_unsaid = own.keys() <= missing - derived
    sentence = {*near_it.sentence, *near_it.heading}
    asks_of_names = not asked and kind != "date"  # "who is she?" wants no other name
    is_said = bool(derived) or any(
        term in sentence or query.has_synonym(term, sentence) for term in asked
    )
    is_unknown = not all(query.frequency.get(term) for term in asked)
    stems = item.words.stem_set
    lacking = {
        term for term in query.idf.keys() - stems - item.title if not query.has_synonym(term, stems)
    }
    is_excused = given and kind not in _NAMES and not is_nowhere
    return Relation(
        unrelated=float(bool(asked) and is_unsaid and not is_excused),
        unanswered=float(
            is_of_another(query, item.passage, number, {*names}, analyzer)
            or is_without_agent(query, item.passage, number, analyzer)
            or (not choice.gives_kind and is_without_verb(query, sentence, cues))
            or is_unexplained(item, choice, cues.meaning)
            or is_missing(item)
            or is_of_other_things(
                query.reading, lambda term: term in item.title or holds(term), cues
            )
            or is_opposed(query.reading, item.words, block, number, cues)
            or is_of_no_row(query, item.passage, item.words, block, number, item.title)
            or (kind in LOOSE and not choice.gives_kind and not (is_said or asks_of_names))
            or (given and kind in _DATES and bool(asked) and not is_said and is_unknown)
            or any(
                name[0].isdigit() and (name not in stems or looks_like_year(name))
                for name in unknown
            )
            or (kind is not None and kind not in LOOSE and not given)
            or (kind == "name" and not _holds_name(item, number, given, analyzer))
            or _is_life_unsaid(item, beside, analyzer)
        ),
        stated=share_of(asked, stated) / total if total else 1.0,
        covered=covered / total if total else 1.0,
        held=1 - share_of(query.idf, lacking) / query.total,
        names_beside=len([name for name in unknown if name not in stems]) / max(1, len(names)),
        unmet=float(unmet(query.reading, near_it.written, holds, {*names, *item.title}, cues)),
        kind_missing=float(kind is not None and not given and kind not in LOOSE),
        kind_unsaid=(1.0 if kind in _NAMES else 0.5) * (kind in LOOSE and not given),
        announced=float(is_announced(query, item.passage, number, analyzer)),
    )


def _names_in_lower_case(item: Ranked) -> list[str]:
    """Return the stems of the words of a question without names that a candidate's passage has with
    a capital letter only."""
    reading, text = item.query.reading, item.passage.text
    if reading.language in NOUNS_ARE_CAPITALISED:
        return []
    begins = {span.start for span in item.passage.sentences}
    tokens = reading.tokens
    return [
        stem
        for start, word, stem, stop in zip(
            tokens.starts, tokens.words, tokens.stems, tokens.stops, strict=True
        )
        if not stop
        and stem in item.words.stem_set
        and reading.question[start].islower()
        and f" {word}" not in text
        and _is_name_in(text, word.capitalize(), begins)
    ]


def _is_name_in(text: str, name: str, begins: Set[int]) -> bool:
    """Return whether a capitalised word is a name in a text: it stands where neither a sentence nor
    a table's cell begins, or before another capitalised word. ``begins`` are the offsets of
    sentences."""
    at = text.find(name)
    while at >= 0:
        following = text[at + len(name) : at + len(name) + 2]
        is_inside = at not in begins and text[max(0, at - 2) : at] not in ("| ", "\n\n")
        if is_inside or (following[:1] == " " and following[1:].isupper()):
            return True
        at = text.find(name, at + 1)
    return False


def _is_of_something_else(item: Ranked, near_it: Nearby) -> bool:
    """Return whether a measure may be another's than is asked for: twelve metres are no depth where
    nothing else speaks of one."""
    reading = item.query.reading
    return reading.kind in _TIED and any(
        related.synonyms
        and term not in near_it.stems
        and not item.query.has_synonym(term, near_it.stems)
        and not _has_derived(item, term, near_it)
        for term in reading.kind_terms
        if (related := item.query.related.get(term)) is not None
    )


def _has_derived(item: Ranked, term: str, near_it: Nearby) -> bool:
    """Return whether a word that is derived from a candidate's term stands there: "manager" for
    "manages", "owner" for "owns"."""
    related = item.query.related.get(term)
    beginning = "" if related is None else related.beginning
    if len(beginning) > BEGINNING and beginning in near_it.written:
        return True
    return any(stem.startswith(term) and stem[len(term) :] in _ENDINGS for stem in near_it.stems)


def _is_life_unsaid(item: Ranked, sentences: range, analyzer: Analyzer) -> bool:
    """Return whether a question asks when or where somebody was born by a word that is folded like
    a stop word, so that it is no term, French "né", and none of these sentences says so."""
    reading = item.query.reading
    cues = analyzer.cues(reading.language)

    def says(said: Sentence, is_term: bool) -> bool:
        return any(
            word in cues.life
            and said.stops[at] != is_term
            and (is_term or not is_other_word(said, at))
            for at, word in enumerate(said.words)
        )

    if reading.kind not in LIFE or not says(
        Sentence(reading.question, *reading.tokens, cues), False
    ):
        return False
    found = (sentence_of(item.passage, each, reading.language, analyzer) for each in sentences)
    return not any(
        holds_life_span(said.text) or says(said, True) or says(said, False) for said in found
    )


def _holds_name(item: Ranked, sentence: int, is_given: bool, analyzer: Analyzer) -> bool:
    """Return whether a sentence has a word for being named, "known as", or a name that the question
    has not: near what is asked for, as ``is_given`` says, or behind what says what has it, "is the
    Ada", "(the Ada)"."""
    reading = item.query.reading
    asked = frozenset(reading.tokens.words)
    said = sentence_of(item.passage, sentence, reading.language, analyzer)
    naming = said.cues.naming & {*said.words}
    if naming and all(_is_name_behind(said, word, asked) for word in naming):
        return True
    kind: Kind = "name" if said.cues.gives.get("name") else "place"
    if not gives(kind, said, asked, reading.noun_stems):
        return False
    return (
        is_given
        or kind == "name"
        or bool(naming)
        or any(
            word not in asked and is_named(said, at, said.cues.days) and is_introduced(said, at)
            for at, word in enumerate(said.words)
        )
    )


def _is_name_behind(said: Sentence, naming: str, asked: Set[str]) -> bool:
    """Return whether behind a word for being named stands one that is not asked about, stop words
    passed over: "called the argument"."""
    at = said.words.index(naming) + 1
    while at < len(said.words) and said.stops[at]:
        at += 1
    return at < len(said.words) and said.words[at] not in asked
