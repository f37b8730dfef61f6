"""An answer as text for a terminal or a pipe."""

from __future__ import annotations

from bot.core.answer import Answer, Match
from bot.core.article import Head
from bot.core.citation import Citation, place
from bot.frontends.cli.terminal import emphasised, indented, printable, style, wrapped

NOTHING = "Nothing in the articles answers this."
KEPT = "Kept by the editors:"
NOT_SURE = "Not sure. The closest passage:"
_MOST_SHOWN = 100
"""Code points of an earlier question."""
_LONGEST_WORD = 40
"""Code points of a word that no article contains."""
NEAREST = "The nearest passage, though not an answer:"


def answer_as_text(answer: Answer, with_nearest: bool = False) -> str:
    """Return an answer for people: the verdict, then the best match first, citations under the
    quotations.

    Where nothing answers, the nearest titles are named; the nearest passage is shown only
    ``with_nearest``.
    """
    lines = [KEPT] if answer.matches and answer.matches[0].is_kept else []
    if answer.kind == "none":
        lines.append(style(NOTHING, "bold"))
    if answer.follows:
        lines.append(f"Taken together with “{printable(_shortened(answer.follows, _MOST_SHOWN))}”.")
    if answer.reply:
        lines.append(printable(answer.reply))
    if answer.unknown:
        words = ", ".join(printable(_shortened(word, _LONGEST_WORD)) for word in answer.unknown)
        lines.append(f"No article contains: {words}.")
    lines += [
        f"Searched for “{printable(repair.searched)}” instead of “{printable(repair.asked)}”."
        for repair in answer.repairs
    ]
    if answer.kind == "unsure":
        lines.append(style(NOT_SURE, "bold"))  # directly before the passage
    shown = answer.matches
    if answer.kind == "none":
        if shown and with_nearest:
            lines.append(NEAREST)
        else:
            lines += _nearest_titles(answer)
            shown = ()
    blocks = ["\n".join(lines)] if lines else []
    return "\n\n".join([*blocks, *map(match_as_text, shown)])


def taken_for(text: str, title: str) -> str:
    """Return the line that says which article a misspelt text was taken for."""
    return f"“{printable(_shortened(text, _MOST_SHOWN))}”: taken for “{printable(title)}”"


def _shortened(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def _nearest_titles(answer: Answer) -> list[str]:
    if answer.reply or not answer.nearest:  # a reply names its article itself
        return []
    titles = [f"  “{printable(near.title)}” · {printable(near.slug)}" for near in answer.nearest]
    return ["The nearest titles:", *titles]


def match_as_text(match: Match) -> str:
    """Return a quotation and its citation."""
    quotation = emphasised(match.passage.text, match.sentence, match.highlights)
    return f"{indented(quotation)}\n\n{citation_as_text(match.citation)}"


def citation_as_text(citation: Citation) -> str:
    """Return a citation on two or three lines: the article, the place in it, the link."""
    lines = [
        style(printable(wrapped(head_as_text(citation.head), 2)), "cyan"),
        style(f"{place(citation)} · {printable(citation.address)}", "dim"),
    ]
    if citation.link:
        lines.append(style(printable(citation.link), "dim"))
    return "— " + indented("\n".join(lines)).removeprefix("  ")


def head_as_text(head: Head) -> str:
    """Return the known facts about an article, on one line."""
    parts = [f"“{head.title}”"]
    if head.digest_of:
        parts.append(f"digest of {head.digest_of}")
    parts += [part for part in (head.author, head.publisher, head.published) if part]
    return ", ".join(parts)
