"""Completion by the Tab key in the chat: commands, their options, titles."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.frontends.cli.chat.chat_lines import completions
from bot.service.shelves.titles import Title


class ChatCompleter(Completer):
    """Completes the word or the title before the cursor."""

    def __init__(self, complete: Callable[[str], Iterable[Title]]) -> None:
        """``complete`` finds the titles that a text may be a part of."""
        self._complete = complete

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        for replaced, text in completions(document.text_before_cursor, self._complete):
            yield Completion(text, start_position=-replaced)
