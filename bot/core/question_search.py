"""A question searched for on every shelf, in each of its languages, its typing errors put right."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bot.core import requests
from bot.core.query import QuestionReading, with_tokens
from bot.core.requests import Steps
from bot.core.seams import Analyzer, Preparation, Retrieval, TermQuery, Tokens
from bot.core.subject import names_of

if TYPE_CHECKING:
    from bot.core.repair import Repaired

CANDIDATES = 30
"""Number of passages that are read for a question; the right one is among them 98 times in 100."""
LEAST_SHARE = 0.3
"""A candidate that has less than this of the best one's score by the engine is not read, unless so
many are asked for: of 3,716 Wikipedia questions it came first for none, and two candidates of five
are such."""
_MOST_REPAIRS = 5
"""Words; a question with more of them that are unknown is not about these articles."""
_DOUBT = 0.6
"""Factor applied to the confidence for each word that may have meant something else."""
_COMPARED = 12
"""Number of passages in which words that may be meant are looked for."""
_MOST_LOOKED_UP = 12
"""Unknown words of which the variants are looked up."""


class Search(NamedTuple):
    """One shelf asked in one language."""

    shelf: int
    article: str | None
    reading: QuestionReading
    retrieval: Retrieval


class Asked(NamedTuple):
    """One shelf that is going to be asked in one language."""

    shelf: int
    article: str | None
    reading: QuestionReading
    frequency: Mapping[str, int]
    """The number of the shelf's passages that hold each term; the reading's are all there."""


def look_up(
    readings: Sequence[tuple[int, str | None, QuestionReading]], analyzer: Analyzer, enough: int
) -> Steps[list[Asked]]:
    """Find out which terms the shelves hold, before they are searched: so what is searched for is
    right. No hits will be requested if 0 are ``enough``."""
    queries: dict[int, list[TermQuery]] = {}
    read: dict[int, list[QuestionReading]] = {}
    for shelf, article, reading in readings:
        queries.setdefault(shelf, []).append(_query(article, reading, enough))
        read.setdefault(shelf, []).append(reading)
    if not queries:
        return []
    frequency = yield from requests.prepare(
        {
            shelf: Preparation(own, partial(_guesses, read[shelf], analyzer))
            for shelf, own in queries.items()
        }
    )
    return [Asked(shelf, slug, reading, frequency[shelf]) for shelf, slug, reading in readings]


def search_shelves(asked: Sequence[Asked], enough: int) -> Steps[list[Search]]:
    """Search the shelves; no hits are requested if 0 are ``enough``."""
    queries: dict[int, list[TermQuery]] = {}
    for shelf, article, reading, _ in asked:
        queries.setdefault(shelf, []).append(_query(article, reading, enough))
    if not queries:
        return []
    replies = yield from requests.retrieve(queries)
    found = {shelf: iter(retrievals) for shelf, retrievals in replies.items()}
    return [Search(shelf, slug, reading, next(found[shelf])) for shelf, slug, reading, _ in asked]


def _query(article: str | None, reading: QuestionReading, enough: int) -> TermQuery:
    names = tuple(dict.fromkeys(names_of(reading)))
    limit = CANDIDATES if enough else 0
    return TermQuery(reading.terms, limit, article, names, enough, LEAST_SHARE)


def unseen_words(asked: Sequence[Asked]) -> dict[int, int]:
    """Return the question's words that no article contains, whatever the language: where each
    begins and ends."""
    unseen: dict[int, int] = {}
    seen: set[int] = set()
    for each in asked:
        for start, end, _, stem, stop in zip(*each.reading.tokens, strict=True):
            if start in each.reading.context:
                continue
            if stop or each.frequency.get(stem):
                seen.add(start)
            else:
                unseen[start] = end
    return {start: end for start, end in sorted(unseen.items()) if start not in seen}


def _guesses(
    readings: Sequence[QuestionReading], analyzer: Analyzer, is_known: Callable[[str], bool]
) -> list[str]:
    """Return the terms that will be looked up if the words which are not known turn out to stand in
    no article."""
    terms: dict[str, None] = {}
    for reading in readings:
        tokens = zip(*reading.tokens, strict=True)
        unseen = {
            start: end
            for start, end, _, stem, stop in tokens
            if not stop and start not in reading.context and not is_known(stem)
        }
        if unseen:
            for forms in _forms(reading, unseen, analyzer).values():
                for found in forms.values():
                    terms.update(dict.fromkeys(found.terms()))
            for stems in _options(reading, unseen, analyzer).values():
                terms.update(dict.fromkeys(stems))
    return list(terms)


def put_right(
    asked: Sequence[Asked], unseen: Mapping[int, int], analyzer: Analyzer
) -> "Steps[tuple[list[Asked], dict[tuple[int, int], Repaired]]]":
    """Put typing errors right. Returns what to ask for the intended words, and for each corrected
    span of the question the intended word. This is done only in the language that most of the
    question is in: a word of another language is no error."""
    if not unseen:
        return list(asked), {}
    from bot.core.repair import likeliest, with_repairs  # most questions have no unknown word

    language = _language_of(asked)
    options = [
        _options(each.reading, unseen, analyzer) if each.reading.language == language else {}
        for each in asked
    ]
    terms: dict[int, dict[str, None]] = {}
    for each, words in zip(asked, options, strict=True):
        for stems in words.values():
            terms.setdefault(each.shelf, {}).update(dict.fromkeys(stems))
    if not terms:
        return list(asked), {}
    frequency = yield from requests.document_frequencies(
        {shelf: list(own) for shelf, own in terms.items()}
    )
    repaired: dict[tuple[int, int], Repaired] = {}
    mended: list[Asked] = []
    for each, words in zip(asked, options, strict=True):
        likely = {
            word: meant
            for word, stems in words.items()
            if (meant := likeliest(stems, frequency[each.shelf]))
        }
        own = yield from _meant_together(each, dict(list(likely.items())[:_MOST_REPAIRS]), analyzer)
        for start, end, word, _, _ in zip(*each.reading.tokens, strict=True):
            if word in own and unseen.get(start) == end:
                repaired.setdefault((start, end), own[word])
        if own:
            reading = with_repairs(each.reading, own, analyzer)
            known = {**each.frequency, **frequency[each.shelf]}
            mended.append(each._replace(reading=reading, frequency=known))
        else:
            mended.append(each)
    return mended, repaired


def _meant_together(
    asked: Asked, likely: Mapping[str, Sequence[tuple["Repaired", float]]], analyzer: Analyzer
) -> Steps[dict[str, "Repaired"]]:
    """Return the word that was meant by each misspelt one. Where several may be, those are that
    stand in one passage with each other and with the question's other words."""
    first = {word: meant[0][0] for word, meant in likely.items()}
    if all(len(meant) == 1 for meant in likely.values()):
        return first
    reading = asked.reading
    stems = [option.stem for meant in likely.values() for option, _ in meant if not option.is_stop]
    known = [term for term in reading.terms if asked.frequency.get(term)]
    query = TermQuery(tuple(dict.fromkeys(known + stems)), _COMPARED, asked.article)
    ((found,),) = (yield from requests.retrieve({asked.shelf: [query]})).values()
    best, most = first, 0.0
    for passage in found.passages.values():
        held = set(analyzer.terms(passage.text, reading.language))
        total = float(sum(term in held for term in known))
        chosen = dict(first)
        for word, meant in likely.items():
            for option, value in meant:
                if option.is_stop or option.stem in held:
                    total += value / meant[0][1]
                    chosen[word] = option
                    break
        if total > most:
            best, most = chosen, total
    return {
        word: option if option == first[word] else option._replace(is_sure=False)
        for word, option in best.items()
    }


