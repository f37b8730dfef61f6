"""The test whether a sentence leaves out who did what a question asks for.

"Who stole the sextant?" is not answered by "The sextant was stolen in Hamburg": the verb of the
question is in the passive, and nobody is named by whom. A name that says where is nobody's. Nor
does "Prizes for the ugliest carrot are handed out" say who won one: it names nobody, and lacks the
verb.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from bot.core.passage import Passage
from bot.core.questions.query import Query
from bot.core.relevance.names_in_text import is_named, is_pair
from bot.core.relevance.subject import NOUNS_ARE_CAPITALISED
from bot.core.seams import Analyzer, Cues, Tokens

_WITHIN = 2
"""Number of words between a verb and its auxiliary: "was not openly stolen"."""


def is_without_agent(query: Query, passage: Passage, sentence: int, analyzer: Analyzer) -> bool:
    """Return whether a sentence of a passage has the verb of a question who did something in the
    passive, and nobody who did it."""
    reading, span = query.reading, passage.sentences[sentence]
    cues = analyzer.cues(reading.language)
    typed = reading.tokens.words
    asks = [at for at, word in enumerate(typed) if cues.asks.get(word) == "person"]
    if reading.kind != "person" or not asks or not cues.passives or not _is_active(typed, cues):
        return False
    text = passage.text[span.start : span.end]
    tokens = analyzer.tokens(text, reading.language)
    if not cues.agents.isdisjoint(tokens.words):
        return False
    terms = query.idf.keys() - {reading.tokens.stems[at] for at in asks}
    is_apart = reading.language in NOUNS_ARE_CAPITALISED  # "wurde 1977 in Orlo gestohlen"
    return any(
        stem in terms
        and text[tokens.starts[at]].islower()
        and _is_passive(tokens, at, is_apart, cues)
        for at, stem in enumerate(tokens.stems)
    ) and not _names_anyone(text, tokens, {*typed}, is_apart, cues)


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


def _is_active(typed: Sequence[str], cues: Cues) -> bool:
    """Return whether a question has its verb in the active: "who was robbed by him?" has not."""
    return cues.passives.isdisjoint(typed) and cues.agents.isdisjoint(typed)


def _is_passive(tokens: Tokens, at: int, is_apart: bool, cues: Cues) -> bool:
    """Return whether a token is a verb with an auxiliary of the passive before it; ``is_apart``
    says that these may stand anywhere in a clause."""
    if is_apart:
        return not cues.passives.isdisjoint(tokens.words)
    for before in range(at - 1, max(-1, at - 2 - _WITHIN), -1):
        if tokens.words[before] in cues.passives:
            return True
    return False


def _names_anyone(
    text: str, tokens: Tokens, asked: Set[str], is_pair_wanted: bool, cues: Cues
) -> bool:
    """Return whether a text has a name that is not asked about and says not where something is."""
    end = len(tokens.words)
    for at in range(end):
        if tokens.words[at] in asked or not is_named(text, tokens, at, 0, end, cues.days):
            continue
        if is_pair_wanted and not is_pair(text, tokens, at, 0, end):
            continue
        first = at
        while first and text[tokens.starts[first - 1]].isupper():
            first -= 1
        if not first or tokens.words[first - 1] not in cues.places:
            return True
    return False
