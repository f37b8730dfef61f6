"""Other ways to write the same: numbers ("4", "4th", "fourth", "IV"), and short and long forms
("IPO", "initial public offering"; "km", "kilometres").

They are for questions alone; what is indexed is what the articles say. Number words are listed for
the languages that the phrases are in. Short forms are those that everybody knows, in
``abbreviations.en.txt`` and the like; those of an article's own are learnt from it in
`bot.core.relevance.short_forms` and `bot.core.conversation.spelt_out`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from bot.text.tokens import fold

_LISTED = frozenset({"en", "de", "es", "fr", "pt", "it", "nl", "ru", "tr", "zh"})
"""The languages that have a file of short forms."""
_ROMAN = "- ii iii iv - vi vii viii ix - xi xii xiii xiv xv xvi xvii xviii xix xx"
"""Roman numerals from 1; those that are a word or a letter are left out."""
_NUMBERS = {
    "en": (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen twenty",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        "st nd rd th",
    ),
    "de": (
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte",
        "te ter tes ten",
    ),
    "es": (
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
        "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo",
        "o a er",
    ),
    "fr": (
        "un deux trois quatre cinq six sept huit neuf dix onze douze",
        "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
        "er e eme re",
    ),
    "pt": (
        "um dois três quatro cinco seis sete oito nove dez onze doze",
        "primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo",
        "o a",
    ),
    "it": (
        "uno due tre quattro cinque sei sette otto nove dieci undici dodici",
        "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo",
        "o a",
    ),
    "nl": (
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf",
        "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde",
        "e de ste",
    ),
    "ru": (
        "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
        "первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый",
        "й ый я го",
    ),
    "tr": (
        "bir iki üç dört beş altı yedi sekiz dokuz on",
        "birinci ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu",
        "inci nci",
    ),
}
"""By language the cardinal numbers from 1, the ordinal ones, and what follows the figure of one."""
_UNITS = """
km kilometre kilometres kilometer kilometers kilometern kilómetro kilómetros kilomètre kilomètres \
chilometro chilometri quilómetro quilómetros quilômetro quilômetros \
км километр километра километров 公里 千米
m metre metres meter meters metern metro metros mètre mètres metri м метр метра метров
cm centimetre centimetres centimeter centimeters zentimeter centímetro centímetros centimètre \
centimètres centimetro centimetri santimetre см сантиметр сантиметра сантиметров 厘米
kg kilogram kilograms kilogramm kilogramo kilogramos kilogramme kilogrammes kilo kilos chilo chili \
chilogrammo chilogrammi quilo quilos кг килограмм килограмма килограммов 公斤 千克
percent prozent procent процент процента процентов yüzde %
dollar dollars usd dólar dólares dollari dolar доллар доллара долларов $
euro euros eur avro евро €
pound pounds gbp sterling sterline £
rouble roubles ruble rubles rubel рубль рубля рублей ₽
rupee rupees ₹
yen jpy ¥
lira ₺
美元 美金 $
欧元 €
英镑 £
"""
"""Forms of one unit on a line, in all languages. None is another unit's. A sign is no word of a
text, and is looked for in the sentences themselves."""
_PERCENT = "percent"
_PER_CENT = {
    ("per", "cent"), ("pour", "cent"), ("por", "ciento"), ("por", "cento"), ("per", "cento"),
}  # fmt: skip
"""The same in two words, of which the second alone is a coin or a hundred."""
_DOZEN = 12
_MILLION = 1_000_000
_SIZES = {"million": _MILLION, "millions": _MILLION, "billion": _MILLION * 1000}
_MOST_DIGITS = 15


def number_forms(word: str, language: str) -> tuple[str, ...]:
    """Return the other ways to write a folded word's number, those of its own kind, ordinal or
    cardinal, first; none if it is no number."""
    by_word, forms = _numbers(language)
    number = by_word.get(word)
    if number is not None:
        ordinals, cardinals = forms[number]
        ordered = (*ordinals, *cardinals) if word in ordinals else (*cardinals, *ordinals)
        return tuple(form for form in ordered if form != word)
    if word.isdecimal() and len(word) > 6 and language == "en":
        return _in_millions(int(word))
    return ()


def other_forms(words: Sequence[str], language: str) -> dict[str, tuple[str, ...]]:
    """See `bot.core.seams.Analyzer.other_forms`; a form of several words has spaces between."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    forms, longest = _forms(language), _by_long(language)
    telling = _telling(language)
    for start, word in enumerate(words):
        if word not in telling and not (word[:1].isdigit() or word[-1:].isdigit()):
            continue  # as most words
        others = (*number_forms(word, language), *forms.get(word, ()))
        unit = _PERCENT if tuple(words[max(0, start - 1) : start + 1]) in _PER_CENT else word
        others += tuple(form for form in _units().get(unit, ()) if form not in (word, *others))
        if word == _PERCENT and language == "en":
            others += ("cent",)
        if others:
            found[word] += others
        if words[start + 1 : start + 2] and language == "en":
            whole = _in_figures(word, words[start + 1])
            if whole:
                found[word] += (whole,)
        for size in (5, 4, 3, 2):
            short = longest.get(tuple(words[start : start + size]))
            if short is not None:
                for each in words[start : start + size]:
                    found[each] += (short,)
                break
    return dict(found)


