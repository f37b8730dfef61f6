"""Irregular forms: words whose stem no suffix rule finds, as "wrote" for "write".

Left out are forms that are as often another word: "left", "found", "saw", "rose", "felt", "lay",
"ground", "wound", "bound", "bore", "fell", "spoke", "lit", "dove", "lives",
"leaves".
"""

from __future__ import annotations

from functools import cache

# The base form, then its forms; a bar between two words.
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


@cache
def base_forms(language: str) -> dict[str, str]:
    """Return the base form of each irregular form, lower case; none for a language that has no
    list."""
    bases: dict[str, str] = {}
    for group in _FORMS.get(language, "").split("|"):
        base, *forms = group.split() or [""]
        bases |= dict.fromkeys(forms, base)
    return bases
