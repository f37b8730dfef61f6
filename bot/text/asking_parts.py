"""The parts of a message that ask: greetings, thanks, hedges and other filler are left out, and in
a longer message the sentences that ask are told from the others. The phrases are in
`bot.text.phrases`; names of those who ask are told by where they stand, in `bot.text.own_names`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.core.article import Span
from bot.core.named_tuple import NamedTuple
from bot.core.seams import AskedParts
from bot.text.own_names import introduced, without_signature
from bot.text.phrases import PhraseTable, PlainWord, phrase_table, plain_words
from bot.text.stopwords import stop_words

_MOST_READ = 64
"""Number of messages whose parts are cached, because one is asked for them several times."""
_ENDS = ".!?…。！？\n"
_ASKING = "?？؟"
_PAUSES = ",;:-–—(，、；："
_GREETING = "greeting"
_CLAUSE = "filler clause"
_OPENINGS = ("filler people", "filler opening", _GREETING, "thanks")
_ASKING_OPENINGS = _OPENINGS[:2]
"""Those of several words of which a question follows: "could you tell me"."""
_TAILS = ("filler tail", "thanks", "farewell", _CLAUSE)
"""Phrases that close a sentence only after a pause: "again", "help", "later" may belong to it."""
_LONGEST_CLOSING = 12
"""Maximum number of words of a closing phrase."""
_REQUESTED, _ASKED = 1, 2
"""Degrees of asking: a sentence opens like a request, or it is put as a question."""
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_ABBREVIATED = frozenset("no nr st dr mr mrs ms vs prof bzw ca etc jr sr fig vol art".split())


class _Sentence(NamedTuple):
    first: int
    last: int
    """The end of its words, which are those from ``first`` to before ``last``."""
    asks: int
    """`_ASKED` if it ends with a question mark or begins as questions do, `_REQUESTED`, or 0."""


@lru_cache(_MOST_READ)
def asked(text: str, language: str) -> AskedParts:
    """Return the parts of a message that ask; see `bot.core.seams.Analyzer.asked`."""
    whole = AskedParts((Span(0, len(text)),), ())
    table = phrase_table(language)
    if table is None:
        return whole
    words = plain_words(text)
    if not words:
        return whole
    reading = _Reading(text, words, table, language)
    sentences = reading.stripped()
    kept = [sentence for sentence in sentences if sentence.first < sentence.last]
    if not kept:
        return whole
    if (
        len(sentences) == 1
        and not reading.asides
        and not reading.has_filler(sentences[0], len(words))
    ):
        return whole
    most = max(sentence.asks for sentence in kept)
    asking = [sentence for sentence in kept if sentence.asks == most]
    context = [sentence for sentence in kept if sentence not in asking]
    context += reading.asides
    return AskedParts(
        tuple(span for sentence in asking for span in reading.spans(sentence)),
        tuple(span for sentence in context for span in reading.spans(sentence)),
    )


class _Reading:
    """The state of reading one message."""

    def __init__(
        self, text: str, words: Sequence[PlainWord], table: PhraseTable, language: str
    ) -> None:
        self._text = text
        self._language = language
        self._words = without_signature(text, words, table)
        self._plain = [_DRAWN_OUT.sub(r"\1", each.word) for each in self._words]
        self._table = table
        self._filler: set[int] = set()
        """Words within sentences that are filler."""
        self.asides: list[_Sentence] = []
        """The parts of sentences before the words with which they begin to ask."""

    def stripped(self) -> list[_Sentence]:
        """Return the sentences without their filler."""
        sentences = self._sentences()
        return [self._strip(first, last, len(sentences) > 1) for first, last in sentences]

    def _sentences(self) -> list[tuple[int, int]]:
        """Return the words of each sentence: the first, and the one behind the last."""
        found: list[tuple[int, int]] = []
        first = 0
        for at in range(1, len(self._words)):
            if self._ends_between(at - 1, at) or self._ends_filler(first, at):
                found.append((first, at))
                first = at
        return [*found, (first, len(self._words))]

    def _ends_between(self, before: int, after: int) -> bool:
        gap = self._text[self._words[before].end : self._words[after].start]
        if gap == " " or not any(sign in gap for sign in _ENDS):
            return False
        if any(sign in gap for sign in "!?…。！？\n") or ".." in gap:
            return not gap.isalnum() and (" " in gap or "\n" in gap or not gap.isascii())
        word, following = self._plain[before], self._text[self._words[after].start]
        if " " not in gap or (following.islower() and self._text[self._words[0].start].isupper()):
            return False  # many type no capitals, but then in no sentence
        return len(word) > 1 and word not in _ABBREVIATED

    def _ends_filler(self, first: int, at: int) -> bool:
        """Return whether a full stop ends a sentence of filler, whatever follows: many type no
        capitals."""
        if "." not in self._text[self._words[at - 1].end : self._words[at].start]:
            return False
        is_aside = at in self._table.phrases("filler sentence").ends(self._plain[:at], first)
        return is_aside or self._without_opening(first, at)[0] == at

    def _strip(self, first: int, last: int, is_one_of_several: bool) -> _Sentence:
        """Return a sentence without its filler; a sentence of filler alone is dropped if others
        remain."""
        behind = self._words[last].start if last < len(self._words) else len(self._text)
        marked = any(sign in self._text[self._words[last - 1].end : behind] for sign in _ASKING)
        begin, whole = first, self._plain[:last]
        first, requested = self._without_opening(first, last)
        if first > begin:
            first = self._table.phrases("turn").longest(self._plain[:last], first)
        middle = self._middle(first, last) or self._turn(begin, first, last, marked)
        if middle is not None:
            self.asides.append(_Sentence(first, middle[0], 0))
            first = middle[1]
        last = self._without_closing(first, last)
        self._mark(first, last)
        is_put = marked or middle is not None or self._asks_at(first, last)
        asks = _ASKED if is_put else _REQUESTED * requested
        asides = self._table.phrases("filler sentence")
        if is_one_of_several and not asks and len(whole) in asides.ends(whole, begin):
            return _Sentence(last, last, 0)
        return _Sentence(first, last, asks)

    def has_filler(self, sentence: _Sentence, words: int) -> bool:
        """Return whether a message of one sentence, and of so many words, has any."""
        return bool(self._filler) or sentence[:2] != (0, words)

    def _without_opening(self, first: int, last: int) -> tuple[int, bool]:
        plain, asked_for, greeted = self._plain[:last], False, False
        markers = self._table.phrases("filler marker")
        while first < last:
            ends = {section: self._opening(section, plain, first) for section in _OPENINGS}
            end = max(*ends.values(), self._beside(plain, first, greeted))
            if end > first:
                asked_for = asked_for or any(
                    ends[section] == end > first + 2 for section in _ASKING_OPENINGS
                )
                greeted = end == max(ends[_GREETING], ends["filler people"])
            else:
                marker = markers.longest(plain, first)
                while marker < last and markers.longest(plain, marker) > marker:
                    marker = markers.longest(plain, marker)
                if marker > first and (marker == last or self._pauses_before(marker)):
                    end = marker
            if end == first:
                break
            first = end
        return first, asked_for

    def _beside(self, plain: Sequence[str], first: int, greeted: bool) -> int:
        """Return the end of what says something of the message and nothing of what it asks: whom it
        calls, who asks, that a search found nothing; ``first`` if nothing such begins there."""
        word = self._words[first]
        if self._text[word.start - 1 : word.start] == "@":
            return self._table.phrases("called").longest(plain, first)
        clauses = self._table.phrases(_CLAUSE).ends(plain, first)
        ends = [end for end in clauses if end == len(plain) or self._pauses_before(end)]
        named = introduced(self._text, self._words[: len(plain)], first, self._table, greeted)
        return max([named, *ends])

    def _opening(self, section: str, plain: Sequence[str], first: int) -> int:
        """Return the end of a section's longest phrase that begins at a word; ``first`` if none
        does. A greeting that begins like a question has to end there: "how are you, who ...", but
        not "how are you supposed to"."""
        end = self._table.phrases(section).longest(plain, first)
        if section == _GREETING and end > first + 1 and not self._pauses_before(end):
            return first if plain[first] in stop_words(self._language) else end
        return end

    def _middle(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the range within a sentence that begins to ask: its asking words, and what follows
        them."""
        phrases = self._table.phrases("mid opening")
        plain = self._plain[:last]
        if not phrases.may_begin_in(plain):
            return None
        for at in range(first + 2, last - 1):
            end = phrases.longest(plain, at)
            if end > at + 1 and end < last:
                after, _ = self._without_opening(end, last)
                return at, min(after, last)
        return None

    def _turn(self, begin: int, first: int, last: int, is_marked: bool) -> tuple[int, int] | None:
        """Return the range within a sentence that turns to its question, "I hate to ask, but how",
        empty behind a colon or an aside. ``first`` is the first word behind the opening, and
        ``is_marked`` says that the sentence ends with a question mark."""
        plain = self._plain[:last]
        if self._asks_at(first, last) or self._table.phrases("asks verb").ends(plain, first):
            return None
        turns = self._table.phrases("turn")
        asides = self._table.phrases("filler sentence").ends(plain, begin)
        for at in range(first + 1, last - 1):
            end = turns.longest(plain, at)
            pauses = self._pauses_before(at)
            if end == at and not pauses:
                continue
            after, requests = self._without_opening(end, last)
            gap = self._text[self._words[at - 1].end : self._words[at].start]
            if not (end > at or requests or at in asides or ":" in gap or "：" in gap):
                continue
            is_put = (
                after > end
                or (is_marked and pauses and end > at)
                or (is_marked and self._table.phrases("asks verb").longest(plain, after) > after)
            )
            if after < last - 1 and (is_put or self._asks_at(after, last)):
                return at, after
        return None

    def _asks_at(self, first: int, last: int) -> bool:
        return self._table.phrases("asks").longest(self._plain[:last], first) > first

    def _without_closing(self, first: int, last: int) -> int:
        closing, *tails = (
            phrases if phrases.may_begin_in(self._plain) else None
            for phrases in map(self._table.phrases, ("filler closing", *_TAILS))
        )
        behind_pause = list(filter(None, tails))
        if not (closing or behind_pause):
            return last
        found = True
        while found and last > first:
            found = False
            plain = self._plain[:last]
            for at in range(max(first, last - _LONGEST_CLOSING), last):
                if (closing and last in closing.ends(plain, at)) or (
                    any(last in phrases.ends(plain, at) for phrases in behind_pause)
                    and (at == first or self._pauses_before(at))
                ):
                    last, found = at, True
                    break
        return last

    def _pauses_before(self, at: int) -> bool:
        if at >= len(self._words):
            return True
        gap = self._text[self._words[at - 1].end : self._words[at].start]
        return any(sign in gap for sign in _PAUSES) or any(sign in gap for sign in _ENDS)

    def _mark(self, first: int, last: int) -> None:
        anywhere = self._table.phrases("filler anywhere")
        if not anywhere.may_begin_in(self._plain):
            return
        plain = self._plain[:last]
        at = first
        while at < last:
            end = anywhere.longest(plain, at)
            self._filler.update(range(at, end))
            at = max(end, at + 1)

    def spans(self, sentence: _Sentence) -> list[Span]:
        """Return the spans of the words of a sentence that are not filler."""
        spans: list[Span] = []
        for at in range(sentence.first, sentence.last):
            if at in self._filler:
                continue
            if spans and at - 1 not in self._filler and at > sentence.first:
                spans[-1] = Span(spans[-1].start, self._words[at].end)
            else:
                spans.append(Span(self._words[at].start, self._words[at].end))
        return spans
