"""Ranking by evidence: how much speaks for a passage as the answer to a question.

An engine finds candidates by their terms alone. Here each is read, block by block (see
`bot.core.passages.passage_blocks`), and four kinds of evidence are added up in equal parts, each a
share of all that the question asks for, from 0 to 1:

``words``     BM25 over the whole passage, half by stems and half by the words as they are
              written: stems find "elected" for "election", words prefer what was said;
``phrases``   words of the question that stand next to each other, or near, in the passage too,
              its stop words passed over where the question has none;
``sentence``  BM25 of the best single sentence, stop words counted: an answer stands in one
              sentence, not all over a passage;
``spelling``  character n-grams of the question in the best single sentence, which sees through
              derivations ("redundant", "redundancy") and spelling that stems don't.

Small things are added to them. A term counts a little where only a relative of its word stands in
the passage ("destroyed", "destruction"), or a synonym ("started", "began"), and more where that
says the same in most texts. So does an ``opening``: a sentence that opens with what is asked about,
for that is its subject, and once more where that is all that is asked ("What is tin?"); and an
article's first passage, which says in short what the others spell out. A ``title`` that names what
is asked about speaks for each passage below it: articles name their subject in the title and say
"she" or "the loaf" afterwards; what has nothing of the question but such names loses a little by it
(see `bot.core.relevance.subject` and `bot.core.relevance.inside_article`). Among the few best one
counts whose sentence gives the ``kind`` of answer asked for, a date where the question is "when".
And ``length`` takes a little off a passage longer than the average, which has more of everything by
chance, and off what is no prose.

No weight is trained. On Wikipedia questions, fitted weights gain less than half a point over
equal parts, and would fit that set's habits. What was tried and left out, for it gained nothing or
did harm: the idf within the candidates or within the article, the scores of the article's other
passages, neighbouring passages, an article's lead and its most typical words as a second title,
longer phrases, pairs in any order or further apart, the longest common subsequence, names and
numbers made heavier, the frequency of words in the language at large, more candidates than thirty.

Up to thirty candidates are weighed for each question, and that is most of what it costs. So nothing
is computed here but the score; what is shown of the few best is the business of
`bot.core.relevance.choosing`. The terms are found in all of them at once, as the character n-grams
are; see `bot.core.relevance.found_terms`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence, Set

from bot.core.named_tuple import NamedTuple
from bot.core.questions.query import Query
from bot.core.relevance.found_terms import share_of, terms_in
from bot.core.relevance.prose import PROSE_WEIGHT, lack_of_prose
from bot.core.seams import BlockTerms, Words

RELATED_WEIGHT = 0.4
"""Weight of a term that the passage lacks but of which it has a word with the same beginning, or
one that may replace it; from 0.3 to 0.7 it makes little difference."""
EXACT_WEIGHT = 0.6
"""The same where the passage has a word that says the same in most texts; from 0.8 on, passages
that only say something alike come first."""
OPENING_WEIGHT = 0.1
"""Weight of the share of the question with which a sentence opens; doubled if that is all of it."""
LEAD_WEIGHT = 0.05
"""Weight of being the first passage of an article."""
TITLE_WEIGHT = 1.5
"""Weight of the share of the question that is in the article's title, or its author's or
publisher's name, and not in the block. It is more than the weight of a term in the block by itself,
because such a term counts in four kinds of evidence."""
TITLE_HELD_WEIGHT = 0.3
"""Weight of the share that the block has, too: another article may mention it in passing."""
LOOSE_KIND_WEIGHT = 0.05
KIND_WEIGHT = 0.25
"""Weight of a displayed sentence that gives the kind of answer asked for: small if others may give
it in other words, as a person; a reason that is given tells as much as a number."""
LENGTH_WEIGHT = 0.2
"""Score that a passage loses for each e-fold of its length over the average; 0.1 or 0.3 will do."""

PARTS = ("words", "phrases", "sentence", "spelling", "opening", "length", "title", "kind", "kept")


class Evidence(NamedTuple):
    """The evidence for one passage, or for one block of it."""

    words: float
    phrases: float
    sentence: float
    spelling: float
    opening: float
    length: float
    title: float = 0.0
    kind: float = 0.0
    """Only of the few best."""
    kept: float = 0.0
    """Only where editors keep the passage for a question; see
    `bot.core.conversation.kept_passages`."""

    @property
    def score(self) -> float:
        """The sum of all parts."""
        return math.fsum(self)


def examine(
    query: Query,
    words: Words,
    is_lead: bool,
    title: Set[str] = frozenset(),
    found: BlockTerms | None = None,
    spelling: Sequence[float] | None = None,
) -> Evidence:
    """Weigh the evidence for one passage, or for one block. ``words`` are its sentences', in the
    question's language; ``is_lead`` says whether it is the first of its article; ``title`` holds
    the stems of the question that are in the article's title; ``found`` is what was found of the
    question's terms, and ``spelling`` each sentence's share of its n-grams, where callers looked
    for them in many passages at once, which is faster."""
    held, by_words, phrases, sentence = found or terms_in(query, words, [(0, len(words.ends))])[0]
    has_terms = not held.isdisjoint(query.idf)  # each pair has one, and each opening
    opening = _weigh_openings(query, words) if has_terms else 0.0
    return Evidence(
        by_words + _weigh_related(query, words, held),
        phrases if has_terms else 0.0,
        sentence,
        max(query.spelling.in_each(words.written) if spelling is None else spelling, default=0.0),
        OPENING_WEIGHT * opening + LEAD_WEIGHT * is_lead,
        -LENGTH_WEIGHT * math.log(max(1.0, words.length / query.average_length))
        - PROSE_WEIGHT * lack_of_prose(words, query.prose),
        _weigh_title(query, title, held) if title else 0.0,
    )


def _weigh_title(query: Query, title: Set[str], held: Set[str]) -> float:
    """Return the evidence of an article's title, which has the question's stems ``title``, for a
    block that has ``held`` of them."""
    beside = TITLE_WEIGHT * share_of(query.idf, title - held)
    return (beside + TITLE_HELD_WEIGHT * share_of(query.idf, title & held)) / query.total


def _weigh_related(query: Query, words: Words, held: Set[str]) -> float:
    """Return the share of the terms that are not there, but for a word that begins alike or a
    synonym, weighed by which it is; ``held`` are the question's stems that are there."""
    lacking = [relatives for stem, relatives in query.related.items() if stem not in held]
    if not lacking:
        return 0.0
    whole, stems = words.joined, words.stem_set
    return sum(
        [
            share * (RELATED_WEIGHT if stems.isdisjoint(exact) else EXACT_WEIGHT)
            for beginning, synonyms, share, _, exact in lacking
            if beginning in whole or not stems.isdisjoint(synonyms)
        ]
    )


def _weigh_openings(query: Query, words: Words) -> float:
    """Return the greatest share of the terms with which a sentence opens, stop words aside: it is
    about them. 2 where a sentence opens with all of them."""
    best = 0.0
    stems, stops, terms = words.stems, words.stops, query.idf
    for at, end in words.openings:
        if stems[at] not in terms:  # as in most sentences
            continue
        opening = set()
        while at < end and (stops[at] or stems[at] in terms):
            if not stops[at]:
                opening.add(stems[at])
            at += 1
        share = share_of(terms, opening) / query.total
        best = max(best, share if len(opening) < len(terms) else 2.0)
    return best
