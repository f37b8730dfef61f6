"""Passages are ordered by the best of their blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

from bot.core.article import Article, Head, join_paragraphs
from bot.core.passages.passage_blocks import PassageBlock
from bot.core.passages.splitting import split
from bot.core.questions.query import weigh
from bot.core.questions.question_reading import read
from bot.core.relevance.choosing import SentenceChoice
from bot.core.relevance.evidence import KIND_WEIGHT
from bot.core.relevance.ranked import PassageSource, Ranked
from bot.core.relevance.ranking import rank, with_best_first
from bot.core.relevance.subject import LEAD_NAMES_ALONE, NAMES_ALONE
from bot.core.seams import Analyzer, Entry, Statistics
from bot.text.analyzer import Languages
from bot.text.grams import PlainGramShares

ANALYZER = Languages()


class CountedGramShares(PlainGramShares):
    """A `bot.core.seams.GramShares` that notes the sentences in which it looks."""

    def __init__(self, shares: Mapping[str, float], calls: list[Sequence[str]]) -> None:
        super().__init__(shares)
        self._calls = calls

    def in_each(self, sentences: Sequence[str]) -> list[float]:
        self._calls.append(sentences)
        return super().in_each(sentences)


def ranked(
    question: str,
    articles: dict[str, list[str]],
    analyzer: Analyzer = ANALYZER,
    names: Mapping[str, set[str]] = MappingProxyType({}),
) -> list[Ranked]:
    """The ranking of the passages of articles, given by their titles; ``names`` are the stems of
    the question's names that stand in each."""
    candidates = []
    for title, paragraphs in articles.items():
        text, spans = join_paragraphs(paragraphs)
        entry = Entry(title, Head(title, author="Ada Byrne"), "en", len(paragraphs), 10)
        passages = split(Article(title, entry.head, text, spans), "en", ANALYZER)
        source = PassageSource(0, title, entry, frozenset(names.get(title, ())))
        candidates += [(source, passage) for passage in passages]
    reading = read(question, "en", analyzer)
    query = weigh(reading, Statistics(100, 10.0, dict.fromkeys(reading.terms, 5)))
    return with_best_first(rank([(query, candidates)], analyzer), analyzer)


def test_an_article_whose_title_names_the_subject_comes_first() -> None:
    found = ranked(
        "How long does the ferry loaf keep?",
        {
            "Rye bread": ["Rye bread will keep for a week."],
            "Ferry loaf": ["Wrapped, it will keep for ten days."],
        },
    )
    assert [item.source.slug for item in found] == ["Ferry loaf", "Rye bread"]
    assert found[0].title == {"ferri", "loaf"}
    assert found[0].evidence.title > 0


def test_an_article_that_lacks_the_name_asked_for_comes_after_one_that_has_it() -> None:
    articles = {
        "A town": ["The school in Elling is a school for bakers."],
        "Early days": ["She paid for school with bread."],
    }
    question = "Which school did Ames pay for by baking?"
    first, last = ranked(question, articles)
    assert first.source.slug == "A town"
    held = ranked(question, articles, names={"Early days": {"ame"}})
    assert [item.source.slug for item in held] == ["Early days", "A town"]
    assert held[1].evidence.score == first.evidence.score
    assert held[0].evidence.title > last.evidence.title


def test_who_wrote_an_article_is_part_of_its_title() -> None:
    (item,) = ranked("What does Byrne say about mills?", {"Fires": ["Mills are old."]})
    assert item.title == {"byrn"}


def test_a_passage_is_judged_by_its_best_block() -> None:
    paragraphs = ["The harbour froze.", "Fires\n\nThe mill burned down in May.", "All was well."]
    (item,) = ranked("When did the mill burn down?", {"Elling": paragraphs})
    assert item.block == PassageBlock(1, 3, 2)
    assert item.choice is not None
    start, end = item.passage.sentences[item.choice.sentence]
    assert item.passage.text[start:end] == "The mill burned down in May."


