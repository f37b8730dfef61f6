"""Abbreviations by language: words whose full stop does not end a sentence.

The facts are those of the sentence break suppressions of the Unicode CLDR (de, en, es, fr, it, pt,
ru), of the languages' own orthographies and dictionaries for the others; what is an everyday word
as well ("all.", "bien.", "so.") is left out, or stands among those before numbers. All are lower
case, without the last full stop. Single letters, and letters with full stops between them ("z.B.",
"e.V.", "s. r. o."), are taken for initials and need no entry. Those of single languages lie in
``abbreviations_by_language.txt``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from bot.text.stopwords import stop_words

TABLE = Path(__file__).with_name("abbreviations_by_language.txt")

_EVERYWHERE = """
    mr mrs ms mx dr prof rev hon pres gov sen rep gen lt col maj capt cmdr adm sgt cpl pvt brig st
    mt ft fr msgr messrs mme mlle supt insp det atty amb co inc ltd corp jr sr bros etc jan feb apr
    jun jul aug sep sept oct nov dec tue tues thu thur thurs vs viz cf al ca dept univ assn mfg eds
    trans orig ph.d m.d ll.b b.sc m.sc d.phil e.g ave blvd rd hwy apt sq bzw usw vgl evtl ggf inkl
    str hr frl hrsg geb gest jh sog v.chr n.chr sra srta dña ee.uu págs av admón mgr p.ex éd sigg
    dott ecc dhr mevr drs bijv blz т.е т.д т.п т.к г гг в вв др им ул руб млн млрд тыс см напр ок
    проф dvs bl.a mio mrd dl ee uu doç vb bkz yy ts tp ths gs pgs डॉ प्रो पं श्री δηλ βλ αι αρ ibid
    op.cit
"""
"""Abbreviations of any text: names, titles and sources of other languages occur in all of them."""

_TITLES = """
    mr mrs ms mx dr prof rev hon gov sen gen lt col maj capt cmdr adm sgt cpl pvt brig msgr
    messrs mme mlle supt insp amb sr sra srta sres dra dña lic lcdo lcda ldo lda ing arq dott avv
    sig sigg drs dhr mevr mons ilmo ilma excmo excma rvdo frl hrn hr fru frk
    mudr judr phdr mgr ing drsc rndr paeddr mvdr
    проф акад доц инж ген канд ул пл пер просп пгт гос тов гр г-н г-жа
    ul np inż mec ks kpt tzv napr např tj
    डॉ प्रो पं श्री
"""
"""Abbreviations that always precede a name: not even a word that begins sentences ends one
there."""

_BEFORE_NUMBERS = """
    no nos nr n° nº núm num vol vols p pp s fig figs ch sect sec para art arts pág pag págs blz
    abs kl klo cap chap kap rozdz ст стр рис табл гл том č čl чл бр par § ziff tab abb eq
    mar may ago ene abr dic lun mié jue vie sáb dom ott max min máx mín hal
    obr rys cz т п № tel tlf puh тел кв д корп okr vyd
"""
"""Words that are abbreviations only before a number, because elsewhere they end sentences as
words."""

_STARTERS = """
    the a an this that these those he she it they we i you his her its their our my in on at for
    from by with as but and or if when while after before since although however there here who
    what where why how not no one some many most all both each to another during despite then so
    der die das ein eine er sie es wir in im am und aber el la los las un una en le les il elle
"""

_STARTERS_BY_LANGUAGE = {
    "en": "which whose because is are was were do does did can could would should let yes such",
    "da": "de det den der han hun vi jeg du i og men hvad hvor hvem hvorfor når så",
    "no": "de det den der han hun vi jeg du i og men hva hvor hvem hvorfor når så",
    "sv": "de det den han hon vi jag du i och men vad var vem varför när så",
    "nl": "de het een hij zij ze wij we ik in en maar dat dit die er wat waar wie toen",
    "de": "den dem des dies diese dieser dieses ich man sein seine ihr ihre bei nach vor doch",
    "fr": "une des ce cette ces ils elles nous vous je on dans mais et que qui où",
    "es": "lo este esta estos estas ese esa se su sus con por para pero y que qué cuando él ella",
    "it": "lo gli i un una uno è si nel nella ma e che questo questa questi queste",
    "pt": "o os as um uma ele ela eles elas este esta isso isto no na mas e que se",
    "ru": "он она оно они мы я это этот эта эти но а и в на по как что там тут",
}
"""Words that, capitalised after an abbreviation, show that a sentence ended with it."""


@cache
def abbreviations(language: str) -> frozenset[str]:
    """Return the abbreviations of a text in this language (ISO 639-1), without those before
    numbers."""
    listed = f"{_EVERYWHERE} {_by_language().get(language, '')}".lower().split()
    numbered = before_numbers() - frozenset(_EVERYWHERE.split())
    return (frozenset(listed) - numbered) | titles()


@cache
def _by_language() -> dict[str, str]:
    parts = re.split(r"(?m)^([a-z]{2}):$", TABLE.read_text("utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@cache
def before_numbers() -> frozenset[str]:
    """Return the abbreviations that are such only before a number."""
    return frozenset(_BEFORE_NUMBERS.split())


@cache
def titles() -> frozenset[str]:
    """Return the abbreviations that never end a sentence, because a name follows."""
    return frozenset(_TITLES.split())


@cache
def starters(language: str) -> frozenset[str]:
    """Return the words, in lower case, that begin sentences after an abbreviation."""
    own = frozenset(f"{_STARTERS} {_STARTERS_BY_LANGUAGE.get(language, '')}".split())
    return own if language == "en" else own | stop_words(language)
