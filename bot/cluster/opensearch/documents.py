"""Articles and passages as documents, and back.

The kinds are ``passage``, ``article`` and ``fault``, a file that is no article. What is shown of a
document carries a checksum, as the catalogue's rows do: a quotation is what was written.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bot.core.article import Article, Head, count_words
from bot.core.errors import DamagedIndexError, Problem
from bot.core.passage import Passage
from bot.core.passages.passage_links import links_into
from bot.core.seams import Entry, Fault
from bot.core.title_folding import fold
from bot.index.rows import checksum_of, spans_of, surroundings_of, surroundings_text

_LONGEST_TERM = 200
"""Code points; the server cuts tokens at 255."""
_LONGEST_ID = 300
"""Bytes of a slug in an id, which may have 512."""
_MOST_LINKED = 1_000_000
"""Code points from an article's beginning within which links are made beforehand: as many as take
two seconds."""
_LONGEST_HEAD = 2000
"""Code points of a head that is kept with each passage of its article, too."""
_LONGEST_FOLDED = 8000
"""Code points of a title that can be looked for; the server's limit is 32,766 bytes."""


class IndexedArticle(NamedTuple):
    """An article as it is put into an index."""

    article: Article
    language: str
    passages: Sequence[Passage]
    terms: Sequence[Sequence[str]]
    """For each passage its terms, in order."""


def encoded_term(term: str) -> str:
    """Return a term as one token of the server's whitespace analyzer. Java's white space is not
    Python's, tokens are cut at 255 characters, and half a surrogate pair is no JSON: what is not
    plain is replaced by its hash."""
    plain = 0 < len(term) <= _LONGEST_TERM and term.isprintable() and " " not in term
    return term if plain and not term.startswith("=") else _hashed(term)


def encoded_slug(slug: str) -> str:
    """Return a slug as part of an id; one that is too long or cannot be sent is replaced by its
    hash."""
    size = len(slug.encode("utf-8", "surrogatepass"))
    plain = slug.isprintable() and size <= _LONGEST_ID and not slug.startswith("=")
    return slug if plain else _hashed(slug)


def title_key(title: str) -> str:
    """Return what stands for a title where the same one is looked for."""
    return hashlib.sha256(title.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def article_id(scope: str, slug: str) -> str:
    return f"{scope}/{encoded_slug(slug)}"


def passage_id(scope: str, slug: str, number: int) -> str:
    return f"{article_id(scope, slug)}#{number}"


def documents_of(
    scope: str, put: int, indexed: IndexedArticle
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield an article's documents, with their ids; ``put`` is the version of its last change."""
    article = indexed.article
    common = {"scope": scope, "article": encoded_slug(article.slug), "put": put}
    head = {key: value for key, value in article.head._asdict().items() if value is not None}
    values = (
        article.slug,
        json.dumps(head),
        indexed.language,
        len(article.paragraphs),
        count_words([article.text]),
    )
    shown = {"values": _sendable(values), "checksum": checksum_of(*values)}
    is_digest = article.head.digest_of is not None
    links: Sequence[list[str] | None] = []
    if article.head.url is not None and not is_digest:
        links = links_into(article.head.url, indexed.passages, _MOST_LINKED)
    title = title_key(article.head.title)
    yield (
        article_id(scope, article.slug),
        {
            **common,
            "kind": "article",
            "language": indexed.language,
            "title": title,
            "folded": fold(article.head.title)[:_LONGEST_FOLDED],
            "is_digest": is_digest,
            "shown": shown,
        },
    )
    for passage, terms in zip(indexed.passages, indexed.terms, strict=True):
        document = {
            **common,
            "kind": "passage",
            "number": passage.number,
            "length": len(terms),
            "terms": " ".join(map(encoded_term, terms)),
            "shown": _shown_passage(passage, links[passage.number] if links else None),
        }
        if is_digest:
            document |= {"title": title, "is_digest": True}
        if len(values[1]) <= _LONGEST_HEAD:
            document["head"] = shown
        yield passage_id(scope, article.slug, passage.number), document


def fault_of(scope: str, put: int, slug: str, fault: Fault) -> tuple[str, dict[str, Any]]:
    """Return the document of a file that is no article, with its id."""
    shown = (fault.path, fault.problem.to_json())
    return article_id(scope, slug), {
        "scope": scope,
        "article": encoded_slug(slug),
        "put": put,
        "kind": "fault",
        "shown": {"values": _sendable(shown), "checksum": checksum_of(*shown)},
    }


def entry_of(source: Mapping[str, Any]) -> Entry:
    """Return the entry of an article's document. Raises `DamagedIndexError`."""
    slug, head, language, paragraphs, words = _checked(source)
    return Entry(slug, Head(**json.loads(head)), language, paragraphs, words)


def head_in(source: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return as much of an article's document as `entry_of` needs, from one of a passage; None if
    its head is too long to be kept there."""
    head = source.get("head")
    return None if head is None else {"article": source["article"], "shown": head}


def passage_of(source: Mapping[str, Any]) -> Passage:
    """Return the passage of a passage's document. Raises `DamagedIndexError`."""
    slug, number, first, last, start, text, bounds, page, around, _ = _checked(source)
    spans, end = spans_of(bounds), start + len(text)
    surroundings = around and surroundings_of(around)
    return Passage(slug, number, first, last, start, end, text, spans, page, surroundings)


def links_in(source: Mapping[str, Any]) -> Sequence[str] | None:
    """Return the links that lead to what is quoted of a passage, by the paragraph that answers;
    None if none were made for it."""
    links = _received(source["shown"]["values"][-1])
    return None if links is None else [str(link) for link in json.loads(links)]


def shown_characters(source: Mapping[str, Any]) -> int:
    """Return how many characters are shown of a document, each number that marks a sentence counted
    as one."""
    values = (
        value["base64"] if isinstance(value, dict) else value for value in source["shown"]["values"]
    )
    return sum(len(value) for value in values if isinstance(value, str | list))


def fault_in(source: Mapping[str, Any]) -> Fault:
    """Return the fault of a fault's document. Raises `DamagedIndexError`."""
    path, problem = _checked(source)
    return Fault(path, Problem.from_json(problem))


def _shown_passage(passage: Passage, links: Sequence[str] | None) -> dict[str, Any]:
    bounds = [bound for span in passage.sentences for bound in span]
    shown = (
        passage.article,
        passage.number,
        passage.first,
        passage.last,
        passage.start,
        passage.text,
        bounds,
        passage.page,
        passage.around and surroundings_text(passage.around),
        links and json.dumps(links),
    )
    return {"values": _sendable(shown), "checksum": checksum_of(*shown)}


def _checked(source: Mapping[str, Any]) -> list[Any]:
    shown = source["shown"]
    values = [_received(value) for value in shown["values"]]
    if checksum_of(*values) != shown["checksum"]:
        raise DamagedIndexError("search.damaged", article=str(source.get("article", "")))
    return values


def _sendable(values: Sequence[Any]) -> list[Any]:
    """Return values for JSON; a text with half a surrogate pair, which UTF-8 lacks, as bytes."""
    return [
        value
        if not isinstance(value, str) or _is_whole(value)
        else {"base64": base64.b64encode(value.encode("utf-8", "surrogatepass")).decode()}
        for value in values
    ]


def _received(value: Any) -> Any:
    if isinstance(value, dict):
        return base64.b64decode(value["base64"]).decode("utf-8", "surrogatepass")
    return value


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _hashed(text: str) -> str:
    return "=" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
