"""Questions to which a definition is the answer, in languages other than English: "Was ist der
Quernstein?". Pure.

Each pattern takes what is a thing by its form alone: a name after an article, or what is named
before a word that only defines. Nothing here is asked of persons, of whom one asks otherwise.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Definition(NamedTuple):
    """A question and what it asks about, without an article."""

    question: str
    name: str


_NAME = r"(?P<name>[^\W\d][\w-]*(?: [^\W\d][\w-]*){0,2}?)"
_PATTERNS = {
    "de": (
        rf"(?P<article>Der|Die|Das|Ein|Eine) {_NAME} (?P<verb>ist|sind|war|waren) "
        r"(?:der|die|das|eine?) ",
        "Was {verb} {article} {name}?",
    ),
    "es": (
        rf"(?P<article>El|La|Una?) {_NAME} (?P<verb>es|era|fue) (?:el|la|una?) ",
        "¿Qué {verb} {article} {name}?",
    ),
    "fr": (
        rf"(?P<article>(?:Le|La|Une?) |L[’'])(?P<verb>){_NAME} (?:est|était) "
        r"(?:(?:le|la|une?) |l[’'])",
        "Qu’est-ce que {article}{name} ?",
    ),
    "it": (
        rf"(?P<article>(?:Il|Lo|La|Un[oa]?) |(?:L|Un)[’']){_NAME} (?P<verb>è|era|fu) "
        r"(?:(?:il|lo|la|un[oa]?) |(?:l|un)[’'])",
        "Che cosa {verb} {article}{name}?",
    ),
    "ja": (
        r"(?P<article>)(?P<verb>)(?P<name>[^\s、。（(]{2,12}?)(?:とは|は)、"
        r"(?=[^。]*[^家者人手員師長氏](?:である|です|だ)。?$)",
        "{name}とは何ですか？",
    ),
    "pt": (
        rf"(?P<article>O|A|Uma?) {_NAME} (?P<verb>é|era|foi) (?:o|a|uma?) ",
        "O que {verb} {article} {name}?",
    ),
    "ru": (
        r"(?P<article>)(?P<verb>)(?P<name>[А-ЯЁ][\w-]*(?: [\w-]+){0,2}) [—–-] это ",
        "{name} — что это?",
    ),
    "zh": (
        r"(?P<article>)(?P<verb>)(?P<name>[\u4e00-\u9fff]{2,10})是一[种個个座条條款项項类類部家门門]",
        "{name}是什么？",
    ),
}
"""For each language what a definition begins with, and the question to it."""
_ELISIONS = {"ce que un": "ce qu’un", "Che cosa è": "Che cos’è", "Che cosa era": "Che cos’era"}
LANGUAGES = frozenset(_PATTERNS)
"""ISO 639-1."""


def definition_in(sentence: str, language: str) -> Definition | None:
    """Return the question that a sentence in one of `LANGUAGES` answers if it says what something
    is; None if it does not."""
    if language not in _PATTERNS:
        return None
    pattern, question = _PATTERNS[language]
    match = re.match(pattern, sentence)
    if match is None:
        return None
    made = question.format(article=match["article"].lower(), verb=match["verb"], name=match["name"])
    for written, said in _ELISIONS.items():
        made = made.replace(written, said, 1)
    return Definition(made, match["name"])
