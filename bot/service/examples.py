"""Example questions: taken from a tenant's articles, and answered by them.

Reads files: call it from a worker thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.library import Library
from bot.core.seams import Analyzer, Entry, TitleLookup
from bot.service.shelves import Shelves
from bot.service.tenants import Tenant

_ARTICLES = 40
"""Articles that are looked at, in the order of their titles."""
_TRIED = 30
"""Questions that are asked to find those that are answered."""
_LONGEST = 90
"""Characters of an example."""
_QUESTION_WORD = re.compile(r"(who|what|when|where|why|how|which)\b", re.I)
_DEFINITION = re.compile(
    r"(?P<name>(?:The |An? )?[A-Z][\w’'-]*(?: [\w’'-]+){0,3}) (?P<verb>is|are|was|were) "
    r"(?:a|an|the) "
)


def examples(shelves: Shelves, tenant: Tenant, number: int) -> list[str]:
    """Return at most so many questions to which the verdict is *answer*, each of another article as
    far as possible: questions that editors keep answers for, titles that ask something, and what
    or who something is that an article begins by saying."""
    library = shelves.library(tenant)
    found: dict[str, str] = {}
    more: list[str] = []
    for tried, (slug, question) in enumerate(_candidates(library, shelves.analyzer)):
        if len(found) == number or tried == _TRIED:
            break
        if len(question) > _LONGEST:
            continue
        answer = library.ask(question, limit=1)
        if not (answer.answered and answer.matches):
            continue
        slug = slug or answer.matches[0].citation.slug
        if slug in found:
            more.append(question)
        else:
            found[slug] = question
    return [*found.values(), *more][:number]


def _candidates(library: Library, analyzer: Analyzer) -> Iterator[tuple[str, str]]:
    """Yield questions, each with the article that should answer it, if one should."""
    for pair in library.kept_pairs()[:_ARTICLES]:
        yield "", pair.question
    slugs = [title.slug for title in library.titles(TitleLookup(limit=_ARTICLES))]
    entries = library.entries_of(slugs)
    for entry in entries:
        title = " ".join(entry.head.title.split())
        if title.endswith("?"):
            yield entry.slug, title
        elif entry.language == "en" and _QUESTION_WORD.match(title) and title.isprintable():
            yield entry.slug, f"{title}?"
    for entry in entries:
        if entry.language == "en":
            yield from _of_sentences(library, analyzer, entry)


def _of_sentences(library: Library, analyzer: Analyzer, entry: Entry) -> Iterator[tuple[str, str]]:
    for passage in library.passages(entry.slug)[:1]:
        for sentence in passage.sentences[:3]:
            match = _DEFINITION.match(passage.text, sentence.start)
            if match is None or not match["name"].isprintable():
                continue
            named = analyzer.tokens(re.sub(r"^(The|An?) ", "", match["name"]), "en")
            if named.words and not any(named.stops):  # "Yet there is a" names nothing
                name = re.sub(r"^(The|An?) ", lambda found: found[0].lower(), match["name"])
                yield entry.slug, f"What {match['verb']} {name}?"
