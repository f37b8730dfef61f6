"""An answer as text for a terminal or a pipe, and as JSON."""

from __future__ import annotations

from typing import Any

from bot.core.answer import Answer, Match
from bot.core.article import Head
from bot.core.citation import Citation, cite, place
from bot.frontends.cli.explanation import explanation_as_json
from bot.frontends.cli.terminal import emphasised, indented, printable, style, wrapped

NOTHING = "Nothing in the articles answers this."


def answer_as_text(answer: Answer) -> str:
    """The best match first, or that there is none; citations under the quotations."""
    lines = []
    if not answer.answered:
        lines.append(style(NOTHING, "bold"))
    if answer.unknown:
        words = ", ".join(printable(word) for word in answer.unknown)
        lines.append(f"No article contains: {words}.")
    lines += [
        f"Searched for “{printable(repair.searched)}” instead of “{printable(repair.asked)}”."
        for repair in answer.repairs
    ]
    if answer.matches and not answer.answered:
        lines.append("Nearest, though not an answer:")
    blocks = ["\n".join(lines)] if lines else []
    blocks += [match_as_text(match) for match in answer.matches]
    return "\n\n".join(blocks)


def match_as_text(match: Match) -> str:
    """A quotation and its citation."""
    quotation = emphasised(match.passage.text, match.sentence, match.highlights)
    return f"{indented(quotation)}\n\n{citation_as_text(match.citation)}"


def citation_as_text(citation: Citation) -> str:
    """A citation on two or three lines: the article, the place in it, the link."""
    lines = [
        style(printable(wrapped(head_as_text(citation.head), 2)), "cyan"),
        style(f"{place(citation)} · {printable(citation.address)}", "dim"),
    ]
    if citation.link:
        lines.append(style(printable(citation.link), "dim"))
    return "— " + indented("\n".join(lines)).removeprefix("  ")


def head_as_text(head: Head) -> str:
    """What is known of an article, on one line."""
    parts = [f"“{head.title}”"]
    if head.digest_of:
        parts.append(f"digest of {head.digest_of}")
    parts += [part for part in (head.author, head.publisher, head.published) if part]
    return ", ".join(parts)


def answer_as_json(answer: Answer, explained: bool = False) -> dict[str, Any]:
    """An answer as `ask --json` prints it; the matches are the nearest where it declined."""
    shown: dict[str, Any] = {
        "question": answer.question,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "matches": [match_as_json(match) for match in answer.matches],
        "unknown": list(answer.unknown),
        "repairs": [repair._asdict() for repair in answer.repairs],
    }
    if explained:
        shown["explanation"] = explanation_as_json(answer)
    return shown


def match_as_json(match: Match) -> dict[str, Any]:
    """One match as `ask --json` prints it; offsets are code points."""
    passage, citation = match.passage, match.citation
    head = citation.head
    return {
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
