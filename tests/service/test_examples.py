"""Example questions from the articles themselves."""

from __future__ import annotations

from pathlib import Path

from bot import wiring
from bot.config import CorpusSettings, SearchSettings, Settings
from bot.service.examples import examples
from bot.service.keeping import Keeping
from bot.service.tenants import EVERYONE

ARTICLES = {
    "bread": "# Why bread rises\n\nBread rises because yeast gives off gas.\n",
    "quern": "# Tools of a mill\n\nThe quern is a stone that grinds grain by hand.\n",
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
    assert found == ["Why bread rises?", "What is the quern?"]
    assert all(answering.ask(EVERYONE, question).answer.answered for question in found)
    assert examples(answering.shelves, EVERYONE, 1) == found[:1]
    Keeping(answering).keep(EVERYONE, "What was the weather like?", "gossip#1")
    found = examples(answering.shelves, EVERYONE, 3)
    assert found == ["What was the weather like?", "Why bread rises?", "What is the quern?"]
