"""The table of commands: their options, their help and an example of each.

Nothing here parses a command line: that is `bot.frontends.cli.parser`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from bot.frontends.cli.parser_words import WrongValueError
from bot.frontends.languages import mark

QUESTION = "Why did Russia walk a fine line on the South China Sea?"

FILE = {"bash": "_shtab_compgen_files", "zsh": "_files", "tcsh": "f"}
FOLDER = {"bash": "_shtab_compgen_dirs", "zsh": "_files -/", "tcsh": "d"}
_SLUG = {
    "bash": "_articlebot_slugs",
    "zsh": "_articlebot_slugs",
    "tcsh": "`articlebot articles --slugs`",
}
"""Functions, which are defined in `bot.frontends.cli.completing`."""


def _ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("question", nargs="+", metavar="QUESTION", help="the question; - reads it")
    ask.add_argument(
        "--article", type=_text, metavar="SLUG", help="look in this article only"
    ).complete = _SLUG  # type: ignore[attr-defined]
    ask.add_argument(
        "--limit", type=_count, default=1, metavar="N", help="how many matches (default: 1)"
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


def _articles(articles: argparse.ArgumentParser) -> None:
    forms = articles.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="print JSON")
    forms.add_argument("--slugs", action="store_true", help="print nothing but slugs, one a line")


def _show(show: argparse.ArgumentParser) -> None:
    show.add_argument(
        "address", type=_text, metavar="SLUG[#N]", help="an article, or a paragraph of it"
    ).complete = _SLUG  # type: ignore[attr-defined]
    _server(show)
    _json(show)


def _add(new: argparse.ArgumentParser) -> None:
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
        type=_text,
        metavar="URL",
        help="add the articles of a feed: RSS, Atom, JSON Feed or a sitemap",
    )
    new.add_argument("--title", type=_text, help="what to call it (default: what the file says)")
    _preview(new)


def _refresh(again: argparse.ArgumentParser) -> None:
    again.add_argument(
        "slugs",
        nargs="*",
        type=_text,
        metavar="SLUG",
        help="an article (default: all that were fetched)",
    ).complete = _SLUG  # type: ignore[attr-defined]
    saving = again.add_mutually_exclusive_group()
    saving.add_argument("--yes", action="store_true", help="save what changed without asking")
    _preview(saving)


def _remove(remove: argparse.ArgumentParser) -> None:
    remove.add_argument("slug", type=_text, metavar="SLUG", help="the article").complete = _SLUG  # type: ignore[attr-defined]
    removing = remove.add_mutually_exclusive_group()
    removing.add_argument("--yes", action="store_true", help="remove it without asking")
    _preview(removing)


def _verify(verify: argparse.ArgumentParser) -> None:
    verify.add_argument(
        "address", type=_text, metavar="ADDRESS", help="the address that was cited"
    ).complete = _SLUG  # type: ignore[attr-defined]
    verify.add_argument(
        "--quote", type=_text, metavar="TEXT", help="the words that were quoted; - reads them"
    )
    _server(verify)
    _json(verify)


def _keep(keep: argparse.ArgumentParser) -> None:
    keep.add_argument("question", type=_text, metavar="QUESTION", help="the question")
    keep.add_argument(
        "address", type=_text, metavar="ADDRESS", help="where the passage stands that answers it"
    ).complete = _SLUG  # type: ignore[attr-defined]
    _server(keep)


def _kept(kept: argparse.ArgumentParser) -> None:
    forms = kept.add_mutually_exclusive_group()
    forms.add_argument(
        "--forget", type=_text, metavar="QUESTION", help="keep nothing for this question any more"
    )
    forms.add_argument("--json", action="store_true", help="print JSON")
    _server(kept)


def _misses(misses: argparse.ArgumentParser) -> None:
    misses.add_argument(
        "--since",
        type=_duration,
        metavar="TIME",
        help="only what was asked since so long ago: 30d, 12h (default: all that is kept)",
    )
    misses.add_argument(
        "--server",
        type=_identity,
        metavar="ID",
        help="only what was asked in this Discord server (default: everywhere)",
    )
    _json(misses)


def _check(check: argparse.ArgumentParser) -> None:
    check.add_argument(
        "--answers",
        action="store_true",
        help="also ask the questions that answers are kept for: does each still get its passage?",
    )


def _evaluate(evaluate: argparse.ArgumentParser) -> None:
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


def _run(run: argparse.ArgumentParser) -> None:
    run.add_argument(
        "--sync", action="store_true", help="give Discord the commands even if they are the same"
    )
    run.add_argument(
        "--guild",
        type=_identity,
        metavar="ID",
        help="give one server the commands at once, while developing",
    )
    _log_format(run)


def _serve(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--listen",
        metavar="ADDRESS:PORT",
        help="where to serve (default: what [reader] listen says, else 127.0.0.1:8080)",
    )
    serve.add_argument(
        "--processes",
        type=_count,
        metavar="N",
        help="how many processes serve (default: one for each core, at most 4); each bounds what "
        "an address may ask",
    )
    _log_format(serve)


def _backup(backup: argparse.ArgumentParser) -> None:
    backup.add_argument(
        "file", type=path, metavar="FILE.tar.zst", help="the archive to write"
    ).complete = FILE  # type: ignore[attr-defined]
    backup.add_argument("--force", action="store_true", help="replace the file if it is there")


def _restore(restore: argparse.ArgumentParser) -> None:
    restore.add_argument(
        "file", type=path, metavar="FILE.tar.zst", help="the archive to read"
    ).complete = FILE  # type: ignore[attr-defined]
    restore.add_argument(
        "--force", action="store_true", help="move what is there already aside, and restore"
    )


def _move(move: argparse.ArgumentParser) -> None:
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


def _completion(completion: argparse.ArgumentParser) -> None:
    completion.add_argument("shell", choices=["bash", "zsh", "tcsh"], help="the shell")


def _nothing(command: argparse.ArgumentParser) -> None:
    """Add no arguments: the command has none of its own."""


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _preview(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--preview", action="store_true", help="save nothing; show which answers would change"
    )


def _server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--server", type=_identity, metavar="ID", help="with the articles of this Discord server"
    )


def _text(text: str) -> str:
    """Text, whose bytes on the command line were UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise WrongValueError(mark("{value} is not UTF-8 text"), text) from error
    return text


