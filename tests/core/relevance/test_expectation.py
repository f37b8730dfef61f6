"""The test whether a text gives the kind of answer that is asked for."""

from __future__ import annotations

import pytest

from bot.core.questions.question_reading import read
from bot.core.relevance.expectation import gives
from bot.core.relevance.sentence import read_sentence
from bot.core.seams import Kind
from bot.text.analyzer import Languages

ANALYZER = Languages()


def test_how_many_months_wants_their_number() -> None:
    def given(asked: set[str], text: str) -> bool:
        return gives("duration", read_sentence(text, "en", ANALYZER), asked)

    assert given({"long"}, "He was in office for life.")
    assert not given({"months"}, "He was in office for life.")
    assert given({"months"}, "He was in office for two weeks.")
    assert not given({"long", "bridge"}, "It has been closed since Monday.")
    assert given({"long", "bridge"}, "It is 80 metres.")
    assert given({"long", "bridge", "closed"}, "It has been closed since Monday.")


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
        ("count", "Since Phoenix 85 it has members.", False),
        ("count", "In Elling 85 members met.", True),
        ("count", "They kept it for two days, all twelve.", True),
        ("count", "It has members.[11]", False),  # a note
        ("count", "Since 0.16 it has members.", False),
        ("age", "She was chosen by 61 votes to 17.", False),
        ("age", "She is the chair and is 54.", True),
        ("age", "The chair married late, at fifty-five.", True),
        ("age", "The chair is now in room 12.", False),
        ("age", "She was there.[12]", False),
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
        ("money", "It cost 5 million $.", True),
        ("share", "It was 30% of them.", True),
        ("share", "It was 30 percent.", True),
        ("share", "It was half of them.", True),
        ("share", "It was 30 of them.", False),
        ("money", "It cost 40 pounds.", True),
        ("money", "It cost 40 sheep.", False),
        ("money", "£28 a head.", True),
        ("age", "She has run the place for eleven years.", False),
        ("age", "It was won in the 28 years of the club.", False),
        ("age", "It took five months to mend.", False),
        ("age", "She is 28 years old.", True),
        ("age", "She is 41, works as a dentist and stays.", True),
        ("age", "They had seats for 41, and more came.", False),
        ("age", "She wed late, at fifty-five.", True),
        ("age", "At the age of nine she drew it.", True),
        ("money", "Children up to 14 | 2.00 €", True),
        ("temperature", "It was 3°", True),
        ("duration", "It took twenty long days.", True),
        ("duration", "It took an eight-hour shift.", True),
        ("duration", "It took 12 people.", False),
        ("duration", "It cost about £5.50 these days.", False),
        ("duration", "It carries 9,400 passengers a day.", False),  # so many for each day
        ("duration", "It took two to three days.", True),
        ("length", "Buses run every 20 minutes.", False),
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
    assert gives(kind, read_sentence(text, "en", ANALYZER), {"1900", "mill"}) is expected


