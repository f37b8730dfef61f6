"""The differences between two versions of an article, a line each."""

from __future__ import annotations

from bot.core.passages.article_difference import ArticleDifference
from bot.frontends.languages import ENGLISH, Language, mark

_FIELDS = {
    "title": mark("title"),
    "author": mark("author"),
    "publisher": mark("publisher"),
    "published": mark("published"),
    "url": mark("link"),
    "language": mark("language"),
    "section": mark("section"),
    "digest_of": mark("digest of"),
}
_PARAGRAPHS = {
    "changed": mark("changed: {old}, now {new}"),
    "removed": mark("removed: {old}"),
    "added": mark("added: {new}"),
}


def difference_text(found: ArticleDifference, language: Language = ENGLISH) -> str:
    """Return one difference in words."""
    gettext = language.gettext
    if found.kind == "head":
        unknown = gettext("not known")
        sides = [side or unknown for side in (found.before, found.after)]
        if found.field == "published":
            sides = [language.day(side) for side in sides]
        return f"{gettext(_FIELDS[found.field])}: {' -> '.join(sides)}"
    old, new = (_paragraphs(*span, language) for span in (found.old, found.new))
    return gettext(_PARAGRAPHS[found.kind], old=old, new=new)


def _paragraphs(first: int, last: int, language: Language) -> str:
    if first == last:
        return language.gettext("paragraph {first}", first=first)
    return language.gettext("paragraphs {first}-{last}", first=first, last=last)
