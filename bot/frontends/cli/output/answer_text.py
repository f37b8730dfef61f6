"""An answer as text for a terminal or a pipe."""

from __future__ import annotations

from bot.core.answer import Answer, Match
from bot.core.passages.citation import Citation
from bot.frontends.answer_words import head_in_words, location_in_words, reply_in_words
from bot.frontends.cli.output.terminal import emphasised, indented, printable, style, wrapped
from bot.frontends.languages import ENGLISH, Language

_MOST_SHOWN = 100
"""Code points of an earlier question."""
_LONGEST_WORD = 40
"""Code points of a word that no article contains."""


def answer_as_text(answer: Answer, with_nearest: bool = False, language: Language = ENGLISH) -> str:
    """Return an answer for people: the verdict, then the best match first, citations under the
    quotations.

    Where nothing answers, the nearest titles are named; the nearest passage is shown only
    ``with_nearest``.
    """
    gettext = language.gettext
    lines = []
    if answer.matches and answer.matches[0].is_kept:
        lines.append(gettext("Kept by the editors:"))
    if answer.kind == "none":
        lines.append(style(gettext("Nothing in the articles answers this."), "bold"))
    if answer.follows:
        earlier = printable(_shortened(answer.follows, _MOST_SHOWN))
        together = gettext("Taken together with “{question}”.", question=earlier)
        lines.append(wrapped(together))
    if answer.reply:
        lines.append(wrapped(printable(reply_in_words(answer, language))))
    if answer.unknown:
        words = ", ".join(printable(_shortened(word, _LONGEST_WORD)) for word in answer.unknown)
        lines.append(wrapped(gettext("No article contains: {words}.", words=words)))
    for repair in answer.repairs:
        searched = gettext(
            "Searched for “{searched}” instead of “{asked}”.",
            searched=printable(repair.searched),
            asked=printable(repair.asked),
        )
        lines.append(wrapped(searched))
    if answer.kind == "unsure":
        lines.append(
            style(gettext("Not sure. The closest passage:"), "bold")
        )  # directly before the passage
    shown = answer.matches
    if answer.kind == "none":
        if shown and with_nearest:
            lines.append(gettext("The nearest passage, though not an answer:"))
        else:
            lines += _nearest_titles(answer, language)
            shown = ()
    blocks = ["\n".join(lines)] if lines else []
    return "\n\n".join([*blocks, *(match_as_text(match, language) for match in shown)])


def taken_for(text: str, title: str, language: Language) -> str:
    """Return the line that says which article, or address, a text was taken for."""
    asked = printable(_shortened(text, _MOST_SHOWN))
    return language.gettext("“{asked}”: taken for “{title}”", asked=asked, title=printable(title))


def _shortened(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def _nearest_titles(answer: Answer, language: Language) -> list[str]:
    if answer.reply or not answer.nearest:  # a reply names its article itself
        return []
    titles = [
        f"  {language.gettext('“{title}”', title=printable(near.title))} · {printable(near.slug)}"
        for near in answer.nearest
    ]
    return [language.gettext("The nearest titles:"), *titles]


def match_as_text(match: Match, language: Language = ENGLISH) -> str:
    """Return a quotation and its citation."""
    quotation = emphasised(match.passage.text, match.sentence, match.highlights)
    return f"{indented(quotation)}\n\n{citation_as_text(match.citation, language)}"


def citation_as_text(citation: Citation, language: Language = ENGLISH) -> str:
    """Return a citation on two or three lines: the article, the place in it, the link."""
    lines = [
        style(printable(wrapped(head_in_words(citation.head, language), 2)), "cyan"),
        style(f"{location_in_words(citation, language)} · {printable(citation.address)}", "dim"),
    ]
    if citation.link:
        lines.append(style(printable(citation.link), "dim"))
    return "— " + indented("\n".join(lines)).removeprefix("  ")
