"""Strict reading of a request's parameters: invalid UTF-8, NUL and lone surrogates are refused
before other code sees them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote

from aiohttp import web

from bot.frontends.languages import mark
from bot.frontends.web.faults import WebFaultError, bad_request, not_found

LONGEST_QUESTION = 2000
"""Characters."""
MOST_QUOTED_WORDS = 2000
"""Maximum number of words of a quotation; quoted passages have at most 400. The time to compare
words grows with their number on both sides."""
LARGEST_BODY = 64_000
"""Bytes."""
_MOST_FIELDS = 20


def path_parts(request: web.Request) -> list[str]:
    """Return the parts of the request's path after the first, percent-decoded; raises
    `WebFaultError` if they are no text that could name anything."""
    try:
        parts = [unquote(part, errors="strict") for part in request.rel_url.raw_path.split("/")[2:]]
    except UnicodeDecodeError as error:
        raise not_found() from error
    if any(not _is_clean(part) for part in parts):
        raise not_found()
    return parts


def query(request: web.Request) -> dict[str, str]:
    """Return the query's fields; of several of one name the last counts. Raises `WebFaultError`."""
    return _fields(request.rel_url.raw_query_string)


async def body(request: web.Request) -> dict[str, str]:
    """Return the fields of a request's body: a form's, or those of a JSON object that are texts,
    neither compressed. Raises `WebFaultError`."""
    kind = "" if request.headers.get("Content-Encoding") else request.content_type
    if kind not in ("application/json", "application/x-www-form-urlencoded"):
        raise WebFaultError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            mark(
                "The body has to be a JSON object (application/json) or a form "
                "(application/x-www-form-urlencoded)."
            ),
        )
    try:
        text = (await request.read()).decode("utf-8")
    except UnicodeDecodeError as error:
        raise bad_request(mark("The body is not UTF-8.")) from error
    if kind == "application/json":
        return _json_fields(text)
    return _fields(text)


def number(fields: Mapping[str, str], name: str, most: int) -> int:
    """Return a field that is a whole number from 1 to ``most``, 1 where it is not given; raises
    `WebFaultError`."""
    text = fields.get(name, "")
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
        raise bad_request(
            mark("{name} has to be a whole number from 1 to {most:,}."), name=name, most=most
        )
    return int(text)


def earlier(request: web.Request) -> tuple[str, ...]:
    """Return the questions before this one, oldest first: each ``follows``. Raises
    `WebFaultError`."""
    pairs = _pairs(request.rel_url.raw_query_string)
    return tuple(
        question({"q": value}) for name, value in pairs if name == "follows" and value.strip()
    )


def question(fields: Mapping[str, str]) -> str:
    """Return the question, without white space around it; raises `WebFaultError` if it is too
    long."""
    text = fields.get("q", "").strip()
    if len(text) > LONGEST_QUESTION:
        raise bad_request(
            mark("A question has at most {most:,} characters."), most=LONGEST_QUESTION
        )
    return text


def quotation(fields: Mapping[str, str]) -> str | None:
    """Return the words that were quoted, None if none are given; raises `WebFaultError` if they are
    too many."""
    text = fields.get("quote") or None
    if text is not None and len(text.split()) > MOST_QUOTED_WORDS:
        raise bad_request(mark("A quotation has at most {most:,} words."), most=MOST_QUOTED_WORDS)
    return text


def _fields(text: str) -> dict[str, str]:
    return dict(_pairs(text))


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except UnicodeDecodeError as error:
        raise bad_request(mark("The request is not UTF-8.")) from error
    except ValueError as error:
        raise bad_request(
            mark("A request has at most {most:,} fields."), most=_MOST_FIELDS
        ) from error
    _clean(pairs)
    return pairs


def _json_fields(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise bad_request(mark("The body is not JSON.")) from error
    if not isinstance(found, dict):
        raise bad_request(mark("The body has to be a JSON object."))
    fields = {key: value for key, value in found.items() if isinstance(value, str)}
    for name in ("address", "quote"):
        if found.get(name) is not None and name not in fields:  # what was not read is not checked
            raise bad_request(mark("{name} has to be a text."), name=name)
    _clean(fields.items())
    return fields


def _clean(fields: Iterable[tuple[str, str]]) -> None:
    for name, value in fields:
        if not (_is_clean(name) and _is_clean(value)):
            raise bad_request(mark("The request holds an invalid character."))


def _is_clean(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)
