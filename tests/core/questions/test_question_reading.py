"""A question read in one language, and read again with other words."""

import pytest

from bot.core.questions.question_reading import MOST_CONTEXT, read, with_added, with_tokens
from bot.text.analyzer import Languages

ANALYZER = Languages()


def test_an_earlier_question_is_context_and_its_stop_words_are_left_out() -> None:
    reading = read("And what do they weigh?", "en", ANALYZER, "What do the owls eat?")
    assert reading.question == "And what do they weigh?\nWhat do the owls eat?"
    assert reading.terms == ("weigh", "owl", "eat")
    assert reading.context_terms == {"owl", "eat"}


def test_only_so_much_context_is_searched_for() -> None:
    earlier = " ".join(f"owl{number}" for number in range(2 * MOST_CONTEXT))
    reading = read("What do they weigh?", "en", ANALYZER, earlier)
    assert len(reading.context_terms) == MOST_CONTEXT


def test_other_tokens_take_the_span_of_those_that_they_replace() -> None:
    reading = read("When was the 4th owl there?", "en", ANALYZER)
    start = reading.question.index("4th")
    other = with_tokens(reading, {(start, start + 3): ANALYZER.tokens("fourth", "en")})
    assert other.terms == ("fourth", "owl")
    at = other.tokens.words.index("fourth")
    assert (other.tokens.starts[at], other.tokens.ends[at]) == (start, start + 3)


def test_added_synonyms_join_those_that_there_are() -> None:
    synonyms = {"owl": {"bird"}, "eat": {"dine"}}
    both = with_added(synonyms, {"owl": {"tyto"}, "barn": {"shed"}})
    assert dict(both) == {"owl": {"bird", "tyto"}, "eat": {"dine"}, "barn": {"shed"}}
    assert synonyms == {"owl": {"bird"}, "eat": {"dine"}}


def test_the_words_of_a_phrase_mean_nothing_of_what_each_means_by_itself() -> None:
    alone = read("Can I call the office?", "en", ANALYZER)
    assert "phone" in alone.everyday["call"].all
    assert "nicknam" in alone.synonyms["call"]
    phrase = read("Can they call it off?", "en", ANALYZER)
    assert "phone" not in phrase.everyday["call"].all
    assert "cancel" in phrase.everyday["call"].all & phrase.everyday["off"].all
    assert not phrase.synonyms["call"]


def test_the_words_of_a_phrase_keep_what_they_mean_where_it_means_the_same() -> None:
    word = read("Which pills?", "en", ANALYZER)
    phrase = read("Must I take pills?", "en", ANALYZER)
    assert "dose" not in word.everyday["pill"].all
    assert phrase.everyday["pill"].all >= word.everyday["pill"].all | {"dose"}
    assert phrase.everyday["pill"].exact >= word.everyday["pill"].exact


@pytest.mark.parametrize(
    ("language", "question", "searched"),
    [
        ("en", "What time does the lido close?", ("lido", "close")),
        ("en", "What kind of owl is it?", ("owl",)),
        ("en", "What is the name of the owl?", ("owl",)),
        ("en", "What happened to the owl in which year?", ("owl",)),
        ("en", "How deep is the lido?", ("deep", "lido")),
        ("en", "What is the price of time?", ("price", "time")),
        ("de", "In welchem Jahr brannte sie?", ("brannte",)),
        ("de", "Wie heißt die Eule?", ("eule",)),
        ("fr", "À quelle heure ferme le moulin ?", ("ferme", "moulin")),
        ("es", "¿Qué tipo de pan es?", ("pan",)),
        ("it", "Come si chiama il mulino?", ("mulino",)),
        ("pt", "Em que ano ardeu?", ("ardeu",)),
        ("nl", "Hoe laat sluit de molen?", ("sluit", "molen")),
        ("ru", "В каком году сгорела мельница?", ("сгорела", "мельница")),
        ("tr", "Saat kaçta kapanıyor?", ("kapaniyor",)),
        ("pl", "W którym roku spłonął młyn?", ("splonal", "mlyn")),
        ("ro", "În ce an a ars moara?", ("ars", "moara")),
        ("el", "Τι ώρα κλείνει;", ("κλεινει",)),
        ("hi", "किस साल जली?", ("जली",)),
        ("vi", "Mấy giờ mua?", ("mua",)),
    ],
)
def test_what_only_asks_for_a_kind_of_answer_is_not_searched_for(
    language: str, question: str, searched: tuple[str, ...]
) -> None:
    tokens = read(question, language, ANALYZER).tokens
    words = zip(tokens.words, tokens.stops, strict=True)
    assert tuple(word for word, stop in words if not stop) == searched


def test_a_question_that_has_nothing_else_is_searched_for_by_the_words_that_ask() -> None:
    assert read("What time is it?", "en", ANALYZER).terms == ("time",)


def test_a_unit_may_be_meant_by_its_sign() -> None:
    assert read("How many dollars did it cost?", "en", ANALYZER).signs == {"dollar": {"$"}}
    assert read("What percent is it?", "en", ANALYZER).signs == {"percent": {"%"}}
    assert read("How heavy is it, in pounds?", "en", ANALYZER).signs == {}
    assert read("How far is it?", "en", ANALYZER).signs == {}
