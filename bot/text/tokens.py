"""Tokens: the positions of a text's words, and their folded forms.

A text is cut at white space into chunks, and a chunk into pieces. Chunks repeat (Zipf), so what a
chunk comes to is computed once and looked up ever after; that is what makes indexing fast, and why
this module only ever looks at one chunk.

The rules, each worth its place by measurement on Wikipedia questions:

* lower case; accents off (NFKD without combining marks), where the language allows it;
* ``'s`` dropped, and ``'d``, ``'ll``, ``'ve``, ``'re`` and ``'m``; other apostrophes by the
  language's habit: English joins (``don't``), French and Italian split off the elided word
  (``l'homme``), Turkish drops the suffix;
* initials joined: ``U.S.`` is ``us``; ``&`` joins as well: ``AT&T``;
* separators of thousands dropped: ``1,000`` and ``1.000`` are ``1000``;
* runs of a script that writes no spaces (Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese)
  give their overlapping character bigrams, as Lucene's CJKBigramFilter does; where vowels are
  signs around a letter, as in Thai, they belong to its character.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

from bot.core.named_tuple import NamedTuple

# Combining marks that are part of a word: \w leaves them out, and the vowel signs of Hindi,
# Bengali, Tamil and their like are such marks.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc"
    "\u09be-\u09cd\u0a01-\u0a03\u0a3c-\u0a51\u0a70-\u0a75\u0a81-\u0a83\u0abc-\u0acd"
    "\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83"
    "\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0dca-\u0ddf\u200c\u200d"
)
_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0eae\u0eb0-\u0ece\u1000-\u103f\u1050-\u109f\u1100-\u11ff"
    "\u1780-\u17d3\u17dc\u17dd\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d"
    "\U00020000-\U0003ffff"
)
_CHARACTER = (
    "[\u0e40-\u0e44\u0ec0-\u0ec4]?.(?:[\u1039\u17d2].|[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u0eb0-\u0ebc"
    "\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u17b4-\u17d3])*"
)
"""A letter with the vowels around it, before and behind, and what it bears: one code point of
Chinese, often three of Thai, of which half a syllable comes else (Theeramunkong et al., "Character
cluster based Thai information retrieval", IRAL 2000)."""


@cache
def _piece(*, marked: bool, unspaced: bool) -> re.Pattern[str]:
    """Return the pattern that finds the pieces of a chunk. It takes 2 ms to compile with the marks,
    and 10 ms with the scripts that write no spaces, so only a chunk that may hold any waits for it;
    and as many processes compile it, the marks occur in it no more often than they must."""
    run = rf"(?P<unspaced>[{_UNSPACED}]+)|" if unspaced else ""
    word = rf"[^\W_{_UNSPACED if unspaced else ''}]"
    letter = rf"(?:{word}|[{_MARKS}])" if marked else word
    return re.compile(
        run + r"(?:(?P<initials>(?:[^\W\d_]\.)+[^\W\d_])|(?P<number>\d+(?:[.,]\d+)+))"
        rf"(?![\w{_MARKS if marked else ''}])"
        rf"|{word}(?:['’ʼ&]?{letter})*"
    )


def _pattern_for(chunk: str) -> re.Pattern[str]:
    """Return the pattern for a chunk; that of letters of the Latin script and punctuation, as most
    are, is the plainest."""
    others = (
        ()
        if chunk.isascii()
        else [c for c in chunk if c >= "\u0300" and not "\u2010" <= c <= "\u2fff"]
    )
    unspaced = any(c > "\u0e00" and not "\u2000" <= c <= "\u2fff" for c in others)
    return _piece(marked=bool(others), unspaced=unspaced)


_THOUSANDS = r"[.,](?=\d{3}(?!\d))"
_APOSTROPHES = "['’ʼ]"
_NO_APOSTROPHES = str.maketrans("", "", "'’ʼ")
# What NFKD splits off and a reader takes for decoration, the dot below Hindi letters too, which
# many leave out. Vowel signs of Indian scripts and Thai stay: without them other words come of it.
_ACCENTS = (
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u093c]"
)
_NASALS = "ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])"
"""A nasal before a consonant of its own row: Hindi writes it so, or as a dot (हिन्दी, हिंदी)."""
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ς": "σ",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "\u200c": "",
        "\u200d": "",
    }
)
"""Letters that NFKD leaves whole, and joiners that nobody types."""
_TONES = "[\u0300\u0301\u0303\u0309\u0323]"
"""The five marks of a Vietnamese tone."""


