"""A question read in one language: its tokens, the terms to search for, and their synonyms.

The statistics of the articles have no part in it; see `bot.core.questions.query`.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, MutableMapping, Sequence, Set

from bot.core.article import Span
from bot.core.light_typing import TypeVar, cast
from bot.core.named_tuple import NamedTuple
from bot.core.questions.asked_kind import AskedKind, asked_kind, only_asking
from bot.core.seams import Analyzer, GramShares, Kind, Substitutes, Tokens

_Said = TypeVar("_Said")

MOST_ASKED = 200
MOST_CONTEXT = 40
"""Tokens of a longer message that are searched for."""


class QuestionReading(NamedTuple):
    """A question read in one language."""

    question: str
    language: str
    tokens: Tokens
    terms: tuple[str, ...]
    """The distinct terms that are searched for, in the question's order."""
    common: Set[str]
    """The stems of the language's common words."""
    synonyms: Mapping[str, Set[str]]
    """For each stem of the language that has some the stems that may stand for it."""
    everyday: Mapping[str, Substitutes]
    """For each stem of an everyday word those of the words that articles use for it."""
    kind: Kind | None
    """Kind of answer that is asked for, if it can be told."""
    gram_shares: Callable[[Mapping[str, float]], GramShares]
    """See `bot.core.seams.Analyzer.gram_shares`."""
    context: Set[int] = frozenset()
    """Offsets of the tokens that do not ask, but may help: those of a longer message's other
    sentences, and those of an earlier question."""
    kind_terms: Set[str] = frozenset()
    """The stems of the words by which the kind is asked for: "hot" of "how hot"."""
    beside_asked: Set[int] = frozenset()
    """Offsets of all words that do not ask, as far as this language tells: greetings, hedges and
    other filler, and the context."""
    signs: Mapping[str, Set[str]] = {}
    """For the stems of some units the signs that may stand for them: "$"."""
    nouns: tuple[int, ...] = ()
    """Where the words begin for what has the name that is asked for, or for what is counted."""

    @property
    def noun_stems(self) -> Set[str]:
        """The stems of those words."""
        if not self.nouns:
            return frozenset()
        placed = zip(self.tokens.starts, self.tokens.stems, strict=True)
        return {stem for start, stem in placed if start in self.nouns}

    @property
    def context_terms(self) -> Set[str]:
        """The terms that occur only in the context."""
        if not self.context:
            return frozenset()
        placed = zip(self.tokens.starts, self.tokens.stems, strict=True)
        return set(self.terms) - {stem for start, stem in placed if start not in self.context}


def read(
    question: str, language: str, analyzer: Analyzer, earlier: str = "", is_alone: bool = False
) -> QuestionReading:
    """Read a question in one language; ``earlier`` is one that it follows, for context.
    ``is_alone`` leaves out what a longer message says beside it."""
    parts = analyzer.asked(question, language)
    context = [] if is_alone else list(parts.context)
    if earlier:
        behind = len(question) + 1
        followed = analyzer.asked(earlier, language)
        context += [Span(behind + start, behind + end) for start, end in followed.asking]
        question = f"{question}\n{earlier}"
    tokens = analyzer.tokens(question, language)
    beside: Set[int] = frozenset()
    beside_asked: Set[int] = frozenset()
    if context or parts.asking != (Span(0, len(question)),):
        starts = tokens.starts
        beside_asked = frozenset(at for at in starts if not _is_inside(at, parts.asking))
        tokens, beside = _asked_tokens(tokens, parts.asking, context)
    inside = [at for at, start in enumerate(tokens.starts) if start not in beside]
    asked = [tokens.words[at] for at in inside]
    cues = analyzer.cues(language)
    expected = asked_kind(asked, [tokens.stops[at] for at in inside], cues)
    idle = only_asking(asked, cues)
    if expected.kind == "definition":
        if _is_owned(question, tokens, [inside[at] for at in expected.nouns]):
            expected = AskedKind(None)
        else:
            idle = [at for at in range(len(asked)) if at not in expected.nouns]
    tokens = _passed_over(tokens, inside, [inside[at] for at in idle])
    terms = tuple(dict.fromkeys(tokens.terms()))
    common, synonyms = analyzer.common(language), analyzer.synonyms(language)
    everyday = analyzer.everyday(language)
    forms = analyzer.other_forms(asked, language)
    signs = {} if expected.kind == "weight" else _signs_of(tokens, forms)  # "pounds" is both
    if forms:
        synonyms = with_forms(synonyms, forms, language, analyzer)
    phrases = analyzer.phrase_words(tokens, language)
    if phrases:
        alike = _by_both(everyday, phrases)
        others = phrases.keys() - alike.keys()  # these words mean something else by themselves
        synonyms = with_instead(synonyms, dict.fromkeys(others, frozenset()))
        everyday = with_instead(everyday, {**phrases, **alike})
    return QuestionReading(
        question,
        language,
        tokens,
        terms,
        common,
        synonyms,
        everyday,
        expected.kind,
        analyzer.gram_shares,
        beside,
        _stems_of(expected.phrase, tokens),
        beside_asked,
        signs,
        tuple(tokens.starts[inside[at]] for at in expected.nouns),
    )


