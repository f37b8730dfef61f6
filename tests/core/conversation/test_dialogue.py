"""Messages that are no question to the articles."""

from __future__ import annotations

import pytest

from bot.core.answer import Answer
from bot.core.article import Draft, Head
from bot.core.library import Library
from bot.core.shelf import Shelf
from bot.text.analyzer import Languages
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.index import FakeIndex

FERRY = "The ferry across the bay sails at noon. Its captain is Ada Weld, who bought it in 1990."
MILL = "The mill by the brook grinds rye. It burnt down in 1823, and was built again by Jon Cole."


@pytest.fixture
def library() -> Library:
    store = FakeArticleStore()
    head = Head("The ferry of Elling", "Mona Reed", "The Bay Post", "2001-05-04")
    store.save("ferry", Draft(head, FERRY))
    store.save("mill", Draft(Head("A mill in the woods"), MILL))
    analyzer = Languages()
    found = Library([Shelf(store, FakeIndex(store, analyzer))], analyzer)
    found.refresh()
    return found


def said(answer: Answer) -> str:
    assert answer.kind == "talk"
    assert not answer.answered
    assert answer.matches == ()
    return answer.reply


def test_small_talk_quotes_nothing(library: Library) -> None:
    assert said(library.ask("hello there!")).startswith("Hello! Ask me about the articles")
    assert "I’m a bot" in said(library.ask("are you human?"))


def test_who_asks_for_articles_gets_their_list(library: Library) -> None:
    assert said(library.ask("what articles do you have?")) == (
        "There are 2 articles to ask about:\n"
        "“A mill in the woods” (mill)\n“The ferry of Elling” (ferry)"
    )


def test_who_asks_for_a_summary_is_told_where_to_read(library: Library) -> None:
    assert said(library.ask("please sum up the article about the mill by the brook")) == (
        "I quote articles, and don’t sum them up. You can open and read: "
        "“A mill in the woods” (mill)"
    )
    assert "(ferry)" in said(library.ask("tl;dr", "ferry"))
    assert "open one" in said(library.ask("tl;dr"))


def test_filler_changes_no_answer_and_is_no_missing_word(library: Library) -> None:
    plain = library.ask("who is the captain of the ferry?")
    polite = library.ask("Hey folks, I'd like to know who the captain of the ferry is, please lol")
    assert plain.kind == polite.kind
    assert polite.unknown == ()
    assert polite.confidence == pytest.approx(plain.confidence, abs=0.05)


def test_a_word_of_a_head_is_not_said_to_be_in_no_article(library: Library) -> None:
    answer = library.ask("Where in Elling does the ferry of Mona Reed sail at noon, zebra?")
    assert answer.unknown == ("zebra",)


def test_the_rest_of_a_long_post_helps(library: Library) -> None:
    post = (
        "Hi all! We spent a week by the bay and took the ferry every day. "
        "My children loved it. Who is its captain? Thanks!"
    )
    answer = library.ask(post)
    assert answer.matches[0].citation.slug == "ferry"
    assert answer.unknown == ()