_SHORTENED = frozenset({"s", "d", "ll", "ve", "re", "m"})
"""The endings that stand for "is", "would", "will", "have", "are" and "am" behind an apostrophe."""


class TokenSpan(NamedTuple):
    """One token of a chunk, before folding."""

    start: int
    end: int
    text: str
    kind: str
    """``word``, ``number``, ``initials``, or ``unspaced`` for a run of a script without spaces."""


def pieces(chunk: str) -> list[TokenSpan]:
    """Return the pieces of a chunk (a stretch without white space), with their offsets in it; all
    but the ``unspaced`` ones are tokens."""
    return [
        TokenSpan(match.start(), match.end(), match.group(), match.lastgroup or "word")
        for match in _pattern_for(chunk).finditer(chunk)
    ]


def bigrams(run: TokenSpan, stops: re.Pattern[str] | None) -> list[TokenSpan]:
    """Return the tokens of an ``unspaced`` run: the overlapping bigrams between its stop words, and
    these, each whole; a single letter between two is a token itself."""
    found: list[TokenSpan] = []
    at = 0
    for match in stops.finditer(run.text) if stops is not None else ():
        found += _bigrams(run, at, match.start())
        at = match.end()
        found.append(TokenSpan(run.start + match.start(), run.start + at, match.group(), "word"))
    return found + _bigrams(run, at, len(run.text))


def _bigrams(run: TokenSpan, start: int, end: int) -> list[TokenSpan]:
    at = run.start + start
    characters = [match.span() for match in re.finditer(_CHARACTER, run.text[start:end])]
    pairs = (
        pairwise(characters) if len(characters) > 1 else zip(characters, characters, strict=True)
    )
    return [
        TokenSpan(at + first, at + last, run.text[start + first : start + last], "bigram")
        for (first, _), (_, last) in pairs
    ]


def elide(piece: TokenSpan) -> list[TokenSpan]:
    """Cut a word at its apostrophes: French ``l'homme`` is ``l`` and ``homme``."""
    cut: list[TokenSpan] = []
    start = piece.start
    for part in re.split(_APOSTROPHES, piece.text):
        if part:
            cut.append(TokenSpan(start, start + len(part), part, piece.kind))
        start += len(part) + 1
    return cut


def without_possessive(word: str) -> str:
    """English: ``Putin's`` is ``Putin``, ``she'd`` is ``she``, ``don't`` is ``dont``."""
    for sign in "'’ʼ":
        before, found, behind = word.rpartition(sign)
        if found and before and behind.lower() in _SHORTENED:
            return before.translate(_NO_APOSTROPHES)
    return word.translate(_NO_APOSTROPHES)


def before_apostrophe(word: str) -> str:
    """Turkish: ``Ankara'nın`` is ``Ankara``."""
    return re.split(_APOSTROPHES, word, maxsplit=1)[0]


def join_number(text: str) -> str:
    """``1,000`` is ``1000`` and ``3,5`` is ``3.5``, in every language alike."""
    return plain_digits(re.sub(_THOUSANDS, "", text).replace(",", "."))


def plain_digits(text: str) -> str:
    """Arabic, Indian and Thai digits as those that everyone writes: ``١٨٢٣`` is ``1823``."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in text
    )


def fold(word: str) -> str:
    """Return a word without accents, in the one form that is compared; expects lower case."""
    if word.isascii():
        return word
    plain = re.sub(_ACCENTS, "", unicodedata.normalize("NFKD", word))
    if "\u0900" <= plain[:1] <= "\u097f":
        plain = re.sub(_NASALS, "\u0902", plain.replace("\u0901", "\u0902"))
    return unicodedata.normalize("NFC", plain).translate(_LETTERS)


def keep_accents(word: str) -> str:
    """Return a Vietnamese word in the one form that is compared, its accents kept, for they tell
    words apart. The tone goes last: both "hòa" and "hoà" are written. Expects lower case."""
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFKD", word)
    tones = "".join(re.findall(_TONES, letters))
    return unicodedata.normalize("NFC", re.sub(_TONES, "", letters)) + tones
