"""The documents that a question needs, as far as they are not known yet, and where they are kept
while it is answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.documents import head_in
from bot.cluster.opensearch.known_documents import (
    DocumentKey,
    KnownArticle,
    KnownDocuments,
    KnownPassage,
)
from bot.cluster.opensearch.name_searches import (
    best_holders_in,
    holders_in,
    names_in,
    names_lines,
)
from bot.cluster.opensearch.retrieved import ChangedMeanwhileError
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import (
    MOST_HITS,
    CandidateHit,
    Lines,
    ids_lines,
)
from bot.cluster.opensearch.title_searches import originals_lines, titles_in

_MOST_NAME_CHARACTERS = 2000
"""Characters of names for which an article's head is kept; after more it is read again, and knows
none."""


class WantedDocuments(NamedTuple):
    """Documents that are needed of some candidates."""

    hits: Sequence[CandidateHit]
    """Their passages, and the articles of these."""
    names: Sequence[str]
    """Names to look for in the articles."""
    originals: bool
    """True if digests are left out whose originals are there."""


class MissingDocuments(NamedTuple):
    """The documents that are still to be read."""

    ids: Mapping[str, DocumentKey]
    """Passages and articles."""
    titles: Sequence[str]
    """Keys of digests' titles, of which it is asked whether there is an original."""
    names: Sequence[str]
    articles: Mapping[str, DocumentKey]
    """Encoded slugs of the articles of which it is asked which of the names they hold."""

    def lines(self, scope: Scope) -> Lines:
        """Return the searches for it; none if there is nothing."""
        ids = list(self.ids)
        lines: Lines = []
        for start in range(0, len(ids), MOST_HITS):
            lines += ids_lines(scope, ids[start : start + MOST_HITS])
        if self.titles:
            lines += originals_lines(scope, self.titles)
        if self.names:
            lines += names_lines(scope, self.names, list(self.articles))
        return lines


