"""The number of requests to the cluster that questions take which need more than others: two, but
where a test says how many more."""

from __future__ import annotations

import asyncio
from itertools import product
from pathlib import Path

import pytest

from bot.core.answer import Answer, Question
from bot.core.article import Draft, Head
from bot.core.seams.pairs import KeptPair, KeptPairs
from bot.service.tenants import EVERYONE
from tests.cluster.opensearch.test_same_answers import shown
from tests.cluster.opensearch.world import Twins, World
from tests.fakes.kept_pairs import FakeKeptPairs

HEART = [
    "Many older people have an irregular heartbeat, which is seldom a danger in itself.",
    "The standard medicine is taken each morning with a glass of water.",
]
MEANT = (("hare", "hard", "harp"), ("lane", "land", "lank"), ("bone", "bond", "bong"))
"""The words that may be meant by "harq", "lanq" and "bonq"."""


def ask(
    twins: Twins,
    question: str,
    *earlier: str,
    article: str | None = None,
    kept: KeptPairs | None = None,
) -> tuple[int, Answer]:
    """Ask both the same, the cluster by a process that knows nothing yet; return how many requests
    that took, and this machine's answer."""
    world = twins.world
    process = World(world.connections, world.client.urls, world.prefix)
    try:
        process.loop.run(process.client.health())
        before = process.client.sent
        found = process.library(EVERYONE, kept).ask(question, article, 3, 3, earlier)
        taken = process.client.sent - before
    finally:
        process.close()
    near = twins.near(EVERYONE, kept).ask(question, article, 3, 3, earlier)
    assert shown(found) == shown(near)
    return taken, near


def article(title: str, paragraphs: list[str], digest_of: str | None = None) -> Draft:
    """An article each of whose paragraphs is a passage."""
    body = "\n\n".join(f"{each} {'Nothing else is known. ' * 40}" for each in paragraphs)
    return Draft(Head(title, language="en", digest_of=digest_of), body)


def test_a_link_far_down_a_long_page(world: World, tmp_path: Path) -> None:
    """It rests on all that comes before; it is made when the page is taken up."""
    paragraphs = [
        f"The heron of pond {number} was counted in winter, {'with the owl and the hare ' * 12}too."
        for number in range(400)
    ]
    head = Head("Herons", url="https://example.org/herons", language="en")
    twins = Twins(world, tmp_path)
    twins.save({"herons": Draft(head, "\n\n".join(paragraphs))})
    twins.refresh()
    taken, answer = ask(twins, "When was the heron of pond 377 counted?")
    assert "pond 377" in answer.matches[0].passage.text
    assert "#:~:text=" in (answer.matches[0].citation.link or "")
    assert taken <= 2


@pytest.fixture
def choices(world: World, tmp_path: Path) -> Twins:
    """A passage for each choice of what three misspelt words may mean, and many others."""
    twins = Twins(world, tmp_path)
    chosen = [
        f"The {a} met the {b} and the {c} at quay{number} in {1900 + number}."
        for number, (a, b, c) in enumerate(product(*MEANT))
    ]
    others = [f"The {word} was seen at pond {at}." for at in range(30) for word in sum(MEANT, ())]
    for slug, paragraphs in (("chosen", chosen), ("others", others)):
        twins.save({slug: article(slug, paragraphs)})
    twins.refresh()
    return twins


@pytest.mark.parametrize("number", range(0, 27, 2))
def test_words_that_may_mean_others_in_many_ways(choices: Twins, number: int) -> None:
    taken, answer = ask(choices, f"When did the harq meet the lanq and the bonq at quay{number}?")
    assert [each.searched for each in answer.repairs] == list(list(product(*MEANT))[number])
    assert taken <= 2


def test_what_is_asked_next_in_the_likeliest_article_of_many(world: World, tmp_path: Path) -> None:
    """Other articles hold more passages with the words that are looked for there than are read."""
    twins = Twins(world, tmp_path)
    shop = [*["The doctor heard a heartbeat."] * 9, *["The medicine was sold by weight."] * 70]
    twins.save({"heart": article("An irregular heartbeat", HEART)})
    twins.save({f"shop-{at:02}": article(f"Shop {at}", shop) for at in range(12)})
    twins.refresh()
    taken, answer = ask(twins, "Are there pills for an irregular heartbeat?")
    assert "standard medicine" in answer.matches[0].passage.text
    assert taken <= 2


def test_a_name_in_very_many_articles_that_score_nearly_the_same(
    world: World, tmp_path: Path
) -> None:
    """The server takes the longer passages for as short as the others, which are the best."""
    twins = Twins(world, tmp_path)
    same = f"The herons of Anna came to the river{' and went' * 18}"
    twins.save({f"a-{at:04}": article(f"Herons {at}", [f"{same} again."]) for at in range(1000)})
    twins.save({f"b-{at:04}": article(f"Herons {at}", [f"{same}."]) for at in range(60)})
    twins.refresh()
    taken, answer = ask(twins, "When did the herons of Anna come to the river?")
    assert answer.matches[0].citation.slug.startswith("b-")
    assert taken <= 2


