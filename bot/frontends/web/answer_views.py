"""Content of the page of a question, as plain data: no markup, no request, no file.

Texts are the articles' own, unescaped: the templates escape them.
"""

# no annotations from __future__ here: typing would compile each one's string
from typing import NamedTuple

from bot.core.answer import Answer, AnswerKind, Match, TermEvidence
from bot.core.passages.address import Address, parse_address
from bot.core.passages.citation import Citation
from bot.frontends.answer_words import EVIDENCE, MATCHED, location_in_words, reply_in_words
from bot.frontends.languages import ENGLISH, Language, mark
from bot.frontends.web.marking import MarkedRun, runs
from bot.frontends.web.shown_sources import ShownSource, safe_url, source_of
from bot.service.presentation.page_links import address_path, cited_path

_KEPT = mark("Kept by the editors:")
_SAID: dict[AnswerKind, str] = {
    "answer": "",
    "unsure": mark("Not sure. The closest passage:"),
    "none": mark("Nothing in the articles answers this."),
    "talk": "",
}


class QuotationView(NamedTuple):
    """One match: its words and its location."""

    source: ShownSource
    runs: tuple[MarkedRun, ...]
    location: str
    """``paragraph 8 of 14``."""
    address: str
    path: str
    """Path of the page that shows it."""
    link: str | None
    """Link to the passage on the original's page."""


class Word(NamedTuple):
    """One word of the question, and its evidence."""

    word: str
    percent: int
    """Its share of the question's weight."""
    share: str
    """The same, as the reader's language writes it."""
    found: str


class Why(NamedTuple):
    """The explanation of the first match."""

    words: tuple[Word, ...]
    phrases: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]
    """A kind of evidence and its share of the score, as it is written; above 0."""
    sure: str
    runner_up: tuple[str, str] | None
    """The second match's address and its path."""


class AnswerView(NamedTuple):
    """The articles' answer to a question."""

    question: str
    kind: AnswerKind
    said: str
    """The verdict in words, unless the match is simply the answer."""
    reply: str
    """Plain text in place of a quotation, or beside it; empty if there is none."""
    first: QuotationView | None
    others: tuple[QuotationView, ...]
    nearest: tuple[tuple[str, str], ...]
    """Titles and paths of what comes nearest if nothing answers."""
    unknown: tuple[str, ...]
    follows: str
    """The previous question, if this one was taken together with it."""
    repairs: tuple[tuple[str, str], ...]
    """Words of the question, each with the word searched for instead."""
    why: Why | None


def quotation_of(match: Match, language: Language = ENGLISH) -> QuotationView:
    """Return a match as it is shown: the answering sentence marked, the words that matched as
    hits."""
    citation = match.citation
    found = runs(match.passage.text, match.sentence, match.highlights)
    return _quotation(citation, found, language)


def _quotation(
    citation: Citation, found: tuple[MarkedRun, ...], language: Language
) -> QuotationView:
    return QuotationView(
        source_of(citation.head, reader=language),
        found,
        location_in_words(citation, language),
        citation.address,
        cited_path(parse_address(citation.address)),
        safe_url(citation.link),
    )


def answer_view(answer: Answer, language: Language = ENGLISH) -> AnswerView:
    """Return an answer as the page shows it: quoted where it is one, or may be one; else what comes
    nearest by title alone."""
    quoted = []
    if answer.kind not in ("none", "talk"):
        quoted = [quotation_of(match, language) for match in answer.matches]
    nearest = [] if quoted else answer.nearest[:3]
    return AnswerView(
        answer.question,
        answer.kind,
        _KEPT if quoted and answer.matches[0].is_kept else _SAID[answer.kind],
        reply_in_words(answer, language),
        quoted[0] if quoted else None,
        tuple(quoted[1:]),
        tuple((near.title, address_path(Address(near.slug))) for near in nearest),
        answer.unknown[:12],
        answer.follows,
        tuple((repair.asked, repair.searched) for repair in answer.repairs[:3]),
        _why(answer, language) if quoted else None,
    )


def _why(answer: Answer, language: Language) -> Why | None:
    explanation = answer.explanation
    if explanation is None:
        return None
    is_over = answer.confidence > 0.99
    sure = language.gettext("over 99%") if is_over else language.percent(answer.confidence)
    runner_up = explanation.runner_up
    return Why(
        tuple(_word(term, language) for term in explanation.terms[:12]),
        explanation.phrases[:8],
        tuple(
            (EVIDENCE.get(name, name), language.percent(share))
            for name, _, share in explanation.features
            if round(100 * share) > 0
        ),
        sure,
        (runner_up, cited_path(parse_address(runner_up))) if runner_up else None,
    )


def _word(term: TermEvidence, language: Language) -> Word:
    passages = language.ngettext("in {number:,} passage", "in {number:,} passages", term.frequency)
    found = language.gettext(MATCHED[term.matched], other=term.relative)
    share = language.percent(term.weight)
    return Word(term.word, round(100 * term.weight), share, f"{found}; {passages}")
