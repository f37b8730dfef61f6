"""Stems: Snowball, through PyStemmer (the algorithms in C; it imports in a millisecond), and a
table of the forms that no suffix rule finds. Arabic has its affixes taken off first, for
Snowball leaves the article and "and" on many words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import Stemmer

_ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}

# Irregular forms, which no suffix rule finds: the base form, then its forms; a bar between two
# words. Left out are forms that are as often another word: "left", "found", "saw", "rose", "felt",
# "lay", "ground", "wound", "bound", "bore", "fell", "spoke", "lit", "dove", "lives", "leaves".
_FORMS = {
    "en": """
        arise arose arisen|awake awoke|bear born borne|beat beaten|become became|begin began begun|
        bend bent|bite bitten|bleed bled|blow blew blown|break broke broken|breed bred|
        bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen|
        cling clung|come came|creep crept|deal dealt|dig dug|draw drew drawn|drink drank drunk|
        drive drove driven|eat ate eaten|fall fallen|feed fed|fight fought|flee fled|
        fly flew flown|forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven|
        freeze froze frozen|get got gotten|give gave given|go went gone|grow grew grown|
        hang hung|hear heard|hide hid hidden|hold held|keep kept|know knew known|lead led|
        leap leapt|learn learnt|lend lent|lose lost|make made|meet met|overcome overcame|
        overthrow overthrew overthrown|pay paid|prove proven|ride rode ridden|ring rang rung|
        rise risen|run ran|say said|see seen|seek sought|sell sold|send sent|shake shook shaken|
        shine shone|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk|
        sit sat|slay slew slain|sleep slept|slide slid|speak spoken|spend spent|spin spun|
        spring sprang sprung|steal stole stolen|stick stuck|sting stung|strike struck stricken|
        strive strove striven|swear swore sworn|sweep swept|swim swam swum|swing swung|
        take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown|
        undergo underwent undergone|understand understood|undertake undertook undertaken|
        uphold upheld|wake woke woken|wear wore worn|weave wove woven|weep wept|win won|
        withdraw withdrew withdrawn|withstand withstood|write wrote written|
        sew sewn|sow sown|mow mown|hew hewn|strew strewn|shear shorn|swell swollen|tread trod|
        string strung|sling slung|wring wrung|stride strode|kneel knelt|dwell dwelt|lean leant|
        dream dreamt|spell spelt|spill spilt|spoil spoilt|mistake mistook mistaken|mislead misled|
        foresee foresaw foreseen|oversee oversaw overseen|overtake overtook overtaken|
        rebuild rebuilt|rewrite rewrote rewritten|retake retook retaken|undo undid undone|
        forsake forsook forsaken|partake partook partaken|saw sawn|
        child children|man men|woman women|foot feet|tooth teeth|mouse mice|goose geese|
        wife wives|half halves|loaf loaves|wolf wolves|die dying|
        bacterium bacteria|criterion criteria|phenomenon phenomena|crisis crises|thesis theses|
        hypothesis hypotheses|analysis analyses|nucleus nuclei|fungus fungi
    """,
    "pl": """
        pies psa psu psem psie psy psów psom psami psach|
        dzień dnia dniu dniem dni dniom dniami dniach|
        tydzień tygodnia tygodniu tygodniem tygodnie tygodni|
        dziecko dzieci dziecku dzieciom dziećmi|
        ręka ręce rękę rąk rękami|oko oczy oczu oczami|ucho uszy uszu uszami|
        brat bracia braci braćmi|ksiądz księdza księdzu księża księży|książę księcia księciu|
        miasto mieście|świat świecie|las lesie|iść idę idzie szedł szła szli|
        jechać jadę jedzie jadą|mieć mam ma mają miał miała miało mieli miały|
        wziąć wezmę weźmie wziął wzięła|otworzyć otwarty otwarta otwarte otwarto|
        zamknąć zamknięty zamknięta zamknięte
    """,
}

# American spellings at the beginning of a word, each with the British one, which is stemmed.
_AMERICAN = """
    color colour|favor favour|harbor harbour|honor honour|humor humour|labor labour|flavor flavour|
    neighbor neighbour|rumor rumour|behavior behaviour|odor odour|parlor parlour|vapor vapour|
    vigor vigour|armor armour|endeavor endeavour|savior saviour|splendor splendour|tumor tumour|
    savor savour|ardor ardour|candor candour|clamor clamour|fervor fervour|demeanor demeanour|
    succor succour|rigor rigour|center centre|theater theatre|kilometer kilometre|
    centimeter centimetre|millimeter millimetre|fiber fibre|caliber calibre|somber sombre|
    specter spectre|saber sabre|luster lustre|maneuver manoeuvre|catalog catalogue|dialog dialogue|
    analog analogue|gray grey|plow plough|mold mould|mustache moustache|pajama pyjama|
    jewelry jewellery|aluminum aluminium|skeptic sceptic|sulfur sulphur|yogurt yoghurt|
    yoghourt yoghurt|donut doughnut|cozy cosy|cozi cosi|anemi anaemi|archeolog archaeolog|
    encyclopaed encycloped|pediatric paediatric|esthetic aesthetic|anesthe anaesthe|fetus foetus|
    estrogen oestrogen|diarrhea diarrhoea|hemoglob haemoglob|leukemi leukaemi|hemorrh haemorrh|
    airplane aeroplane|artifact artefact|enrollment enrolment|fulfill fulfil|skillful skilful|
    installment instalment|willful wilful|acknowledgment acknowledgement|judgment judgement|
    aging ageing|whiskey whisky|programme program|defense defence|offense offence|pretense pretence|
    license licence|practise practice|tidbit titbit|orthopedic orthopaedic|medieval mediaeval|
    traveling travelling|traveled travelled|traveler traveller|canceling cancelling|
    canceled cancelled|labeling labelling|labeled labelled|modeling modelling|modeled modelled|
    modeler modeller|fueled fuelled|fueling fuelling|signaled signalled|signaling signalling|
    jeweler jeweller|tunneling tunnelling|tunneled tunnelled|marvelous marvellous|
    counselor counsellor|counseling counselling|channeled channelled|leveled levelled|
    leveling levelling|totaled totalled|dialed dialled|dialing dialling|quarreled quarrelled|
    woolen woollen|councilor councillor|quarreling quarrelling
