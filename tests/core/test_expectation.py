"""The kind of answer a question asks for."""

from __future__ import annotations

import pytest

from bot.core.expectation import asked_kind, gives
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
        ("en", "Who is in charge?", "person"),
        ("en", "What organisation is in charge?", None),
        ("en", "How many years did it take?", "duration"),
        ("en", "How long is it?", "duration"),
        ("en", "How far is it?", "length"),
        ("en", "What was the name of the boat?", "name"),
        ("en", "What is the phone number?", "contact"),
        ("en", "What happened when it rained?", None),
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
    assert found == ("temperature", ("how", "hot"))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("person", "It was Ada.", True),
        ("person", "Ada was there.", False),  # what opens a sentence is capitalised anyway
        ("number", "It has 12 pages.", True),
        ("number", "It has twelve pages.", True),
        ("number", "It has pages.", False),
        ("date", "It was in 1815.", True),
        ("date", "It was in May or June.", True),
        ("date", "It was in 815 places.", False),
        ("reason", "It was so because of rain.", True),
        ("number", "It was in 1900.", False),  # the question has that number itself
        ("number", "It was on 3 June.", False),
        ("number", "It has 1,800 pages.", True),
        ("date", "It has 1,800 pages.", False),
        ("count", "It has 12 members.", True),
        ("count", "It lasted eleven days.", False),
        ("count", "It cost 12 pounds.", False),
        ("count", "They kept it for two days, all twelve.", True),
        ("date", "It was done after ten days.", True),
        ("date", "It was done for ten days.", False),
        ("person", "Time | Kingdom final | Stage", False),
        ("person", "It was for the Old Mill.", False),
        ("place", "It was in Elling.", True),
        ("place", "It was for the Old Mill.", False),
        ("number", "It cost £3.", False),
        ("year", "It was in May 1815.", True),
        ("year", "It was on 3 May.", False),
        ("person", "It was on Friday.", False),
        ("person", "Ada Byrne was there.", True),
        ("money", "It cost £28 a month.", True),
        ("money", "It cost 40 pounds.", True),
        ("money", "It cost 40 sheep.", False),
        ("money", "£28 a head.", True),
        ("age", "She has run the place for eleven years.", False),
        ("age", "It was won in the 28 years of the club.", False),
        ("age", "It took five months to mend.", False),
        ("age", "She is 28 years old.", True),
        ("age", "She is 41, works as a dentist and stays.", True),
        ("age", "They had seats for 41, and more came.", False),
        ("age", "At the age of nine she drew it.", True),
        ("money", "Children up to 14 | 2.00 €", True),
        ("temperature", "It was 3°", True),
        ("duration", "It took twenty long days.", True),
        ("duration", "It took an eight-hour shift.", True),
        ("duration", "It took 12 people.", False),
        ("duration", "It cost about £5.50 these days.", False),
        ("money", "It cost about £5.50 these days.", True),
        ("length", "It is 5km long.", True),
        ("length", "It is far away.", False),
        ("temperature", "It was 1.6 °C.", True),
        ("temperature", "It was cold.", False),
        ("contact", "Ring 01234 567890.", True),
        ("contact", "Write to ada@example.org.", True),
        ("contact", "Ring 3 times.", False),
        ("frequency", "It runs every night.", True),
        ("time", "It is open from nine to five.", True),
        ("time", "It closes at 5 on Sundays.", True),
        ("time", "It closes at 17:30.", True),
        ("time", "It closes at 5.30pm.", True),
        ("time", "It closes at six o'clock.", True),
        ("time", "It closes at dusk.", True),
        ("time", "It closes on Sundays.", False),
        ("time", "It closes for 5 weeks.", False),
        ("time", "It closed in 1950.", False),
        ("date", "It closes at 17:30.", True),
        ("year", "It was in ፩፩፩፩.", False),  # Ethiopic digits, which are no decimals
        ("number", "It was in ፩፩፩፩.", True),
        ("time", "It closes at ፩.", False),
        ("time", f"It closes at {'1' * 5000}.", False),
    ],
)
def test_a_sentence_gives_the_kind_or_not(kind: Kind, text: str, expected: bool) -> None:
    tokens = ANALYZER.tokens(text, "en")
    asked = frozenset({"1900", "mill"})
    end = len(tokens.words)
    assert gives(kind, text, tokens, 0, end, asked, ANALYZER.cues("en")) is expected


