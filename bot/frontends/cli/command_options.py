"""The options of each command, with their help, which is translated where it is shown."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.frontends.cli.argument_types import (
    FILE,
    SLUG,
    count,
    duration,
    identity,
    large_count,
    path,
    text,
)


def ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("question", nargs="+", metavar="QUESTION", help="the question; - reads it")
    ask.add_argument(
        "--article", type=text, metavar="SLUG", help="look in this article only"
    ).complete = SLUG  # type: ignore[attr-defined]
    ask.add_argument(
        "--limit", type=count, default=1, metavar="N", help="how many matches (default: 1)"
    )
    ask.add_argument(
        "--follows",
        action="append",
        default=[],
        metavar="QUESTION",
        help="a question asked before, which this one may follow; the oldest first",
    )
    ask.add_argument("--explain", action="store_true", help="show why this passage")
    ask.add_argument(
        "--nearest", action="store_true", help="show the nearest passage where nothing answers"
    )
    _json(ask)


def articles(articles: argparse.ArgumentParser) -> None:
    forms = articles.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="print JSON")
    forms.add_argument("--slugs", action="store_true", help="print nothing but slugs, one a line")


def show(show: argparse.ArgumentParser) -> None:
    show.add_argument(
        "address", type=text, metavar="SLUG[#N]", help="an article, or a paragraph of it"
    ).complete = SLUG  # type: ignore[attr-defined]
    _server(show)
    _json(show)


def add(new: argparse.ArgumentParser) -> None:
    new.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="a file, a folder, or a link (https://...); - is standard input",
    ).complete = FILE  # type: ignore[attr-defined]
    new.add_argument(
        "--feed",
        action="append",
        default=[],
        type=text,
        metavar="URL",
        help="add the articles of a feed: RSS, Atom, JSON Feed or a sitemap",
    )
    new.add_argument("--title", type=text, help="what to call it (default: what the file says)")
    _preview(new)


def refresh(again: argparse.ArgumentParser) -> None:
    again.add_argument(
        "slugs",
        nargs="*",
        type=text,
        metavar="SLUG",
        help="an article (default: all that were fetched)",
    ).complete = SLUG  # type: ignore[attr-defined]
    saving = again.add_mutually_exclusive_group()
    saving.add_argument("--yes", action="store_true", help="save what changed without asking")
    _preview(saving)


def remove(remove: argparse.ArgumentParser) -> None:
    remove.add_argument("slug", type=text, metavar="SLUG", help="the article").complete = SLUG  # type: ignore[attr-defined]
    removing = remove.add_mutually_exclusive_group()
    removing.add_argument("--yes", action="store_true", help="remove it without asking")
    _preview(removing)


def verify(verify: argparse.ArgumentParser) -> None:
    verify.add_argument(
        "address", type=text, metavar="ADDRESS", help="the address that was cited"
    ).complete = SLUG  # type: ignore[attr-defined]
    verify.add_argument(
        "--quote", type=text, metavar="TEXT", help="the words that were quoted; - reads them"
    )
    _server(verify)
    _json(verify)


def keep(keep: argparse.ArgumentParser) -> None:
    keep.add_argument("question", type=text, metavar="QUESTION", help="the question")
    keep.add_argument(
        "address", type=text, metavar="ADDRESS", help="where the passage stands that answers it"
    ).complete = SLUG  # type: ignore[attr-defined]
    _server(keep)


def kept(kept: argparse.ArgumentParser) -> None:
    forms = kept.add_mutually_exclusive_group()
    forms.add_argument(
        "--forget", type=text, metavar="QUESTION", help="keep nothing for this question any more"
    )
    forms.add_argument("--json", action="store_true", help="print JSON")
    _server(kept)


def misses(misses: argparse.ArgumentParser) -> None:
    misses.add_argument(
        "--since",
        type=duration,
        metavar="TIME",
        help="only what was asked since so long ago: 30d, 12h (default: all that is kept)",
    )
    misses.add_argument(
        "--server",
        type=identity,
        metavar="ID",
        help="only what was asked in this Discord server (default: everywhere)",
    )
    misses.add_argument(
        "--limit",
        type=large_count,
        default=50,
        metavar="N",
        help="how many groups of each server, those most people asked first (default: 50)",
    )
    _json(misses)


def check(check: argparse.ArgumentParser) -> None:
    check.add_argument(
        "--answers",
        action="store_true",
        help="also ask the questions that answers are kept for: does each still get its passage?",
    )


def evaluate(evaluate: argparse.ArgumentParser) -> None:
    evaluate.add_argument(
        "questions", type=Path, metavar="QUESTIONS.jsonl", help="a question a line, as JSON"
    ).complete = FILE  # type: ignore[attr-defined]
    evaluate.add_argument(
        "--run", type=Path, metavar="OUT.jsonl", help="write what was answered, a line each"
    ).complete = FILE  # type: ignore[attr-defined]
    evaluate.add_argument(
        "--given-passage",
        action="store_true",
        help="also choose the sentence where the passage is given",
    )
    evaluate.add_argument(
        "--perturb",
        choices=["typo", "lower", "stopwords"],
        help="ask with a typing error, in lower case, or without stop words",
    )
    evaluate.add_argument(
        "--seed", type=int, default=0, metavar="N", help="of the typing errors (default: 0)"
    )
    evaluate.add_argument(
        "--no-answer",
        action="store_true",
        help="also ask each question with its article left out",
    )
    evaluate.add_argument(
        "--plot", type=Path, metavar="OUT.svg", help="draw how far the confidence can be believed"
    ).complete = FILE  # type: ignore[attr-defined]
    _json(evaluate)


def run(run: argparse.ArgumentParser) -> None:
    run.add_argument(
        "--sync", action="store_true", help="give Discord the commands even if they are the same"
    )
    run.add_argument(
        "--guild",
        type=identity,
        metavar="ID",
        help="give one server the commands at once, while developing",
    )
    _log_format(run)


def serve(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--listen",
        metavar="ADDRESS:PORT",
        help="where to serve (default: what [reader] listen says, else 127.0.0.1:8080)",
    )
    serve.add_argument(
        "--processes",
        type=count,
        metavar="N",
        help="how many processes serve (default: one for each core, at most 4); each bounds what "
        "an address may ask",
    )
    _log_format(serve)


def backup(backup: argparse.ArgumentParser) -> None:
    backup.add_argument(
        "file", type=path, metavar="FILE.tar.zst", help="the archive to write"
    ).complete = FILE  # type: ignore[attr-defined]
    backup.add_argument("--force", action="store_true", help="replace the file if it is there")


def restore(restore: argparse.ArgumentParser) -> None:
    restore.add_argument(
        "file", type=path, metavar="FILE.tar.zst", help="the archive to read"
    ).complete = FILE  # type: ignore[attr-defined]
    restore.add_argument(
        "--force", action="store_true", help="move what is there already aside, and restore"
    )


def move(move: argparse.ArgumentParser) -> None:
    move.add_argument(
        "--to",
        choices=["postgres", "files"],
        required=True,
        help="into the database that [storage] names, or out of it into files",
    )
    move.add_argument("--replace", action="store_true", help="write over what differs there")


def _log_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--log-format",
        choices=["text", "json"],
        default="text",
        help="a line of text for each event, or a JSON object (default: text)",
    )


def completion(completion: argparse.ArgumentParser) -> None:
    completion.add_argument("shell", choices=["bash", "zsh", "tcsh"], help="the shell")


def nothing(command: argparse.ArgumentParser) -> None:
    """Add no arguments: the command has none of its own."""


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _preview(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--preview", action="store_true", help="save nothing; show which answers would change"
    )


def _server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--server", type=identity, metavar="ID", help="with the articles of this Discord server"
    )
