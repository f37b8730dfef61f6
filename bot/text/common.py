"""Common words: those that occur in texts about anything.

A small corpus cannot tell them: "usually" may stand in three of its thousand passages by chance,
and would weigh as much as a name that stands in three. They are indexed and count like any other
word, only for less.
"""

from __future__ import annotations

from functools import cache

from bot.text.stems import stemmer
from bot.text.tokens import fold

_WORDS = {
    "en": """
        able accept according account achieve act action add affect age ago allow almost already
        also although always amount announce appear apply approximately area argue arrive ask
        associate attempt average avoid aware base become begin behavior believe belong benefit
        best better big body book bring build call called case category cause center central
        century certain change characteristic choose city claim class come common commonly
        company compare complete concept condition connect consider consist contain continue
        contribute control cost country create current currently date day decade decide define
        degree depend describe design determine develop different difficult discover discuss do
        during early earn easy effect effort either end enter entire especially establish
        estimate event eventually ever example exist expect experience explain express extent
        face fact factor fail fall famous far feature feel field figure final finally find
        follow following force form former found frequently full function further gain general
        generally get give go good great group grow half happen hard have help high hold home
        hope idea identify important improve include increase indicate individual influence
        initially instance intend interest introduce involve issue item join keep key kind know
        known lack large largest last late later lead leave length less let level life like
        likely limit line list little live local locate location long look lose lot low main
        mainly major majority make man manner mark matter mean meaning measure meet member
        mention method might modern month move name named nature near nearly need never new
        normally notable note number object obtain occur offer official often old one open
        opinion order origin original originally outside owner part particular party past pay
        people percent percentage perform period person phrase piece place plan play point
        popular population portion position possible practice prefer present prevent previous
        previously primarily primary prior problem process produce product proportion provide
        publish purpose put quality question range rate reach reason receive recent recently
        recognize reduce refer region relate relationship release remain replace report
        represent require respond result return role rule run say school see seem select send
        serve set several show side sign significant similar situation size small so sort source
        speak special specific spend stand start state stay step stop story strong study style
        subject success successful suggest support system take talk tell tend term thing think
        thought time title today together total toward traditional traditionally try turn type
        typical typically understand unit use used usual usually value various version view want
        way week well whole widely woman word work world write writer written year young
    """,
}


@cache
def common_stems(language: str) -> frozenset[str]:
    """Return the stems of the language's common words, as its tokens are stemmed; none for a
    language that has no list."""
    return frozenset(map(stemmer(language), fold(_WORDS.get(language, "")).split()))
