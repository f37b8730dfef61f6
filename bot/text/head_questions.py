"""Questions about an article's head: who wrote it, when and where it was published, where it stands
on the web.

Such a question names a text ("the article about the ferry") and asks for its author, its date, its
publisher or its address, and for nothing else; or it asks which article is the newest or the
oldest, or which there are (`bot.text.listings`). The words are in `bot.text.phrases`.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from bot.core.seams import HeadOrder, HeadPart, HeadQuestion, Kind
from bot.text.cues import cues as asking_cues
from bot.text.listings import listing, thing
from bot.text.phrases import PhraseTable, PlainWord, phrase_table, plain_words
from bot.text.stopwords import stop_words

_PARTS: tuple[HeadPart, ...] = ("author", "title", "published", "publisher", "url", "source")
_ORDERS: tuple[HeadOrder, ...] = ("newest", "oldest")
_ASKED_BY: tuple[tuple[HeadPart, Kind], ...] = (("author", "person"), ("published", "date"))
"""The kind of answer that a question wants whose word for writing asks for a part: "who wrote it?",
"when was it written?"."""
_MOST_BEFORE = 5
"""Number of words before the word for a text that may say what it is about: "the rent
explainer"."""
_MOST_CHARACTERS_BEFORE = 16
"""The same in Chinese, whose words here are characters."""
_CHINESE = frozenset("是谁的在由吗呢啊了上哪什么这那个篇有被家份")
"""Characters that say nothing of what a text is about."""
_LONGEST = 30
"""Maximum number of words of such a question."""


def head_question(text: str, language: str) -> HeadQuestion | None:
    """Return the question that a text asks about an article's head, or None if it asks for
    something else."""
    table = phrase_table(language)
    if table is None:
        return None
    found = listing(text, table, language) or _read(text, table, language)
    found = found or thing(text, table, language)
    if found is not None or not _may_ask(table, [each.word for each in plain_words(text)]):
        return found
    from bot.text.asking_parts import asked

    spans = asked(text, language).asking
    plain = " ".join(text[span.start : span.end] for span in spans)
    return None if plain == text else _read(plain, table, language)


def _may_ask(table: PhraseTable, plain: Sequence[str]) -> bool:
    """Return whether a text holds both a word for a text and one that asks for a head's part."""
    if not (_ordinals(table, "head document", plain) or _ordinals(table, "head work", plain)):
        return False
    return bool(_cues(table, plain)[0])


def _read(text: str, table: PhraseTable, language: str) -> HeadQuestion | None:
    words = plain_words(text)
    if not 2 <= len(words) <= _LONGEST:
        return None
    plain = [each.word for each in words]
    parts, cues = _cues(table, plain)
    newest = _newest(table, plain, cues, language)
    if newest is not None:
        return HeadQuestion(tuple(parts) or ("published",), "", order=newest)
    if not parts:
        return None
    if "publisher" in parts and "author" not in parts and _asks(plain, "person", language):
        parts.append("author")  # who published a text may be said of who wrote it
    others = _others(plain, cues, language)
    named = _document(table, plain)
    if named is None:
        return _about_none(table, plain, parts, cues, others, language)
    at, end, kind = named
    before = others if language != "zh" else set(range(at)) - cues
    if kind == "head pronoun":
        before = set()
    most = _MOST_CHARACTERS_BEFORE if language == "zh" else _MOST_BEFORE
    first, last = _topic_before(at, before, most), end
    if table.phrases("head about").longest(plain, end) > end or (
        end < len(words) and _is_quoted(text, words, end)
    ):
        last = _topic_behind(table, end, cues, plain)
    if others - set(range(first, last)):
        return None
    if language == "zh":
        first = _past_little(table, plain, first, at)
    topic = [text[words[first].start : words[at - 1].end]] if first < at else []
    work = text[words[at].start : words[end - 1].end] if kind != "head pronoun" else ""
    topic += [work] if kind == "head work" else []
    topic += [text[words[end].start : words[last - 1].end]] if last > end else []
    is_doubtful = kind != "head document"
    return HeadQuestion(tuple(parts), " ".join(topic), is_doubtful=is_doubtful, work=work)


def _document(table: PhraseTable, plain: Sequence[str]) -> tuple[int, int, str] | None:
    """Return where the first word for an article stands, and the section that has it: or else one
    for a text that may be an article's or not, or "this" before "about"."""
    for section in ("head document", "head work", "head pronoun"):
        phrases = table.phrases(section)
        if not phrases.may_begin_in(plain):
            continue
        for at in range(len(plain)):
            end = phrases.longest(plain, at)
            behind = table.phrases("head about").longest(plain, end)
            if end > at and (section != "head pronoun" or end < behind < len(plain)):
                return at, end, section
    return None