def test_a_passage_without_sentences_is_no_candidate() -> None:
    reading = read("mill", "en", ANALYZER)
    query = weigh(reading, Statistics(100, 10.0, {}))
    entry = Entry("a", Head("A"), "en", 0, 0)
    text, spans = join_paragraphs(["The mill."])
    (passage,) = split(Article("a", entry.head, text, spans), "en", ANALYZER)
    empty = passage._replace(sentences=())
    assert rank([(query, [(PassageSource(0, "a", entry), empty)])], ANALYZER) == []


_MORE = " The county has many rivers, and few roads that lead to them." * 9
OAKES = [
    f"Marguerite Oakes drew maps of the Sallow Hills, and was known for them.{_MORE}",
    f"She fell from a ladder in 1931, and walked with a stick for the rest of her days.{_MORE}",
    f"Her two children became painters.{_MORE}",
]


def test_a_passage_that_says_what_is_asked_comes_before_one_with_nothing_but_the_names() -> None:
    first, *_ = ranked("Did Marguerite Oakes have children?", {"A life in maps": OAKES})
    assert first.passage.text == OAKES[2]
    first, *_ = ranked("When did Marguerite Oakes fall from the ladder?", {"A life in maps": OAKES})
    assert first.passage.text == OAKES[1]


def test_of_two_passages_that_say_what_happened_the_one_that_says_why_comes_first() -> None:
    paragraphs = [
        f"The mill closed. Visitors missed the mill.{_MORE}",
        f"The mill closed because its wheel had rotted.{_MORE}",
    ]
    first, *_ = ranked("Why did the mill close?", {"Elling": paragraphs})
    assert first.passage.text == paragraphs[1]


def test_a_first_passage_that_is_most_of_its_article_is_no_mere_introduction() -> None:
    question = "Did Marguerite Oakes have children?"
    whole = ranked(question, {"A life in maps": OAKES})
    lead = next(item for item in whole if item.passage.number == 0)
    assert [block.names_alone for block in lead.blocks] == [LEAD_NAMES_ALONE]
    (alone,) = ranked(question, {"A life in maps": OAKES[:1]})
    assert [block.names_alone for block in alone.blocks] == [NAMES_ALONE]


def test_sentences_are_searched_for_n_grams_once_and_for_those_of_the_rest_once_more() -> None:
    calls: list[Sequence[str]] = []
    analyzer = Languages(partial(CountedGramShares, calls=calls))
    blocks = "\n\n".join(["A list", "She had two children.", "They lived in the hills."])
    articles = {"A life in maps": [*OAKES, blocks], "Mills": ["Mills are old.", blocks]}
    found = ranked("Did Marguerite Oakes have children?", articles, analyzer)
    all_of_them = [sentence for item in found for sentence in item.words.written]
    assert sorted(calls[0]) == sorted(all_of_them)
    compared = [item for item in found if item.source.slug == "A life in maps"]
    assert 0 < len(calls[1:]) <= len(compared)  # inside the article, without the names


def test_the_terms_of_a_title_are_looked_up_once_for_all_questions() -> None:
    class CountedTerms(Languages):
        def __init__(self) -> None:
            super().__init__()
            self.texts: list[str] = []

        def terms(self, text: str, language: str) -> list[str]:
            self.texts.append(text)
            return super().terms(text, language)

    analyzer = CountedTerms()
    articles = {"Ferry loaf": ["It will keep for ten days."], "Mills": ["Mills are old."]}
    for question in ("How long does the loaf keep?", "How old are mills?", "What is a ferry loaf?"):
        ranked(question, articles, analyzer)
    assert sorted(analyzer.texts) == ["Ferry loaf Ada Byrne", "Mills Ada Byrne"]


def test_of_a_title_of_any_length_the_beginning_counts() -> None:
    (item,) = ranked("How old is the ferry loaf?", {f"Ferry {'x ' * 30_000}loaf": ["It is old."]})
    assert item.title == {"ferri"}


def test_a_story_is_looked_for_in_the_article_that_has_its_words() -> None:
    asked = f"Bread has to rest for a day.{_MORE}"
    others = [f"The oven is hot.{_MORE}", f"The brick is old.{_MORE}", f"The glue is dry.{_MORE}"]
    articles = {"Days": [f"A day is long.{_MORE}", asked], "Homes": [*others, asked]}
    question = "Why does bread have to rest?"
    assert ranked(question, articles)[0].source.slug == "Days"  # no better, and the first
    story = "The oven, the door, the brick and the glue were all broken."
    first = ranked(f"{story} {question}", articles)[0]
    assert (first.source.slug, first.passage.text) == ("Homes", asked)


