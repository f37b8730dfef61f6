"""Titles: the article that is meant by a slug, a title or a part of one, and the error where that
is none, or several.

The one resolver for every front-end. The titles lie in the index; nothing of them is kept here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from bot.core.errors import AddressError
from bot.core.seams import Entry, FoldedTitle, TitleLookup
from bot.core.title_folding import begins_words, fold, holds, nearly_begins_word, unharmed_parts

_NEAREST = 3
_SHORTEST_GUESSED = 6
"""Least number of code points of a text that is taken for an article in spite of a typing error: in
a shorter one, another word is as likely."""
_WORD = r"\w+"
_WORDS = 8
"""Number of the longest words of a text with which titles are compared."""
_CANDIDATES = 200
"""Number of titles that are examined for one word; a word that many titles hold says little."""
_COMPLETED_WORDS = 3
"""Number of the longest words of what was typed that are looked up; the rarest of them decides."""
_COMPARED = 2_000
"""Number of titles in which a typing error is looked for at each key that is pressed."""


class Title(NamedTuple):
    """An article by its title."""

    slug: str
    """Slug with its tenant's prefix."""
    title: str


class Found(NamedTuple):
    """A text means one article."""

    title: Title
    is_exact: bool
    """True if the text is the article's slug or whole title, rather than a part or a
    misspelling."""
    is_guess: bool = False
    """True if the article is found only by forgiving a typing error."""


class Several(NamedTuple):
    """A text means several articles."""

    titles: tuple[Title, ...]
    """The first of them, in order."""


class Unknown(NamedTuple):
    """A text means no article."""

    nearest: tuple[Title, ...]
    """The titles that come near, best first."""


Resolution: TypeAlias = Found | Several | Unknown


class TitledArticles(Protocol):
    """Articles that are found by their titles; see `bot.core.library.Library`."""

    def titles(self, lookup: TitleLookup) -> Sequence[FoldedTitle]: ...
    def titles_of(self, lookups: Sequence[TitleLookup]) -> Sequence[Sequence[FoldedTitle]]: ...
    def entries_of(self, slugs: Sequence[str]) -> Sequence[Entry]: ...
    def count(self) -> int: ...


class Titles:
    """The titles of some articles, current at each call. Reads files: call it from a worker
    thread."""

    def __init__(self, articles: TitledArticles) -> None:
        self._articles = articles

    def __len__(self) -> int:
        return self._articles.count()

    def resolve(self, text: str) -> Resolution:
        """Return the article that a text means: the one of that slug or title, else the only one
        whose title or slug begins with the text, else the only one whose title contains it, else
        the only one whose title contains all its words, else the only one whose title contains it
        with one typing error, which is forgiven in a text of six characters or more."""
        text = text.encode("utf-8", "replace").decode()  # half a pair of surrogates names nothing
        wanted, slug = fold(text), text.strip()
        if not wanted:
            return Unknown(())
        if by_slug := self._articles.entries_of([slug]):
            return Found(_title(by_slug[0]), is_exact=True)
        enough = _NEAREST + 1
        titled = self._articles.titles(TitleLookup(wanted, limit=enough))
        named = [
            each
            for beginning in dict.fromkeys((slug, slug.lower()))
            for each in self._articles.titles(TitleLookup(slug_beginning=beginning, limit=enough))
        ]
        for each in (*titled, *named):
            if each.folded == wanted or each.slug == slug.lower():
                return self._meant([each], is_exact=True)
        ways: tuple[Callable[[], Sequence[FoldedTitle]], ...] = (
            lambda: sorted({*titled, *named}),
            lambda: self._articles.titles(TitleLookup(holding=[wanted], limit=enough)),
            lambda: self._with_all_words(wanted),
        )
        for find in ways:
            if found := find():
                return self._meant(found)
        nearly = self._nearly(wanted, enough) or self._nearly(
            " ".join(re.findall(_WORD, wanted)), enough
        )
        if nearly and len(wanted) >= _SHORTEST_GUESSED:
            return self._meant(nearly, is_guess=True)
        return Unknown(tuple(self.nearest(text) or self._written(nearly[:_NEAREST])))

    def complete(self, typed: str, limit: int) -> list[Title]:
        """Return the titles that what was typed may be a part of: those that begin with it, those
        of whose words it is a beginning, or each of its words is, then those of whose words it is
        one but for a typing error. In the titles' order within each."""
        wanted = fold(typed)
        if not wanted:
            return self.page(0, limit)
        first = self._articles.titles(TitleLookup(wanted, limit=limit))
        found = dict.fromkeys(first)
        if len(found) < limit:
            inside = [_with_word(word) for word in _longest_words(wanted)[:_COMPLETED_WORDS]]
            within = min(self._articles.titles_of(inside), key=len, default=())
            found.update(dict.fromkeys(t for t in within if begins_words(t.folded, wanted)))
        if len(found) < limit:
            enough = limit + len(found)
            nearly = self._nearly(wanted, enough, nearly_begins_word, _COMPARED)
            found.update(dict.fromkeys(nearly))
        return self._written(list(found)[:limit])

    def page(self, begin: int, size: int) -> list[Title]:
        """Return the titles from the one of ordinal ``begin``, which counts from 0, in order."""
        return self._written(self._articles.titles(TitleLookup(limit=size, skip=begin)))

    def lacking(self, words: Sequence[str]) -> list[str]:
        """Return those of some words that no title holds, each once."""
        wanted = list(_folded(words))
        holding = self._articles.titles(TitleLookup(holding=wanted)) if wanted else ()
        return _not_held(words, holding)

    def nearest(self, text: str, limit: int = _NEAREST) -> list[Title]:
        """Return the titles that share the most of a text's words."""
        words = _longest_words(text)
        held = self._articles.titles_of([_with_word(word) for word in words])
        return self._written(_nearest(text, held)[:limit])

    def lacking_and_nearest(self, words: Sequence[str]) -> tuple[list[str], list[Title]]:
        """Return both, of the same words, looked up at once."""
        wanted, text = list(_folded(words)), " ".join(words)
        if not wanted:
            return [], []
        lookups = [_with_word(word) for word in _longest_words(text)]
        holding, *held = self._articles.titles_of([TitleLookup(holding=wanted), *lookups])
        return _not_held(words, holding), self._written(_nearest(text, held)[:_NEAREST])

    def _with_all_words(self, wanted: str) -> list[FoldedTitle]:
        words = set(re.findall(_WORD, wanted))
        if not words:
            return []
        longest = max(words, key=lambda word: (len(word), word))
        candidates = self._articles.titles(TitleLookup(holding=[longest]))
        return [each for each in candidates if words.issubset(re.findall(_WORD, each.folded))]

    def _nearly(
        self,
        wanted: str,
        enough: int,
        is_meant: Callable[[str, str], bool] = holds,
        examined: int | None = None,
    ) -> list[FoldedTitle]:
        found: list[FoldedTitle] = []
        if parts := unharmed_parts(wanted):
            for title in self._articles.titles(TitleLookup(holding=parts, limit=examined)):
                if is_meant(title.folded, wanted):
                    found.append(title)
                    if len(found) == enough:
                        break
        return found

    def _meant(
        self, found: Sequence[FoldedTitle], *, is_exact: bool = False, is_guess: bool = False
    ) -> Resolution:
        titles = self._written(found[:_NEAREST])
        if len(found) == 1 and titles:
            return Found(titles[0], is_exact, is_guess)
        return Several(tuple(titles))

    def _written(self, found: Sequence[FoldedTitle]) -> list[Title]:
        return list(map(_title, self._articles.entries_of([each.slug for each in found])))


