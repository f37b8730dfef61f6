"""Nothing that the command line says to a Russian reader is left in English."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from bot.config import Settings
from bot.frontends.cli.parsing.command_table import COMMANDS
from bot.service.records.recorded_misses import Miss, WeighedWord
from bot.service.tenants import EVERYONE
from bot.wiring import shared_state
from tests.frontends.cli.conftest import Run
from tests.languages.escapes import latin_words

ARTICLES = {
    "маяк.md": (
        "---\ntitle: Маяк на мысу\nauthor: Анна Орлова\npublisher: Вестник\n"
        "published: 2021-03-04\nlanguage: ru\n---\n\n"
        "Маяк на мысу построили в 1871 году рабочие из деревни. Его лампа горела на китовом "
        "жире.\n\nСмотритель живёт в башне уже двадцать лет.\n"
    ),
    "мельница.md": (
        "---\ntitle: Старая мельница\npublished: 2019-05\nlanguage: ru\n---\n\n"
        "Мельница стоит у ручья. Она работала до 1902 года. Теперь в мельнице музей.\n"
    ),
    "дорога.md": (
        "---\ntitel: Дорога\npublished: однажды\nlanguage: ru\n---\n\nДорога ведёт к реке.\n"
    ),
    "пусто.md": "---\ntitle: Пусто\n---\n",
    "сломано.pdf": "это не PDF",
}
NOT_OURS = {
    "articlebot", "python", "bot", "Discord", "PostgreSQL", "OpenSearch", "RSS", "Atom", "JSON",
    "Feed", "UTF", "PDF", "TOML", "YAML", "HTML", "AUROC", "MRR", "top", "SVG", "UTC", "Ctrl",
    "text", "config", "toml", "corpus", "root", "nltk", "Unicode", "PyStemmer", "langid", "md",
    "Bot", "Reset", "Token", "token", "file", "titel", "title", "published", "YYYY", "MM", "DD",
}  # fmt: skip
NAMES = {  # what stands for a value in a usage
    "COMMAND", "DIR", "FILE", "URL", "TITLE", "SLUG", "ADDRESS", "QUESTION", "TEXT", "ID", "TIME",
    "SINCE", "N", "OUTPUT", "GUILD", "SERVER", "ADDR", "LEVEL", "ARCHIVE", "SHELL", "HOST", "PORT",
}  # fmt: skip


@pytest.fixture
def russian(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (folder / "corpus").mkdir()
    for name, text in ARTICLES.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    (folder / "вопросы.jsonl").write_text(
        json.dumps({"question": "Когда построили маяк?", "article": "маяк", "paragraph": 1}),
        "utf-8",
    )
    (folder / "новое.md").write_text("# Новый мост\n\nМост открыли для машин в мае.\n", "utf-8")
    records = shared_state.records(Settings(), time.time)
    words = (WeighedWord("дирижабль", 1.0),)
    miss = Miss(EVERYONE, "Куда летит дирижабль?", words, "ru", "none", "", ("дирижабль",))
    records.misses.keep(miss, "анна")
    records.close()
    monkeypatch.setenv("LANGUAGE", "ru")
    monkeypatch.setenv("USER", "анна")
    monkeypatch.setenv("LOGNAME", "анна")
    return folder


TYPED = (
    ("ask", "Когда построили маяк?"),
    ("ask", "Когда построили маяк?", "--explain", "--limit", "2"),
    ("ask", "Куда летит дирижабль?", "--nearest"),
    ("ask", "Кто написал «Маяк на мысу»?"),
    ("ask", "привет"),
    ("ask", ""),
    ("ask", "мост", "--article", "нет"),
    ("ask", "--limit", "0", "мост"),
    ("ask", "--limti", "2", "мост"),
    ("ask", "--follows", "", "и почему?"),
    ("ask", "Кто такая Анна Орлова?"),
    ("articles",),
    ("show", "маяк"),
    ("show", "маяк#9"),
    ("show", "нет"),
    ("verify", "маяк#1@00000000"),
    ("verify", "маяк#1", "--quote", "ни слова"),
    ("check",),
    ("check", "--answers"),
    ("add", "новое.md", "--preview"),
    ("add", "новое.md"),
    ("add", "новое.md"),
    ("add", "нет.md"),
    ("keep", "Когда открыли мост?", "новый-мост#1"),
    ("keep", "Когда открыли мост?", "новый-мост"),
    ("kept",),
    ("kept", "--forget", "нет"),
    ("check", "--answers"),
    ("ask", "Когда открыли мост?"),
    ("remove", "новый-мост", "--preview"),
    ("remove", "новый"),
    ("remove", "новый-мост", "--yes"),
    ("check", "--answers"),
    ("refresh",),
    ("misses",),
    ("eval", "вопросы.jsonl"),
    ("eval", "нет.jsonl"),
    ("backup", "копия.tar.zst"),
    ("backup", "копия.tar.zst"),
    ("restore", "копия.tar.zst"),
    ("restore", "копия.tar.zst", "--force"),
    ("move",),
    ("move", "--to", "postgres"),
    ("serve", "--listen", "нигде"),
    ("run",),
    ("invite",),
    ("nonsense",),
    (),
)


def test_a_russian_reader_is_shown_nothing_in_english(russian: Path, run: Run) -> None:
    shown: list[tuple[tuple[str, ...], str]] = []
    for typed in TYPED:
        ran = run(*typed)
        shown += [(typed, line) for line in f"{ran.out}\n{ran.err}".split("\n")]
    chat = run("chat", stdin="/help\n/articles\n/article маяк\nпривет\n/nope\nКуда летит?\n")
    shown += [(("chat",), line) for line in chat.out.split("\n")]
    allowed = NOT_OURS | NAMES | set(COMMANDS) | {"nope", "nonsense"}
    escaped = {line for _, line in shown if latin_words(line, allowed)}
    assert escaped == set()
    assert len(shown) > 300


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_is_russian(russian: Path, run: Run, command: str) -> None:
    told = run(command, "--help").out
    said, _, _ = told.partition("пример:")  # the example is of the articles that ship
    allowed = NOT_OURS | NAMES | set(COMMANDS)
    assert [line for line in said.split("\n") if latin_words(line, allowed)] == []
