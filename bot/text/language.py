"""Detection of a text's language: by its script, its function words, and py3langid."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from bot.text.stopwords import form_of, stop_words
from bot.text.tokens import fold

_SAMPLE = 4000
"""Number of code points that are read: enough to be sure, and a model's time is linear in it."""
_SHORTEST = 8
"""Number of words below which a text is too short to tell its language, and English is assumed."""
_SURE = 0.9
"""Probability from which py3langid is trusted."""
_LIKELY_SHARE = 0.2
"""Function words make a third or more of running English text; below this share it is doubtful."""

_SCRIPTS = (
    ("ko", r"[\uac00-\ud7a3]"),
    ("ja", r"[\u3041-\u30ff]"),
    ("zh", r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"),
    ("th", r"[\u0e01-\u0e5b]"),
    ("lo", r"[\u0e81-\u0edf]"),
    ("km", r"[\u1780-\u17ff]"),
    ("my", r"[\u1000-\u109f]"),
    ("el", r"[\u0370-\u03ff\u1f00-\u1fff]"),
    ("hy", r"[\u0531-\u058f]"),
    ("he", r"[\u05d0-\u05ea]"),
    ("ta", r"[\u0b80-\u0bff]"),
)
"""Scripts that tell the language, as regular expressions that are compiled when they are needed.
Japanese stands before Chinese: it uses Chinese characters."""
_SHARED_SCRIPTS = (
    ("[\u0400-\u052f]", ("ru", "bg", "sr", "uk")),
    ("[\u0620-\u06d3]", ("ar", "fa", "ur")),
    ("[\u0900-\u097f]", ("hi", "mr", "ne")),
)
"""Scripts that several of the languages use, the most spoken first: a text in one of them is in
one of these, however short it is and however unsure py3langid."""

_TOLD_APART = """
    ar bg ca cs da de en es et eu fa fi fr ga hi hr hu id it lt lv mr ne nl nn no pl pt ro ru sk
    sl sr sv tr uk ur vi
"""
_CANDIDATES = frozenset(_TOLD_APART.split())
"""Languages that are told apart; the rarer a language, the more often a short text is mistaken for
it."""
_SAME = {"nn": "no"}


def detect(text: str) -> str:
    """Return the language of the text as an ISO 639-1 code; English where it cannot be told."""
    sample = unicodedata.normalize("NFC", text[:_SAMPLE])
    if not sample.isascii():
        letters = sum(map(str.isalpha, sample))
        for language, script in _SCRIPTS:
            # a Japanese text is a fifth kana at least; of any other, most letters are its own
            share = 0.2 if language == "ja" else 0.4
            if len(re.findall(script, sample)) > share * letters:
                return language
        for script, languages in _SHARED_SCRIPTS:
            if len(re.findall(script, sample)) > 0.4 * letters:
                return _likeliest(sample, languages)
    words = re.findall(r"[^\W\d_]+", sample.lower())
    folded = list(map(fold, words))
    if len(words) < _SHORTEST:
        return "en"
    english = _share(folded, "en")
    if english > _LIKELY_SHARE and english > 2 * max(_share(folded, other) for other in _CLOSE):
        return "en"
    language, probability = _identifier().classify(sample)
    language = _SAME.get(language, language)
    share = _share(list(map(form_of(language), words)), language)
    return language if probability >= _SURE and share >= english / 2 else "en"


def _likeliest(sample: str, languages: Sequence[str]) -> str:
    """Return the likeliest of these languages for a text; the first if none is likely."""
    shares = dict(_identifier().rank(sample))
    best = max(languages, key=lambda language: shares.get(language, 0.0))
    return best if shares.get(best, 0.0) > 1 / 2 else languages[0]


_CLOSE = ("de", "fr", "es", "it", "pt", "nl", "ro", "sv", "da", "no")


def _share(words: list[str], language: str) -> float:
    stops = stop_words(language)
    return sum(map(stops.__contains__, words)) / len(words)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_CANDIDATES & set(identifier.labels))
    return identifier
