"""The table of commands: a description and an example of each.

Nothing here parses a command line: that is `bot.frontends.cli.parser`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from bot.frontends.cli import command_options as options

QUESTION = "Why did Russia walk a fine line on the South China Sea?"

COMMANDS: dict[str, tuple[str, str, str, Callable[[argparse.ArgumentParser], None]]] = {
    "ask": ("ask_command:ask", "ask a question", f'"{QUESTION}"', options.ask),
    "chat": ("chat:chat", "ask in a chat, as on Discord", "", options.nothing),
    "articles": (
        "corpus_commands:articles",
        "list the articles",
        "--json",
        options.articles,
    ),
    "show": (
        "corpus_commands:show",
        "show an article or a paragraph",
        "some-article#8",
        options.show,
    ),
    "add": (
        "add_command:add",
        "add articles to the corpus",
        "notes.md folder https://...",
        options.add,
    ),
    "refresh": (
        "refresh_command:refresh",
        "fetch linked articles again",
        "some-article --yes",
        options.refresh,
    ),
    "remove": (
        "add_command:remove",
        "remove an article from the corpus",
        "some-article",
        options.remove,
    ),
    "verify": (
        "verify_command:verify",
        "check a citation against the article",
        "some-article#8@3f9c2a1b",
        options.verify,
    ),
    "check": (
        "verify_command:check",
        "check settings, articles and index for faults",
        "--answers",
        options.check,
    ),
    "keep": (
        "kept_commands:keep",
        "keep a passage as the answer to a question",
        '"When was the lamp made automatic?" lighthouse#3',
        options.keep,
    ),
    "kept": ("kept_commands:kept", "list the kept answers", "--json", options.kept),
    "misses": (
        "misses_command:misses",
        "list what was asked and the articles do not answer",
        "--since 30d",
        options.misses,
    ),
    "eval": (
        "eval_command:evaluate",
        "measure the answers to known questions",
        "q.jsonl",
        options.evaluate,
    ),
    "run": ("run_command:run", "answer on Discord", "--sync", options.run),
    "move": (
        "move_command:move",
        "move articles and records to a database or back",
        "--to postgres",
        options.move,
    ),
    "backup": (
        "backup_command:backup",
        "write articles, records and keys into one file",
        "articles.tar.zst",
        options.backup,
    ),
    "restore": (
        "backup_command:restore",
        "put back what a back-up holds",
        "articles.tar.zst",
        options.restore,
    ),
    "serve": (
        "serve_command:serve",
        "serve the pages on which articles are read and citations checked",
        "--listen 127.0.0.1:8080",
        options.serve,
    ),
    "invite": (
        "run_command:invite",
        "print the links that add the bot to Discord",
        "",
        options.nothing,
    ),
    "completion": (
        "completing:complete",
        "print a shell's completion",
        "bash",
        options.completion,
    ),
}
"""The commands by name: the module, the description, an example, and the function that adds the
arguments."""
