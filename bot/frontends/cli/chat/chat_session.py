"""``chat``: the local test mode, which takes the slash commands of the Discord bot."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bot.core.answer import Answer
from bot.core.errors import BotError
from bot.core.passages.address import Address
from bot.frontends.cli.chat.chat_lines import NEAREST, QUIT, parse_line
from bot.frontends.cli.commands.corpus_commands import article_as_text, print_entries
from bot.frontends.cli.opening import how_to_begin, open_service, read_settings, take_up_changes
from bot.frontends.cli.output.answer_text import answer_as_text, taken_for
from bot.frontends.cli.output.terminal import indented, printable, style, wrapped
from bot.frontends.error_words import in_words
from bot.frontends.languages import Language
from bot.service.answers.answering import Answering
from bot.service.presentation.chat_commands import COMMANDS
from bot.service.tenants import EVERYONE

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

_LEAVE = (QUIT, "/exit", "quit", "exit")
_START_SECONDS = 8.0
"""Seconds to wait for the articles to be read at the start; then their files are read meanwhile."""
_REMEMBERED = 4
"""Questions that the next one may follow."""
_PARAGRAPHS_SHOWN = 3
_FILLED = re.compile(r"{(\w+)}")
"""The values that an example is filled with."""
_NAME_WIDTH = 13
"""Columns of the commands' names in the help."""
_OFFERED = 50
"""Titles that the Tab key offers at most."""


def chat(options: Namespace, seconds: float = _START_SECONDS) -> int:
    """Answer line after line until the input ends; ``seconds`` is how long the first may wait for
    the index."""
    language: Language = options.language
    service = open_service(options, seconds)
    if sys.stdin.isatty():
        print(
            language.ngettext(
                "{number:,} article. Ask a question, or /help; Ctrl-D ends.",
                "{number:,} articles. Ask a question, or /help; Ctrl-D ends.",
                service.count(EVERYONE),
            )
        )
    if service.is_empty():
        print(wrapped(printable(how_to_begin(read_settings(options), language))))
    conversation = _Conversation(service, language)
    for line in _lines(service):
        if line in _LEAVE:
            break
        try:
            take_up_changes(service, options)
            conversation.take(line)
        except BotError as error:
            print(wrapped(printable(in_words(error, "/articles", language))))
        print(flush=True)  # a program at the other end of a pipe waits for it
    return 0


class _Conversation:
    """The conversation so far: a question may refer to the one before it."""

    def __init__(self, service: Answering, language: Language) -> None:
        self._service = service
        self._language = language
        self._asked: list[str] = []
        self._last: Answer | None = None

    def take(self, line: str) -> None:
        """Answer one line."""
        if line == NEAREST:
            self._show_nearest()
            return
        service, language, request = self._service, self._language, parse_line(line)
        library = service.shelves.library(EVERYONE)
        handlers: dict[str, Callable[[], None]] = {
            "ask": lambda: self._ask(request.options),
            "articles": lambda: print_entries(library.entries(), language),
            "article": lambda: _article(service, request.options.get("title", ""), language),
            "help": lambda: print(help_text(service, language)),
        }
        handlers[request.command]()

    def _ask(self, options: dict[str, str]) -> None:
        question = options.get("question", "")
        if not question:
            raise BotError("chat.empty_question")
        article = options.get("article") or None
        reply = self._service.ask(EVERYONE, question, article=article, earlier=self._asked)
        self._last = reply.answer
        if self._last.kind != "talk":
            self._asked = [*self._asked, question][-_REMEMBERED:]
        if reply.is_guess and reply.article is not None and article is not None:
            print(taken_for(article, reply.article.title, self._language))
        print(answer_as_text(self._last, language=self._language))
        if self._last.kind == "none" and self._last.matches:
            print(self._language.gettext("{command} shows the nearest passage.", command=NEAREST))

    def _show_nearest(self) -> None:
        if self._last is None or not self._last.matches:
            raise BotError("chat.nothing_to_show")
        print(answer_as_text(self._last, with_nearest=True, language=self._language))


