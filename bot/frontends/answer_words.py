"""The words around an answer that all front-ends share: a citation, a reply without a quotation,
the parts of a score, the verdict of a gap."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.answer import Answer, Said
from bot.core.article import Head
from bot.core.passages.citation import Citation
from bot.frontends.languages import ENGLISH, Language, mark


def location_in_words(citation: Citation, language: Language) -> str:
    """Return the location of a quotation: ``paragraph 8 of 14``, with its page if known."""
    gettext, values = language.gettext, {"of": citation.of}
    if citation.first == citation.last:
        where = gettext("paragraph {first} of {of}", first=citation.first, **values)
    else:
        where = gettext(
            "paragraphs {first}-{last} of {of}", first=citation.first, last=citation.last, **values
        )
    return f"{where}, {gettext('p. {page}', page=citation.page)}" if citation.page else where


def citation_in_words(citation: Citation, language: Language) -> str:
    """Return a citation in one line of plain text; see `bot.core.passages.citation.cite`."""
    known = head_in_words(citation.head, language)
    return ", ".join([known, location_in_words(citation, language), citation.address])


def head_in_words(head: Head, language: Language) -> str:
    """Return the known facts about an article, on one line."""
    parts = [language.gettext("“{title}”", title=head.title)]
    if head.digest_of:
        parts.append(language.gettext("digest of {original}", original=head.digest_of))
    parts += [part for part in (head.author, head.publisher) if part]
    if head.published:
        parts.append(language.day(head.published))
    return ", ".join(parts)


def reply_in_words(answer: Answer, language: Language) -> str:
    """Return an answer's reply; empty if it has none."""
    if language is ENGLISH:
        return answer.reply
    return "".join(part.before + _said(part, language) for part in answer.said)


def _said(part: Said, language: Language) -> str:
    if part.many:
        return language.ngettext(part.message, part.many, part.number, **part.values)
    return language.gettext(part.message, **part.values)


VERDICTS = {
    "answer": mark("answered by now"),
    "unsure": mark("not sure"),
    "none": mark("nothing answers it"),
}
"""The words of a gap's verdict."""


def left_out(number: int, language: Language) -> str:
    """Return the line that says how many more questions a list of gaps leaves out."""
    return language.ngettext("… {number:,} more question", "… {number:,} more questions", number)


EVIDENCE: Mapping[str, str] = {
    "words": mark("your words in the passage"),
    "phrases": mark("your words next to each other"),
    "sentence": mark("your words in one sentence"),
    "spelling": mark("words spelt like yours"),
    "opening": mark("what the passage opens with"),
    "length": mark("taken off for the passage’s length"),
    "title": mark("your words in the article’s title or head"),
    "kind": mark("the kind of answer you asked for"),
    "kept": mark("a question that editors keep with it"),
}
"""By the name of the part; see `bot.core.relevance.evidence.PARTS`."""

MATCHED: Mapping[str, str] = {
    "word": mark("as you asked it"),
    "stem": mark("in another form"),
    "relative": mark("not in this passage (“{other}” is)"),
    "no": mark("not in this passage"),
}
"""By how a word of the question stands in the passage."""