def _language_of(asked: Sequence[Asked]) -> str:
    """Return the language in which the most of the question's words are known."""
    known: Counter[str] = Counter()
    for each in asked:
        for stem, stop in zip(each.reading.tokens.stems, each.reading.tokens.stops, strict=True):
            known[each.reading.language] += bool(stop or each.frequency.get(stem))
    return max(known, key=known.__getitem__, default="")


def _options(
    reading: QuestionReading, unseen: Mapping[int, int], analyzer: Analyzer
) -> "dict[str, dict[str, Repaired]]":
    """Return, for each unknown word that may be a typing error, the words that may have been meant.
    A question of one word has none: its answer would rest on a guess alone."""
    from bot.core.repair import can_be_repaired, candidates, is_name, without_guesses

    tokens = reading.tokens
    if len(tokens.words) - len(reading.context) < 2:
        return {}
    found: dict[str, dict[str, Repaired]] = {}
    for at, (start, end, word, _, _) in enumerate(zip(*tokens, strict=True)):
        if unseen.get(start) != end or word in found or len(found) == _MOST_LOOKED_UP:
            continue
        written = reading.question[start:end]
        if (
            not can_be_repaired(word)
            or (written.isupper() and len(written) > 1)
            or analyzer.is_word(word, reading.language)
        ):
            continue
        options = candidates(word, reading.language, analyzer)
        found[word] = without_guesses(word, options) if is_name(written, at == 0) else options
    return found


