"""The confidence: an estimate of how likely the first match is right.

A logistic score of a few signals, each a share or a small count that means the same for every
corpus. ``python -m tests.quality.fit_confidence`` fits the weights, to questions of five kinds of
text, encyclopedic, as people type them, papers, posts and reviews, asked of all articles, with the
right article left out and with the right passage left out, and to questions that the articles do
not answer. How far the confidence keeps what it promises of articles that it was not fitted on
stands in ``tests/quality/README.md``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence, Set

from bot.core.answer import AnswerKind
from bot.core.named_tuple import NamedTuple
from bot.core.relevance.ranked import Ranked
from bot.core.relevance.relation import relation_of
from bot.core.relevance.short_forms import is_explained
from bot.core.seams import Analyzer

ANSWERED_FROM = 0.5
"""The confidence from which the first match is given as an answer."""
UNSURE_FROM = 0.05
"""The confidence from which the first match is shown as a passage that may answer."""
UNANSWERED = 0.49
"""The greatest confidence where what matched cannot be the answer."""
TITLED = 0.75
"""The least confidence where the question is the title of the article, whose beginning is the first
match: "How rivers bend?"; or what something is or a short form stands for, and the sentence says
it."""
ALIKE = 0.3
"""The share of their terms that two passages have in common to say much the same (Jaccard's
coefficient). Of the first two matches of a Wikipedia question, one pair in 200 reaches it."""


class Signals(NamedTuple):
    """The features from which the confidence is computed."""

    phrases: float
    """Its lead over all others in phrases, times the share of what is asked that the sentence
    states: to hold the question's own phrase alone tells most where it is not of names only."""
    article: float
    """Share of its article's candidates in the weight of all, each weighing ``exp(score / t)``: if
    several articles match equally well, none of them is likely to be about what was asked."""
    passage: float
    """The same share of the passage itself, times the share of what is asked that stands in the
    sentence or beside it: being the only match says little if it does not hold what is asked."""
    words: float
    """Its lead over all others in the share of the question that it holds (its BM25)."""
    held: float
    """The share of the question, by idf, that the passage or its article's title holds."""
    names_beside: float
    """This and the signals named alike are signs of a `bot.core.relevance.relation.Relation`."""
    terms: float
    """The logarithm of 1 + how many terms the question has."""
    lead: float
    """1.0 if the match is the first passage of its article, which touches on everything that the
    article is about and seldom answers."""
    unrelated: float
    unanswered: float
    unmet: float
    kind_missing: float
    kind_unsaid: float
    announced: float


_INTERCEPT = -7.17
_WEIGHTS = Signals(
    phrases=1.72,
    article=2.33,
    passage=3.03,
    words=2.05,
    held=2.00,
    names_beside=-2.00,
    terms=1.60,
    lead=-0.97,
    unrelated=-0.32,
    unanswered=-0.32,
    unmet=-1.16,
    kind_missing=-3.75,
    kind_unsaid=-2.05,
    announced=-3.25,
)
_TEMPERATURE = 0.3
"""``t``: by how much a score has to be less for a candidate to weigh e times less."""
_NOTABLE = 0.02
"""Candidates of less weight are not compared with the first."""


def signals(ranked: Sequence[Ranked], analyzer: Analyzer) -> Signals:
    """Return the signals of a ranking of at least one candidate."""
    first = ranked[0]
    query, evidence = first.query, first.evidence
    choice = first.chosen(analyzer)
    relation = relation_of(first, choice, analyzer)
    terms = first.words.term_set
    others = [item for item in ranked if item is not first]
    of_article, of_passage = _shares(ranked, terms)
    is_lead = first.passage.number == 0
    return Signals(
        phrases=(evidence.phrases - _greatest("phrases", others, terms)) * relation.stated,
        article=of_article,
        passage=of_passage * relation.covered,
        words=evidence.words - _greatest("words", others, terms),
        held=relation.held,
        names_beside=relation.names_beside,
        terms=math.log(1 + len(query.idf)),
        lead=float(is_lead),
        unrelated=relation.unrelated,
        unanswered=relation.unanswered,
        unmet=relation.unmet,
        kind_missing=relation.kind_missing,
        kind_unsaid=relation.kind_unsaid,
        announced=relation.announced,
    )


def _greatest(part: str, others: Sequence[Ranked], terms: Set[str]) -> float:
    """Return the greatest evidence of this part among those that say something else; 0.0 if there
    are none."""
    ordered = sorted(others, key=lambda item: -getattr(item.evidence, part))
    return next((getattr(item.evidence, part) for item in ordered if not _alike(terms, item)), 0.0)


def _shares(ranked: Sequence[Ranked], terms: Set[str]) -> tuple[float, float]:
    """Return the share of the first candidate's article in the weight of all, and its own. What
    says much the same elsewhere counts for the article, and is passed over for its own."""
    first = ranked[0]
    of_article = total = copies = 0.0
    for item in ranked:
        weight = math.exp((item.evidence.score - first.evidence.score) / _TEMPERATURE)
        total += weight
        is_copy = item is not first and weight > _NOTABLE and _alike(terms, item)
        if is_copy:
            copies += weight
        if is_copy or item.source.slug == first.source.slug:
            of_article += weight
    return of_article / total, 1 / (total - copies)


def _alike(terms: Set[str], other: Ranked) -> bool:
    """Return whether two passages with these terms say much the same, as a report and its copy in
    another article do: then neither makes the other doubtful."""
    if len(terms & other.words.stem_set) < ALIKE * len(terms):  # as for most
        return False
    theirs = other.words.term_set
    shared = len(terms & theirs)
    return shared >= ALIKE * (len(terms) + len(theirs) - shared)


def confidence(ranked: Sequence[Ranked], analyzer: Analyzer) -> float:
    """Return the probability, 0.0 to 1.0, that the first candidate is right; ``ranked`` must not be
    empty. Where what matched cannot be the answer, or what is asked has not happened yet, it is at
    most `UNANSWERED`, less than an answer's, however well the names match. Where a title was typed,
    or the definition that is asked for or a short form's long form is given, it is at least
    `TITLED`."""
    found = signals(ranked, analyzer)
    weighed = (signal * weight for signal, weight in zip(found, _WEIGHTS, strict=True))
    certain = 1 / (1 + math.exp(-(_INTERCEPT + math.fsum(weighed))))
    first = ranked[0]
    choice, reading = first.chosen(analyzer), first.query.reading
    is_ruled_out = bool(found.unanswered or found.announced)
    if (
        (reading.kind == "definition" and choice.gives_kind and not is_ruled_out)
        or is_explained(first, choice, analyzer.cues(reading.language).meaning)
        or (found.lead and not found.unrelated and _is_title(first, analyzer))
    ):
        return max(certain, TITLED)
    return min(certain, UNANSWERED) if is_ruled_out else certain


def _is_title(first: Ranked, analyzer: Analyzer) -> bool:
    """Return whether a question has the terms of an article's title, two at least, and no other."""
    terms, reading = first.query.idf.keys(), first.query.reading
    if len(terms) < 2 or not terms <= first.title:
        return False
    return terms == set(analyzer.terms(first.source.entry.head.title, reading.language))


def kind_of(confidence: float) -> AnswerKind:
    """Return what a first match of this confidence is given as: an answer, a passage that may be
    one ("unsure"), or nothing."""
    if confidence >= ANSWERED_FROM:
        return "answer"
    return "unsure" if confidence >= UNSURE_FROM else "none"
