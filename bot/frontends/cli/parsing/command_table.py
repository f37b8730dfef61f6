"""The table of commands: a description, an example and the arguments of each, whose help is
translated where it is shown.

Nothing here parses a command line: that is `bot.frontends.cli.parsing.parser`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bot.frontends.cli.parsing.argument_types import (
    FILE,
    SLUG,
    Argument,
    count,
    duration,
    flag,
    identity,
    large_count,
    path,
    text,
    value,
    words,
)

QUESTION = "Why did Russia walk a fine line on the South China Sea?"


class Subcommand(NamedTuple):
    """A command of the command line."""

    run: str
    """The module and the function in it that runs it."""
    summary: str
    example: str
    arguments: Sequence[Argument | list[Argument]] = ()
    """Of those in a list, at most one may be given."""


_JSON = flag("--json", "print JSON")
_PREVIEW = flag("--preview", "save nothing; show which answers would change")
_SERVER = value("--server", "ID", "with the articles of this Discord server", identity)
_LOG_FORMAT = value(
    "--log-format",
    None,
    "a line of text for each event, or a JSON object (default: text)",
    choices=["text", "json"],
    default="text",
)

COMMANDS = {
    "ask": Subcommand(
        "commands.ask_command:ask",
        "ask a question",
        f'"{QUESTION}"',
        (
            words("question", "QUESTION", "the question; - reads it from standard input"),
            value("--article", "SLUG", "look in this article only", text, SLUG),
            value("--limit", "N", "how many matches (default: 1)", count, default=1),
            value(
                "--follows",
                "QUESTION",
                "a question asked before, which this one may follow; the oldest first",
                action="append",
                default=[],
            ),
            flag("--explain", "show why this passage"),
            flag("--nearest", "show the nearest passage where nothing answers"),
            _JSON,
        ),
    ),
    "chat": Subcommand("chat.chat_session:chat", "ask in a chat; /help lists its commands", ""),
    "articles": Subcommand(
        "commands.corpus_commands:articles",
        "list the articles",
        "--json",
        ([_JSON, flag("--slugs", "print nothing but slugs, one a line")],),
    ),
    "show": Subcommand(
        "commands.corpus_commands:show",
        "show an article or a paragraph",
        "some-article#8",
        (
            words("address", "SLUG[#N]", "an article, or a paragraph of it", text, SLUG),
            _SERVER,
            _JSON,
        ),
    ),
    "add": Subcommand(
        "commands.add_command:add",
        "add articles to the corpus",
        "notes.md folder https://...",
        (
            value(
                "files",
                "FILE",
                "a file, a folder, or a link (https://...); - is standard input",
                complete=FILE,
                nargs="*",
            ),
            value(
                "--feed",
                "URL",
                "add the articles of a feed: RSS, Atom, JSON Feed or a sitemap",
                text,
                action="append",
                default=[],
            ),
            value("--title", None, "what to call it (default: what the file says)", text),
            _PREVIEW,
        ),
    ),
    "refresh": Subcommand(
        "commands.refresh_command:refresh",
        "fetch linked articles again",
        "some-article --yes",
        (
            value(
                "slugs",
                "SLUG",
                "an article (default: all that were fetched)",
                text,
                SLUG,
                nargs="*",
            ),
            [flag("--yes", "save what changed without asking"), _PREVIEW],
        ),
    ),
    "remove": Subcommand(
        "commands.add_command:remove",
        "remove an article from the corpus",
        "some-article",
        (
            words("slug", "SLUG", "the article", text, SLUG),
            [flag("--yes", "remove it without asking"), _PREVIEW],
        ),
    ),
    "verify": Subcommand(
        "commands.verify_command:verify",
        "check a citation against the article",
        "some-article#8@3f9c2a1b",
        (
            words("address", "ADDRESS", "the address that was cited", text, SLUG),
            value(
                "--quote",
                "TEXT",
                "the words that were quoted; - reads them from standard input",
                text,
            ),
            _SERVER,
            _JSON,
        ),
    ),
    "check": Subcommand(
        "commands.verify_command:check",
        "check settings, articles and index for faults",
        "--answers",
        (
            flag(
                "--answers",
                "also ask the questions that answers are kept for: does each still get its "
                "passage?",
            ),
        ),
    ),
    "keep": Subcommand(
        "commands.kept_commands:keep",
        "keep a passage as the answer to a question",
        '"When was the lamp made automatic?" lighthouse#3',
        (
            value("question", "QUESTION", "the question", text),
            value("address", "ADDRESS", "where the passage stands that answers it", text, SLUG),
            _SERVER,
        ),
    ),
    "kept": Subcommand(
        "commands.kept_commands:kept",
        "list the kept answers",
        "--json",
        (
            [value("--forget", "QUESTION", "keep nothing for this question any more", text), _JSON],
            _SERVER,
        ),
    ),
    "misses": Subcommand(
        "commands.misses_command:misses",
        "list what was asked and the articles do not answer",
        "--since 30d",
        (
            value(
                "--since",
                "TIME",
                "only what was asked since so long ago: 30d, 12h (default: all that is kept)",
                duration,
            ),
            value(
                "--server",
                "ID",
                "only what was asked in this Discord server (default: everywhere)",
                identity,
            ),
            value(
                "--limit",
                "N",
                "how many groups of each server, those most people asked first (default: 50)",
                large_count,
                default=50,
            ),
            _JSON,
        ),
    ),
    "eval": Subcommand(
        "commands.eval_command:evaluate",
        "measure the answers to known questions",
        "q.jsonl",
        (
            value("questions", "QUESTIONS.jsonl", "a question a line, as JSON", Path, FILE),
            value("--run", "OUT.jsonl", "write what was answered, a line each", Path, FILE),
            flag("--given-passage", "also choose the sentence where the passage is given"),
            value(
                "--perturb",
                None,
                "ask with a typing error, in lower case, or without stop words",
                choices=["typo", "lower", "stopwords"],
            ),
            value("--seed", "N", "of the typing errors (default: 0)", int, default=0),
            flag("--no-answer", "also ask each question with its article left out"),
            value("--plot", "OUT.svg", "draw how far the confidence can be believed", Path, FILE),
            _JSON,
        ),
    ),
    "run": Subcommand(
        "commands.run_command:run",
        "answer on Discord",
        "--sync",
        (
            flag("--sync", "give Discord the commands even if they are the same"),
            value(
                "--guild", "ID", "give one server the commands at once, while developing", identity
            ),
            _LOG_FORMAT,
        ),
    ),
    "move": Subcommand(
        "commands.move_command:move",
        "move articles and records to a database or back",
        "--to postgres",
        (
            value(
                "--to",
                None,
                "into the database that [storage] names, or out of it into files",
                choices=["postgres", "files"],
                required=True,
            ),
            flag("--replace", "write over what differs there"),
        ),
    ),
    "backup": Subcommand(
        "commands.backup_command:backup",
        "write articles, records and keys into one file",
        "articles.tar.zst",
        (
            value("file", "FILE.tar.zst", "the archive to write", path, FILE),
            flag("--force", "replace the file if it is there"),
        ),
    ),
    "restore": Subcommand(
        "commands.backup_command:restore",
        "put back what a back-up holds",
        "articles.tar.zst",
        (
            value("file", "FILE.tar.zst", "the archive to read", path, FILE),
            flag("--force", "move what is there already aside, and restore"),
        ),
    ),
    "serve": Subcommand(
        "commands.run_command:serve",
        "serve the pages on which articles are read and citations checked",
        "--listen 127.0.0.1:8080",
        (
            value(
                "--listen",
                "ADDRESS:PORT",
                "where to serve (default: what [reader] listen says, else 127.0.0.1:8080)",
            ),
            value(
                "--processes",
                "N",
                "how many processes serve (default: one for each core, at most 4); each bounds "
                "what an address may ask",
                count,
            ),
            _LOG_FORMAT,
        ),
    ),
    "invite": Subcommand(
        "commands.run_command:invite", "print the links that add the bot to Discord", ""
    ),
    "completion": Subcommand(
        "commands.completing:complete",
        "print a shell's completion",
        "bash",
        (value("shell", None, "the shell", choices=["bash", "zsh", "tcsh"]),),
    ),
}
