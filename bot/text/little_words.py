"""Articles and auxiliary verbs, which change nothing about what a question asks, and negations,
which turn it into its opposite.

For telling whether two questions are the same; searching has its own stop words.
"""

from __future__ import annotations

from functools import cache

from bot.core.seams.pairs import LittleWords

_ARTICLES = {
    "de": "der die das den dem des ein eine einen einem einer eines",
    "en": "a an the",
    "es": "el la los las un una unos unas",
    "fr": "le la les l un une des",
    "it": "il lo la i gli le l un uno una",
    "nl": "de het een",
    "pt": "o a os as um uma uns umas",
}
_VERBS = {
    # each group is one meaning; the present "do" only turns a sentence into a question
    "en": {"": "do does", "is": "is are am", "was": "was were", "can": "can could"}
}

_NEGATIONS = {
    "de": "nicht nie niemals kein keine keinen keinem keiner ohne",
    "en": "not no never without cannot cant couldnt dont doesnt didnt isnt arent wasnt werent wont"
    " wouldnt shouldnt mustnt neednt hasnt havent hadnt nobody nothing none neither nor",
    "es": "no nunca jamas sin ningun ninguna nadie nada",
    "fr": "ne n pas jamais sans aucun aucune personne rien",
    "it": "non mai senza nessun nessuno nessuna niente nulla",
    "nl": "niet nooit geen zonder niemand niets",
    "pt": "nao nunca jamais sem nenhum nenhuma ninguem nada",
}
_SUBJECTS = {"de": "ich man", "en": "i you we one"}
_PERSONS = {
    "de": "mich mir mein meine meinen meinem meiner dich dir dein deine deinen ihr ihre ihren ihnen"
    " uns unser unsere euch euer eure sie",
    "en": "me my mine your yours us our ours them their",
}
_CONDITIONS = {"de": {"falls": "wenn", "sofern": "wenn"}, "en": {"if": "when"}}
_ADVISING = {"en": "should"}


@cache
def little_words(language: str) -> LittleWords:
    """Return the words of a language that change nothing about what a question asks, and its
    negations; empty if none are listed."""
    verbs = {
        word: meaning
        for meaning, words in _VERBS.get(language, {}).items()
        for word in words.split()
    }
    return LittleWords(
        frozenset(_ARTICLES.get(language, "").split()),
        verbs,
        frozenset(_NEGATIONS.get(language, "").split()),
        frozenset(_SUBJECTS.get(language, "").split()),
        frozenset(_PERSONS.get(language, "").split()),
        _CONDITIONS.get(language, {}),
        frozenset(_ADVISING.get(language, "").split()),
    )
