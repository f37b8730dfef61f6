"""Words by which languages ask for a kind of answer, and words that are one; more are in cues.txt.

Words are written as people write them and folded here. Only what is plain is listed: a question
word that asks for several kinds ("what", "which") says nothing by itself, but a word after it may
("what price").
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.core.light_typing import Any, cast
from bot.core.seams import Cues, Kind, Tense
from bot.text.chinese_names import persons
from bot.text.defining import defining
from bot.text.stopwords import in_form, stop_words

# Per language and kind: what asks for it, commas between; after a bar what gives it, of a measure
# its units; after a second bar what gives a measure without a number.
_CUES: dict[str, dict[Kind, str]] = {
    "en": {
        "person": "who, whom, whose",
        "name": "name of, names of, nickname",
        "place": "where, what city, what country, what state, which city, which country,"
        " which state, what cities, what countries, what states, which cities, which countries,"
        " which states",
        "time": "what time, which time, what hour, how late, how early | oclock am pm"
        " | noon midnight midday dawn dusk sunrise sunset",
        "date": "when, what date, what time period, what time frame, what month, what day,"
        " what century, which century, which day, which month, what decade"
        " | century centuries decade spring summer autumn winter morning afternoon evening night"
        " noon midnight today yesterday christmas easter ago",
        "year": "what year, which year, year built, year founded",
        "count": "how many, number of, what number",
        "number": "how much, how large, how big, how fast, how small, how loud,"
        " how strong, how steep, how bright, how much does, how much do, how much did"
        " | one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy"
        " eighty ninety dozen dozens hundred hundreds thousand thousands million billion half third"
        " quarter once twice both couple several none pair",
        "reason": "why, what caused, what causes | because due since reason reasons cause caused"
        " causes therefore so thus result resulted order avoid allow allowed",
        "money": "how expensive, how much is, how much are, how much was, how much were |"
        " pounds pound dollars dollar euros euro pence cents cent yen"
        " rupees francs usd eur gbp p bn percent | free nothing",
        "duration": "how long, how many years, how many months, how many weeks, how many days,"
        " how many hours, how many minutes, how many seconds | seconds second minutes minute hours"
        " hour days day nights night weeks week fortnight months month years year decades decade"
        " centuries century"
        " | life ever until since always permanently lifelong",
        "length": "how many kilometres, how many kilometers, how many miles, how many metres,"
        " how many meters, how many feet, how many km, how far, how deep, how high, how tall,"
        " how wide, how thick | metres meters metre meter kb bp km kilometres kilometers"
        " kilometre kilometer miles mile feet foot ft inches inch cm"
        " mm m centimetres centimeters millimetres yards yard storeys stories acres hectares m2"
        " km2 minutes hours",
        "age": "how old, what age | years year old aged age months month weeks birthday century"
        " centuries | born",
        "weight": "how heavy | kg g kilos kilo kilograms kilogram grams gram tons ton tonnes tonne"
        " pounds pound lbs lb ounces oz stone mg",
        "temperature": "what temperature, which temperature, how hot, how warm, how cold, how cool"
        " | degrees degree celsius fahrenheit c",
        "frequency": "how often | once twice times every each daily weekly monthly yearly annually"
        " annual per never always regularly hourly sometimes often rarely seldom",
        "contact": "phone number, telephone number, fax number, email address, mail address",
    },
    "de": {
        "person": "wer, wem, wen, wessen",
        "place": "wo, wohin, woher, welcher stadt, welchem land",
        "date": "wann | jahrhundert heute gestern vorgestern",
        "count": "wie viele, wieviele",
        "number": "wie viel, wieviel"
        " | zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend"
        " million millionen milliarden hälfte",
        "reason": "warum, wieso, weshalb | weil da wegen aufgrund deshalb daher damit grund",
    },
    "es": {
        "person": "quien, quienes",
        "place": "donde, adonde",
        "date": "cuando, que fecha, que siglo | siglo hoy ayer",
        "count": "cuantos, cuantas",
        "number": "cuanto, cuanta | dos tres cuatro cinco seis siete"
        " ocho nueve diez once doce cien mil millon millones mitad",
        "reason": "por que | porque debido causa razon razones",
    },
    "fr": {
        "person": "qui",
        "place": "où",
        "date": "quand, quelle date, quel siècle | siècle aujourd hier",
        "number": "combien | deux trois quatre cinq six sept huit neuf dix onze douze"
        " cent cents mille million millions milliards moitié",
        "reason": "pourquoi | parce car cause raison raisons grâce afin",
    },
    "it": {
        "person": "chi",
        "place": "dove",
        "date": "quando, quale secolo | secolo oggi ieri",
        "count": "quanti, quante",
        "number": "quanto, quanta | due tre quattro cinque sei sette"
        " otto nove dieci undici dodici cento mille mila milione milioni metà",
        "reason": "perché, perche | causa motivo ragione poiché siccome",
    },
    "pt": {
        "person": "quem",
        "place": "onde",
        "date": "quando, que século | século hoje ontem",
        "count": "quantos, quantas",
        "number": "quanto, quanta | dois duas três"
        " quatro cinco seis sete oito nove dez cem mil milhão milhões metade",
        "reason": "por que, porquê | porque devido causa razão motivo",
    },
    "nl": {
        "person": "wie",
        "place": "waar",
        "date": "wanneer | eeuw vandaag gisteren eergisteren",
        "number": "hoeveel | twee drie vier vijf zes zeven acht"
        " negen tien honderd duizend miljoen miljard helft",
        "reason": "waarom | omdat want wegens daarom doordat reden",
    },
    "ro": {
        "person": "cine, cui",
        "place": "unde",
        "date": "când, ce an, care an, ce secol | ianuarie februarie martie aprilie mai iunie iulie"
        " august septembrie octombrie noiembrie decembrie secolul",
        "count": "câți, câte",
        "number": "cât, câtă, procent | doi două trei patru cinci șase șapte opt nouă"
        " zece sută mie mii milion milioane miliarde jumătate",
        "reason": "de ce | deoarece pentru datorită cauza motivul fiindcă",
    },
    "ru": {
        "person": "кто, кого, кому, кем, чей",
        "place": "где, куда, откуда",
        "date": "когда, каком веке | век веке века году сегодня вчера",
        "number": "сколько | два две три четыре пять шесть семь восемь девять десять сто"
        " тысяч тысячи миллион миллионов миллиардов половина",
        "reason": "почему, зачем | потому поэтому из-за вследствие благодаря причина чтобы",
    },
    "tr": {
        "person": "kim, kimin, kime, kimi, kimler",
        "place": "nerede, nereye, nereden, hangi şehir, hangi ülke",
        "date": "zaman | yüzyıl yüzyılda yılında bugün dün",
        "number": "kaç, kadar, yüzde | iki üç dört beş altı yedi sekiz dokuz on yüz bin milyon"
        " milyar yarısı",
        "reason": "neden, niçin, niye | çünkü nedeniyle dolayı yüzünden sebebiyle",
    },
    "el": {},
    "ar": {},
    "hi": {},
    "pl": {
        "person": "kto, kogo, komu, kim, czyj, czyja, czyje",
        "place": "gdzie, dokąd, skąd, jakim mieście, którym mieście, jakim kraju, którym kraju",
        "date": "kiedy, o której, której godzinie, jakich godzinach, którego dnia, jakiego dnia"
        " | styczeń stycznia styczniu luty lutego lutym marzec marca marcu kwiecień kwietnia"
        " kwietniu maj maja maju czerwiec czerwca czerwcu lipiec lipca lipcu sierpień sierpnia"
        " sierpniu wrzesień września wrześniu październik października październiku listopad"
        " listopada listopadzie grudzień grudnia grudniu poniedziałek poniedziałki wtorek wtorki"
        " środa środę środy czwartek czwartki piątek piątki sobota sobotę soboty niedziela"
        " niedzielę niedziele rok roku wiek wieku wiosną latem jesienią zimą rano wieczorem"
        " południe północ",
        "year": "którym roku, jakim roku",
        "number": "ile, ilu | jeden jedna dwa dwie dwóch dwoje trzy trzech cztery czterech pięć"
        " sześć siedem osiem dziewięć dziesięć jedenaście dwanaście dwadzieścia sto tysiąc tysiące"
        " tysięcy milion miliony milionów miliard miliardy miliardów połowa",
        "reason": "dlaczego, czemu | bo ponieważ gdyż dlatego żeby aby powodu wskutek przyczyna",
    },
    "ja": {
        "person": "誰",
        "place": "どこ",
        "date": "いつ, 何時, 何年, 何月, 何日, 何曜日 | 年 月 日 時",
        "reason": "なぜ, どうして | ため から ので",
    },
    "zh": {
        "person": "谁, 哪位, 何人, 誰",
        "date": "什么时候, 何时, 几时, 哪天, 哪年, 哪一年"
        " | 年 月 日 今天 昨天 前天 上周 上月 去年 前年",
        "reason": "为什么, 为何 | 因为 由于 因此 所以",
    },
    "vi": {
        "person": "ai",
        "place": "đâu",
        "date": "khi nào, năm nào | tháng thế kỷ năm",
        "number": "bao nhiêu, mấy | hai ba bốn sáu bảy tám chín mười trăm nghìn ngàn triệu tỷ nửa",
        "reason": "tại sao, vì sao | vì bởi do nên",
    },
}
_WORDS = (
    "one", "lasting", "joining", "openers", "delays", "life", "apart", "limits", "each", "places",
    "meaning", "days", "relatives", "relatives behind comma", "per", "timed", "extended", "extents",
    "passives", "agents", "naming", "framing",
)  # fmt: skip
"""Names of the lines of single words."""
_AS_WRITTEN = (" ending", " second", " last", " behind")
"""Endings of the names of those lines that are compared with a text as it is written."""
_AFTER = "after "
"""The beginning of such a line there."""


@cache
def cues(language: str) -> Cues:
    """Return one language's cues; none for an unlisted language."""
    if (listed := _CUES.get(language)) is None:
        return Cues({}, {})
    measures = {
        name: text if name.endswith(_AS_WRITTEN) else in_form(text, language)
        for name, text in _lines(language).items()
    }
    only_asking = _listed(measures, "only asking")
    words = {name.replace(" ", "_"): frozenset(measures.pop(name, "").split()) for name in _WORDS}
    others: dict[str, Any] = {
        **words,
        **{name: _tense(name, measures) for name in ("past", "present", "future", "sought")},
        **{name: frozenset(_listed(measures, name)) for name in ("coming", "aside", "existence")},
        **{name: _alternatives(measures.pop(name, "")) for name in ("times", "opposites")},
        "aside_behind": tuple(_listed(measures, "aside behind")),
    }
    narrowing: dict[str, dict[Kind, str]] = {}
    for name in [each for each in measures if each.startswith(_AFTER)]:
        kinds = (each.strip().partition(" ") for each in measures.pop(name).split(";"))
        narrowing[name.removeprefix(_AFTER)] = {cast("Kind", kind): ws for kind, _, ws in kinds}
    asks: dict[str, Kind] = {}
    gives: dict[Kind, frozenset[str]] = {}
    alone: dict[Kind, frozenset[str]] = {}
    plain = {kind: in_form(text, language) for kind, text in listed.items()}
    for kind, text in [*plain.items(), *cast("dict[Kind, str]", measures).items()]:
        asking, units, without_number = [*text.split("|"), "", ""][:3]
        asks |= dict.fromkeys(_phrases(asking), kind)
        gives[kind] = frozenset(units.split())
        if without_number.strip():
            alone[kind] = frozenset(without_number.split())
    gives["count"] = gives.get("number", frozenset())
    gives["date"] = gives.get("date", frozenset()) | (words["days"] - stop_words(language))
    narrows = {
        phrase: {
            words.replace("_", " "): kind for kind, text in kinds.items() for words in text.split()
        }
        for phrases, kinds in narrowing.items()
        for phrase in _phrases(in_form(phrases, language))
    }
    return Cues(
        asks=asks,
        gives=gives,
        narrows=narrows,
        alone=alone,
        only_asking=frozenset(only_asking),
        defining=defining(language),
        beginnings=frozenset(phrase.split()[0] for phrase in (*asks, *narrows, *only_asking)),
        persons=persons if language == "zh" else None,
        **others,
    )


