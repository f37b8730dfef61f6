"""Words by which languages ask what something is, and say so.

Turkish, Chinese and Japanese are left out: how they say it cannot be told by a word that stands
before or behind what is defined.
"""

from __future__ import annotations

from functools import cache

from bot.core.seams import Defining
from bot.text.stopwords import in_form

# Per language: what asks, with "..." for what is asked about; endings of participles, and other
# words that name nothing; copulas; verbs that say what something means; determiners, and words that
# begin a description like them; words that may stand before what is defined besides an indefinite
# article; what stands before the name of what was described.
_LANGUAGES = {
    "en": (
        "what is ..., what is a ..., what is an ..., what are ..., whats ..., whats a ...,"
        " whats an ..., what a ..., what an ..., what exactly is ..., what exactly is a ...,"
        " what exactly is an ..., what exactly are ..., what does ... mean, what do ... mean,"
        " what does a ... mean, what does an ... mean, what does the word ... mean,"
        " what does the term ... mean, what does ... really mean, what does ... refer to,"
        " what does the term ... refer to, what is meant by ..., what does the acronym ... mean,"
        " what is the meaning of ..., what is the definition of ..., meaning of ...,"
        " definition of ..., define ..., define a ..., define an ..., ... meaning, ... definition,"
        " ... acronym, ... acronym meaning, whats ... mean",
        "ed ing ly called made done like about wrong new shown given found seen built left lost"
        " dug put cut held kept sold told taken known grown drawn driven thrown often",
        "is are",
        "means mean meant refers denotes denote",
        "a an the any one considered regarded defined",
        "",
        "is called, are called, was called, also called, is termed, is named, is dubbed, known as,"
        " referred to as",
    ),
    "de": (
        "was ist ..., was ist ein ..., was ist eine ..., was sind ..., was ist eigentlich ein ...,"
        " was ist eigentlich eine ..., was bedeutet ..., was bedeuten ..., was bedeutet das wort"
        " ..., was heißt ..., was versteht man unter ..., was versteht man unter einem ...,"
        " was versteht man unter einer ..., bedeutung von ..., definition von ..., ... bedeutung,"
        " ... definition",
        "iert geplant erlaubt verboten passiert geschehen los neu falsch wichtig nötig richtig"
        " gemeint vorgesehen bekannt enthalten",
        "ist sind",
        "bedeutet bedeuten bezeichnet bezeichnen versteht",
        "ein eine einen einem einer der die das jede jeder jedes",
        "als unter",
        "genannt, sogenannte, sogenannter, sogenanntes, sogenannten, namens",
    ),
    "es": (
        "qué es ..., qué es un ..., qué es una ..., qué es el ..., qué es la ..., qué son ...,"
        " qué son los ..., qué son las ..., qué significa ..., qué significa el ...,"
        " qué significa la ..., qué quiere decir ..., qué se entiende por ..., significado de ...,"
        " definición de ...",
        "ado ada ido ida obligatorio necesario nuevo",
        "es son",
        "significa significan designa",
        "un una unos unas el la los las lo cualquier",
        "el la los las lo",
        "llamado, llamada, llamados, llamadas, denominado, denominada, conocido como,"
        " conocida como",
    ),
    "fr": (
        "qu est ce qu un ..., qu est ce qu une ..., qu est ce que le ..., qu est ce que la ...,"
        " qu est ce que l ..., qu est ce que les ..., c est quoi ..., c est quoi un ...,"
        " c est quoi une ..., c est quoi le ..., c est quoi la ..., c est quoi l ...,"
        " c est quoi les ..., que signifie ..., que signifie le mot ..., que veut dire ...,"
        " qu entend on par ..., définition de ..., signification de ..., ... définition,"
        " ... c est quoi",
        "",
        "est sont",
        "signifie signifient désigne désignent",
        "un une le la les l des tout toute",
        "le la les l",
        "appelé, appelée, appelés, appelées, nommé, nommée, dénommé, dénommée",
    ),
    "it": (
        "che cos è ..., che cos è un ..., che cos è una ..., che cos è il ..., che cos è la ...,"
        " che cos è l ..., cos è ..., cos è un ..., cos è una ..., cos è il ..., cos è la ...,"
        " cos è l ..., cosa è ..., cosa sono ..., cosa sono i ..., cosa sono gli ...,"
        " cosa sono le ..., che cosa sono ..., che cosa sono i ..., che cosa sono le ...,"
        " cosa significa ..., che cosa significa ..., che significa ..., cosa vuol dire ...,"
        " che vuol dire ..., significato di ..., definizione di ...",
        "ato ata uto uta ito ita",
        "è sono",
        "significa significano indica indicano",
        "un uno una il lo la i gli le l",
        "il lo la i gli le l",
        "chiamato, chiamata, chiamati, chiamate, detto, detta, detti, dette, denominato,"
        " denominata",
    ),
    "pt": (
        "o que é ..., o que é um ..., o que é uma ..., o que é o ..., o que é a ...,"
        " o que são ..., o que são os ..., o que são as ..., o que significa ...,"
        " o que significa o ..., o que significa a ..., o que quer dizer ..., que significa ...,"
        " significado de ..., definição de ...",
        "ado ada ido ida obrigatório necessário novo",
        "é são",
        "significa significam designa",
        "um uma uns umas o a os as qualquer",
        "o a os as",
        "chamado, chamada, chamados, chamadas, denominado, denominada, conhecido como,"
        " conhecida como",
    ),
    "nl": (
        "wat is ..., wat is een ..., wat zijn ..., wat is eigenlijk een ..., wat betekent ...,"
        " wat betekent het woord ..., wat houdt ... in, wat wordt bedoeld met ...,"
        " betekenis van ..., definitie van ..., ... betekenis",
        "eerd nodig verboden toegestaan gebeurd nieuw gepland",
        "is zijn",
        "betekent betekenen",
        "een de het elke ieder",
        "",
        "genoemd, genaamd, zogenaamde, zogeheten",
    ),
    "ru": (
        "что такое ..., что это такое ..., что значит ..., что означает ..., что значит слово ...,"
        " что означает слово ..., значение слова ..., определение ...",
        "",
        "",
        "это является являются означает означают обозначает значит",
        "",
        "",
        "называемый, называемая, называемое, называемые, называется, называют",
    ),
}  # fmt: skip
_GAP = "..."


@cache
def defining(language: str) -> Defining:
    """Return a language's words for asking what something is; none for an unlisted language."""
    listed = _LANGUAGES.get(language)
    if listed is None:
        return Defining()
    asks, *words, named_by = (in_form(each, language) for each in listed)
    participles, copulas, meaning_verbs, determiners, before = (each.split() for each in words)
    templates = (each.strip().partition(_GAP) for each in asks.split(", "))
    split = [(tuple(first.split()), tuple(last.split())) for first, _, last in templates]
    return Defining(
        tuple(sorted(split, key=lambda each: -len(each[0]) - len(each[1]))),
        tuple(participles),
        frozenset(copulas),
        frozenset(meaning_verbs),
        frozenset(determiners),
        frozenset(before),
        frozenset(" ".join(each.split()[-2:]) for each in named_by.split(",")),
    )
