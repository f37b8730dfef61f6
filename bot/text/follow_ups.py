"""Test whether a question can stand alone, or needs the one before it: "and why?", "who is he?".

It needs it where it opens as a continuation and says hardly more, be it a name ("and in May?"),
points back with a pronoun that nothing in it explains, or names nothing at all. Where it names
something it stands alone; "and how much will the repairs cost?" may. The words are in
`bot.text.phrases`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.relevance.subject import NOUNS_ARE_CAPITALISED
from bot.core.seams import Following
from bot.text.asking_parts import asked
from bot.text.phrases import PlainWord, phrase_table, plain_words
from bot.text.stopwords import stop_words, unspaced_stop_words

_MOST_CONTINUED = 5
"""Maximum number of content words of a question that opens with "and" and still needs the one
before it."""
_FEW = 1
"""Number of content words up to which a question names too little to be sure."""
_WITHOUT_PRONOUN = 2
"""The same in languages whose verbs need no pronoun: "¿cuántos años tiene ahora?"."""
_DROP_PRONOUNS = frozenset({"es", "it", "ja", "pl", "pt", "tr", "zh"})


def following(text: str, language: str) -> Following:
    """Return how far a question depends on the one before it; see
    `bot.core.seams.Analyzer.following`."""
    table = phrase_table(language)
    if table is None:
        return "no"
    parts = asked(text, language)
    words = [w for s, e in parts.asking for w in _inside(plain_words(text), s, e)]
    if not words or parts.context:
        return "no"  # a long post brings its own context
    plain = [each.word for each in words]
    opened = table.phrases("following opening").longest(plain, 0)
    expletive: set[int] = set()
    for at in range(len(plain)):
        expletive.update(range(at, table.phrases("expletive").longest(plain, at)))
    stops, unspaced = stop_words(language), unspaced_stop_words(language)
    found = unspaced.finditer(text) if unspaced else ()  # words here are characters
    passed = {at for each in found for at in range(*each.span())}
    pronouns = table.phrases("following pronouns")
    points_back = [
        at for at in range(len(plain)) if pronouns.longest(plain, at) > at and at not in expletive
    ]
    content = [
        at
        for at, word in enumerate(plain)
        if word not in stops and words[at].start not in passed and pronouns.longest(plain, at) == at
    ]
    capitals = [at for at in content if text[words[at].start].isupper()]
    if opened and content == list(range(opened, len(plain))) and len(content) in (1, len(capitals)):
        return "yes"
    if _has_name(text, words, content, language):
        return "no"
    if not content:
        return "yes"
    if opened and len(content) <= _MOST_CONTINUED:
        return "yes" if points_back or len(content) <= _FEW else "perhaps"
    if points_back:
        return "yes" if points_back[0] < content[0] or len(content) <= 2 else "perhaps"
    before = expletive & {at - 1 for at in content}  # "how long does it take?"
    says_it = any(pronouns.longest(plain, at) > at for at in before)
    few = _WITHOUT_PRONOUN if says_it or language in _DROP_PRONOUNS else _FEW
    return "perhaps" if len(content) <= few else "no"


def _inside(words: Sequence[PlainWord], start: int, end: int) -> list[PlainWord]:
    return [each for each in words if start <= each.start < end]


def _has_name(text: str, words: Sequence[PlainWord], content: Sequence[int], language: str) -> bool:
    """Return whether one of the content words is a name or a number: it begins with a digit, or
    with a capital letter inside a sentence. Where every noun does, a name is two in a row."""
    capitals = {at for at in content if at and text[words[at].start].isupper()}
    if language in NOUNS_ARE_CAPITALISED:
        capitals = {at for at in capitals if at + 1 in capitals}
    return bool(capitals) or any(text[words[at].start].isdigit() for at in content)
