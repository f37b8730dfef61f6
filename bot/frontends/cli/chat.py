"""``chat``: the local test mode, which takes the slash commands of the Discord bot."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bot.core.address import Address
from bot.core.errors import BotError
from bot.core.library import Library
from bot.frontends.chatting import find_article, parse_line
from bot.frontends.cli.answers import answer_as_text
from bot.frontends.cli.corpus_commands import article_as_text, print_entries
from bot.frontends.cli.opening import how_to_begin, open_library, read_settings
from bot.frontends.cli.terminal import count, printable, style
from bot.frontends.commands import COMMANDS

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

_LEAVE = ("/quit", "/exit")
_PARAGRAPHS_SHOWN = 3


def chat(options: Namespace) -> int:
    """Answer line after line until the input ends."""
    library = open_library(options)
    entries = library.entries()
    if sys.stdin.isatty():
        print(f"{count(len(entries), 'article')}. Ask a question, or /help; Ctrl-D ends.")
    if not entries:
        print(printable(how_to_begin(read_settings(options))))
    for line in _lines(library):
        if line in _LEAVE:
            break
        try:
            library.refresh()
            _answer(library, line)
        except BotError as error:
            print(printable(str(error)))
        print()
    return 0


def _answer(library: Library, line: str) -> None:
    request = parse_line(line)
    handlers: dict[str, Callable[[], None]] = {
        "ask": lambda: _ask(library, request.options),
        "articles": lambda: print_entries(library.entries()),
        "article": lambda: _article(library, request.options.get("title", "")),
        "help": lambda: print(help_text(library)),
    }
    handlers[request.command]()


def _ask(library: Library, options: dict[str, str]) -> None:
    question = options.get("question", "")
    if not question:
        raise BotError("the question is empty; write /ask question: ...")
    slug = None
    if options.get("article"):
        slug = find_article(library.entries(), options["article"]).slug
    print(answer_as_text(library.ask(question, slug, limit=1)))


def _article(library: Library, title: str) -> None:
    entry = find_article(library.entries(), title)
    article = library.article(entry.slug)
    shown = min(_PARAGRAPHS_SHOWN, len(article.paragraphs))
    beginning = article._replace(paragraphs=article.paragraphs[:shown])
    print(article_as_text(beginning, Address(entry.slug)))
    if shown < len(article.paragraphs):
        print(style(f"\n… {len(article.paragraphs) - shown} more paragraphs", "dim"))


def help_text(library: Library) -> str:
    """What the chat can do, in one screen."""
    articles = count(len(library.entries()), "article")
    lines = [f"Ask about {articles}; answers are their own words, with an address.", ""]
    for command in COMMANDS:
        lines.append(f"{_name(command.name)} {command.description}")
        lines.append(style(f"{'':<12} e.g. {command.example}", "dim"))
    return "\n".join([*lines, f"{_name('quit')} Leave"])


def _name(command: str) -> str:
    return style(f"{'/' + command:<12}", "bold")


def _lines(library: Library) -> Iterator[str]:
    """The lines of a person at a terminal, with history and completion, or of a pipe."""
    if not sys.stdin.isatty():
        yield from (line.strip() for line in sys.stdin if line.strip())
        return
    session = _session(library)
    while True:
        try:
            line = session.prompt("> ").strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if line:
            yield line


def _session(library: Library) -> PromptSession[str]:
    import platformdirs
    from prompt_toolkit import PromptSession
    from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    from bot.frontends.cli.chat_completion import ChatCompleter

    history: History
    try:
        folder = platformdirs.user_state_path("articlebot", appauthor=False, ensure_exists=True)
        file = folder / "chat-history"
        file.touch(0o600)  # what somebody asked is nobody else's affair
        with file.open("ab"):
            history = FileHistory(file)
    except OSError:  # a home that cannot be written: the history ends with the chat
        history = InMemoryHistory()
    return PromptSession(
        history=history,
        auto_suggest=AutoSuggestFromHistory(),
        completer=ChatCompleter(library.entries),
        complete_while_typing=False,
    )