def _title(entry: Entry) -> Title:
    return Title(entry.slug, entry.head.title)


def _folded(words: Sequence[str]) -> dict[str, str]:
    """Return words by their folded form, the first one of each."""
    folded = {fold(word): word for word in reversed(words)}
    folded.pop("", None)
    return folded


def _not_held(words: Sequence[str], titles: Sequence[FoldedTitle]) -> list[str]:
    wanted = _folded(words)
    for title in titles:
        for word in wanted.keys() & re.findall(_WORD, title.folded):
            del wanted[word]
    return list(reversed(wanted.values()))


def _longest_words(text: str) -> list[str]:
    words = dict.fromkeys(re.findall(_WORD, fold(text)))
    return sorted(words, key=len, reverse=True)[:_WORDS]


def _with_word(word: str) -> TitleLookup:
    return TitleLookup(holding=[word], limit=_CANDIDATES)


def _nearest(text: str, held: Sequence[Sequence[FoldedTitle]]) -> list[FoldedTitle]:
    """Return the titles that hold words of a text, those that share the most of them first."""
    words = set(re.findall(_WORD, fold(text)))
    near = {title for titles in held for title in titles}
    shared = ((len(words & set(re.findall(_WORD, title.folded))), title) for title in near)
    return [title for _, title in sorted((-number, title) for number, title in shared if number)]


class UnresolvedArticleError(AddressError):
    """The text that names an article matches none, or several."""

    resolution: Resolution
    """The reading of the text as an article's name."""

    @property
    def text(self) -> str:
        return str(self.data["text"])


def unresolved(text: str, found: Resolution) -> UnresolvedArticleError:
    """Return the error for a text that was read as an article's name."""
    if not fold(text):
        error = UnresolvedArticleError("article.unnamed", text=text)
    elif isinstance(found, Several):
        are_alike = len({title.title for title in found.titles}) < len(found.titles)
        titles = tuple(
            f"“{title.title}” ({title.slug})" if are_alike else f"“{title.title}”"
            for title in found.titles
        )
        error = UnresolvedArticleError("article.ambiguous", text=text, titles=titles)
    else:
        near = found.nearest if isinstance(found, Unknown) else (found.title,)
        if near:
            titles = tuple(f"“{title.title}” ({title.slug})" for title in near)
            error = UnresolvedArticleError("article.misnamed", text=text.strip(), titles=titles)
        else:
            error = UnresolvedArticleError("article.unknown", text=text.strip())
    error.resolution = found
    return error
