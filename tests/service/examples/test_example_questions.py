"""Example questions from the articles themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import wiring
from bot.config import CorpusSettings, SearchSettings, Settings
from bot.service.examples.example_questions import examples
from bot.service.learning.keeping import Keeping
from bot.service.tenants import EVERYONE

CORPUS = Path(__file__).parents[3] / "corpus"
ARTICLES = {
    "bread": "# Why bread rises\n\nBread rises because yeast gives off gas.\n",
    "quern": "# Tools of a mill\n\nThe quern is a stone that grinds grain by hand.\n",
    "rock": "# Of the rock\n\nThe lamp was built in 1871 by a stranger.\n",
    "keeper": "# Stairs\n\nMarta Quill, once the keeper of the beacon, carried it downstairs.\n",
    "firm": "# Coast\n\nIn 1902 PharosNet, a company of the coast, bought all the buoys.\n",
    "club": (
        "# The club\n\nThe chess club announced a tournament on Friday. It meets weekly.\n\n"
        "## What does it cost?\n\nMembers pay nothing, guests one pound an evening.\n"
    ),
    "gossip": "# Nothing much\n\nYet there is a limit. It rained and we went home.\n",
}


def test_examples_are_questions_that_the_articles_answer(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    settings = Settings(CorpusSettings(folder), SearchSettings(cache=tmp_path / "index"))
    answering = wiring.answering(settings)
    answering.shelves.refresh()
    found = examples(answering.shelves, EVERYONE, 3)
    assert found == ["Why bread rises?", "What is PharosNet?", "When was the lamp built?"]
    every = examples(answering.shelves, EVERYONE, 20)
    assert set(every) == {
        *found, "What is the quern?", "Who is Marta Quill?", "What does it cost?",
        # nobody would ask these but by key words
        "Coast?", "The club?", "Nothing much?",
    }  # fmt: skip
    assert all(answering.ask(EVERYONE, question).answer.answered for question in every)
    assert len(every) == len(set(every))
    assert examples(answering.shelves, EVERYONE, 1) == found[:1]
    Keeping(answering).keep(EVERYONE, "What was the weather like?", "gossip#1")
    found = examples(answering.shelves, EVERYONE, 3)
    assert found == ["What was the weather like?", "Why bread rises?", "What is PharosNet?"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "# Die Mühle\n\nDer Quernstein ist ein Stein, mit dem Getreide von Hand gemahlen wird. "
            "Er liegt im Keller der Mühle.\n\nDie Müllerin wohnte bis 1902 im Dorf.\n",
            "Was ist der Quernstein?",
        ),
        (
            "# Маяк\n\nФонарь — это лампа из меди, которая ночью освещает берег. В нём горит "
            "китовый жир.\n\nСмотритель живёт в башне уже двадцать лет.\n",
            "Фонарь — что это?",
        ),
        (
            "# 灯台\n\n石臼とは、穀物を手でひくための石の道具である。水車小屋の地下にある。\n\n"
            "管理人は塔に二十年住んでいる。\n",
            "石臼とは何ですか？",
        ),
        (
            "# Latarnia\n\nLatarnia morska to budowla, która nocą wskazuje drogę statkom. Stoi na "
            "skale od stu lat.\n\nLatarnik mieszka w wieży od dwudziestu lat.\n",
            "Latarnia morska – co to jest?",
        ),
        (
            "# Değirmen\n\nDeğirmen, tahılın un haline getirildiği yerdir. 1902 yılına kadar "
            "çalıştı.\n\nŞimdi değirmende bir müze var, pazartesi günleri kapalı.\n",
            "Değirmen nedir?",
        ),
    ],
    ids=["German", "Russian", "Japanese", "Polish", "Turkish"],
)
def test_articles_in_other_languages_give_questions_in_theirs(
    tmp_path: Path, text: str, question: str
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "article.md").write_text(text, "utf-8")
    settings = Settings(CorpusSettings(folder), SearchSettings(cache=tmp_path / "index"))
    answering = wiring.answering(settings)
    answering.shelves.refresh()
    assert examples(answering.shelves, EVERYONE, 1) == [question]


@pytest.mark.parametrize(
    ("texts", "questions"),
    [
        (
            [
                "# Chleb\n\nDrożdże wydzielają gaz i chleb rośnie. Sól je spowalnia.\n",
                "# Stara latarnia\n\nStara latarnia świeci nocą. Zbudowano ją z cegły.\n",
                "# Burza w porcie\n\nBurza zerwała dach. W porcie nikt nie ucierpiał.\n",
            ],
            {"Chleb?", "Stara latarnia?", "Burza w porcie?"},
        ),
        (
            [
                "# Мӯзаи шаҳр\n\nМӯзаи шаҳр дар соли 1902 кушода шуд. Он душанбе баста аст.\n",
                "# Νερόμυλος\n\nΟ νερόμυλος δούλευε ως το 1902. Σήμερα έχει μουσείο.\n",
            ],
            {"Мӯзаи шаҳр?", "Νερόμυλος;"},
        ),
    ],
    ids=["Polish", "Tajik and Greek"],
)
def test_where_no_sentence_gives_a_question_titles_are_asked(
    tmp_path: Path, texts: list[str], questions: set[str]
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number}.md").write_text(text, "utf-8")
    settings = Settings(CorpusSettings(folder), SearchSettings(cache=tmp_path / "index"))
    answering = wiring.answering(settings)
    answering.shelves.refresh()
    found = examples(answering.shelves, EVERYONE, 3)
    assert set(found) == questions
    assert all(answering.ask(EVERYONE, question).answer.answered for question in found)


def test_articles_in_the_readers_language_come_first(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, head, text in (
        ("a", "", "# Anvil\n\nThe anvil is a block of steel that a smith strikes iron on.\n"),
        ("b", "", "# Bellows\n\nThe bellows is a bag that blows air into a fire.\n"),
        ("c", "de", "# Quernstein\n\nDer Quernstein ist ein Stein, der Korn zu Mehl mahlt.\n"),
        ("d", "de", "# Mühle\n\nDie Mühle ist ein Haus am Fluss, in dem Korn gemahlen wird.\n"),
    ):
        (folder / f"{name}.md").write_text(f"---\nlanguage: {head or 'en'}\n---\n\n{text}", "utf-8")
    settings = Settings(CorpusSettings(folder), SearchSettings(cache=tmp_path / "index"))
    answering = wiring.answering(settings)
    answering.shelves.refresh()
    english = ["What is the anvil?", "What is the bellows?"]
    german = ["Was ist die Mühle?", "Was ist der Quernstein?"]
    assert examples(answering.shelves, EVERYONE, 2, "en") == english
    assert examples(answering.shelves, EVERYONE, 2, "de") == german
    assert examples(answering.shelves, EVERYONE, 2, "pl") == english


def test_the_articles_that_ship_give_three(tmp_path: Path) -> None:
    settings = Settings(CorpusSettings(CORPUS), SearchSettings(cache=tmp_path / "index"))
    answering = wiring.answering(settings)
    answering.shelves.refresh()
    assert len(examples(answering.shelves, EVERYONE, 3)) == 3