def doubt_of(repaired: "Mapping[tuple[int, int], Repaired]", searches: Sequence[Search]) -> float:
    """Return the factor, 0 to 1, by which repaired words lower the confidence: lower if something
    else may have been meant, or if the question had no other words."""
    repaired = {span: meant for span, meant in repaired.items() if meant.is_searched}
    doubt = _DOUBT ** sum(not meant.is_sure for meant in repaired.values())
    terms = {
        start
        for each in searches
        for start, stop in zip(each.reading.tokens.starts, each.reading.tokens.stops, strict=True)
        if not stop and start not in each.reading.context
    }
    rests_on_them = bool(repaired) and terms <= {start for start, _ in repaired}
    return doubt * (_DOUBT if rests_on_them else 1.0)


def put_forms(
    asked: Sequence[Asked], unseen: Mapping[int, int], analyzer: Analyzer
) -> Steps[tuple[list[Asked], dict[tuple[int, int], str]]]:
    """Ask for another form of a word that no article contains, where an article does: "fourth"
    for "4th", "initial public offering" for "IPO", "bến" for "ben" in a Vietnamese question without
    marks. Returns what to ask, and for each span of the question the form that stands for it: ""
    for a pair of characters that is passed over, see `_across_words`."""
    if not unseen:
        return list(asked), {}
    options = [_forms(each.reading, unseen, analyzer) for each in asked]
    passed = [_across_words(each.reading, unseen) for each in asked]
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
    again: list[Asked] = []
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


def _across_words(
    reading: QuestionReading, unseen: Mapping[int, int]
) -> dict[tuple[int, int], Tokens]:
    """Return the pairs of characters of a script without spaces that no article holds, beside one
    that an article does: 儿童票, where 儿童 is known, holds 童票, no word. They are passed over."""
    tokens = reading.tokens
    spans = list(zip(tokens.starts, tokens.ends, strict=True))
    found: dict[tuple[int, int], Tokens] = {}
    for at, (start, end) in enumerate(spans):
        if unseen.get(start) != end or end - start != 2 or reading.question[start:end].isascii():
            continue
        beside = [*spans[max(0, at - 1) : at], *spans[at + 1 : at + 2]]
        if any(a < end and start < b and unseen.get(a) != b for a, b in beside):
            word = tokens.words[at]
            found[start, end] = Tokens([start], [end], [word], [tokens.stems[at]], [True])
    return found


def _forms(
    reading: QuestionReading, unseen: Mapping[int, int], analyzer: Analyzer
) -> dict[tuple[int, int], dict[str, Tokens]]:
    """Return the other forms of each unknown word, with their tokens."""
    found: dict[tuple[int, int], dict[str, Tokens]] = {}
    for start, end, word, _, _ in zip(*reading.tokens, strict=True):
        if unseen.get(start) == end:
            others = analyzer.other_forms([word], reading.language).get(word, ())
            if reading.question.isascii():
                marked = analyzer.marked_forms(word, reading.language)
                tokens_of = {form: analyzer.tokens(form, reading.language) for form in marked}
                if tokens_of:
                    found[start, end] = tokens_of
                    continue
            read = {form: analyzer.tokens(form, reading.language) for form in others}
            if any(tokens.terms() for tokens in read.values()):
                found[start, end] = {f: tokens for f, tokens in read.items() if tokens.terms()}
    return found
