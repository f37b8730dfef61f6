"""The code page of a text in Latin letters, told by the alphabets of the languages that use it.

One byte stands for one letter in all of these code pages, so that every text can be read in each
of them. The right one is that in which the letters beyond ASCII are those of one language.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

_ASCII = bytes(range(0x80))
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_WORD = re.compile(rb"[A-Za-z\x80-\x9f\xa1-\xff]{2,}")
"""A word; a no-break space ends it."""
_GREATEST_SHARE = 0.6
"""Share of the bytes beyond ASCII in words that have any: it is .39 in Vietnamese, .22 in Czech,
and .79 and more in other scripts (the Universal Declaration of Human Rights, in 19 encodings)."""
_CLOSE = 0.02
"""Difference of two shares below which common words decide: a page has a foreign name or two."""
_MARKS = frozenset("¡¿«»‹›‘’‚“”„–—…•·´°§©®™€£¥¢½¼¾±×÷\xa0\xad")
"""Signs beyond ASCII that a text in any language may have."""
_MARKS_IN_WORDS = frozenset("‘’‚“”„–—…•·´«»\xa0\xad")
"""Those of them that may stand between two letters, like the apostrophe."""
_BETWEEN_LETTERS = re.compile(rb"(?<=[A-Za-z\x80-\xff])[\x80-\xff](?=[A-Za-z\x80-\xff])")
_LETTERS_OF_WORDS = re.compile(r"[^\W\d_]+")


class _Language(NamedTuple):
    encodings: tuple[str, ...]
    letters: frozenset[str]
    words: frozenset[str]


_WESTERN = ("windows-1252",)
_CENTRAL = ("cp1250", "iso8859_2")
_TURKISH = ("cp1254",)
_BALTIC = ("cp1257",)
_VIETNAMESE = ("cp1258",)


def _language(encodings: tuple[str, ...], letters: str, words: str) -> _Language:
    return _Language(
        encodings, frozenset(letters + letters.upper()), frozenset(words.lower().split())
    )


_LANGUAGES = (
    _language(
        _WESTERN, "éèêëïöüçàâñôîæøåäß", "the and of to in is that for was with on are as it by"
    ),
    _language(_WESTERN, "äöüßé", "der die und das ist nicht in den von zu mit ein auf sich für im"),
    _language(
        _WESTERN, "àâæçéèêëîïñôœùûüÿ", "le la les de des et est une du en dans que pour sur pas au"
    ),
    _language(
        _WESTERN, "áéíñóúüçª\xba", "el la los las de y que en un una por con no se su para es"
    ),
    _language(
        _WESTERN, "áâãàçéêíóôõúüª\xba", "o a os as de e que do da em um uma não para com no na é"
    ),
    _language(
        _WESTERN, "àáèéìíîòóùúª\xba", "il la di e che è un una per non del della in con si i le"
    ),
    _language(_WESTERN, "àçèéíïòóúü·", "el la els les de i que en un una per amb no és del al"),
    _language(
        _WESTERN,
        "éèëêïóòöôüúáàâîûíçñä",
        "de het een en van in is dat op te zijn met voor niet aan er",
    ),
    _language(_WESTERN, "åäöéàü", "och att det som en på är av för med den till inte har de ett"),
    _language(
        _WESTERN, "æøåéèêòóôâüöä", "og i det at en til er som på de med af av den for ikke har et"
    ),
    _language(_WESTERN, "äöåšžé", "ja on ei se että oli hän mutta kun ovat myös joka tai niin sen"),
    _language(
        _WESTERN, "áðéíóúýþæöø", "og að í á er sem var um til við en það ekki með fyrir hann"
    ),
    _language(_WESTERN, "áéíóúàèìòùâêîôûŵŷ", "an na agus ar is ag le do go yn y a ac yr mae"),
    _language(_WESTERN, "ëçâ", "të e në dhe për me një i se nga që ka si do është"),
    _language(
        _CENTRAL,
        "áčďéěíňóřšťúůýžöüä",
        "a je se na v že to s z do ve si jako by pro ale jsou byl jsem",
    ),
    _language(
        _CENTRAL, "áäčďéíĺľňóôŕšťúýžöü", "a je sa na v že to s z do vo si ako by pre ale sú bol som"
    ),
    _language(
        _CENTRAL, "ąćęłńóśźżéöü", "i w na z się do nie to jest że o po za od jak przez był są"
    ),
    _language(_CENTRAL, "áéíóöőúüű", "a az és hogy nem is egy ez meg van volt de csak már el mint"),
    _language(_CENTRAL, "ăâîşţéö", "de şi în la a cu pe din că nu o un este care se pentru au"),
    _language(_CENTRAL, "čćđšžéöü", "i je u se na da su za od s bi kao iz što ne ili koji ali"),
    _language(_CENTRAL, "čšžćđéöü", "je in v na se da so za ki pa z ne bi ali po od ni kot"),
    _language(
        _TURKISH, "çğıöşüâîûİ", "ve bir bu da de için ile o çok olarak olan gibi daha ne mi var"
    ),
    _language(
        _BALTIC, "ąčęėįšųūžéöü", "ir yra į kad su iš tai ne buvo apie bet kaip po nuo jis per"
    ),
    _language(
        _BALTIC, "āčēģīķļņšūžōŗéöü", "un ir ka no ar uz par to kas bija bet tas kā pēc vai ne"
    ),
    _language(_BALTIC, "äöõüšžé", "ja on ei et see oli mis ka kui oma ta aga või siis nii selle"),
    _language(
        _VIETNAMESE,
        "ăâđêôơưàèùáéíóúãõ\u0300\u0301\u0303\u0309\u0323",
        "và của là có trong cho không được một các với người này đã những",
    ),
)
"""Letters beyond ASCII of languages and of their loan words, and some of their commonest words. The
first are those of windows-1252, which most pages without a declaration are in."""


def latin_encoding(sample: bytes) -> str | None:
    """Return the name of the single-byte code page that a text in Latin letters is in; None for a
    text in another script. The text comes without its markup."""
    beyond = letters = 0
    for word in _WORD.findall(sample):
        if not word.isascii():
            beyond += len(word) - len(word.translate(None, _BEYOND_ASCII))
            letters += len(word)
    if beyond > _GREATEST_SHARE * letters:
        return None
    counts = Counter(sample.translate(None, _ASCII))
    between = Counter(b"".join(_BETWEEN_LETTERS.findall(sample)))
    readings = [
        (_share(counts, between, encoding, language.letters), encoding, language.words)
        for language in _LANGUAGES
        for encoding in language.encodings
    ]
    best = max(share for share, _encoding, _words in readings)
    close = [reading for reading in readings if reading[0] >= best - _CLOSE]
    encodings = list(dict.fromkeys(encoding for _share, encoding, _words in close))
    if len(encodings) == 1:
        return encodings[0]
    words = {
        encoding: Counter(_LETTERS_OF_WORDS.findall(sample.decode(encoding, "replace").lower()))
        for encoding in encodings
    }
    return max(close, key=lambda reading: sum(words[reading[1]][word] for word in reading[2]))[1]


def _share(
    counts: Counter[int], between: Counter[int], encoding: str, letters: frozenset[str]
) -> float:
    """Return the share of the bytes beyond ASCII that are a language's letters in an encoding,
    leaving out signs that any text may have, but for those between two letters; 1 where there are
    none but these."""
    own = others = 0
    for byte, count in counts.items():
        character = bytes((byte,)).decode(encoding, "replace")
        if character in letters:
            own += count
        elif character not in _MARKS:
            others += count
        elif character not in _MARKS_IN_WORDS:
            others += between[byte]
    return own / (own + others) if own + others else 1.0
