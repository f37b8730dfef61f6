"""Example questions: taken from a tenant's articles, and answered by them.

Reads files: call it from a worker thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.core.library import Library
from bot.core.passage import Passage
from bot.core.seams import Analyzer, Entry, TitleLookup
from bot.service.examples.definitions import definition_in
from bot.service.shelves.shelves import Shelves
from bot.service.tenants import Tenant

_ARTICLES = 40
"""Articles that are looked at, in the order of their titles."""
_TRIED = 30
"""Questions that are asked to find those that are answered."""
_LONGEST = 90
"""Characters of an example."""
_QUESTION_WORD = re.compile(r"(who|what|when|where|why|how|which)\b", re.I)
_WORD, _CAPITAL = r"[^\W\d][^\W\d’'-]*(?:[’'-][^\W\d]+)*", r"[A-Z][^\W\d]*(?:[’'-][^\W\d]+)*"
_NAME = rf"(?P<name>(?:The|An?) {_WORD}(?: {_WORD}){{0,2}}?|{_CAPITAL}(?: {_CAPITAL}){{1,3}})"
_SUBJECT = rf"(?:{_NAME}|(?P<word>{_CAPITAL}))"
_DEFINITION = re.compile(_SUBJECT + r" (?P<verb>is|are|was|were) (?:a|an|the) ")
_DATED = re.compile(
    _NAME + r" (?P<verb>was|were) (?P<done>born|built|closed|completed|discovered|elected|"
    r"established|founded|invented|launched|made|named|opened|published|signed|sold|written) "
    r"(?=[^.!?]*\b(?:1\d{3}|20\d\d)\b)"
)
_ACTIVE = {
    "acquired": "acquire", "added": "add", "agreed": "agree to", "announced": "announce",
    "asked": "ask for", "bought": "buy", "built": "build", "called": "call for", "closed": "close",
    "demanded": "demand", "discovered": "discover", "exported": "export", "founded": "found",
    "imported": "import", "invented": "invent", "launched": "launch", "lost": "lose",
    "made": "make", "offered": "offer", "opened": "open", "produced": "produce",
    "promised": "promise", "proposed": "propose", "published": "publish", "received": "receive",
    "rejected": "reject", "reported": "report", "said": "say", "signed": "sign", "sold": "sell",
    "wants": "want", "warned": "warn of", "won": "win", "wrote": "write",
}  # fmt: skip
"""Verbs that have objects, each as it is asked for."""
_ACTION = re.compile(f"{_NAME} (?P<done>{'|'.join(_ACTIVE)}) ")
_APPOSITION = re.compile(
    rf"(?:^|(?<=[\w,;:(“\"] ))(?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,4}}), "
    r"(?P<what>(?:once |now |then )?(?:an?|the) [^,.;:]+)"
)
_PERSON = re.compile(
    r"[^,.;:]*\b(?:artist|author|baker|chair(?:man|woman)|chief|coach|composer|director|doctor|"
    r"editor|engineer|founder|gardener|head|keeper|leader|lecturer|manager|mayor|minister|official|"
    r"organist|painter|pianist|player|poet|president|professor|singer|spokes\w+|student|teacher|"
    r"\w+ologist|\w*scientist|\w*writer)\b"
)
"""The beginning of what says of somebody who they are."""
_PASSAGES = 6
"""Passages of an article that are looked at."""
_SENTENCES = 6
"""Sentences of a passage that are looked at."""
_LONGEST_HEADING = 8
"""Words of a heading."""
_QUESTION_MARKS = {"ar": "؟", "el": ";", "fa": "؟", "ja": "？", "th": "", "ur": "؟", "zh": "？"}
"""The question mark where it is not "?"."""


def examples(shelves: Shelves, tenant: Tenant, number: int, language: str = "") -> list[str]:
    """Return at most ``number`` questions to which the verdict is *answer*, each of another article
    as far as possible: questions that editors keep answers for, titles and headings that ask, and
    what sentences near the beginning of an article say and must themselves answer: in English who
    or what something is, when it was done and what somebody did; in `definitions.LANGUAGES` what
    something is. Where these are too few, what articles and their parts are about is asked by their
    titles and headings alone, as one asks by key words. Articles in ``language`` (ISO 639-1) come
    before the others."""
    library = shelves.library(tenant)
    slugs = [title.slug for title in library.titles(TitleLookup(limit=_ARTICLES))]
    entries = library.entries_of(slugs)
    own = [entry for entry in entries if entry.language == language]
    others = [entry for entry in entries if entry.language != language]
    sources = [_kept(library)]
    for each in filter(None, (own, others)):
        sources.append(_candidates(library, each, shelves.analyzer))
        sources.append(_key_words(library, each, shelves.analyzer))
    found: dict[str, str] = {}
    more: list[str] = []
    for candidates in sources:
        for slug, question in _answered(library, candidates):
            if question in found.values() or question in more:
                continue
            if slug in found:
                more.append(question)
            else:
                found[slug] = question
            if len(found) == number:
                break
        if len(found) + len(more) >= number:
            break
    return [*found.values(), *more][:number]


def _answered(library: Library, candidates: Iterator[_Candidate]) -> Iterator[tuple[str, str]]:
    """Yield the questions that are answered as they should be, each with its article, of as many as
    may be tried; of what sentences of an article say one is enough."""
    done: set[str] = set()
    tried = 0
    for slug, question, source in candidates:
        if len(question) > _LONGEST or (source and slug in done):
            continue
        if tried == _TRIED:
            return
        tried += 1
        answer = library.ask(question, limit=1)
        if not (answer.answered and answer.matches):
            continue
        match = answer.matches[0]
        if source and match.passage.text[match.sentence.start : match.sentence.end] != source:
            continue
        slug = slug or match.citation.slug
        done.add(slug)
        yield slug, question


class _Candidate(NamedTuple):
    """A question that may become an example."""

    slug: str
    """The article that should answer it; empty if any may."""
    question: str
    source: str
    """The sentence that should; empty if any may."""


def _key_words(
    library: Library, entries: Sequence[Entry], analyzer: Analyzer
) -> Iterator[_Candidate]:
    """Yield the titles of articles as questions, then their headings."""
    for entry in entries:
        yield from _as_question(entry, " ".join(entry.head.title.split()), analyzer)
    for entry in entries:
        for passage in library.passages(entry.slug)[:_PASSAGES]:
            for heading in passage.text.split("\n\n")[:-1]:
                if len(heading.split()) <= _LONGEST_HEADING:
                    yield from _as_question(entry, heading.strip(), analyzer)


def _as_question(entry: Entry, text: str, analyzer: Analyzer) -> Iterator[_Candidate]:
    """Yield a title or a heading as a question, if it holds a word and is no sentence."""
    is_phrase = text.isprintable() and text[-1:].isalnum()
    if is_phrase and not all(analyzer.tokens(text, entry.language).stops):
        sign = _QUESTION_MARKS.get(entry.language, "?")
        yield _Candidate(entry.slug, f"{text}{sign}", "")


def _kept(library: Library) -> Iterator[_Candidate]:
    """Yield the questions that editors keep answers for."""
    for pair in library.kept_pairs()[:_ARTICLES]:
        yield _Candidate("", pair.question, "")


def _candidates(
    library: Library, entries: Sequence[Entry], analyzer: Analyzer
) -> Iterator[_Candidate]:
    """Yield questions that somebody would ask of the articles."""
    for entry in entries:
        title = " ".join(entry.head.title.split())
        if title.endswith("?"):
            yield _Candidate(entry.slug, title, "")
        elif entry.language == "en" and _QUESTION_WORD.match(title) and title.isprintable():
            yield _Candidate(entry.slug, f"{title}?", "")
    for entry in entries:
        for passage in library.passages(entry.slug)[:_PASSAGES]:
            yield from (_Candidate(entry.slug, heading, "") for heading in _asking(passage))
            for question, sentence in _of_sentences(passage, entry.language, analyzer):
                yield _Candidate(entry.slug, question, sentence)


def _asking(passage: Passage) -> Iterator[str]:
    """Yield the lines of a passage that stand alone and ask something: headings."""
    for block in passage.text.split("\n\n")[:-1]:  # what introduces nothing is no heading
        if block.rstrip().endswith(("?", "？", "؟")) and "\n" not in block and block.isprintable():
            yield block.strip()


def _of_sentences(passage: Passage, language: str, analyzer: Analyzer) -> Iterator[tuple[str, str]]:
    """Yield questions that sentences of a passage answer, each with its sentence."""
    for span in passage.sentences[:_SENTENCES]:
        sentence = passage.text[span.start : span.end]
        if language == "en":
            asked = [(asks, re.sub(r"^(The|An?) ", "", name)) for asks, name in _english(sentence)]
        else:
            found = definition_in(sentence, language)
            asked = [] if found is None else [found]
        for question, name in asked:
            named = analyzer.tokens(name, language)
            # "Yet there is a" names nothing
            if question.isprintable() and named.words and not any(named.stops):
                yield question, sentence


def _english(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield questions that a sentence answers, each with the name in it."""

    def within(name: str) -> str:
        return re.sub(r"^(The|An?) ", lambda found: found[0].lower(), name)

    if match := _DEFINITION.match(sentence):
        name = match["name"] or match["word"]
        asks = "Who" if _PERSON.match(sentence, match.end()) else "What"
        yield f"{asks} {match['verb']} {within(name)}?", name
    elif match := _DATED.match(sentence):
        yield f"When {match['verb']} {within(match['name'])} {match['done']}?", match["name"]
    elif match := _ACTION.match(sentence):
        yield f"What did {within(match['name'])} {_ACTIVE[match['done']]}?", match["name"]
    for match in _APPOSITION.finditer(sentence):
        if _PERSON.match(match["what"]):
            yield f"Who is {match['name']}?", match["name"]
        elif match["name"].count(" ") != 1:  # else it may well be a person's
            yield f"What is {match['name']}?", match["name"]
