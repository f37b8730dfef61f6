"""Variants of an unknown word of a question: its other forms, and the words perhaps meant.

Nothing is searched for here: `bot.core.conversation.unknown_words` looks up which of the variants
articles hold.
"""

from collections.abc import Callable, Mapping, Sequence

from bot.core.questions.question_reading import QuestionReading, with_tokens
from bot.core.questions.repair import (
    Repaired,
    can_be_repaired,
    candidates,
    is_name,
    without_guesses,
)
from bot.core.questions.run_together import pairs_of, terms_of
from bot.core.seams import Analyzer, Tokens

_MOST_LOOKED_UP = 12
"""Unknown words of which the variants are looked up."""
_SHORTEST_JOINED = 5
"""Letters of a word that may have been typed as two."""
_NEGATIONS = {"en": ("un", "non", "il", "ir"), "de": ("un",), "nl": ("on",)}
"""By language the beginnings that make a word its opposite; one that does not end with "n" only a
word that begins with its last letter: "illegal", "irregular"."""
_SHORTEST_NEGATED = 5
"""Letters of a word that has an opposite; of shorter ones it is chance."""


def guesses(
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
        others = forms_of(reading, unseen, analyzer) if unseen else {}
        _add_forms(terms, others)
        _add_looked_up(terms, reading, unseen, analyzer)
        for span, forms in others.items():  # the words beside one are joined to what replaces it
            left = {start: end for start, end in unseen.items() if (start, end) != span}
            for form in forms.values():
                _add_looked_up(terms, with_tokens(reading, {span: form}), left, analyzer)
    return list(terms)


def _add_looked_up(
    terms: dict[str, None], reading: QuestionReading, unseen: Mapping[int, int], analyzer: Analyzer
) -> None:
    """Add the terms that are looked up for unknown words which have no other form."""
    if unseen:
        _add_forms(terms, related_forms(reading, unseen, analyzer))
        for stems in meant_options(reading, unseen, analyzer).values():
            terms.update(dict.fromkeys(stems))
        terms.update(dict.fromkeys(terms_of(pairs_of(reading, unseen, analyzer))))


def _add_forms(
    terms: dict[str, None], words: Mapping[tuple[int, int], Mapping[str, Tokens]]
) -> None:
    for tokens in (tokens for forms in words.values() for tokens in forms.values()):
        terms.update(dict.fromkeys(tokens.terms()))


def forms_of(
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


def related_forms(
    reading: QuestionReading, unseen: Mapping[int, int], analyzer: Analyzer
) -> dict[tuple[int, int], dict[str, Tokens]]:
    """Return the words that may be found in place of each unknown word, the likelier first, with
    their tokens: what it is when joined to a word beside it ("water melon"), and its opposite
    ("official", "unofficial")."""
    found: dict[tuple[int, int], dict[str, Tokens]] = {}
    for at, (start, end, word, _, _) in enumerate(zip(*reading.tokens, strict=True)):
        if unseen.get(start) == end:
            forms = (*_joined(reading, at), *_opposites(word, reading.language))
            read = {form: analyzer.tokens(form, reading.language) for form in forms}
            if read:
                found[start, end] = {form: each for form, each in read.items() if each.terms()}
    return found


def _joined(reading: QuestionReading, at: int) -> list[str]:
    """Return what a word is when joined to the one before it or behind it, where a single space
    stands between them."""
    tokens, question = reading.tokens, reading.question
    joined = []
    for first, second in ((at - 1, at), (at, at + 1)):
        if first < 0 or second == len(tokens.words):
            continue
        whole = tokens.words[first] + tokens.words[second]
        if (
            question[tokens.ends[first] : tokens.starts[second]] == " "
            and not (tokens.stops[first] or tokens.stops[second])
            and len(whole) >= _SHORTEST_JOINED
            and whole.isalpha()
        ):
            joined.append(whole)
    return joined


def _opposites(word: str, language: str) -> list[str]:
    """Return what a word is with a beginning that negates it, or without the one that it has."""
    if len(word) < _SHORTEST_NEGATED:
        return []
    found = []
    for negation in _NEGATIONS.get(language, ()):
        is_negated = word.startswith(negation)
        other = word.removeprefix(negation) if is_negated else negation + word
        plain = other if is_negated else word
        if len(plain) >= _SHORTEST_NEGATED and negation[-1] in ("n", plain[0]):
            found.append(other)
    return found


def across_words(
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


def meant_options(
    reading: QuestionReading, unseen: Mapping[int, int], analyzer: Analyzer
) -> dict[str, dict[str, Repaired]]:
    """Return, for each unknown word that may be a typing error, the words that may have been meant.
    A question of one word has none: its answer would rest on a guess alone."""
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