@pytest.mark.parametrize(
    "question", ["who wrote the article about the ferry?", "When was the ferry story published?"]
)
def test_a_question_about_a_head_is_answered_from_it(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert (answer.kind, answer.matches, answer.unknown) == ("answer", (), ())
    assert answer.reply == (
        "“The ferry of Elling” was written by Mona Reed and published by The Bay Post on "
        "2001-05-04.\nferry"
    )


def test_of_two_titles_that_name_what_is_asked_one_with_a_synonym_of_the_rest_is_meant() -> None:
    store, analyzer = FakeArticleStore(), Languages()
    for slug, title, author in (
        ("keep", "Keep the bridge", "Ada Weld"),
        ("shut", "The bridge is shut", "Mona Reed"),
    ):
        store.save(slug, Draft(Head(title, author), "The closure of the bridge is not liked."))
    library = Library([Shelf(store, FakeIndex(store, analyzer))], analyzer)
    library.refresh()
    answer = library.ask("who wrote the article about the bridge closure?")
    assert answer.reply.startswith("“The bridge is shut” was written by Mona Reed")


def test_the_newest_article_is_known_by_its_date(library: Library) -> None:
    answer = library.ask("what is the newest article?")
    assert (answer.kind, answer.follows) == ("answer", "")
    assert answer.reply.endswith("published by The Bay Post on 2001-05-04.\nferry")
    assert library.ask("who wrote the oldest story?").reply == answer.reply


def test_what_a_head_lacks_is_said(library: Library) -> None:
    answer = library.ask("who wrote the article about the mill?")
    assert (answer.kind, answer.reply) == (
        "none",
        "“A mill in the woods”: Nothing is known of its author.\nmill",
    )


def test_what_the_head_lacks_the_text_may_say() -> None:
    store, analyzer = FakeArticleStore(), Languages()
    store.save("note", Draft(Head("A note"), "This note was published in May by the Bay Post."))
    library = Library([Shelf(store, FakeIndex(store, analyzer))], analyzer)
    library.refresh()
    answer = library.ask("when was this note published, and by whom?")
    assert [match.citation.slug for match in answer.matches] == ["note"]


def test_a_head_question_without_an_article_asks_the_answer_before(library: Library) -> None:
    earlier = ["who is the captain of the ferry?"]
    answer = library.ask("when was it published, and by whom?", earlier=earlier)
    assert answer.reply.endswith("\nferry")
    assert answer.follows == earlier[0]
    assert library.ask("when was it published, and by whom?", "ferry").reply.endswith("\nferry")
    assert library.ask("when was it published, and by whom?").reply == ""


def test_a_question_goes_on_about_the_head_that_the_one_before_asked(library: Library) -> None:
    earlier = ["who wrote the article about the ferry?"]
    answer = library.ask("and when?", earlier=earlier)
    assert (answer.kind, answer.matches, answer.follows) == ("answer", (), earlier[0])
    assert answer.reply.endswith(" published by The Bay Post on 2001-05-04.\nferry")
    assert library.ask("and why?", earlier=earlier).reply == ""
    assert library.ask("and how old is the captain?", earlier=earlier).reply == ""
    mill = library.ask("and when?", earlier=["who wrote the article about the mill?"])
    assert (mill.kind, mill.matches) == ("none", ())
    assert mill.reply == "“A mill in the woods”: Nothing is known of its date.\nmill"


def test_a_question_that_follows_is_taken_together_with_the_one_before(library: Library) -> None:
    earlier = ["when did the mill burn down?"]
    answer = library.ask("and who built it again?", earlier=earlier)
    assert answer.matches[0].citation.slug == "mill"
    assert answer.follows == earlier[0]
    again = library.ask("and why?", earlier=[*earlier, "and who built it again?"])
    assert again.matches[0].citation.slug == "mill"
    assert again.follows == "and who built it again?"
    # "and why?" says nothing that could be named
    assert library.ask("and why?", earlier=[*earlier, "and why?"]).follows == earlier[0]
    assert library.ask("and why?", earlier=["and why?"]).follows in ("", "and why?")


def test_a_question_that_follows_is_not_answered_with_what_was_quoted_already() -> None:
    store, analyzer = FakeArticleStore(), Languages()
    long = "It stands in the hall, where members find gloves, aprons and a broom. " * 6
    text = (
        f"The laser cutter is for trained members alone. {long}\n\n"
        f"The opening hours are on the door, and they change with the season. {long}\n\n"
        f"The lathe is free on Mondays, for those who bring their wood. {long}"
    )
    store.save("workshop", Draft(Head("The workshop"), text))
    store.save("mill", Draft(Head("A mill in the woods"), MILL))
    library = Library([Shelf(store, FakeIndex(store, analyzer))], analyzer)
    library.refresh()
    earlier = ["may anybody in the workshop use the laser cutter?"]
    before = library.ask(earlier[0])
    answer = library.ask("and the lathe?", earlier=earlier)
    assert "laser cutter" in before.matches[0].passage.text
    assert answer.kind == "answer"
    assert "The lathe is free" in answer.matches[0].passage.text
    assert answer.follows == earlier[0]


def workshop_and_bridge() -> Library:
    """Two articles: the repairs of a bridge, and a workshop that does repairs."""
    store, analyzer = FakeArticleStore(), Languages()
    text = (
        "The bridge is shut because the flood broke a pier. The repairs will cost two million "
        "pounds, and the council pays half of that.\n\nThe ferry sails at noon."
    )
    store.save("bridge", Draft(Head("The bridge is shut"), text))
    text = "Ada Byrne pays for the repairs, whoever comes. Give the cook a coin for the tea."
    store.save("workshop", Draft(Head("The workshop"), text))
    library = Library([Shelf(store, FakeIndex(store, analyzer))], analyzer)
    library.refresh()
    return library


def test_a_question_that_continues_is_answered_from_the_article_before() -> None:
    library = workshop_and_bridge()
    question, earlier = "and who pays for the repairs?", ["why is the bridge shut?"]
    alone = library.ask(question)
    assert (alone.kind, alone.matches[0].citation.slug) == ("answer", "workshop")
    answer = library.ask(question, earlier=earlier)
    assert (answer.kind, answer.matches[0].citation.slug) == ("answer", "bridge")
    assert answer.follows == earlier[0]


def test_one_answer_may_be_followed_by_another_sentence_of_its_passage() -> None:
    store, analyzer = FakeArticleStore(), Languages()
    text = "Gemahlen wird jeden ersten Sonntag im Monat. Im Winter bleibt die Mühle geschlossen."
    store.save("mill", Draft(Head("Die Mühle in Eichrode"), text))
    library = Library([Shelf(store, FakeIndex(store, analyzer))], analyzer)
    library.refresh()
    earlier = ["Wann wird in Eichrode gemahlen?"]
    (first,) = library.ask(earlier[0]).matches
    assert text[first.sentence.start : first.sentence.end].startswith("Gemahlen wird")
    answer = library.ask("und im Winter?", earlier=earlier)
    (match,) = answer.matches
    assert text[match.sentence.start : match.sentence.end].startswith("Im Winter")
    assert answer.kind == "answer"


def test_a_question_that_stands_alone_is_never_bent(library: Library) -> None:
    question = "Who is the captain of the ferry across the bay?"
    alone = library.ask(question)
    assert library.ask(question, earlier=["when did the mill burn down?"]) == alone
    assert library.ask("and why?", earlier=["hello"]).follows == ""


@pytest.mark.parametrize("question", ["Where can I swim?", "Who votes?", "any kayaks?"])
def test_a_question_that_may_stand_alone_does_where_the_one_before_helps_nothing(
    library: Library, question: str
) -> None:
    """Else people's next question would be grouped with the one before among the misses."""
    answer = library.ask(question, earlier=["What is the wifi password?"])
    assert answer == library.ask(question)
    assert (answer.kind, answer.follows) == ("none", "")
    follows = library.ask("Where is it?", earlier=["What is the wifi password?"]).follows
    assert follows == "What is the wifi password?"


def test_an_article_that_a_question_names_is_asked_alone(library: Library) -> None:
    answer = library.ask("According to “A mill in the woods”, who bought it?")
    assert [match.citation.slug for match in answer.matches] == ["mill"]
    assert answer.question == "According to “A mill in the woods”, who bought it?"
    assert "woods" not in answer.unknown
    other = library.ask("According to the law, who is the captain of the ferry?")
    assert other.matches[0].citation.slug == "ferry"


@pytest.mark.parametrize("question", ["who wrote it?", "who wrote that?", "And who wrote this?"])
def test_who_wrote_it_asks_the_head_of_the_article_before(library: Library, question: str) -> None:
    earlier = ["who is the captain of the ferry?"]
    answer = library.ask(question, earlier=earlier)
    assert (answer.kind, answer.matches, answer.follows) == ("answer", (), earlier[0])
    assert answer.reply.startswith("“The ferry of Elling” was written by Mona Reed ")
    assert answer.reply.endswith("\nferry")
    assert library.ask(question).reply == ""


def test_what_the_text_says_of_a_writer_goes_before_the_head() -> None:
    store, analyzer = FakeArticleStore(), Languages()
    text = "The song of the mill is sung in May. Ada Weld wrote the song in 1900."
    store.save("song", Draft(Head("A song", "Mona Reed"), text))
    library = Library([Shelf(store, FakeIndex(store, analyzer))], analyzer)
    library.refresh()
    answer = library.ask("who wrote it?", earlier=["when is the song of the mill sung?"])
    assert answer.reply == ""
    assert "Ada Weld wrote" in answer.matches[0].passage.text


def test_a_sentence_that_was_quoted_is_no_answer_to_why(library: Library) -> None:
    earlier = ["who is the captain of the ferry?"]
    before = library.ask(earlier[0])
    assert before.kind == "answer"
    answer = library.ask("why?", earlier=earlier)
    assert answer.matches[0].sentence == before.matches[0].sentence
    assert answer.kind in ("unsure", "none")
    assert answer.confidence < 0.5
    assert [near.slug for near in answer.nearest][:1] == ["ferry"]
    assert library.ask("and who bought it?", earlier=earlier).kind == "answer"


def test_nor_is_it_one_where_other_articles_are_in_another_language() -> None:
    """Little words of one language are none of another: "the" was a word that both had."""
    store, analyzer = FakeArticleStore(), Languages()
    text = "The batteries of the ferry last eight years. A new set will cost as much as a house."
    store.save("ferry", Draft(Head("The ferry of Elling"), text))
    text = "Die Mühle am Bach mahlt den Roggen der Bauern. Sie ist im Jahr 1823 abgebrannt."
    store.save("mill", Draft(Head("Die Mühle im Wald"), text))
    library = Library([Shelf(store, FakeIndex(store, analyzer))], analyzer)
    library.refresh()
    earlier = ["How long do the batteries of the ferry last?"]
    before = library.ask(earlier[0])
    assert before.kind == "answer"
    answer = library.ask("Where is the zoo?", earlier=earlier)
    assert answer.matches[0].sentence == before.matches[0].sentence
    assert answer.kind == "unsure"
    assert answer.confidence < 0.5


def test_what_no_article_has_a_word_of_is_not_answered_by_the_question_before() -> None:
    store, analyzer = FakeArticleStore(), Languages()
    text = "The old ferry makes its last crossing in May. The new one carries 140 passengers."
    store.save("ferry", Draft(Head("The ferry of Elling"), text))
    library = Library([Shelf(store, FakeIndex(store, analyzer))], analyzer)
    library.refresh()
    earlier = ["When is the last crossing of the old ferry?"]
    answer = library.ask("How many kangaroos?", earlier=earlier)
    assert (answer.kind, answer.follows) == ("none", "")
    assert answer.unknown == ("kangaroos",)
    assert library.ask("How many passengers?", earlier=earlier).kind == "answer"


def library_of(**texts: str) -> Library:
    """A library of articles in English, each called by its title."""
    store, analyzer = FakeArticleStore(), Languages()
    for title, text in texts.items():
        store.save(title.lower(), Draft(Head(title.replace("_", " ")), text))
    library = Library([Shelf(store, FakeIndex(store, analyzer))], analyzer)
    library.refresh()
    return library


def marked(answer: Answer) -> str:
    match = answer.matches[0]
    return match.passage.text[match.sentence.start : match.sentence.end]


LIDO = (
    "The lido opens at 6 a.m. in summer. Its water is warmed by the sun.\n\n"
    "Season tickets are sold at the till for £40. It is shut in winter for eleven weeks."
)
POLICE = "Police let a man go on Sunday, a day after he had been held for the fire at the mill."


def test_a_day_that_another_article_names_is_not_when_this_one_opens() -> None:
    library = library_of(The_lido=LIDO, The_fire=POLICE)
    alone = library.ask("and on Sundays?")
    assert (alone.kind, alone.matches[0].citation.slug) == ("answer", "the_fire")
    answer = library.ask("and on Sundays?", earlier=["when does the lido open?"])
    assert answer.kind in ("unsure", "none")


def test_the_sentence_that_was_quoted_may_answer_how_long() -> None:
    library = library_of(The_lido=LIDO, The_fire=POLICE)
    earlier = ["is the lido shut in winter?"]
    quoted = marked(library.ask(earlier[0]))
    assert quoted == "It is shut in winter for eleven weeks."
    answer = library.ask("how long?", earlier=earlier)
    assert (answer.kind, marked(answer)) == ("answer", quoted)
    assert library.ask("when?", earlier=earlier).kind != "answer"
    assert library.ask("what do they do?", earlier=earlier).kind != "answer"


def test_the_question_of_a_story_counts_alone_in_the_article_that_the_story_tells() -> None:
    text = (
        "The best months for the moor are May and September. In July the midges are a plague.\n\n"
        "The ford is too deep in spring. Camping is forbidden on the moor."
    )
    library = library_of(Walking_the_moor=text, The_fire=POLICE)
    question = "Which months are best for the moor?"
    story = (
        "My father is 70 and has a bad knee, and he hates midges more than a plague. "
        f"We thought of July because of the holidays. {question}"
    )
    alone, answer = library.ask(question), library.ask(story)
    assert marked(answer) == marked(alone) == "The best months for the moor are May and September."
    assert answer.confidence >= alone.confidence
    assert answer.question == story


def test_one_word_alone_of_several_makes_no_answer() -> None:
    library = library_of(The_lido=LIDO, The_fire=POLICE)
    assert library.ask("season tickets").kind == "answer"
    answer = library.ask("vegan tickets")
    assert (answer.kind, answer.unknown) == ("unsure", ("vegan",))