def test_of_a_story_the_sentence_that_asks_tells_which_passage_answers() -> None:
    told = f"The oven, the door, the brick, the glue and the lamp were broken.{_MORE}"
    asked = f"Bread has to rest for a day.{_MORE}"
    story = "My oven has no door, the brick and the glue are old, and the lamp is broken."
    first, second = ranked(f"{story} Why does bread have to rest?", {"Homes": [told, asked]})
    assert (first.passage.text, second.passage.text) == (asked, told)
    assert first.evidence.score - second.evidence.score < 0.1  # no sign that it is certain
    first, _ = ranked(f"{story} What should I do?", {"Homes": [told, asked]})
    assert first.passage.text == told


def test_a_first_passage_that_says_it_stays_first() -> None:
    first, *_ = ranked("What did Marguerite Oakes draw?", {"A life in maps": OAKES})
    assert first.passage.text == OAKES[0]


def test_a_kind_of_answer_that_can_be_told_counts_for_more() -> None:
    articles = {
        "The kiln": ["The kiln is fired on Sundays and it is hot.", "The kiln is hot, 1,200 °C."]
    }
    first, *_ = ranked("How hot is the kiln?", articles)
    assert first.evidence.kind == KIND_WEIGHT
    assert "1,200" in first.passage.text


def test_a_kind_counts_for_the_word_that_asks_for_it_and_is_not_there() -> None:
    articles = {
        "Pots": ["The kiln is fired for a day.", "Fire the kiln at 1,200 degrees, then let it be."]
    }
    first, *_ = ranked("How hot must the kiln be?", articles)
    assert first.evidence.kind > KIND_WEIGHT
    assert "1,200" in first.passage.text


def test_of_a_passage_the_block_counts_that_gives_the_kind_of_answer() -> None:
    passage = "The kiln stands behind the shop.\n\nThe kiln is slowly fired up to 1,200 degrees."
    first, *_ = ranked("How hot is the kiln?", {"Pots": [passage]})
    assert first.block.first == 1
    assert first.evidence.kind >= KIND_WEIGHT


def test_a_kind_of_answer_counts_in_whichever_block_of_a_passage_it_is_given() -> None:
    lead = "Marguerite Anna Oakes drew maps of ladders. Marguerite Anna Oakes was known for them."
    age = f"Marguerite Anna Oakes was 40 years old.{_MORE}"
    fall = f"She fell from the ladder, and nobody knows why it was there.{_MORE}"
    articles = {"Maps": [lead + _MORE, f"{age}\n\n{fall}"]}
    first, *_ = ranked("How old was Marguerite Anna Oakes when she fell from the ladder?", articles)
    assert first.passage.number == 1
    assert first.choice == SentenceChoice(0, gives_kind=True)
    assert first.evidence.kind == KIND_WEIGHT


def test_a_passage_that_gives_a_date_comes_first_where_one_is_asked_for() -> None:
    first, *_ = ranked(
        "When does the bridge open?",
        {
            "Keep the bridge open": ["The bridge is open to all, and to nobody else."],
            "The bridge": ["The bridge will not open again before 14 October."],
        },
    )
    assert first.source.slug == "The bridge"
    assert first.evidence.kind == KIND_WEIGHT


def test_a_paragraph_comes_before_references_that_hold_the_words_of_the_question() -> None:
    found = ranked(
        "how much rain does Brandholm get in winter",
        {
            "Elling": [
                "The coast is at its wettest in winter, when the rain from the sea reaches as far"
                " as Brandholm and is as much as in all of the rest of the year.",
                "It is drier in the hills behind it, where there is hardly any of it to be had.",
                "They have been at it for long, and it is not known who was the first of them.",
                "^ Winter rain, Brandholm 1950. Weather Office, Elling. Retrieved 4 May 2009.",
            ]
        },
    )
    assert found[0].passage.number == 0
