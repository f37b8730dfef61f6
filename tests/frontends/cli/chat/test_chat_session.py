"""``chat`` fed by a pipe; a person at a terminal is in ``test_terminal.py``."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from bot import wiring
from bot.config import load
from bot.frontends.cli.chat.chat_session import chat
from bot.frontends.languages import ENGLISH
from bot.service.presentation.chat_commands import COMMANDS
from tests.frontends.cli.conftest import Run, Typist


def test_plain_text_is_a_question_and_so_is_ask(corpus: Path, run: Run) -> None:
    question = "Who built the lighthouse on Skerry Rock?"
    plain = run("chat", stdin=f"{question}\n")
    assert (plain.status, plain.err) == (0, "")
    assert plain.out == run("ask", question).out + "\n"
    assert run("chat", stdin=f"/ask question: {question}").out == plain.out
    assert run("chat", stdin=f"/ask {question}\r\n\n").out == plain.out
    within = run("chat", stdin=f"/ask {question} article: THE lighthouse on skerry")
    assert "lighthouse#1" in within.out


def test_articles_and_an_article(corpus: Path, run: Run) -> None:
    (corpus / "long.md").write_text(
        "# A long one\n\n" + "\n\n".join(f"Paragraph {number}." for number in range(1, 6))
    )
    ran = run("chat", stdin="/articles\n/article title: a long one\n/article tides\n")
    table, long, tides = re.split(r"\n\n(?=“)", ran.out)
    assert table + "\n" == run("articles").out
    assert long == (
        "“A long one”\n\n  1  Paragraph 1.\n\n  2  Paragraph 2.\n\n  3  Paragraph 3.\n\n"
        "… 2 more paragraphs"
    )
    assert tides.startswith("“tides”\n\n  1  The tide at the harbour")


def test_help_names_every_command_with_examples_from_the_articles(corpus: Path, run: Run) -> None:
    out = run("chat", stdin="/help\n").out
    assert len(out.splitlines()) <= 24
    assert out.startswith("Ask about 2 articles; answers are their own words, with an address.\n")
    for command in COMMANDS:
        assert re.search(rf"(?m)^/{command.name} +{re.escape(command.description)}$", out)
    examples = re.findall(r"(?m)^ +e\.g\. (.*)$", out)
    assert examples == [
        "/ask question: The lighthouse on Skerry Rock?",
        "/articles",
        "/article title: The lighthouse on Skerry Rock",
        "/help",
    ]
    assert out.rstrip().splitlines()[-2:] == [
        "/nearest     Show the nearest passage where nothing answers",
        "/quit        Leave",
    ]
    for line in examples:
        assert "lighthouse" in run("chat", stdin=f"{line}\n").out


def test_without_articles_help_gives_no_examples(folder: Path, run: Run) -> None:
    (folder / "corpus").mkdir()
    out = run("chat", stdin="/help\n").out
    assert re.findall(r"(?m)^ +e\.g\. (.*)$", out) == ["/articles", "/help"]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("/nope", "there is no command /nope; there are /ask, /articles, /article, /help"),
        ("/\x1b[31m", "there is no command /\\u001b[31m; there are /ask, /articles, "),
        ("/ask", "the question is empty; write /ask question: ..."),
        ("/ask article: tides", "the question is empty; write /ask question: ..."),
        ("/ask question: x article: nope", "there is no article 'nope'; /articles lists them"),
        ("/article", "name an article; /articles lists them"),
        ("/article title:", "name an article; /articles lists them"),
        ("/article \u202e", "name an article; /articles lists them"),
    ],
)
def test_a_mistake_is_one_line_and_the_chat_goes_on(
    corpus: Path, run: Run, line: str, error: str
) -> None:
    ran = run("chat", stdin=f"{line}\n/article tides\n")
    assert (ran.status, ran.err) == (0, "")
    first, blank, rest = ran.out.split("\n", 2)
    assert first.startswith(error)
    assert blank == ""
    assert rest.startswith("“tides”")


@pytest.mark.parametrize("leave", ["/quit", "/exit", "quit", "exit"])
def test_leaving(corpus: Path, run: Run, leave: str) -> None:
    assert run("chat", stdin=f"{leave}\n/nope\n") == (0, "", "")


def test_bytes_that_are_no_text(corpus: Path, run: Run) -> None:
    ran = run("chat", stdin=b"\xff\xfe\x00 lighthouse\n/article tides\n")
    assert ran.status == 0
    assert "“tides”" in ran.out


def test_an_article_that_came_and_went_while_chatting(corpus: Path, run: Run) -> None:
    def lines() -> Iterator[str]:
        yield "/article whales\n"
        (corpus / "whales.txt").write_text("A whale sings for hours.")
        yield "/article whales\n"
        yield "how long does the whale sing, for hours\n"
        (corpus / "whales.txt").unlink()
        yield "/article whales\n"
        corpus.rename(corpus.with_name("gone"))
        yield "/article tides\n"
        corpus.with_name("gone").rename(corpus)
        yield "/articles\n"

    ran = run("chat", stdin=Typist(lines()))
    said = ran.out.split("\n")
    missing = "there is no article 'whales'; /articles lists them"
    assert (ran.status, ran.err) == (0, "")
    assert [line for line in said if "whales" in line or "folder" in line or "slug" in line] == [
        missing,
        "“whales”",
        "— “whales”",
        next(line for line in said if " · whales#1@" in line),
        missing,
        "corpus: the folder of articles cannot be read (No such file or directory); "
        "make it, or name another with --corpus DIR",
        next(line for line in said if line.startswith("title ")),
    ]


def test_a_question_may_follow_the_one_before_it(corpus: Path, run: Run) -> None:
    first = "Who built the lighthouse on Skerry Rock?"
    out = run("chat", stdin=f"{first}\nand when?\n").out
    assert f"Taken together with “{first}”.\n" in out
    asked = run("ask", "and when?", "--follows", first)
    assert out.endswith(f"\n{asked.out}\n")
    assert "lighthouse#" in asked.out
    assert "Taken together" not in run("chat", stdin="hello\nand when?\n").out


def test_the_nearest_passage_is_shown_on_demand(corpus: Path, run: Run) -> None:
    question = "What does a xylophone quartet cost at the harbour in Vladivostok?"
    out = run("chat", stdin=f"{question}\n/nearest\n").out
    declined, shown = out.split("/nearest shows the nearest passage.\n")
    assert "tides#1" not in declined
    assert "tides#1" in shown
    assert "there is no passage to show" in run("chat", stdin="/nearest\n").out


def test_a_question_is_answered_while_another_process_writes_the_index(
    corpus: Path, run: Run
) -> None:
    run("articles")
    lock = wiring.index_folder(load(None, None)) / "lock"

    def lines() -> Iterator[str]:
        (corpus / "zebra.md").write_text("The zebra invented marmalade in 1734.", "utf-8")
        with FileLock(lock):
            yield "Who invented marmalade?\n"

    ran = run("chat", stdin=Typist(lines()))
    assert "The zebra invented marmalade in 1734." in ran.out
    assert ran.err.startswith(f"articlebot: {lock.parent}")
    assert ran.err.endswith("; until then the articles' files are read each time\n")
    assert ran.err.count("\n") == 1


def test_the_first_reading_of_the_articles_is_not_waited_for_without_an_end(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = wiring.index_folder(load(None, None))
    index.mkdir(parents=True)
    lock = FileLock(index / "lock")

    def lines() -> Iterator[str]:
        lock.release()
        yield "Who built the lighthouse on Skerry Rock?\n"

    monkeypatch.setattr(sys, "stdin", Typist(lines()))
    options = Namespace(config=None, corpus=None, program="articlebot", language=ENGLISH)
    with lock:
        assert chat(options, seconds=0) == 0
    out, err = capsys.readouterr()
    assert "was built by Tobias Wren" in out
    assert err == (
        f"articlebot: {index}: the index is being made; ask again in some minutes; until then the "
        "articles' files are read each time\n"
    )