"""
_WHOLE = {
    "ax": "axe", "mom": "mum", "moms": "mums", "math": "maths", "meters": "metres",
    "liter": "litre", "liters": "litres",
}  # fmt: skip
"""Those that are a whole word."""
_FIRST = 3
"""Letters by which the others are looked up."""
_WITH_Z = r"(?<=[a-z]{3})(?<!si)(?<!pri)(?<!sei)([iy])z(?=(e[sdr]?|ers|ing|ations?)$)"
"""The "z" of "organize" and "analyze", with some letters before it; not of "seize"."""

# Of Arabic: the prefixes, longest first, and the suffixes in the order in which they come off.
_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي")
_SIGNS = "[\u0640\u064b-\u0652\u0670]"
_ALEFS = str.maketrans("أإآٱى", "ااااي")


def without_affixes(word: str) -> str:
    """Return an Arabic word without its article, an "and" before it, and its commonest suffixes:
    "light10" (Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval",
    2007). Two letters stay at least."""
    word = re.sub(_SIGNS, "", word).translate(_ALEFS)
    if word.startswith("و") and len(word) > 3:
        word = word[1:]
    article = next((a for a in _ARTICLES if word.startswith(a) and len(word) > len(a) + 1), "")
    word = word[len(article) :]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) > len(suffix) + 1:
            word = word[: -len(suffix)]
    return word


@cache
def base_forms(language: str) -> dict[str, str]:
    """Return the base form of each irregular form, lower case; none for a language that has no
    list."""
    bases: dict[str, str] = {}
    for group in _FORMS.get(language, "").split("|"):
        base, *forms = group.split() or [""]
        bases |= dict.fromkeys(forms, base)
    return bases


def _unchanged(word: str) -> str:
    return word


def term_prefix(language: str) -> str:
    """Return what the terms of a language begin with, so that none is taken for one of another."""
    return "" if language == "en" else f"{language}:"


@cache
def _american() -> dict[str, list[tuple[str, str]]]:
    """Return the beginnings of words that are spelt otherwise in British English, and how each is
    spelt there, by their first letters."""
    pairs: dict[str, list[tuple[str, str]]] = {}
    for pair in _AMERICAN.split("|"):
        american, british = pair.split()
        pairs.setdefault(american[:_FIRST], []).append((american, british))
    return pairs


def as_british(word: str) -> str:
    """Return a lower-case English word as it is spelt in British English."""
    for american, british in _american().get(word[:_FIRST], ()):
        if word.startswith(american):
            if british.startswith(american) and word.startswith(british):
                break
            behind = word[len(american) :]
            if british.endswith("re") and behind[:1] in ("e", "i"):  # "centered", "centred"
                british = british[:-1]
            return british + behind
    if "z" in word:
        return re.sub(_WITH_Z, r"\1s", word)
    return _WHOLE.get(word, word)


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """Return a function that stems a lower-case word, or returns it unchanged if Snowball has no
    stemmer for that language (older releases of it know fewer)."""
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None or algorithm not in Stemmer.algorithms():
        return _unchanged
    # its own cache is off: the analyzer keeps each word's stem already
    stem: Callable[[str], str] = Stemmer.Stemmer(algorithm, 0).stemWord
    if language == "ar":
        return lambda word: stem(without_affixes(word))
    bases = base_forms(language)
    if not bases:
        return stem
    if language == "en":
        return lambda word: stem(bases.get(word) or as_british(word))
    return lambda word: stem(bases.get(word, word))