def _about_none(
    table: PhraseTable,
    plain: Sequence[str],
    parts: Sequence[HeadPart],
    cues: set[int],
    others: set[int],
    language: str,
) -> HeadQuestion | None:
    """Return the question of a text that names none: "when was it published, and by whom?"; "who
    wrote it?" may well mean a book, and "the link?" asks for none without an answer before it."""
    if others:
        return None
    if "publisher" in parts and len(parts) > 1:
        return HeadQuestion(tuple(parts), "")
    if set(parts) <= {"url", "source"}:
        return HeadQuestion(tuple(parts), "", only_follows=True)
    if "author" not in parts or not set(parts) <= {"author", "published"}:
        return None
    asked = [part for part, kind in _ASKED_BY if part in parts and _asks(plain, kind, language)]
    if not asked or not _has_pronoun_beside(table, plain, cues):
        return None
    return HeadQuestion(tuple(asked), "", only_follows=True)


def _asks(plain: Sequence[str], kind: Kind, language: str) -> bool:
    """Return whether one of some words asks for an answer of a kind: "who" for a person."""
    asks = asking_cues(language).asks
    return any(asks.get(word) == kind for word in plain)


def _newest(
    table: PhraseTable, plain: Sequence[str], cues: Set[int], language: str
) -> HeadOrder | None:
    """Return the end of the order that a question asks for which says nothing else of a text than
    that it is the newest or the oldest; None for any other question."""
    documents = _ordinals(table, "head document", plain)
    if not documents:
        return None
    for order in _ORDERS:
        ordinals = _ordinals(table, f"head {order}", plain)
        if ordinals and not _others(plain, documents | ordinals | cues, language):
            return order
    return None


def _cues(table: PhraseTable, plain: Sequence[str]) -> tuple[list[HeadPart], set[int]]:
    """Return the parts of a head that are asked for, and the words that say so."""
    parts: list[HeadPart] = []
    cues: set[int] = set()
    for part in _PARTS:
        found = _ordinals(table, f"head {part}", plain)
        cues |= found
        if found:
            parts.append(part)
    if not parts:
        return [], cues
    dates = _ordinals(table, "head when", plain)
    if dates and "published" not in parts:  # "when" alone asks for any date
        parts.append("published")
    if "url" in parts:
        cues |= _ordinals(table, "head url with", plain)
    return parts, cues | dates


def _has_pronoun_beside(table: PhraseTable, plain: Sequence[str], found: set[int]) -> bool:
    """Return whether a pronoun stands beside a word that asks: "who wrote it?", but not "who wrote
    to him?"."""
    pronouns = table.phrases("following pronouns")
    return any(
        pronouns.longest(plain, at) > at and not found.isdisjoint((at - 1, at + 1))
        for at in range(len(plain))
    )


def _ordinals(table: PhraseTable, section: str, plain: Sequence[str]) -> set[int]:
    phrases = table.phrases(section)
    if not phrases.may_begin_in(plain):
        return set()
    return {inside for at in range(len(plain)) for inside in range(at, phrases.longest(plain, at))}


def _others(plain: Sequence[str], cues: Set[int], language: str) -> set[int]:
    stops = stop_words(language)
    if language == "zh":
        stops = _CHINESE
    return {at for at, word in enumerate(plain) if at not in cues and word not in stops}


def _topic_before(at: int, others: set[int], most: int) -> int:
    first = at
    while first > 0 and at - first < most and first - 1 in others:
        first -= 1
    return first


def _past_little(table: PhraseTable, plain: Sequence[str], first: int, at: int) -> int:
    """Return the beginning of what a text is about: behind "about", and behind characters that say
    nothing of it, up to the word for the text."""
    while first < at:
        behind = table.phrases("head about").longest(plain, first)
        if behind == first and plain[first] not in _CHINESE:
            break
        first = max(behind, first + 1)
    return min(first, at)


def _topic_behind(table: PhraseTable, end: int, cues: set[int], plain: Sequence[str]) -> int:
    """Return the end of the words that say what a text is about: before the next word that asks."""
    last = end
    while last < len(plain) and last not in cues:
        last += 1
    return last


def _is_quoted(text: str, words: Sequence[PlainWord], at: int) -> bool:
    gap = text[words[at - 1].end : words[at].start]
    return any(sign in gap for sign in "\"“„«'‘「《")
