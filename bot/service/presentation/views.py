"""JSON views: the output of ``--json``, which other front-ends also hand to programs.

Plain dicts of JSON's own types. Offsets are code points; what is not known is null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.core.answer import Answer, Match
from bot.core.article import Article
from bot.core.passages.address import Address
from bot.core.passages.citation import cite
from bot.core.passages.verification import Verdict
from bot.core.seams import Entry

if TYPE_CHECKING:
    from bot.core.seams.pairs import KeptPair
    from bot.service.learning.gaps import Gap


def answer_as_json(answer: Answer, explained: bool = False) -> dict[str, Any]:
    """Return an answer; ``reply`` and ``follows`` are omitted if they are empty."""
    shown: dict[str, Any] = {
        "question": answer.question,
        "kind": answer.kind,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "matches": [match_as_json(match) for match in answer.matches],
        "unknown": list(answer.unknown),
        "repairs": [repair._asdict() for repair in answer.repairs],
        "nearest": [{"article": near.slug, "title": near.title} for near in answer.nearest],
    }
    if answer.reply:
        shown["reply"] = answer.reply
    if answer.follows:
        shown["follows"] = answer.follows
    if explained:
        shown["explanation"] = explanation_as_json(answer)
    return shown


def match_as_json(match: Match) -> dict[str, Any]:
    """Return one match; ``kept`` is true if the editors keep it for this question, and omitted
    otherwise."""
    passage, citation = match.passage, match.citation
    head = citation.head
    shown: dict[str, Any] = {
        "article": citation.slug,
        "title": head.title,
        "author": head.author,
        "publisher": head.publisher,
        "published": head.published,
        "url": head.url,
        "digest_of": head.digest_of,
        "paragraphs": {"first": citation.first, "last": citation.last, "of": citation.of},
        "page": citation.page,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "sentence": passage.text[match.sentence.start : match.sentence.end],
        "highlights": [list(span) for span in match.highlights],
        "score": match.score,
        "address": citation.address,
        "citation": cite(citation),
        "link": citation.link,
    }
    if match.is_kept:
        shown["kept"] = True
    return shown


def kept_as_json(pair: KeptPair) -> dict[str, Any]:
    """Return a kept answer; ``by`` and ``when`` are null if they are not known."""
    return {
        "question": pair.question,
        "address": pair.address,
        "by": pair.by or None,
        "when": pair.when or None,
    }


def gap_as_json(gap: Gap) -> dict[str, Any]:
    """Return a gap in the articles; ``server`` is null for questions asked outside of servers, and
    ``question`` where its text is not kept. Times are in the format of RFC 3339, in UTC."""
    return {
        "server": gap.tenant.name or None,
        "question": gap.question,
        "words": list(gap.words),
        "wordings": list(gap.wordings),
        "times": gap.times,
        "people": gap.people,
        "unhelpful": gap.unhelpful,
        "first": _time(gap.first),
        "last": _time(gap.last),
        "verdict": gap.verdict,
        "nearest": None if gap.nearest is None else gap.nearest._asdict(),
        "unknown": list(gap.unknown),
    }


def _time(seconds: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def explanation_as_json(answer: Answer) -> dict[str, Any] | None:
    """Return the reasons why the first match is the first; None if nothing matched."""
    why = answer.explanation
    if why is None:
        return None
    return {
        "terms": [term._asdict() for term in why.terms],
        "phrases": list(why.phrases),
        "features": [
            {"name": name, "value": value, "share": share} for name, value, share in why.features
        ],
        "runner_up": why.runner_up,
        "margin": why.margin,
    }


def entry_as_json(entry: Entry) -> dict[str, Any]:
    """Return one article of a list."""
    return {
        "article": entry.slug,
        **entry.head._asdict(),
        "language": entry.language,
        "paragraphs": entry.paragraphs,
        "words": entry.words,
    }


def article_as_json(article: Article, address: Address) -> dict[str, Any]:
    """Return an article with the paragraphs that an address names, or all."""
    first, last = address.first or 1, address.last or len(article.paragraphs)
    return {
        "article": article.slug,
        **article.head._asdict(),
        "of": len(article.paragraphs),
        "paragraphs": [
            {"number": number, "text": article.quote(number, number)}
            for number in range(first, last + 1)
        ],
    }


def verdict_as_json(asked: str, verdict: Verdict) -> dict[str, Any]:
    """Return the outcome of a citation's verification; ``asked`` is the address as it was given."""
    return {
        "asked": asked,
        "status": verdict.status,
        "holds": verdict.holds,
        "address": str(verdict.address),
        "text": verdict.text,
        "differences": [difference._asdict() for difference in verdict.differences],
    }
