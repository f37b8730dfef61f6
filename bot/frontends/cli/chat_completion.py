"""What the Tab key completes in the chat: commands, their options, titles."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.core.seams import Entry
from bot.frontends.chatting import completions


class ChatCompleter(Completer):
    """Completes the word or the title before the cursor."""

    def __init__(self, entries: Callable[[], Iterable[Entry]]) -> None:
        self._entries = entries

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        """See `prompt_toolkit.completion.Completer`."""
        titles = [entry.head.title for entry in self._entries()]
        for replaced, text in completions(document.text_before_cursor, titles):
            yield Completion(text, start_position=-replaced)