def _article(service: Answering, title: str, language: Language) -> None:
    article = service.article(EVERYONE, title)
    shown = min(_PARAGRAPHS_SHOWN, len(article.paragraphs))
    beginning = article._replace(paragraphs=article.paragraphs[:shown])
    print(article_as_text(beginning, Address(article.slug), language))
    if shown < len(article.paragraphs):
        more = language.ngettext(
            "… {number:,} more paragraph",
            "… {number:,} more paragraphs",
            len(article.paragraphs) - shown,
        )
        print(style(f"\n{more}", "dim"))


def _example_values(service: Answering, language: Language) -> dict[str, str]:
    """Return a question that the articles answer and the title of one, as far as there are any."""
    from bot.core.seams import TitleLookup
    from bot.service.examples.example_questions import examples

    questions = examples(service.shelves, EVERYONE, 1, language.code.partition("_")[0])
    library = service.shelves.library(EVERYONE)
    slugs = [each.slug for each in library.titles(TitleLookup(limit=1))]
    found = {
        "question": questions,
        "title": [each.head.title for each in library.entries_of(slugs)],
    }
    return {name: printable(texts[0]) for name, texts in found.items() if texts}


def help_text(service: Answering, language: Language) -> str:
    """Return a description of the chat that fits one screen, with examples from the articles."""
    gettext = language.gettext
    about = language.ngettext(
        "Ask about {number:,} article; answers are its own words, with an address.",
        "Ask about {number:,} articles; answers are their own words, with an address.",
        service.count(EVERYONE),
    )
    lines = [wrapped(about), ""]
    values = _example_values(service, language)
    for command in COMMANDS:
        lines.append(_row(command.name, language.gettext(command.description)))
        if all(name in values for name in _FILLED.findall(command.example)):
            example = gettext("e.g. {example}", example=command.example.format(**values))
            lines.append(style(_beside_names(example), "dim"))
    nearest = gettext("show the nearest passage where nothing answers")
    lines.append(_row(NEAREST[1:], f"{nearest[0].upper()}{nearest[1:]}"))
    return "\n".join([*lines, _row(QUIT[1:], gettext("Leave"))])


def _row(command: str, description: str) -> str:
    name = f"/{command}"
    return style(f"{name:<{_NAME_WIDTH}}", "bold") + _beside_names(description)[_NAME_WIDTH:]


def _beside_names(text: str) -> str:
    """Return the text in the column beside the commands' names."""
    return indented(wrapped(text, _NAME_WIDTH), " " * _NAME_WIDTH)


def _lines(service: Answering) -> Iterator[str]:
    """Yield the lines of a person at a terminal, with history and completion, or of a pipe."""
    if not sys.stdin.isatty():
        yield from (line.strip() for line in sys.stdin if line.strip())
        return
    session = _session(service)
    while True:
        try:
            line = session.prompt("> ").strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if line:
            yield line


def _session(service: Answering) -> PromptSession[str]:
    import platformdirs
    from prompt_toolkit import PromptSession
    from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    from bot.frontends.cli.chat.chat_completion import ChatCompleter

    history: History
    try:
        folder = platformdirs.user_state_path("articlebot", appauthor=False, ensure_exists=True)
        file = folder / "chat-history"
        file.touch(0o600)  # questions are private to the user
        with file.open("ab"):
            history = FileHistory(file)
    except OSError:  # a home that cannot be written: the history ends with the chat
        history = InMemoryHistory()
    return PromptSession(
        history=history,
        auto_suggest=AutoSuggestFromHistory(),
        completer=ChatCompleter(
            lambda typed: service.shelves.titles(EVERYONE).complete(typed, _OFFERED)
        ),
        complete_while_typing=False,
    )