def _alternatives(listed: str) -> tuple[tuple[frozenset[str], ...], ...]:
    """Return the phrases of a list by what they are alternatives to, with semicolons between, and
    in each by what says the same, with bars between."""
    groups = (group.split("|") for group in listed.split(";") if group.strip())
    return tuple(tuple(frozenset(_phrases(each)) for each in group) for group in groups)


def _tense(name: str, lines: dict[str, str]) -> Tense:
    """Return a tense by its lines, which are taken out of ``lines``."""
    words, verbs, auxiliary = (
        frozenset(_listed(lines, f"{name}{part}")) for part in ("", " verbs", " auxiliary")
    )
    anywhere, second, last = (
        tuple(_listed(lines, f"{name}{part}")) for part in (" ending", " second", " last")
    )
    return Tense(words, verbs, anywhere, second, last, auxiliary)


def _listed(lines: dict[str, str], name: str) -> list[str]:
    """Return the phrases of a line, which is taken out of ``lines``."""
    return _phrases(lines.pop(name, ""))


def _lines(language: str) -> Mapping[str, str]:
    """Return a language's lines of ``cues.txt`` by their names; empty if none are listed."""
    text = Path(__file__).with_name("cues.txt").read_bytes().decode()
    _, found, rest = text.partition(f"\n[{language}]\n")
    if not found:
        return {}
    lines = (line.partition(": ") for line in rest.partition("\n[")[0].splitlines())
    return {name: words for name, _, words in lines}


def _phrases(listed: str) -> list[str]:
    """Return the phrases of a list with commas between."""
    return [" ".join(each.split()) for each in listed.split(",") if each.strip()]