def _in_millions(number: int) -> tuple[str, ...]:
    """Return a number as millions or billions: "1.5 million" for 1500000; none if that is long."""
    for size, name in ((_MILLION * 1000, "billion"), (_MILLION, "million")):
        share = round(number / size, 3)
        if share >= 1 and share * size == number:
            return (f"{share:g} {name}",)
    return ()


def _in_figures(number: str, size: str) -> str:
    """Return a number of millions in figures: "1500000" for "1.5 million"; empty if it is none."""
    factor = _SIZES.get(size)
    if factor is None or not number.replace(".", "", 1).isdecimal():
        return ""
    whole = round(float(number) * factor)
    return str(whole) if len(str(whole)) <= _MOST_DIGITS else ""


@cache
def _numbers(
    language: str,
) -> tuple[Mapping[str, int], Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Return each number by its form, and its ordinal and its cardinal forms by number."""
    listed = _NUMBERS.get(language)
    if listed is None:
        return {}, {}
    cardinals, ordinals, suffixes = (text.split() for text in listed)
    roman = _ROMAN.split()
    forms: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for number in range(1, len(roman) + 1):
        own = [_english_suffix(number)] if language == "en" else suffixes
        ordinal = [*ordinals[number - 1 : number], *(f"{number}{suffix}" for suffix in own)]
        cardinal = [str(number), *cardinals[number - 1 : number]]
        if number == 1:  # "one" is more often no number
            cardinal.clear()
        if language == "en" and number == _DOZEN:
            cardinal.append("dozen")
        if roman[number - 1] != "-":  # "Henry IV" is said to be the fourth
            ordinal.append(roman[number - 1])
        forms[number] = tuple(map(fold, ordinal)), tuple(map(fold, cardinal))
    by_word = {form: number for number, each in forms.items() for form in (*each[0], *each[1])}
    return by_word, forms


def _english_suffix(number: int) -> str:
    return "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


@cache
def _units() -> Mapping[str, tuple[str, ...]]:
    """Return the forms of each unit by each of them."""
    lines = (fold(line).split() for line in _UNITS.replace("\\\n", "").splitlines())
    return {form: tuple(dict.fromkeys(forms)) for forms in lines for form in forms}


@cache
def _pairs(language: str) -> tuple[tuple[str, str], ...]:
    if language not in _LISTED:
        return ()
    text = Path(__file__).with_name(f"abbreviations.{language}.txt").read_bytes().decode()
    pairs = (line.partition(": ") for line in text.splitlines())
    return tuple((short, long) for short, _, long in pairs)


@cache
def _forms(language: str) -> Mapping[str, tuple[str, ...]]:
    forms: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for short, long in _pairs(language):
        forms[fold(short)] += (long,)
    return dict(forms)


@cache
def _telling(language: str) -> frozenset[str]:
    """Return the words that have other forms, or with which what has a short one begins."""
    return frozenset(
        {
            _PERCENT,
            *_numbers(language)[0],
            *_forms(language),
            *_units(),
            *(second for _, second in _PER_CENT),
            *(first for first, *_ in _by_long(language)),
        }
    )


@cache
def _by_long(language: str) -> Mapping[tuple[str, ...], str]:
    pairs = _pairs(language)
    return {tuple(fold(long).split()): fold(short) for short, long in pairs if " " in long}