def test_the_original_of_one_of_very_many_digests(world: World, tmp_path: Path) -> None:
    """The best passage is of a digest that only the second request finds."""
    twins = Twins(world, tmp_path)
    same = f"The herons came to the river{' and went' * 18}"
    numbers = range(290)
    near = [article(f"Herons {n}", [f"{same} again."], "a report") for n in numbers[:100]]
    twins.save({f"a-{n:03}": each for n, each in enumerate(near)})
    ponds = [article(f"Ponds {n}", ["A heron sat."] * 3, "a report") for n in numbers]
    twins.save({f"b-{n:03}": each for n, each in enumerate(ponds)})
    twins.save({"c": article("The best", [f"{same}."], "a report")})
    twins.refresh()
    assert ask(twins, "Did the herons come to the river?")[1].matches[0].citation.slug == "c"
    twins.save({"d": article("The best", ["It is a river."])})
    twins.refresh()
    taken, answer = ask(twins, "Did the herons come to the river?")
    assert answer.matches[0].citation.slug != "c"
    assert taken <= 2


@pytest.fixture
def harbours(world: World, tmp_path: Path) -> Twins:
    """An article with a title that questions name, among many."""
    twins = Twins(world, tmp_path)
    told = ["The harbour was dug by hand in 1901.", "Its master is Rolf Penn, a sailor."]
    twins.save({"orlo": article("The harbour of Orlo", told)})
    others = [f"The harbour at {at} was dug by its master." for at in range(9)]
    twins.save({f"h-{n:02}": article(f"Wharf {n}", others) for n in range(9)})
    twins.refresh()
    return twins


def test_a_question_that_names_an_article(harbours: Twins) -> None:
    """Titles are looked up with the first; all that is asked of the article comes at once."""
    taken, answer = ask(harbours, "According to the harbour of Orlo, who is its master?")
    assert answer.matches[0].citation.slug == "orlo"
    assert taken <= 2
    taken, answer = ask(harbours, "According to the lighthouse of Bray, who is the master of Orlo?")
    assert answer.matches[0].citation.slug == "orlo"
    assert taken <= 2


@pytest.mark.parametrize("others", [1, 3, 4])
def test_a_question_that_names_several_articles(harbours: Twins, others: int) -> None:
    """All are asked at once, and the surest answer counts; very many are not named by it."""
    pier = article("The harbour of Orlo", ["The pier is made of oak."])
    harbours.save({f"orlo-{number}": pier for number in range(others)})
    harbours.refresh()
    taken, answer = ask(harbours, "According to the harbour of Orlo, who is its master?")
    assert (answer.matches[0].citation.slug == "orlo") == (others < 4)
    assert taken <= 2


FOLLOWING = (
    "Who is the master of the harbour of Orlo?",
    "And how was it dug?",
    "And by whom?",
    "In which year was it?",
    "And the sailor?",
)


@pytest.mark.parametrize("before", range(1, 5))
def test_a_question_that_follows(harbours: Twins, before: int) -> None:
    """It is looked for in all articles that those before it find, when they are asked."""
    taken, answer = ask(harbours, FOLLOWING[before], *FOLLOWING[:before])
    assert answer.follows
    assert taken <= 2


@pytest.mark.parametrize("before", range(1, 5))
def test_a_question_that_follows_one_whose_answer_is_known(harbours: Twins, before: int) -> None:
    """That one is not asked again; the article of its answer is looked up with the question."""
    *earlier, last = FOLLOWING[:before]
    known = harbours.near().ask(last, None, 3, 3, earlier)
    asked = Question(FOLLOWING[before], None, 3, 3, FOLLOWING[:before])
    process = World(harbours.world.connections, harbours.world.client.urls, harbours.world.prefix)
    try:
        process.loop.run(process.client.health())
        sent = process.client.sent
        found = asyncio.run(process.library().ask_remote((), asked, known))
        assert process.client.sent - sent <= 2
    finally:
        process.close()
    assert shown(found) == shown(harbours.near().ask(*asked))


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Who is the master of the harbour of Orlo?", "And when was it duug?"),
        ("Who is the mastr of the harbour of Orlo?", "And when was it dug?"),
        ("According to the harbour of Orlo, who is its master?", "And when was it dug?"),
        ("Who is the master of the harbour of Orlo?", "And did the seaman have a brother there?"),
        ("Who is the master of the harbour of Orlo?", "who wrote it?"),
        ("Who wrote the article about the harbour of Orlo?", "And when was it dug?"),
        ("hello there", "And how was it dug?"),
    ],
)
def test_a_question_that_follows_one_of_another_kind(
    harbours: Twins, before: str, question: str
) -> None:
    taken, _ = ask(harbours, question, before)
    assert taken <= 2
    taken, _ = ask(harbours, "and the year?", before, question)
    assert taken <= 2


