"""Questions to which definitions are the answers, by language."""

from __future__ import annotations

import pytest

from bot.service.examples.definitions import LANGUAGES, definition_in


@pytest.mark.parametrize(
    ("language", "sentence", "question", "name"),
    [
        ("de", "Die alte Mühle war eine Mühle für Öl.", "Was war die alte Mühle?", "alte Mühle"),
        ("ar", "المنارة هي برج يرشد السفن ليلا.", "ما هي المنارة؟", "المنارة"),
        ("ca", "L’àncora és una eina de ferro.", "Què és l’àncora?", "àncora"),
        ("cs", "Maják je vysoká věž, která svítí.", "Maják – co to je?", "Maják"),
        ("da", "Et fyr er et tårn med lys.", "Hvad er et fyr?", "fyr"),
        ("el", "Ο φάρος είναι ένας πύργος.", "Τι είναι ο φάρος;", "φάρος"),
        ("es", "El faro es una torre con luz.", "¿Qué es el faro?", "faro"),
        ("fi", "Majakka on torni, joka näyttää tietä.", "Majakka – mikä se on?", "Majakka"),
        ("fr", "L’ancre est un outil de marin.", "Qu’est-ce que l’ancre ?", "ancre"),
        ("fr", "Un phare est une tour.", "Qu’est-ce qu’un phare ?", "phare"),
        ("hi", "प्रकाशस्तंभ एक मीनार है।", "प्रकाशस्तंभ क्या है?", "प्रकाशस्तंभ"),
        ("hu", "A világítótorony egy torony.", "Mi az a világítótorony?", "világítótorony"),
        ("id", "Mercusuar adalah bangunan tinggi.", "Mercusuar itu apa?", "Mercusuar"),
        ("it", "L’ancora è un attrezzo di ferro.", "Che cos’è l’ancora?", "ancora"),
        ("it", "La lanterna fu una lampada.", "Che cosa fu la lanterna?", "lanterna"),
        ("ja", "石臼は、石の道具である。", "石臼とは何ですか？", "石臼"),
        ("ko", "등대는 밤에 길을 알려 주는 탑이다.", "등대는 무엇인가요?", "등대"),
        ("nl", "De molen is een gebouw.", "Wat is de molen?", "molen"),
        ("no", "Et fyr er et tårn med lys.", "Hva er et fyr?", "fyr"),
        ("pl", "Żarna to dwa kamienie.", "Żarna – co to jest?", "Żarna"),
        ("pl", "Młyn wodny był starą budowlą.", "Młyn wodny – co to jest?", "Młyn wodny"),
        ("pt", "O farol é uma torre com luz.", "O que é o farol?", "farol"),
        ("ro", "Farul este un turn.", "Farul – ce este?", "Farul"),
        ("ru", "Маяк — это башня с огнём.", "Маяк — что это?", "Маяк"),
        ("sv", "Den gamla fyren var ett torn.", "Vad var den gamla fyren?", "gamla fyren"),
        ("th", "ประภาคารคือหอคอย", "ประภาคารคืออะไร", "ประภาคาร"),
        ("tr", "Deniz feneri, yol gösteren bir yapıdır.", "Deniz feneri nedir?", "Deniz feneri"),
        ("uk", "Маяк — це вежа з вогнем.", "Маяк — що це?", "Маяк"),
        ("vi", "Hải đăng là một tòa tháp.", "Hải đăng là gì?", "Hải đăng"),
        ("zh", "石磨是一种工具。", "石磨是什么？", "石磨"),
    ],
)
def test_a_definition_answers_its_question(
    language: str, sentence: str, question: str, name: str
) -> None:
    assert definition_in(sentence, language) == (question, name)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Marta Quill war eine Wärterin."),  # of a person one asks who
        ("de", "Die Mühle steht am Bach."),
        ("fr", "Les phares sont des tours."),
        ("ja", "夏目漱石は、日本の小説家である。"),
        ("ja", "管理人は塔に住んでいる。"),
        ("ru", "Вчера было это."),
        ("zh", "她是一位医生。"),
        ("hi", "राम एक बड़े लेखक हैं।"),
        ("ko", "김 씨는 유명한 작가이다."),
        ("pl", "Chopin był kompozytorem."),
        ("pl", "Latarnik to on zapala lampę."),
        ("ro", "Ion este un pictor."),
        ("sv", "Martin är en lärare."),
        ("tr", "Orhan Pamuk, bir yazardır."),
        ("tr", "Babam, iyi bir gözlemcidir."),
        ("vi", "Bà ấy là một nhà văn."),
        ("en", "The lamp is a lamp."),  # has patterns of its own
        ("sw", "Mnara ni jengo."),
    ],
)
def test_what_defines_no_thing_asks_nothing(language: str, sentence: str) -> None:
    assert definition_in(sentence, language) is None


def test_the_languages_with_patterns_are_known() -> None:
    assert len(LANGUAGES) == 27
    assert {"de", "es", "fr", "it", "ja", "pl", "pt", "ru", "tr", "zh"} <= LANGUAGES
