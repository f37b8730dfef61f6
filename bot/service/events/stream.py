"""The stream of events, from publishers to subscribers."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.service.events.event_types import Event


class Events:
    """Hands each event to all subscribers, one after the other, in the publisher's thread. Any
    thread may publish; subscribers must subscribe before."""

    def __init__(self) -> None:
        self.keep_questions = False
        """True if events may carry the text of questions; it may change at any time."""
        self._subscribers: list[Callable[[Event], None]] = []

    def __bool__(self) -> bool:
        """Return whether anybody subscribed: if nobody did, no event need be made."""
        return bool(self._subscribers)

    def subscribe(self, subscriber: Callable[[Event], None]) -> None:
        """Register ``subscriber`` for all further events. It must be quick and may be called from
        any thread; its exceptions are logged and go no further."""
        self._subscribers.append(subscriber)

    def publish(self, event: Event) -> None:
        """Hand an event to the subscribers. Never raises."""
        for subscriber in self._subscribers:
            try:
                subscriber(event)
            except Exception:
                import logging

                logging.getLogger(__name__).exception("a subscriber failed on %r", event)

    def failed(self, error: BaseException, what: str) -> str:
        """Publish an unexpected error; ``what`` is the task that was under way, in a few words.
        Returns the number under which it is logged, for the one who waited for the task."""
        import secrets

        from bot.service.events.event_types import Failed

        reference = secrets.token_hex(4)
        self.publish(Failed(what, reference, error))
        return reference
