"""A question's words that no article contains: other forms are searched for, or what was meant.

Most questions have no such word, so this is imported where one has.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from bot.core import requests
from bot.core.answer import Repair
from bot.core.conversation.article_search import with_same
from bot.core.conversation.meant_together import MisspeltSearch, meant_together
from bot.core.conversation.question_search import PlannedSearch, Search, search_shelves
from bot.core.conversation.spelt_out import put_spelt_out
from bot.core.questions.question_reading import with_tokens
from bot.core.questions.repair import Repaired, likeliest, with_repairs
from bot.core.questions.run_together import Pair, likelier_pairs, pairs_of, terms_of
from bot.core.questions.word_variants import across_words, forms_of, meant_options, related_forms
from bot.core.relevance.ranked import Ranked
from bot.core.requests import Ahead, Steps
from bot.core.seams import Analyzer, Tokens

_MOST_REPAIRS = 5
"""Words; a question with more of them that are unknown is not about these articles."""
_DOUBT = 0.6
"""Factor applied to the confidence for each word that may have meant something else."""
_CARE = 0.95
"""The same for each other word that was put right: of 100 such, two meant something else."""
_POSSESSIVE = "['’]"


class Replacements(NamedTuple):
    """The terms that are searched for in place of words that no article contains, by the words'
    spans in the question: where each begins and ends."""

    forms: Mapping[tuple[int, int], str]
    """Other forms of the same word; "" for a pair of characters that is passed over."""
    repaired: Mapping[tuple[int, int], Repaired]
    """The words that were meant by misspelt ones."""
    pairs: Mapping[tuple[int, int], Pair]
    """The two words that one is if a space was left out."""

    def without_replaced(self, unseen: Mapping[int, int]) -> dict[int, int]:
        """Return those of the words for which nothing else was searched."""
        replaced = {*self.forms, *self.pairs, *(span for span, meant in self._searched())}
        return {start: end for start, end in unseen.items() if (start, end) not in replaced}

    def repairs(
        self, question: str, ranked: Sequence[Ranked], analyzer: Analyzer
    ) -> tuple[Repair, ...]:
        """Return what an answer says of them; words that were meant as the articles write them."""
        meant = [
            Repair(question[start:end], _as_written(meant.word, meant.stem, ranked, analyzer))
            for (start, end), meant in self._searched()
        ]
        pairs = [
            Repair(question[start:end], pair.form) for (start, end), pair in self.pairs.items()
        ]
        return (*meant, *self._formed(question), *pairs)

    def _formed(self, question: str) -> list[Repair]:
        """Return what an answer says of other forms; both parts of a word that was typed as two
        are told together."""
        told: list[Repair] = []
        first = 0
        for (start, end), form in self.forms.items():
            if form:
                told.append(Repair(question[start:end], form))
                first = start
            elif told:
                both = question[first:end]
                if both.replace(" ", "").casefold() == told[-1].searched:
                    told[-1] = Repair(both, told[-1].searched)
        return told

    def doubt(self, searches: Sequence[Search]) -> float:
        """Return the factor, 0 to 1, by which repaired words lower the confidence: lower if
        something else may have been meant, or if the question had no other words."""
        repaired = dict(self._searched())
        sure = [meant.is_sure for meant in repaired.values()]
        sure += [pair.is_sure for pair in self.pairs.values()]
        doubt = _DOUBT ** sure.count(False) * _CARE ** sure.count(True)
        terms = {
            start
            for each in searches
            for start, stop in zip(
                each.reading.tokens.starts, each.reading.tokens.stops, strict=True
            )
            if not stop and start not in each.reading.context
        }
        changed = {start for start, _ in (*repaired, *self.pairs)}
        rests_on_them = bool(changed) and terms <= changed
        return doubt * (_DOUBT if rests_on_them else 1.0)

    def _searched(self) -> list[tuple[tuple[int, int], Repaired]]:
        return [(span, meant) for span, meant in self.repaired.items() if meant.is_searched]


def search_replacing(
    asked: Sequence[PlannedSearch], unseen: Mapping[int, int], analyzer: Analyzer, enough: int
) -> Steps[tuple[list[Search], Replacements]]:
    """Search as `search_shelves` does, for something else in place of the words that no article
    contains. Returns what is found, and what replaces which word."""
    asked, forms = yield from put_forms(asked, unseen, analyzer)
    left = {start: end for start, end in unseen.items() if (start, end) not in forms}
    searching = Ahead(_search_put_right(asked, left, analyzer, enough))
    asked, spelt = yield from searching.beside(put_spelt_out(asked, left, analyzer))
    if spelt:  # a short form hardly ever stands for anything
        left = {start: end for start, end in left.items() if (start, end) not in spelt}
        searching = Ahead(_search_put_right(asked, left, analyzer, enough))
    searches, replaced = yield from searching.result()
    return searches, replaced._replace(forms={**forms, **spelt, **replaced.forms})


def _search_put_right(
    asked: Sequence[PlannedSearch], unseen: Mapping[int, int], analyzer: Analyzer, enough: int
) -> Steps[tuple[list[Search], Replacements]]:
    meant, replaced = yield from put_right(asked, unseen, analyzer)
    searched = yield from with_same(meant)
    return (yield from search_shelves(searched, enough)), replaced


def put_forms(
    asked: Sequence[PlannedSearch], unseen: Mapping[int, int], analyzer: Analyzer
) -> Steps[tuple[list[PlannedSearch], dict[tuple[int, int], str]]]:
    """Ask for another form of a word that no article contains, where an article does: "fourth"
    for "4th", "initial public offering" for "IPO", "bến" for "ben" in a Vietnamese question without
    marks. Returns what to ask, and for each span of the question the form that stands for it: ""
    for a pair of characters that is passed over, see `across_words`."""
    language = _language_of(asked)
    options = [
        forms_of(each.reading, unseen, analyzer) if each.reading.language == language else {}
        for each in asked
    ]
    passed = [across_words(each.reading, unseen) for each in asked]
    terms: dict[int, dict[str, None]] = {}
    for each, forms in zip(asked, options, strict=True):
        for tokens in (tokens for found in forms.values() for tokens in found.values()):
            terms.setdefault(each.shelf, {}).update(dict.fromkeys(tokens.terms()))
    if not terms and not any(passed):
        return list(asked), {}
    frequency: Mapping[int, Mapping[str, int]] = {}
    if terms:
        frequency = yield from requests.document_frequencies(
            {shelf: list(own) for shelf, own in terms.items()}
        )
    replaced: dict[tuple[int, int], str] = {}
    again: list[PlannedSearch] = []
    for each, forms, across in zip(asked, options, passed, strict=True):
        chosen: dict[tuple[int, int], Tokens] = dict(across)
        replaced.update(dict.fromkeys(across, ""))
        for span, found in forms.items():
            own = frequency[each.shelf]
            held = [f for f, tokens in found.items() if all(map(own.get, tokens.terms()))]
            if not held:
                continue
            best = held[0]  # the likelier come first
            if each.reading.question.isascii() and not any(map(str.isascii, held)):
                best = max(held, key=partial(_least_frequent, found, own))  # any mark may be meant
            chosen[span] = found[best]
            replaced.setdefault(span, best)
        known = {**each.frequency, **frequency.get(each.shelf, {})}
        reading = with_tokens(each.reading, chosen)
        again.append(each._replace(reading=reading, frequency=known))
    return (again if replaced else list(asked)), replaced


def _least_frequent(forms: Mapping[str, Tokens], frequency: Mapping[str, int], form: str) -> int:
    """Return the number of passages that hold the rarest term of a form; 1 if it has no term."""
    return min((frequency[term] for term in forms[form].terms()), default=1)


def put_right(
    asked: Sequence[PlannedSearch], unseen: Mapping[int, int], analyzer: Analyzer
) -> Steps[tuple[list[PlannedSearch], Replacements]]:
    """Put typing errors right, and look for unknown words as parts of others and as their
    opposites. Returns what to ask for the intended words, and which replaces what.
    This is done only in the language that most of the question is in: a word of another language is
    no error."""
    nothing = Replacements({}, {}, {})
    if not unseen:
        return list(asked), nothing
    language = _language_of(asked)
    options = [
        meant_options(each.reading, unseen, analyzer) if each.reading.language == language else {}
        for each in asked
    ]
    apart = [
        pairs_of(each.reading, unseen, analyzer) if each.reading.language == language else {}
        for each in asked
    ]
    related = [
        related_forms(each.reading, unseen, analyzer) if each.reading.language == language else {}
        for each in asked
    ]
    terms: dict[int, dict[str, None]] = {}
    for each, words, split, forms in zip(asked, options, apart, related, strict=True):
        own = terms.setdefault(each.shelf, {})
        for tokens in (tokens for found in forms.values() for tokens in found.values()):
            own.update(dict.fromkeys(tokens.terms()))
        for stems in words.values():
            own.update(dict.fromkeys(stems))
        own.update(dict.fromkeys(terms_of(split)))
    if not any(terms.values()):
        return list(asked), nothing
    frequency = yield from requests.document_frequencies(
        {shelf: list(own) for shelf, own in terms.items()}
    )
    repaired: dict[tuple[int, int], Repaired] = {}
    paired: dict[tuple[int, int], Pair] = {}
    formed: dict[tuple[int, int], str] = {}
    misspelt: list[MisspeltSearch] = []
    places: list[Mapping[tuple[int, int], str]] = []
    for each, words, split, forms in zip(asked, options, apart, related, strict=True):
        held = frequency[each.shelf]
        other = _held_forms(forms, held)
        formed.update(_told_once(other))
        likely = {word: best for word, stems in words.items() if (best := likeliest(stems, held))}
        pairs = likelier_pairs(split, {word: best[0][1] for word, best in likely.items()}, held)
        words_at = _words_at(each, unseen)
        formed_words = {word for span, word in words_at.items() if span in other}
        left = {span: word for span, word in words_at.items() if span not in other}
        taken = pairs.keys() | formed_words
        likely = {word: best for word, best in likely.items() if word not in taken}
        likely = dict(list(likely.items())[:_MOST_REPAIRS])
        chosen = {span: pairs[word] for span, word in left.items() if word in pairs}
        paired.update(chosen)
        mended = each
        if likely or chosen or other:
            replaced = {span: forms[span][form] for span, form in other.items()}
            reading = with_tokens(each.reading, replaced)
            reading = with_tokens(reading, {span: pair.tokens for span, pair in chosen.items()})
            mended = each._replace(reading=reading, frequency={**each.frequency, **held})
        misspelt.append(MisspeltSearch(each, mended, likely))
        places.append(left)
    together = yield from meant_together(misspelt, analyzer)
    found: list[PlannedSearch] = []
    for (each, mended, _), words_left, meant in zip(misspelt, places, together, strict=True):
        for span, word in words_left.items():
            if word in meant:
                repaired.setdefault(span, meant[word])
        if mended is each:
            found.append(each)
        else:
            reading = with_repairs(mended.reading, meant, analyzer)
            found.append(mended._replace(reading=reading))
    return found, Replacements(formed, repaired, paired)


def _words_at(asked: PlannedSearch, unseen: Mapping[int, int]) -> dict[tuple[int, int], str]:
    """Return the words that no article contains, by where each begins and ends."""
    starts, ends, words, _, _ = asked.reading.tokens
    spans = zip(starts, ends, strict=True)
    return {at: word for at, word in zip(spans, words, strict=True) if unseen.get(at[0]) == at[1]}


def _held_forms(
    forms: Mapping[tuple[int, int], Mapping[str, Tokens]], frequency: Mapping[str, int]
) -> dict[tuple[int, int], str]:
    """Return the likeliest form of each word that some passage holds."""
    found = {}
    for span, options in forms.items():
        held = [f for f, tokens in options.items() if all(map(frequency.get, tokens.terms()))]
        if held:
            found[span] = held[0]
    return found


def _told_once(forms: Mapping[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """Return forms with "" for the second part of a word of which both parts are unknown."""
    told: dict[tuple[int, int], str] = {}
    before, behind = "", -1
    for span, form in forms.items():
        told[span] = "" if form == before and span[0] == behind else form
        before, behind = form, span[1] + 1
    return told


def _language_of(asked: Sequence[PlannedSearch]) -> str:
    """Return the language in which the most of the question's words are known."""
    known: Counter[str] = Counter()
    for each in asked:
        for stem, stop in zip(each.reading.tokens.stems, each.reading.tokens.stops, strict=True):
            known[each.reading.language] += bool(stop or each.frequency.get(stem))
    return max(known, key=known.__getitem__, default="")


def _as_written(variant: str, stem: str, ranked: Sequence[Ranked], analyzer: Analyzer) -> str:
    """Return a word that was put right as the articles write it: a variant may be no word at all,
    and only its stem one of theirs."""
    written: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    for item in ranked:
        if stem not in item.words.stems:
            continue
        text, sentences = item.passage.text, item.passage.sentences
        language = item.query.reading.language
        words = analyzer.words(text, sentences, language)
        for span, (first, last) in zip(sentences, pairwise([0, *words.ends]), strict=True):
            if stem not in words.stems[first:last]:
                continue
            sentence = text[span.start : span.end]
            tokens = analyzer.tokens(sentence, language)
            for start, end, word, its_stem, _ in zip(*tokens, strict=True):
                if its_stem == stem:
                    form = re.split(_POSSESSIVE, sentence[start:end])[0]
                    written[form] += 1
                    exact[form] += word == variant
    return max(written, key=lambda form: (exact[form], written[form]), default=variant)
