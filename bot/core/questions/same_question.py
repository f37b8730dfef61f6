"""Test whether two questions ask the same in other words.

Guarded, for the answer of one is given to the other. What may differ: filler, articles, word order
of auxiliary verbs, a final "s", the words that ask for one kind of answer ("how much does", "what
does it cost"), who asks ("I", "you"), "if" and "when" in the middle, "runs" and "is running".
Nothing else: "from Leeds to York" is not "to Leeds from York", "opened" not "opens", "can" not
"cannot", "my" not "your".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from typing import NamedTuple

from bot.core.questions.asked_kind import asked_kind, only_asking
from bot.core.seams import Analyzer, Kind
from bot.core.seams.pairs import LittleWords

_ANYBODY = "*"
"""Stands for a pronoun that may be anybody's."""
_SHORT_IS = ("'s", "’s")
_GOING_ON = "ing"
"""Ending of what is going on, in English: beside "is", and behind no article."""


class QuestionWording(NamedTuple):
    """A question as it is compared with others."""

    words: tuple[str, ...]
    """Its words in order, folded, without filler, articles, auxiliary verbs and those that only ask
    for its kind of answer."""
    stems: tuple[str, ...]
    """The stem of each of them."""
    verbs: frozenset[tuple[str, int]]
    """Meanings of its auxiliary verbs, each with its frequency."""
    terms: frozenset[str]
    """The stems that are searched for."""
    kind: Kind | None
    """Kind of answer that it asks for, if it says so."""
    is_negative: bool
    """True if it asks what is not so."""
    is_whole: bool
    """True if nothing else was said that might change what is asked."""


class _AskedWord(NamedTuple):
    """A word of a question, and whether it has a short "is" behind it: "where's"."""

    word: str
    stem: str
    is_stop: bool
    has_is: bool


def wording(question: str, language: str, analyzer: Analyzer) -> QuestionWording:
    """Read a question in one language for comparison."""
    parts = analyzer.asked(question, language)
    little = analyzer.little_words(language)
    tokens = [
        _AskedWord(word, stem, stop, stop and question[start:end].endswith(_SHORT_IS))
        for start, end, word, stem, stop in zip(*analyzer.tokens(question, language), strict=True)
        if any(span.start <= start < span.end for span in parts.asking)
    ]
    kind, openers = _asking_words(tokens, language, analyzer)
    subject = _general_subject(tokens, little)
    words: list[str] = []
    stems: list[str] = []
    verbs: Counter[str] = Counter()
    going_on: list[int] = []
    for at, (word, stem, is_stop, has_is) in enumerate(tokens):
        verbs["is"] += has_is and "is" in little.verbs
        if word in little.verbs:
            verbs[little.verbs[word]] += 1
        elif kind is not None and subject is not None and word in little.advising:
            continue
        elif at == subject:
            words.append(_ANYBODY)
            stems.append(_ANYBODY)
        elif at and word in little.conditions:
            words.append(little.conditions[word])
            stems.append(little.conditions[word])
        elif word not in little.articles and at not in openers:
            is_noun = at and tokens[at - 1].word in little.articles
            if word.endswith(_GOING_ON) and word != stem and not (is_stop or is_noun):
                going_on.append(len(words))
            words.append(word)
            stems.append(stem)
    if going_on and verbs["is"]:
        verbs["is"] -= 1
        words[going_on[0]] = stems[going_on[0]]
    return QuestionWording(
        tuple(words),
        tuple(stems),
        frozenset((verb, count) for verb, count in verbs.items() if verb and count),
        frozenset(token.stem for token in tokens if not token.is_stop),
        kind,
        is_negative=sum(token.word in little.negations for token in tokens) % 2 == 1,
        is_whole=not parts.context and len(parts.asking) == 1,
    )


def _asking_words(
    tokens: Sequence[_AskedWord], language: str, analyzer: Analyzer
) -> tuple[Kind | None, Set[int]]:
    """Return the kind of answer that is asked for, and the numbers of the tokens that only ask for
    it: "how much" of "how much is a ticket", but not "days" of "how many days"."""
    words, cues = [token.word for token in tokens], analyzer.cues(language)
    kind, phrase, _ = asked_kind(words, [token.is_stop for token in tokens], cues)
    if kind is None:
        return None, frozenset()
    size = len(phrase)
    at = next(at for at in range(len(words)) if tuple(words[at : at + size]) == phrase)
    only = set(only_asking(words, cues))
    asking = range(at, at + size)
    return kind, {each for each in asking if tokens[each].is_stop or each in only}


def _general_subject(tokens: Sequence[_AskedWord], little: LittleWords) -> int | None:
    """Return the number of the pronoun that may be anybody's; None if there is none, or another
    person beside it."""
    found = [at for at, token in enumerate(tokens) if token.word in little.subjects]
    if len(found) != 1 or any(token.word in little.persons for token in tokens):
        return None
    return found[0]


def ask_the_same(one: QuestionWording, other: QuestionWording) -> bool:
    """Return whether two questions, read in the same language, ask the same. Without a word to
    search for, none does: whoever compares "who are you?" compares its text."""
    return (
        bool(one.terms)
        and one.is_whole
        and other.is_whole
        and one.stems == other.stems
        and one.verbs == other.verbs
        and one.kind == other.kind
        and all(map(_is_same_word, one.words, other.words))
    )


def folded_text(question: str) -> str:
    """Return a question's text but for upper case, white space and the signs at its end."""
    return " ".join(question.casefold().split()).rstrip(" ?!.")


def _is_same_word(one: str, other: str) -> bool:
    return one == other or one.removesuffix("s").removesuffix("e") == other.removesuffix(
        "s"
    ).removesuffix("e")
