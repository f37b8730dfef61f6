"""Questions to which a definition is the answer, in languages other than English: "Was ist der
Quernstein?". Pure.

Each pattern recognises a thing by the form of its definition: a name after an article, before a
word that only defines, or before something that only a thing can be. Persons are left out, because
one asks "who" of them. In a language without articles the question begins with the name, as the
sentence does, so that its first letter has the right case.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Definition(NamedTuple):
    """A question and what it asks about, without an article."""

    question: str
    name: str


_NAME = r"(?P<name>[^\W\d][\w-]*(?: [^\W\d][\w-]*){0,2}?)"
_CAPITAL = r"(?P<article>)(?P<name>[^\W\d_a-z][\w-]*(?: [a-zà-žа-яёіїєґ][\w-]*){0,2}?)"
"""A name that opens a sentence and has no article; what has a second capital may be a person's."""
_PATTERNS = {
    "ar": (
        r"(?P<article>)(?P<name>ال\w+(?: ال\w+)?) (?P<verb>هو|هي) "
        r"(?!(?:رجل|امرأة|شخص|عالم|كاتب|شاعر|ملك|رئيس|مهندس|طبيب)\w*)",
        "ما {verb} {name}؟",
    ),
    "ca": (
        rf"(?P<article>(?:El|La|Una?) |L[’'])(?P<verb>){_NAME} (?:és|era) (?:el |la |una? |l[’'])",
        "Què és {article}{name}?",
    ),
    "cs": (
        rf"{_CAPITAL} (?P<verb>je) (?:\w+[áéí] ){{0,2}}(?:budova|druh|hora|hra|kniha|látka|město|"
        r"metoda|místo|nástroj|nemoc|obec|pokrm|řeka|rostlina|stavba|stroj|strom|typ|věž|zařízení|"
        r"zvíře)\b",
        "{name} – co to je?",
    ),
    "da": (
        rf"(?P<article>Den|Det|En|Et) {_NAME} (?P<verb>er|var) (?:den|det|en|et) ",
        "Hvad {verb} {article} {name}?",
    ),
    "de": (
        rf"(?P<article>Der|Die|Das|Ein|Eine) {_NAME} (?P<verb>ist|sind|war|waren) "
        r"(?:der|die|das|eine?) ",
        "Was {verb} {article} {name}?",
    ),
    "el": (
        rf"(?P<article>Ο|Η|Το|Ένας|Μια|Ένα) {_NAME} (?P<verb>είναι|ήταν) "
        r"(?:ένας|μια|μία|ένα|ο|η|το) ",
        "Τι {verb} {article} {name};",
    ),
    "es": (
        rf"(?P<article>El|La|Una?) {_NAME} (?P<verb>es|era|fue) (?:el|la|una?) ",
        "¿Qué {verb} {article} {name}?",
    ),
    "fi": (
        rf"{_CAPITAL} (?P<verb>on) (?:\w+ ){{0,2}}\w+, (?:joka|jossa|jolla|josta|jonka|jota) ",
        "{name} – mikä se on?",
    ),
    "fr": (
        rf"(?P<article>(?:Le|La|Une?) |L[’'])(?P<verb>){_NAME} (?:est|était) "
        r"(?:(?:le|la|une?) |l[’'])",
        "Qu’est-ce que {article}{name} ?",
    ),
    "hi": (
        r"(?P<article>)(?P<verb>)(?P<name>[^\s।,]+(?: [^\s।,]+)?) एक "
        r"(?!(?:[^\s।]+ ){0,3}(?:अभिनेता|अभिनेत्री|आदमी|औरत|कवि|खिलाड़ी|गायक|डॉक्टर|"
        r"नेता|महिला|राजा|लेखक|लेखिका|वैज्ञानिक|व्यक्ति|शिक्षक)"
        r"(?:\s|।))",
        "{name} क्या है?",
    ),
    "hu": (
        rf"(?P<article>Az?)(?P<verb>) {_NAME} (?:egy|egyfajta|olyan) ",
        "Mi az {article} {name}?",
    ),
    "id": (
        rf"{_CAPITAL} (?P<verb>adalah) (?:alat|bangunan|gunung|hewan|kota|makanan|salah satu|"
        r"sebuah|sejenis|suatu|sungai|tanaman|tempat|tumbuhan) ",
        "{name} itu apa?",
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
    "ko": (
        r"(?P<article>)(?P<name>[가-힣]{1,10}?(?: [가-힣]{1,10}?)?)(?P<verb>은|는|이란|란) "
        r"(?=[^.]*[^가관군님람사수원인자](?:이다|입니다|이었다|였다)\.?$)",
        "{name}{verb} 무엇인가요?",
    ),
    "nl": (
        rf"(?P<article>De|Het|Een) {_NAME} (?P<verb>is|was) (?:de|het|een) ",
        "Wat {verb} {article} {name}?",
    ),
    "no": (
        rf"(?P<article>Den|Det|En|Ei|Et) {_NAME} (?P<verb>er|var) (?:den|det|en|ei|et) ",
        "Hva {verb} {article} {name}?",
    ),
    "pl": (
        rf"{_CAPITAL} (?P<verb>to|(?:jest|był[ao]?) (?:\w+(?:ą|im|ym) ){{0,2}}(?:budowlą|budynkiem|"
        r"chorobą|drzewem|filmem|górą|grą|książką|metodą|miastem|miejscem|narzędziem|potrawą|"
        r"ptakiem|rodzajem|rośliną|rybą|rzeką|typem|urządzeniem|wieżą|wsią|zwierzęciem))"
        r"(?! (?:ja|on|ona|oni|był[aoy]?|jest|są|nie|tylko|też)\b)[ ,.]",
        "{name} – co to jest?",
    ),
    "pt": (
        rf"(?P<article>O|A|Uma?) {_NAME} (?P<verb>é|era|foi) (?:o|a|uma?) ",
        "O que {verb} {article} {name}?",
    ),
    "ro": (
        r"(?P<article>)(?P<name>[A-ZÂÎĂȘȚ]\w*(?:area|ele|erea|ile|ul)) (?P<verb>este|era|sunt) "
        r"(?:un|o|niște) ",
        "{name} – ce {verb}?",
    ),
    "ru": (
        r"(?P<article>)(?P<verb>)(?P<name>[А-ЯЁ][\w-]*(?: [\w-]+){0,2}) [—–-] это ",
        "{name} — что это?",
    ),
    "sv": (
        rf"(?P<article>Den|Det|En|Ett) {_NAME} (?P<verb>är|var) (?:den|det|en|ett) ",
        "Vad {verb} {article} {name}?",
    ),
    "th": (
        r"(?P<article>)(?P<verb>)(?P<name>[\u0e01-\u0e5b]{2,20}?)(?:คือ|เป็น(?:เครื่อง|สถานที่|สัตว์|พืช|เมือง))"
        r"(?!ผู้|คน|นัก)",
        "{name}คืออะไร",
    ),
    "tr": (
        r"(?P<article>)(?P<name>[A-ZÇĞİÖŞÜ][\w-]*(?: [a-zçğıöşü][\w-]*){0,2}), (?P<verb>)"
        r"(?=[^.]*(?<!cı)(?<!ci)(?<!cu)(?<!cü)(?<!kişi)(?<!yazar)(?<!insan)(?<!şair)(?<!adam)(?<!kadın)"
        r"(?:d[ıiuü]r|t[ıiuü]r)\.?$)",
        "{name} nedir?",
    ),
    "uk": (
        r"(?P<article>)(?P<verb>)(?P<name>[А-ЯІЇЄҐ][\w’'-]*(?: [\w’'-]+){0,2}) [—–-] це ",
        "{name} — що це?",
    ),
    "vi": (
        r"(?P<article>)(?P<verb>)(?P<name>[^\W\d_][\w-]*(?: [\w-]+){0,3}?) là "
        r"(?:cái|công trình|loại|loài|nơi|món|"
        r"một(?! (?:anh|bà|ca sĩ|cô|diễn viên|giáo viên|người|nhà|ông|vị|bác sĩ)\b)) ",
        "{name} là gì?",
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
