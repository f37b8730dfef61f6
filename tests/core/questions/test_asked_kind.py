"""The kind of answer a question asks for."""

from __future__ import annotations

import pytest

from bot.core.questions.asked_kind import AskedKind, asked_kind
from bot.core.seams import Kind
from bot.text.analyzer import Languages

ANALYZER = Languages()


@pytest.mark.parametrize(
    ("language", "question", "kind"),
    [
        ("en", "Who wrote it?", "person"),
        ("en", "In what year was it written?", "year"),
        ("en", "How many pages has it?", "count"),
        ("en", "Why was it written?", "reason"),
        ("en", "What is it about?", None),
        ("en", "How much does it cost?", "money"),
        ("en", "How much does it weigh?", "weight"),
        ("en", "What is the number of staff?", "count"),
        ("en", "mill number of employees", "count"),
        ("en", "What is the phone number of the mill?", "contact"),
        ("en", "How much water is there?", "number"),
        ("en", "What is the manager's salary?", "money"),
        ("en", "What does the manager of the pool earn?", "money"),
        ("en", "How much does a copy of the third and last book cost?", "money"),
        ("en", "How much did she ask for her first chair?", "money"),
        ("en", "Who is in charge?", "person"),
        ("en", "What organisation is in charge?", None),
        ("en", "How many years did it take?", "duration"),
        ("en", "How long is it?", "duration"),
        ("en", "How far is it?", "length"),
        ("en", "What was the name of the boat?", "name"),
        ("en", "What is the phone number?", "contact"),
        ("en", "What happened when it rained?", None),
        ("en", "What is the length of the tunnel?", "length"),
        ("en", "How many kilometres is it?", "length"),
        ("en", "What length has it?", None),
        ("en", "What share of the votes did it get?", "share"),
        ("en", "What did they share?", None),
        ("en", "What percentage is it?", "share"),
        ("en", "How much does the keeper make?", "money"),
        ("en", "How much did it rain?", "number"),
        ("de", "Welche Länge hat der Tunnel?", "length"),
        ("de", "Wie viele Kilometer sind es?", "length"),
        ("de", "Welcher Anteil war es?", "share"),
        ("es", "¿Cuál es la longitud del túnel?", "length"),
        ("es", "¿Qué porcentaje votó?", "share"),
        ("fr", "Quelle est la hauteur du phare ?", "length"),
        ("fr", "Quel pourcentage a voté ?", "share"),
        ("it", "Qual è la lunghezza della galleria?", "length"),
        ("it", "Quale percentuale ha votato?", "share"),
        ("pt", "Quantos quilómetros tem?", "length"),
        ("pt", "Que percentagem votou?", "share"),
        ("nl", "Wat is de lengte van de tunnel?", "length"),
        ("nl", "Welk percentage stemde?", "share"),
        ("ru", "Какова длина тоннеля?", "length"),
        ("ru", "Какая доля жителей?", "share"),
        ("tr", "Tünelin uzunluğu ne kadar?", "length"),
        ("zh", "隧道的长度是多少？", "length"),
        ("zh", "磨坊是谁建造的？", "person"),
        ("zh", "反对者占百分之几？", "share"),
        ("zh", "反对者占几成？", "share"),
        ("zh", "反对者占多大比例？", "share"),
        ("zh", "停水多长时间？", "duration"),
        ("de", "Wie viele Seiten hat es?", "count"),
        ("fr", "Où est-ce ?", "place"),
        ("es", "¿Por qué se escribió?", "reason"),
        ("ru", "Когда это было?", "date"),
        ("tr", "Kaç sayfa var?", "number"),
        ("el", "Πότε γράφτηκε;", "date"),
        ("en", "How many dollars did it cost?", "money"),
        ("de", "Was kostet der Eintritt?", "money"),
        ("de", "Wie lange dauert es?", "duration"),
        ("de", "Wie alt ist sie?", "age"),
        ("es", "¿Cuánto cuesta la entrada?", "money"),
        ("es", "¿Cuánto tiempo dura?", "duration"),
        ("fr", "Combien coûte l'entrée ?", "money"),
        ("fr", "Quel âge a-t-elle ?", "age"),
        ("it", "Quanto costa il biglietto?", "money"),
        ("it", "Quanti anni ha?", "age"),
        ("pt", "Quanto custa o bilhete?", "money"),
        ("pt", "Quantas vezes por semana?", "frequency"),
        ("nl", "Hoe ver is het?", "length"),
        ("nl", "Hoe vaak vaart hij?", "frequency"),
        ("ru", "Сколько стоит билет?", "money"),
        ("ru", "Сколько времени это займёт?", "duration"),
        ("tr", "Bilet kaç lira?", "money"),
        ("tr", "Ne kadar sürer?", "duration"),
        ("zh", "磨坊是什么时候烧毁的？", "date"),
        ("en", "What time does it close?", "time"),
        ("en", "In what time period was it built?", "date"),
        ("de", "Um wie viel Uhr schließt es?", "time"),
        ("fr", "À quelle heure ferme le moulin ?", "time"),
        ("es", "¿A qué hora cierra?", "time"),
        ("nl", "Hoe laat sluit het?", "time"),
        ("ru", "Во сколько закрывается?", "time"),
        ("tr", "Saat kaçta kapanıyor?", "time"),
        ("de", "Wie viel hat die Sanierung gekostet?", "money"),
        ("de", "Wie hoch ist das Gehalt des Wirts?", "money"),
        ("de", "Wie hoch ist der Turm?", "length"),
        ("de", "Welche Telefonnummer hat die Mühle?", "contact"),
        ("es", "¿Cuánto gana la alcaldesa?", "money"),
        ("es", "¿Cómo se llama la nieta?", "name"),
        ("es", "¿Cuál es el teléfono del molino?", "contact"),
        ("fr", "Combien a coûté la digue ?", "money"),
        ("fr", "Comment s'appelle le gardien ?", "name"),
        ("fr", "Quel est le prix du billet ?", "money"),
        ("it", "Come si chiama il mugnaio?", "name"),
        ("pt", "Quanto ganha o moleiro?", "money"),
        ("nl", "Hoe heet de molenaar?", "name"),
        ("ru", "Как зовут мельника?", "name"),
        ("ru", "Сколько лет мельнику?", "age"),
        ("ru", "Сколько лет длился ремонт?", "duration"),
        ("ru", "Сколько всё это стоило?", "money"),
        ("ru", "Какой у мельницы телефон?", "contact"),
        ("tr", "Değirmencinin adı ne?", "name"),
        ("tr", "Başkan ne kadar kazanıyor?", "money"),
        ("pl", "Ile kosztuje bilet?", "money"),
        ("pl", "Ile lat ma młynarz?", "age"),
        ("pl", "Jak się nazywa młynarz?", "name"),
        ("pl", "Jak długo to trwa?", "duration"),
        ("pl", "Ile stron ma książka?", "number"),
        ("en", "Was anyone hurt when the roof came down?", None),
        ("en", "Does the woman who wants it drive?", None),
        ("en", "Did he say where it is?", None),
        ("en", "How can I see how long it takes?", None),
        ("en", "Do you know how long it takes?", "duration"),
        ("en", "What countries did they come from?", "place"),
        ("de", "Wie sehe ich, wie lange es dauert?", None),
        ("en", "Is he who I think he is?", "person"),
        ("en", "In 1980 who ran the mill?", "person"),
        ("en", "The mill was built when?", "date"),
        ("de", "Kann ich parken, wo die Mühle steht?", None),
        ("de", "Wo steht die Mühle?", "place"),
        ("nl", "Is de molen open wanneer het regent?", None),
        ("xx", "Who?", None),
    ],
)
def test_question_words_tell_the_kind_of_answer(
    language: str, question: str, kind: Kind | None
) -> None:
    tokens = ANALYZER.tokens(question, language)
    assert asked_kind(tokens.words, tokens.stops, ANALYZER.cues(language)).kind == kind


def test_the_words_that_ask_for_a_kind_are_told() -> None:
    tokens = ANALYZER.tokens("Say, how hot should the kiln be?", "en")
    found = asked_kind(tokens.words, tokens.stops, ANALYZER.cues("en"))
    assert found == AskedKind("temperature", ("how", "hot"))


@pytest.mark.parametrize(
    ("question", "nouns"),
    [
        ("What was the name of the lighthouse keeper who fell?", ["keeper"]),
        ("name of the ferry", ["ferry"]),
        ("What is the ferry's name?", []),
        ("What is it the name of?", []),
        ("Who fell?", []),
        ("How many paid staff are there?", ["paid", "staff"]),
        ("number of seats", ["seats"]),
        ("How many were hurt?", []),
    ],
)
def test_what_has_the_name_or_is_counted_is_told(question: str, nouns: list[str]) -> None:
    tokens = ANALYZER.tokens(question, "en")
    found = asked_kind(tokens.words, tokens.stops, ANALYZER.cues("en"))
    assert [tokens.words[at] for at in found.nouns] == nouns