def test_a_question_for_more_of_a_head_takes_one_more(harbours: Twins) -> None:
    """Titles are looked up once more, as for the question before."""
    taken, answer = ask(harbours, "and when?", "Who wrote the article about the harbour of Orlo?")
    assert answer.reply
    assert taken <= 3


def test_a_question_with_its_story(harbours: Twins) -> None:
    """The whole of it and the question alone are asked at once."""
    story = "My brother and I came to Orlo on Saturday, and he has lost his boat in the night."
    taken, answer = ask(harbours, f"{story} Who is the master of the harbour of Orlo?")
    assert answer.matches
    assert taken <= 2
    taken, answer = ask(harbours, f"{story} Who is the mastr of the harbour of Orlo?")
    assert answer.repairs[0].searched == "master"
    assert taken <= 2


def test_a_question_that_is_asked_of_an_article(harbours: Twins) -> None:
    """The article is looked up, and all that is asked of it comes at once, of a misspelt word and
    in other words too."""
    for question in ("Who is its mastr?", "Did the sailor have a brother?", "When was it dug?"):
        taken, answer = ask(harbours, question, article="orlo")
        assert answer.matches[0].citation.slug == "orlo"
        assert taken <= 2


def test_what_is_asked_next_for_a_misspelt_word(world: World, tmp_path: Path) -> None:
    """The words that articles use for the one that was meant are counted with the second."""
    twins = Twins(world, tmp_path)
    twins.save({"heart": article("An irregular heartbeat", HEART)})
    shop = ["The pills came by a heartbeat."] * 20
    twins.save({f"shop-{at:02}": article(f"Shop {at}", shop) for at in range(9)})
    twins.refresh()
    taken, answer = ask(twins, "Are there pilsl for an irregular heartbeat?")
    assert answer.repairs[0].searched == "pills"
    assert answer.matches[0].citation.slug == "heart"
    assert taken <= 2


@pytest.mark.parametrize(
    ("about", "reply"),
    [
        ("harbour of Orlo", "“The harbour of Orlo”: Nothing is known of its author.\norlo"),
        ("harbour dug by hand in Orlo", "“The harbour of Orlo”: Nothing is known of its author."),
        ("master of Orlo", "No article is known to be about this."),
        ("mastr of wharfs", "No article is known to be about this."),
    ],
)
def test_a_question_about_a_head(harbours: Twins, about: str, reply: str) -> None:
    """Where no title holds all, texts tell what articles are about, those of all at once."""
    taken, answer = ask(harbours, f"Who wrote the article about the {about}?")
    assert answer.reply.startswith(reply)
    assert taken <= 2


def test_a_question_like_one_for_which_an_answer_is_kept(harbours: Twins) -> None:
    """The articles of the kept passages are read with the question's words."""
    address = harbours.near().ask("When was the harbour dug?").matches[0].citation.address
    asked = ("When was the harbour dug?", "In which year was the harbour dug?")
    kept = FakeKeptPairs()
    kept.keep(KeptPair("When was the harbour dug?", address, "", ""))
    for question in (*asked, "How was the harbour dug in the year?"):
        taken, answer = ask(harbours, question, kept=kept)
        assert answer.matches
        assert taken <= 2


def test_a_short_form_that_no_article_holds(harbours: Twins) -> None:
    """Titles are looked through for its initials, and what they stand for is searched for."""
    taken, answer = ask(harbours, "When was the XQZC dug?")
    assert answer.unknown == ("XQZC",)
    assert taken <= 2
    taken, answer = ask(harbours, "Who is the MASqTER of Orlo?")  # it is none
    assert answer.repairs[0].searched == "master"
    assert taken <= 2
    club = article("The Orlo Sailing Harbour Club", ["The club was founded in 1911."])
    harbours.save({"club": club})
    harbours.refresh()
    taken, answer = ask(harbours, "When was the OSHC founded?")
    assert answer.matches[0].citation.slug == "club"
    assert taken <= 4


def test_words_for_the_only_one_of_a_question_which_no_article_holds(
    world: World, tmp_path: Path
) -> None:
    """They are counted with the first, and searched for with the second."""
    twins = Twins(world, tmp_path)
    twins.save({"clerk": article("A town hall", ["Rolf Penn was dismissed in May."])})
    others = ["The harbour was dug by hand."] * 40
    twins.save({f"h-{n}": article(f"Harbour {n}", others) for n in range(3)})
    twins.refresh()
    for question in ("Who got fired?", "Who got fired at the harbour?"):
        taken, answer = ask(twins, question)
        assert answer.matches[0].citation.slug == "clerk"
        assert taken <= 2
