"""The confidence: an estimate of how likely the first match is right.

A logistic score of a few signals, each a share or a small count that means the same for every
corpus. ``python -m tests.quality.fit_confidence`` fits the weights, to Wikipedia questions asked of
all articles, with the right article left out and with the right passage left out, and to questions
as people type them, with those that the articles do not answer. How far the confidence keeps what
it promises of articles that it was not fitted on stands in ``tests/quality/README.md``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence, Set
from typing import NamedTuple

from bot.core.answer import AnswerKind
from bot.core.ranked import Ranked
from bot.core.relation import relation_of
from bot.core.seams import Analyzer
from bot.core.subject import names_of

ANSWERED_FROM = 0.5
"""The confidence from which the first match is given as an answer."""
UNSURE_FROM = 0.05
"""The confidence from which the first match is shown as a passage that may answer."""

ALIKE = 0.3
"""The share of their terms that two passages have in common to say much the same (Jaccard's
coefficient). Of the first two matches of a Wikipedia question, one pair in 200 reaches it."""


class Signals(NamedTuple):
    """The features from which the confidence is computed."""

    substance: float
    """Square root of the share of the question that the first match holds (its BM25), in units of a
    term that occurs in one passage only. One matching word of two counts less than four of
    eight."""
    words: float
    """The same as a share of the question."""
    repeats: float
    """Measure of how often the match holds the question's terms: logarithms, weighted by each
    term's share of the question. A passage that repeats one word raises its BM25 by more than that
    tells."""
    margin: float
    """The square root of its lead over the next that says something else: a little lead says much
    more than none."""
    article: float
    """Share of its article's candidates in the weight of all, each weighing ``exp(score / t)``: if
    several articles match equally well, none of them is likely to be about what was asked."""
    names: float
    """The share of the question's names and numbers that its whole article lacks."""
    terms: float
    """The logarithm of 1 + how many terms the question has."""
    lead: float
    """1.0 if the match is the first passage of its article, which touches on everything that the
    article is about and seldom answers."""
    unrelated: float
    """This and the others are the signs of a `bot.core.relation.Relation`."""
    kind_beside: float
    kind_missing: float
    loose_missing: float
    announced: float


_INTERCEPT = -7.25
_WEIGHTS = Signals(
    substance=0.35,
    words=5.06,
    repeats=-0.98,
    margin=2.40,
    article=2.68,
    names=-2.50,
    terms=1.03,
    lead=-0.82,
    unrelated=-0.73,
    kind_beside=-1.96,
    kind_missing=-3.97,
    loose_missing=-0.05,
    announced=-5.04,
)
_TEMPERATURE = 0.3
"""``t``: by how much a score has to be less for a candidate to weigh e times less."""
_NOTABLE = 0.02
"""Candidates of less weight are not compared with the first."""


def signals(ranked: Sequence[Ranked], analyzer: Analyzer) -> Signals:
    """Return the signals of a ranking of at least one candidate."""
    first = ranked[0]
    choice = first.chosen(analyzer)
    query, evidence = first.query, first.evidence
    terms = first.words.term_set
    rivals = (item.evidence.score for item in ranked[1:] if not _alike(terms, item))
    margin = evidence.score - next(rivals, 0.0)
    rarest = math.log(query.passages + 1)
    return Signals(
        substance=math.sqrt(max(0.0, evidence.words) * query.total / rarest),
        words=evidence.words,
        repeats=_repeats(first),
        margin=math.sqrt(max(0.0, margin)),
        article=_share_of_article(ranked, terms),
        names=_missing_names(first),
        terms=math.log(1 + len(query.idf)),
        lead=float(first.passage.number == 0),
        **relation_of(first, choice, analyzer)._asdict(),
    )


def _repeats(first: Ranked) -> float:
    query, held = first.query, Counter(first.words.stems)
    repeated = (weight * math.log(held[term]) for term, weight in query.idf.items() if held[term])
    return math.fsum(repeated) / query.total


def _share_of_article(ranked: Sequence[Ranked], terms: Set[str]) -> float:
    first = ranked[0]
    own = others = 0.0
    for item in ranked:
        weight = math.exp((item.evidence.score - first.evidence.score) / _TEMPERATURE)
        if _is_same_article(first, item) or (weight > _NOTABLE and _alike(terms, item)):
            own += weight
        else:
            others += weight
    return own / (own + others)


def _missing_names(first: Ranked) -> float:
    names = names_of(first.query.reading)
    if not names:
        return 0.0
    held = {*first.source.names, *first.title, *first.words.stems}
    return sum(stem not in held for stem in names) / len(names)


def _is_same_article(first: Ranked, other: Ranked) -> bool:
    return first.source.slug == other.source.slug


def _alike(terms: Set[str], other: Ranked) -> bool:
    """Return whether two passages with these terms say much the same, as a report and its copy in
    another article do: then neither makes the other doubtful."""
    theirs = other.words.term_set
    shared = len(terms & theirs)
    return shared >= ALIKE * (len(terms) + len(theirs) - shared)


def confidence(ranked: Sequence[Ranked], analyzer: Analyzer) -> float:
    """Return the probability, 0.0 to 1.0, that the first candidate is right; ``ranked`` must not be
    empty. Where nothing but names matched it is always less than an answer's: however well they
    match, they do not say that what is asked about them is there."""
    found = signals(ranked, analyzer)
    weighed = (signal * weight for signal, weight in zip(found, _WEIGHTS, strict=True))
    certain = 1 / (1 + math.exp(-(_INTERCEPT + math.fsum(weighed))))
    return certain * ANSWERED_FROM if found.unrelated else certain


def kind_of(confidence: float) -> AnswerKind:
    """Return what a first match of this confidence is given as: an answer, a passage that may be
    one ("unsure"), or nothing."""
    if confidence >= ANSWERED_FROM:
        return "answer"
    return "unsure" if confidence >= UNSURE_FROM else "none"