def _is_owned(question: str, tokens: Tokens, words: Sequence[int]) -> bool:
    """Return whether one of some words but the last is a genitive: "Oxford's leading club"."""
    return any(
        question[tokens.starts[at] : tokens.ends[at]].endswith(("'s", "’s", "s'", "s’"))
        for at in words[:-1]
    )


def _passed_over(tokens: Tokens, inside: Sequence[int], idle: Sequence[int]) -> Tokens:
    """Return a question's tokens with those at the offsets ``idle`` passed over like stop words,
    unless the question, which is at the offsets ``inside``, has no others."""
    stops = list(tokens.stops)
    for at in idle:
        stops[at] = True
    return tokens._replace(stops=stops) if not all(stops[at] for at in inside) else tokens


def _stems_of(words: Sequence[str], tokens: Tokens) -> Set[str]:
    """Return the stems of those of a question's words that are no stop words."""
    entries = zip(tokens.words, tokens.stems, tokens.stops, strict=True)
    return frozenset(stem for word, stem, stop in entries if word in words and not stop)


def _signs_of(tokens: Tokens, forms: Mapping[str, Sequence[str]]) -> Mapping[str, Set[str]]:
    """Return the signs among the forms of each word, by its stem."""
    signs: dict[str, Set[str]] = {}
    for word, stem in zip(tokens.words, tokens.stems, strict=True):
        if word in forms and (found := {form for form in forms[word] if not form[-1].isalnum()}):
            signs[stem] = found
    return signs


def with_tokens(
    reading: QuestionReading, chosen: Mapping[tuple[int, int], Tokens]
) -> QuestionReading:
    """Return a reading with other tokens in place of those that stand in some spans."""
    entries = []
    for entry in zip(*reading.tokens, strict=True):
        start, end, _, _, _ = entry
        other = chosen.get((start, end))
        if other is None:
            entries.append(entry)
        else:
            entries += [
                (start, end, word, stem, stop)
                for _, _, word, stem, stop in zip(*other, strict=True)
            ]
    tokens = Tokens(*map(list, zip(*entries, strict=True))) if entries else reading.tokens
    return reading._replace(tokens=tokens, terms=tuple(dict.fromkeys(tokens.terms())))


def with_forms(
    synonyms: Mapping[str, Set[str]],
    forms: Mapping[str, Sequence[str]],
    language: str,
    analyzer: Analyzer,
) -> Mapping[str, Set[str]]:
    """Synonyms, and for some words the forms of one word that may stand for them."""
    added: dict[str, Set[str]] = {}
    for word, others in forms.items():
        (stem,) = analyzer.tokens(word, language).stems[:1] or [""]
        single = [other for other in others if " " not in other]
        added[stem] = added.get(stem, frozenset()) | {
            each for other in single for each in analyzer.tokens(other, language).stems[:1]
        }
    return with_added(synonyms, added)


def with_added(
    synonyms: Mapping[str, Set[str]], added: Mapping[str, Set[str]]
) -> Mapping[str, Set[str]]:
    """Synonyms, and more of them for some stems; none of those that there are is read or copied."""
    both = {stem: synonyms.get(stem, frozenset()) | more for stem, more in added.items()}
    return with_instead(synonyms, both)


def _by_both(
    everyday: Mapping[str, Substitutes], phrases: Mapping[str, Substitutes]
) -> dict[str, Substitutes]:
    """Return what stands for the words of phrases that mean what their words do ("take pills"), by
    the phrase and by themselves: these have a substitute in common."""
    found: dict[str, Substitutes] = {}
    for stem, said in phrases.items():
        own = everyday.get(stem)
        if own is not None and not own.all.isdisjoint(said.all):
            exact = own.exact | said.exact
            found[stem] = Substitutes(exact, (own.near | said.near) - exact)
    return found


def with_instead(synonyms: Mapping[str, _Said], others: Mapping[str, _Said]) -> Mapping[str, _Said]:
    """Synonyms, with others in place of those of some stems; none are read or copied."""
    return ChainMap(*(cast("MutableMapping[str, _Said]", each) for each in (others, synonyms)))


def _asked_tokens(
    tokens: Tokens, asking: Sequence[Span], context: Sequence[Span]
) -> tuple[Tokens, Set[int]]:
    """Return the tokens of the parts that ask, then those of the context that are no stop words,
    and where the latter begin."""
    inside: list[int] = []
    beside: list[int] = []
    for at, (start, stop) in enumerate(zip(tokens.starts, tokens.stops, strict=True)):
        if _is_inside(start, asking):
            inside.append(at)
        elif not stop and _is_inside(start, context):
            beside.append(at)
    kept = inside[:MOST_ASKED] + beside[:MOST_CONTEXT]
    chosen = Tokens(
        [tokens.starts[at] for at in kept],
        [tokens.ends[at] for at in kept],
        [tokens.words[at] for at in kept],
        [tokens.stems[at] for at in kept],
        [tokens.stops[at] for at in kept],
    )
    return chosen, frozenset(tokens.starts[at] for at in beside)


def _is_inside(offset: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= offset < span.end for span in spans)