@pytest.mark.parametrize(
    ("kind", "question", "text", "expected"),
    [
        ("duration", "How long is the psalter?", "It lies four metres from the door.", False),
        ("duration", "How long is the pool?", "It is 50 metres long.", True),
        ("duration", "How long is the shop open?", "It is open eight hours from 9 to 5.", True),
        ("length", "How deep is the well?", "The inn is 5 km away.", False),
        ("length", "How deep is the well?", "It is 12 metres deep, 5 km from here.", True),
        ("length", "How far is the inn?", "The inn is 5 km from here.", True),
        ("length", "How far is it from here?", "The inn is 5 km from here.", True),
    ],
)
def test_a_distance_between_places_is_no_length_of_a_thing(
    kind: Kind, question: str, text: str, expected: bool
) -> None:
    tokens, asked = ANALYZER.tokens(text, "en"), ANALYZER.tokens(question, "en")
    end = len(tokens.words)
    assert gives(kind, text, tokens, 0, end, set(asked.words), ANALYZER.cues("en")) is expected


@pytest.mark.parametrize(
    ("language", "kind", "text", "expected"),
    [
        ("en", "duration", "It takes a week.", True),
        ("de", "length", "Der Brunnen ist drei Meter vom Haus entfernt.", False),
        ("it", "length", "È a quattro metri dalla porta.", False),
        ("en", "money", "Entry is free.", True),
        ("en", "duration", "It takes weeks.", False),
        ("de", "money", "Der Eintritt kostet 5 Euro.", True),
        ("de", "money", "Der Eintritt ist frei und kostenlos.", True),
        ("de", "duration", "Es dauert eine Woche.", True),
        ("de", "age", "Sie ist 84.", True),
        ("de", "age", "Der Bau dauerte sieben Jahre.", False),
        ("es", "age", "Las obras duraron dos años.", False),
        ("fr", "age", "L'an passé, 340 personnes avaient écrit.", False),
        ("ru", "age", "За сорок лет он построил три мельницы.", False),
        ("de", "age", "Die 29-jährige Müllerin blieb.", True),
        ("en", "age", "Ada Lund, 54, said no.", True),
        ("en", "age", "She died aged 54 in London.", True),
        ("en", "age", "The tree is three centuries old.", True),
        ("en", "age", "They were told twice by 12 engineers.", False),
        ("es", "money", "Cuesta doce euros.", True),
        ("fr", "duration", "Cela dure trois heures.", True),
        ("it", "length", "Dista 12 chilometri.", True),
        ("pt", "duration", "Demora um mês.", True),
        ("nl", "weight", "Hij weegt drie kilo.", True),
        ("ru", "money", "Билет стоит 300 рублей.", True),
        ("ru", "duration", "Это займёт время.", False),
        ("tr", "money", "Bilet 50 lira.", True),
        ("zh", "date", "1823年，磨坊烧毁了。", True),
        ("de", "time", "Sie schließt um 17 Uhr.", True),
        ("fr", "time", "Il ferme à 18h30.", True),
        ("pt", "time", "Fecha às 18 horas.", True),
    ],
)
def test_measures_are_given_in_many_languages(
    language: str, kind: Kind, text: str, expected: bool
) -> None:
    tokens = ANALYZER.tokens(text, language)
    found = gives(kind, text, tokens, 0, len(tokens.words), frozenset(), ANALYZER.cues(language))
    assert found is expected
