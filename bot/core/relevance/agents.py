"""The test whether a sentence leaves out who did what a question asks for.

"Who stole the sextant?" is not answered by "The sextant was stolen in Hamburg": the verb of the
question is in the passive, and nobody is named by whom. A name that says where is nobody's. Nor
does "Prizes for the ugliest carrot are handed out" say who won one: it names nobody, and lacks the
verb.
"""

from __future__ import annotations

from collections.abc import Set

from bot.core.passage import Passage
from bot.core.questions.query import Query
from bot.core.relevance.names_in_text import is_named, is_pair
from bot.core.relevance.sentence import Sentence, sentence_of
from bot.core.relevance.subject import NOUNS_ARE_CAPITALISED
from bot.core.seams import Analyzer, Cues

_WITHIN = 2
"""Number of words between a verb and its auxiliary: "was not openly stolen"."""


def is_without_agent(query: Query, passage: Passage, sentence: int, analyzer: Analyzer) -> bool:
    """Return whether a sentence of a passage has the verb of a question who did something in the
    passive, and nobody who did it."""
    reading = query.reading
    cues = analyzer.cues(reading.language)
    typed = reading.tokens.words
    asks = [at for at, word in enumerate(typed) if cues.asks.get(word) == "person"]
    is_active = cues.passives.isdisjoint(typed) and cues.agents.isdisjoint(typed)
    if reading.kind != "person" or not asks or not cues.passives or not is_active:
        return False  # "who was robbed by him?" is in the passive itself
    said = sentence_of(passage, sentence, reading.language, analyzer)
    if not cues.agents.isdisjoint(said.words):
        return False
    terms = query.idf.keys() - {reading.tokens.stems[at] for at in asks}
    is_apart = reading.language in NOUNS_ARE_CAPITALISED  # "wurde 1977 in Orlo gestohlen"
    return any(
        stem in terms and said.text[said.starts[at]].islower() and _is_passive(said, at, is_apart)
        for at, stem in enumerate(said.stems)
    ) and not _names_anyone(said, {*typed}, is_apart)


def is_without_verb(query: Query, stems: Set[str], cues: Cues) -> bool:
    """Return whether a text with these stems, which names nobody, lacks the word behind the one by
    which a question asks for somebody, auxiliaries passed over, and any synonym of it."""
    tokens = query.reading.tokens
    asks = [at for at, word in enumerate(tokens.words) if cues.asks.get(word) == "person"]
    if query.reading.kind != "person" or not asks:
        return False
    words, at = tokens.words, asks[0] + 1
    while at < len(words) and words[at] in cues.openers:
        at += 1
    if " ".join(words[at : at + 2]) in cues.future.words:
        at += 2  # "who is going to sing"
    if at >= len(words) or tokens.stops[at]:
        return False
    verb = tokens.stems[at]
    return verb in query.idf and verb not in stems and not query.has_synonym(verb, stems)


def _is_passive(said: Sentence, at: int, is_apart: bool) -> bool:
    """Return whether a token is a verb with an auxiliary of the passive before it; ``is_apart``
    says that these may stand anywhere in a clause."""
    before = said.words if is_apart else said.words[max(0, at - 1 - _WITHIN) : at]
    return not said.cues.passives.isdisjoint(before)


def _names_anyone(said: Sentence, asked: Set[str], is_pair_wanted: bool) -> bool:
    """Return whether a text has a name that is not asked about and says not where something is."""
    for at, word in enumerate(said.words):
        if word in asked or not is_named(said, at, said.cues.days):
            continue
        if is_pair_wanted and not is_pair(said, at):
            continue
        first = at
        while first and said.is_capitalised(first - 1):
            first -= 1
        if not first or said.words[first - 1] not in said.cues.places:
            return True
    return False
