"""The log of long-running commands: errors are said in words, with their codes."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.core.errors import ArticleError, Problem, StorageError, UnfinishedIndexError
from bot.frontends.log_output import write_log
from bot.service.events.event_types import Failed, Refreshed, Skipped
from bot.service.events.logs import Log
from bot.service.tenants import EVERYONE, discord_server


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    loggers = [logging.getLogger(name) for name in ("bot", "discord")]
    before = [(logger.handlers, logger.level, logger.propagate) for logger in loggers]
    yield io.StringIO()
    for logger, (handlers, level, propagate) in zip(loggers, before, strict=True):
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def _tell() -> None:
    log = Log()
    log(Skipped(EVERYONE, "a\nb.md", Problem("text.not_utf8", {"line": 3, "byte": 255})))
    log(Skipped(discord_server(7), "x.md", Problem("article.without_text")))
    log(Refreshed(0.1))
    log(
        Failed("an interaction", "1a2b", StorageError("records.unusable", path="/r", reason="busy"))
    )
    log(Failed("a question", "3c4d", ValueError("%s {0}")))


def test_a_line_of_text_says_an_error_in_words_and_gives_its_code(output: io.StringIO) -> None:
    write_log(logging.StreamHandler(output))
    _tell()
    lines = [line.partition(" bot: ")[2] for line in output.getvalue().splitlines()]
    assert lines[:4] == [
        r"skipped a\nb.md: line 3: it is not UTF-8 text (byte 0xff); save it as UTF-8"
        " [text.not_utf8]",
        f"skipped {discord_server(7).prefix}x.md: it holds no text [article.without_text]",
        "[1a2b] an interaction failed: /r: cannot be used (busy) [records.unusable]",
        "[3c4d] a question failed: %s {0}",
    ]
    assert lines[4] == ""  # a traceback
    assert output.getvalue().splitlines()[-1] == "ValueError: %s {0}"


def test_that_an_index_is_being_made_is_no_error(output: io.StringIO) -> None:
    write_log(logging.StreamHandler(output))
    error = UnfinishedIndexError("search.rebuilding")
    Log()(Failed("reading the articles", "1a2b", error))
    assert output.getvalue().partition(" INFO ")[2] == (
        "bot: reading the articles waits: the search index is being built; ask again in a few"
        " minutes [search.rebuilding]\n"
    )


def test_a_line_of_json_has_the_code_beside_the_words(output: io.StringIO) -> None:
    write_log(logging.StreamHandler(output), format_="json")
    _tell()
    lines = [json.loads(line) for line in output.getvalue().splitlines()]
    assert [(line["message"], line.get("code"), line.get("error")) for line in lines] == [
        (
            r"skipped a\nb.md: line 3: it is not UTF-8 text (byte 0xff); save it as UTF-8",
            "text.not_utf8",
            None,
        ),
        (f"skipped {discord_server(7).prefix}x.md: it holds no text", "article.without_text", None),
        ("[1a2b] an interaction failed: /r: cannot be used (busy)", "records.unusable", None),
        ("[3c4d] a question failed: %s {0}", None, "ValueError: %s {0}"),
    ]


def test_an_error_that_holds_another_is_one_line(output: io.StringIO) -> None:
    write_log(logging.StreamHandler(output))
    error = ArticleError("article.unreadable", slug="owl", error=ArticleError("text.utf16"))
    logging.getLogger("bot.index").warning("%s", error)
    assert output.getvalue().endswith(
        " bot.index: owl: it is UTF-16 text; save it as UTF-8 [article.unreadable]\n"
    )