def _identity(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 20):
        raise WrongValueError(mark("{value} is no id of a server; it is a number"), text)
    return int(text)


def _duration(text: str) -> float:
    """Return a time in seconds: a number with ``d`` for days or ``h`` for hours."""
    number, unit = text[:-1], {"d": 86_400.0, "h": 3600.0}.get(text[-1:])
    if unit is None or not number.isdecimal() or len(number) > 5:
        raise WrongValueError(mark("{value} is no time; it is written like 30d or 12h"), text)
    return int(number) * unit


def path(text: str) -> Path:
    if not text or "\0" in text:  # an empty one would be the working folder
        raise WrongValueError(mark("{value} is no path"), text)
    return Path(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:5]) <= 1000:
        raise WrongValueError(mark("{value} is no whole number from 1 to 1000"), text)
    return int(text)


COMMANDS: dict[str, tuple[str, str, str, Callable[[argparse.ArgumentParser], None]]] = {
    "ask": ("ask_command:ask", "ask a question", f'"{QUESTION}"', _ask),
    "chat": ("chat:chat", "ask in a chat, as on Discord", "", _nothing),
    "articles": ("corpus_commands:articles", "list the articles", "--json", _articles),
    "show": ("corpus_commands:show", "show an article or a paragraph", "some-article#8", _show),
    "add": ("add_command:add", "add articles to the corpus", "notes.md folder https://...", _add),
    "refresh": (
        "refresh_command:refresh",
        "fetch linked articles again",
        "some-article --yes",
        _refresh,
    ),
    "remove": ("add_command:remove", "remove an article from the corpus", "some-article", _remove),
    "verify": (
        "verify_command:verify",
        "check a citation against the article",
        "some-article#8@3f9c2a1b",
        _verify,
    ),
    "check": (
        "verify_command:check",
        "check settings, articles and index for faults",
        "--answers",
        _check,
    ),
    "keep": (
        "kept_commands:keep",
        "keep a passage as the answer to a question",
        '"When was the lamp made automatic?" lighthouse#3',
        _keep,
    ),
    "kept": ("kept_commands:kept", "list the kept answers", "--json", _kept),
    "misses": (
        "misses_command:misses",
        "list what was asked and the articles do not answer",
        "--since 30d",
        _misses,
    ),
    "eval": (
        "eval_command:evaluate",
        "measure the answers to known questions",
        "q.jsonl",
        _evaluate,
    ),
    "run": ("run_command:run", "answer on Discord", "--sync", _run),
    "move": (
        "move_command:move",
        "move articles and records to a database or back",
        "--to postgres",
        _move,
    ),
    "backup": (
        "backup_command:backup",
        "write articles, records and keys into one file",
        "articles.tar.zst",
        _backup,
    ),
    "restore": (
        "backup_command:restore",
        "put back what a back-up holds",
        "articles.tar.zst",
        _restore,
    ),
    "serve": (
        "serve_command:serve",
        "serve the pages on which articles are read and citations checked",
        "--listen 127.0.0.1:8080",
        _serve,
    ),
    "invite": ("run_command:invite", "print the links that add the bot to Discord", "", _nothing),
    "completion": ("completing:complete", "print a shell's completion", "bash", _completion),
}
"""The commands by name: the module, the description, an example, and the function that adds the
arguments."""