class ReadDocuments:
    """The documents of one question in one scope. Used on one event loop."""

    def __init__(self, scope: Scope, known: KnownDocuments) -> None:
        """``known`` are those that questions before have read."""
        self._scope = scope
        self._known = known
        self._passages: dict[DocumentKey, KnownPassage] = {}
        self._articles: dict[DocumentKey, KnownArticle] = {}
        self.originals: dict[str, bool] = {}
        """Keys of digests' titles, and whether there is an original."""
        self._asked_titles: dict[str, None] = {}
        """Keys of those for which that is wanted whatever is found."""
        self._holders: dict[str, Mapping[str, int]] = {}
        """By name all articles that hold it, as encoded slugs with their versions."""
        self._best_holders: dict[str, dict[str, tuple[int, Set[str]]]] = {}
        """For names of which these are too many the articles of the best passages, their versions,
        and the names that each holds."""

    def passage(self, hit: CandidateHit) -> KnownPassage | None:
        """Return a candidate's passage, None if it has not been read."""
        key = self._passage_key(hit)
        found = self._passages.get(key) or self._known.passages.get(key)
        if found is not None:
            self._passages[key] = found
        return found

    def terms(self, hit: CandidateHit) -> str | None:
        """Return a candidate's terms, None if its passage has not been read."""
        if hit.terms is not None:
            return hit.terms
        found = self.passage(hit)
        return None if found is None else found.terms

    def article(self, hit: CandidateHit) -> KnownArticle | None:
        """Return the head of a candidate's article, None if it has not been read."""
        key = self._article_key(hit)
        found = self._articles.get(key) or self._known.articles.get(key)
        if found is not None:
            self._articles[key] = found
        return found

    def has_original(self, title: str | None) -> bool:
        """Return whether there is an original of a digest, by its title's key."""
        return title is not None and self.originals[title]

    def holds(self, hit: CandidateHit, name: str) -> bool | None:
        """Return whether a candidate's article holds a name; None if that is not known."""
        article = self.article(hit)
        if article is not None and name in article.names:
            return article.names[name]
        best = self._best_holders.get(name, {}).get(hit.article)
        if best is not None and best[0] == hit.put:
            return name in best[1]
        holders = self._holders.get(name)
        if holders is None or holders.get(hit.article, hit.put) != hit.put:
            return None
        return hit.article in holders

    def take_holders(self, names: Sequence[str], answer: Json) -> None:
        """Take the answer to `holders_lines` of some names: all articles that hold them. It is
        kept for this question alone: of an article that is not among them it does not tell which
        version was looked at."""
        self._holders |= holders_in(answer, names)

    def take_best_holders(self, names: Sequence[str], answer: Json) -> None:
        """Take the answer to `best_holders_lines` of some names; kept for this question alone."""
        told = best_holders_in(answer, names)
        for name in names:
            self._best_holders[name] = {**self._best_holders.get(name, {}), **told}

    def ask_for_originals(self, titles: Iterable[str]) -> None:
        """Count these keys of digests' titles as missing until their originals were looked up."""
        self._asked_titles |= dict.fromkeys(titles)

    def missing(self, wanted: Iterable[WantedDocuments]) -> MissingDocuments:
        """Return what is not known yet of some documents."""
        ids: dict[str, DocumentKey] = {}
        titles = {key: None for key in self._asked_titles if key not in self.originals}
        names: dict[str, None] = {}
        articles: dict[str, DocumentKey] = {}
        for each in wanted:
            for hit in each.hits:
                is_read = self.passage(hit) is not None
                if not is_read:
                    key = self._passage_key(hit)
                    ids[key[1]] = key
                key = self._article_key(hit)
                if self.article(hit) is None and is_read:  # else it comes with the passage
                    ids[key[1]] = key
                if unknown := [name for name in each.names if self.holds(hit, name) is None]:
                    names.update(dict.fromkeys(unknown))
                    articles[hit.article] = key
                if each.originals and hit.title is not None and hit.title not in self.originals:
                    titles[hit.title] = None
        return MissingDocuments(ids, list(titles), list(names), articles)

    def take(self, missing: MissingDocuments, answers: Iterator[Json]) -> None:
        """Take the answers to the searches for what was missing. Raises `ChangedMeanwhileError` if
        a document is no longer the one that was found."""
        read = 0
        for _ in range(0, len(missing.ids), MOST_HITS):
            for hit in next(answers)["hits"]["hits"]:
                source, key = hit["_source"], missing.ids[hit["_id"]]
                if (hit["_index"], source["put"]) != (key[0], key[2]):
                    raise ChangedMeanwhileError
                if source["kind"] == "article":
                    self._articles[key] = KnownArticle(source)
                    self._known.articles.note(key, self._articles[key])
                else:
                    self._take_passage(key, source)
                read += 1
        if read < len(missing.ids):
            raise ChangedMeanwhileError
        if missing.titles:
            found = titles_in(next(answers))
            self.originals |= {title: title in found for title in missing.titles}
        if missing.names:
            held = names_in(next(answers), missing.names)
            for slug, key in missing.articles.items():
                # what a copy of the index says that has not changed yet, or has since, must not be
                # kept for this version
                if held.versions.get(slug) != key[2]:
                    raise ChangedMeanwhileError
                for name, holding in zip(missing.names, held.holding, strict=True):
                    if key in self._articles:  # else its head is too long to come with a passage
                        self._articles[key].names[name] = slug in holding
            for key in self._articles.keys() & set(missing.articles.values()):
                if sum(map(len, self._articles[key].names)) > _MOST_NAME_CHARACTERS:
                    self._known.articles.forget(key)

    def take_passages(self, answer: Json) -> None:
        """Take the passages that a search has found whole."""
        for hit in answer["hits"]["hits"]:
            source = hit["_source"]
            self._take_passage((hit["_index"], hit["_id"], source["put"]), source)

    def _take_passage(self, key: DocumentKey, source: Mapping[str, Any]) -> None:
        known = self._known.passages.get(key)
        self._passages[key] = known or KnownPassage(source)
        if known is None:
            self._known.passages.note(key, self._passages[key])
        self._known.terms.note(self._scope.name, source["terms"])
        article = key[0], f"{self._scope.name}/{source['article']}", key[2]
        head = head_in(source)
        if head is not None and article not in self._articles:
            self._articles[article] = self._known.articles.get(article) or KnownArticle(head)
            self._known.articles.note(article, self._articles[article])

    def _passage_key(self, hit: CandidateHit) -> DocumentKey:
        return hit.index_name, hit.id_in(self._scope), hit.put

    def _article_key(self, hit: CandidateHit) -> DocumentKey:
        return hit.index_name, f"{self._scope.name}/{hit.article}", hit.put
