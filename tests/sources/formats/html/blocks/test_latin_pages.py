# ruff: noqa: E501 - sentences are read more easily one to a line
"""Tests for the code pages of texts in Latin letters, none of which is declared."""

import pytest

from bot.sources.formats.html.blocks.encoding import decode
from bot.sources.formats.html.blocks.latin_pages import latin_encoding

TEXTS = {
    "cs": ("cp1250 iso8859_2", "Přístaviště otevřou až v květnu, protože řeka je ještě příliš vysoká. Lístky se prodávají u mola."),
    "sk": ("cp1250 iso8859_2", "Prístav otvoria až v máji, pretože rieka je ešte príliš vysoká. Lístky sa kupujú pri móle a stoja päť eur."),
    "pl": ("cp1250 iso8859_2", "Przystań będzie otwarta dopiero w maju, bo rzeka jest zbyt wysoka. Bilety są sprzedawane przy molo."),
    "hu": ("cp1250 iso8859_2", "A kikötő csak májusban nyit meg, mert a folyó még túl magas. A jegyeket a mólónál lehet megvenni."),
    "ro": ("cp1250 iso8859_2", "Portul se deschide abia în mai, pentru că râul este încă prea înalt. Biletele se vând şi la debarcader, în faţă."),
    "hr": ("cp1250 iso8859_2", "Luka će se otvoriti tek u svibnju, jer je rijeka još previsoka. Ulaznice što se kupuju na molu vrijede cijeli tjedan."),
    "sl": ("cp1250 iso8859_2", "Pristanišče bodo odprli šele maja, ker je reka še previsoka. Karte lahko kupite tudi pri pomolu, če želite."),
    "tr": ("cp1254", "İskele ancak mayısta açılacak, çünkü ırmak hâlâ çok yüksek. Biletler rıhtımda satılıyor ve beş lira tutuyor."),
    "lt": ("cp1257", "Prieplauka bus atidaryta tik gegužę, nes upė dar per aukšta. Bilietus galima įsigyti prie krantinės už šešis eurus."),
    "lv": ("cp1257", "Piestātni atvērs tikai maijā, jo upe vēl ir pārāk augsta. Biļetes var nopirkt pie mola, un tās maksā sešus eiro."),
    "et": ("cp1257", "Sadam avatakse alles mais, sest jõgi on veel liiga kõrge. Pileteid müüakse kai ääres ja need maksavad kuus eurot."),
    "vi": ("cp1258", "Bê\u0301n ta\u0300u mơ\u0309 va\u0300o tha\u0301ng năm vi\u0300 nươ\u0301c sông co\u0300n cao. Ve\u0301 ba\u0301n ta\u0323i câ\u0300u."),
    "de": ("cp1252", "Der Anleger öffnet erst im Mai, weil der Fluss noch zu hoch steht. Karten gibt es für fünf Euro am großen Steg."),
    "fr": ("cp1252", "Le débarcadère n’ouvrira qu’en mai, car la rivière est encore très haute. Les billets sont vendus près du môle à côté."),
    "es": ("cp1252", "El muelle no abrirá hasta mayo, porque el río está aún muy alto. Las entradas se venden en el puesto del señor Núñez."),
    "pt": ("cp1252", "O cais só abrirá em maio, porque o rio ainda está muito alto. Os bilhetes são vendidos à frente da estação."),
    "it": ("cp1252", "Il molo aprirà solo a maggio, perché il fiume è ancora troppo alto. I biglietti si comprano più giù, in città."),
    "nl": ("cp1252", "De steiger gaat pas in mei open, omdat de rivier nog te hoog is. Kaartjes zijn bij het café te koop: één per persoon."),
    "sv": ("cp1252", "Bryggan öppnas först i maj, för ån är fortfarande för hög. Biljetter säljs på kajen och gäller hela dagen."),
    "da": ("cp1252", "Molen åbner først i maj, fordi åen stadig er for høj. Billetterne sælges på kajen og gælder hele ugen."),
    "fi": ("cp1252", "Laituri avataan vasta toukokuussa, koska joki on vielä liian korkealla. Lippuja myydään päärakennuksen edessä."),
    "is": ("cp1252", "Bryggjan verður opnuð í maí, því að áin er enn of há. Miðar eru seldir við höfnina og þeir gilda í viku."),
    "ca": ("cp1252", "El moll obrirà al maig, perquè el riu encara és massa alt. Els bitllets es venen a l’estació del costat i són barats."),
}  # fmt: skip
CASES = [
    (language, encoding)
    for language, (encodings, _text) in TEXTS.items()
    for encoding in encodings.split()
]


@pytest.mark.parametrize(("language", "encoding"), CASES)
@pytest.mark.parametrize("declared", ["", "<meta charset='utf-8'>"])
def test_the_letters_of_a_language_tell_the_code_page(
    language: str, encoding: str, declared: str
) -> None:
    page = f"{declared}<title>The landing stage</title><p>{TEXTS[language][1]}"
    assert decode(page.encode(encoding)) == page


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1252", "It costs £5 – “half” of last year’s price\xa0– and 3½ hours."),
        ("windows-1252", "caf\xe9"),
        ("windows-1252", "nothing but ASCII"),
        ("windows-1252", "\xa0\xa0\xa0"),
        # signs that stand between letters are letters of another code page
        ("iso8859_2", "pokład±c łódź, i żagle"),
        ("cp1250", "pokładąc łódź, i żagle"),
    ],
)
def test_signs_that_any_text_has_tell_no_code_page(encoding: str, text: str) -> None:
    encoded = text.replace("±", "ą").encode(encoding)
    assert latin_encoding(encoded) == encoding


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "cp866"])
def test_a_text_in_another_script_has_no_latin_code_page(encoding: str) -> None:
    assert (
        latin_encoding("Билеты на паром продаёт the café, у пристани.".encode(encoding, "ignore"))
        is None
    )