@pytest.mark.parametrize(
    ("kind", "question", "text", "expected"),
    [
        ("duration", "How long is the psalter?", "It lies four metres from the door.", False),
        ("duration", "How long is the pool?", "It is 50 metres long.", True),
        ("duration", "How long do you boil the eel?", "Cut it into bits of 3 cm.", False),
        ("duration", "How long do you boil the eel?", "Boil it for ten minutes.", True),
        ("duration", "How long does the glue hold?", "Spread it 2 mm thick.", False),
        ("duration", "How long was the film?", "They laid 200 metres of rail for it.", False),
        ("duration", "How long is the new canal?", "It has been planned for nine years.", False),
        ("duration", "How long is the new canal?", "It will be 14 km long.", True),
        ("duration", "How long is the canal closed?", "It has a gate of 14 metres.", False),
        ("duration", "How long is it?", "It is 14 metres long.", True),
        ("duration", "How long is it?", "It lasts 14 minutes.", True),
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
    asked = set(ANALYZER.tokens(question, "en").words)
    assert gives(kind, read_sentence(text, "en", ANALYZER), asked) is expected


@pytest.mark.parametrize(
    ("language", "kind", "question", "text", "expected"),
    [
        ("es", "age", "¿Qué edad tiene Ada?", "En esta casa nació su abuela.", False),
        ("es", "age", "¿Qué edad tiene Ada?", "Ada nació en 1961.", True),
        ("fr", "age", "Quel âge a Ada ?", "Personne ne sait depuis quand, dit-elle.", False),
        ("fr", "age", "Quel âge a Ada ?", "En 1961, Ada ne chantait pas.", False),
        ("fr", "age", "Quel âge a Jean ?", "Jean est né en 1961.", True),
        ("fr", "age", "Quel âge a Ada ?", "Elle y chante deux fois par an.", False),
        ("de", "age", "Wie alt ist Ada?", "Dort wurde ihr Bruder geboren.", False),
        ("de", "age", "Wie alt ist Ada?", "Sie fährt zwei Mal im Jahr hin.", False),
        ("it", "age", "Quanti anni ha Ada?", "Qui è nata sua nonna.", False),
        ("pt", "age", "Que idade tem Ada?", "Aqui nasceu a avó dela.", False),
        ("nl", "age", "Hoe oud is Ada?", "Haar broer is daar geboren.", False),
        ("ru", "age", "Сколько лет Аде?", "Здесь родился её брат.", False),
        ("tr", "age", "Ada kaç yaşında?", "Kardeşi burada doğdu.", False),
        ("de", "name", "Wie heißt die Katze von Ada?", "Katzen dürfen nicht ins Haus.", False),
        ("de", "name", "Wie heißt die Katze von Ada?", "Ihre Katze Mia schläft viel.", True),
        ("de", "name", "Wie heißt die Katze von Ada?", "Die Katze heißt Mia.", True),
        ("nl", "duration", "Hoe lang duurt de reis?", "De boot is 30 meter.", False),
        ("nl", "duration", "Hoe lang is de brug?", "De brug is 30 meter.", True),
        ("nl", "duration", "Hoe lang is de brug?", "De bouw nam twee jaar in beslag.", False),
    ],
)
def test_age_and_name_are_no_other_thing_that_a_sentence_gives(
    language: str, kind: Kind, question: str, text: str, expected: bool
) -> None:
    reading, said = read(question, language, ANALYZER), read_sentence(text, language, ANALYZER)
    assert reading.kind == kind
    assert gives(kind, said, set(reading.tokens.words), reading.noun_stems) is expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Who built the old inn?", "The inn of Elling was built in 1884.", False),
        ("Who built the old inn?", "The inn was built by Ada in 1884.", True),
        ("Who runs the plant?", "Workers at the plant in Stroud Vale left.", False),
        ("Who led the symphony?", "The symphony was under the baton of Ada Byrne.", True),
    ],
)
def test_a_place_that_what_is_asked_about_is_of_is_nobody(
    question: str, text: str, expected: bool
) -> None:
    asked = set(ANALYZER.tokens(question, "en").words)
    assert gives("person", read_sentence(text, "en", ANALYZER), asked) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The party won 12 seats.", True),
        ("Of the seats it has twelve.", True),
        ("Seats | 12 | 14", True),
        ("The party won up to twelve of them, it says.", True),
        ("Twelve of them went to the party.", True),
        ("It is not known how many, but it was less than 12.", True),
        ("There were talks between the two sides.", False),
        ("The party cut the price of hundreds of things.", False),
        ("The party lost 12% of its members.", False),
        ("The party has one seat.", True),
        ("It is one of the parties with seats.", False),
    ],
)
def test_a_number_counts_what_is_asked_for_or_nothing_else(text: str, expected: bool) -> None:
    asked, nouns = {"how", "many", "seats", "won"}, set(ANALYZER.tokens("seats", "en").stems)
    assert gives("count", read_sentence(text, "en", ANALYZER), asked, nouns) is expected


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
        ("ru", "age", "Зимой 2016 года он уехал.", False),
        ("ru", "age", "Ему 42 года.", True),
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
        ("zh", "date", "磨坊在五月开放。", True),
        ("zh", "money", "过河一次五元。", True),
        ("zh", "money", "船夫住在东岸村。", False),
        ("zh", "duration", "渡船停了六个星期。", True),
        ("zh", "age", "她今年四十二岁。", True),
        ("zh", "length", "镇长反对建桥。", False),
        ("zh", "person", "磨坊由陈守义建造。", True),
        ("zh", "person", "磨坊建在高高的江边。", False),
        ("zh", "person", "Ada 和 Tom Rusk 建了磨坊。", True),
        ("zh", "share", "百分之三十的人反对。", True),
        ("zh", "share", "三成的人反对。", True),
        ("zh", "share", "三分之一的人反对。", True),
        ("zh", "share", "一半的人反对。", True),
        ("zh", "share", "30%的人反对。", True),
        ("zh", "share", "三十人反对，桥已建成。", False),
        ("de", "time", "Sie schließt um 17 Uhr.", True),
        ("fr", "time", "Il ferme à 18h30.", True),
        ("pt", "time", "Fecha às 18 horas.", True),
    ],
)
def test_measures_are_given_in_many_languages(
    language: str, kind: Kind, text: str, expected: bool
) -> None:
    assert gives(kind, read_sentence(text, language, ANALYZER), set()) is expected


def test_a_chinese_name_that_the_question_has_is_no_answer() -> None:
    said = read_sentence("去年，陈守义当选镇长。", "zh", ANALYZER)

    def given(question: str) -> bool:
        return gives("person", said, set(ANALYZER.tokens(question, "zh").words))

    assert given("镇长是谁？")
    assert not given("谁反对陈守义？")
