"""Refusals of requests, as a page or as JSON, in one line and without a traceback."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from bot.frontends.languages import ENGLISH, Language, mark


class WebFaultError(Exception):
    """A refused request: the status, and one line for people to read, a message of the
    catalogues with the values for its placeholders."""

    def __init__(
        self,
        status: HTTPStatus,
        text: str,
        *,
        retry_after: int = 0,
        reference: str = "",
        code: str = "",
        values: Mapping[str, object] | None = None,
    ) -> None:
        """``retry_after`` is in seconds, 0 if trying again is of no use; ``reference`` is the
        number under which the log has more, ``code`` that of the error, where it is one of ours."""
        super().__init__(text)
        self.status = status
        self._message = text
        self._values = values or {}
        self.retry_after = retry_after
        self.reference = reference
        self.code = code

    def text(self, language: Language = ENGLISH) -> str:
        """Return the line in a language."""
        return language.gettext(self._message, **self._values)


def not_found() -> WebFaultError:
    """Return the refusal of what does not exist and of what must not be seen: both look the
    same."""
    return WebFaultError(HTTPStatus.NOT_FOUND, mark("Nothing is at this address."))


def too_many_questions() -> WebFaultError:
    """Return the refusal of a request that would have to wait for too long."""
    text = mark("Too many questions at once; ask again in a moment.")
    return WebFaultError(HTTPStatus.SERVICE_UNAVAILABLE, text, retry_after=1)


def bad_request(text: str, code: str = "", **values: object) -> WebFaultError:
    """Return the refusal of a request that cannot be read; ``text`` says what is wrong and what to
    send."""
    return WebFaultError(HTTPStatus.BAD_REQUEST, text, code=code, values=values)
