"""Mail (RFC 5322, ``.eml``) and saved pages in its form (RFC 2557, ``.mhtml``), by the standard
library's email package. Attachments are no part of the text."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr

from bot.core.article import Draft, Head
from bot.core.errors import ArticleError
from bot.sources.formats.head_fields import clean
from bot.sources.formats.markdown import write_blocks
from bot.sources.formats.markdown_parsing import Block
from bot.sources.formats.plain_text import blocks_of_text

_SIGNATURE = re.compile(r"\n-- ?\n")
_WRAPPED = 45
"""Number of characters: a paragraph whose lines but the last are all longer was wrapped by a
program."""
_MOST_PARTS = 1000
_LONGEST_FIELD = 2000
"""Number of characters of a header field that are parsed: the standard library's parser takes time
and memory that grow with the square of it, and no subject, sender or content type is longer."""


class _BoundedPolicy(EmailPolicy):
    """The standard library's rules, for the beginning of each header field. A field that its parser
    fails at is empty: what else the mail says is not lost."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return the parsed value of a field."""
        try:
            field: str = super().header_fetch_parse(name, value[:_LONGEST_FIELD])
        except (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError):
            field = super().header_fetch_parse(name, "")
        return field


_POLICY = _BoundedPolicy()


def read_mail(data: bytes, title: str) -> list[Draft]:
    """Return the text of a mail: its plain form, or its HTML if it has no other. ``title`` is its
    title if it has no subject. Raises `ArticleError` if this is no mail, or holds no text."""
    message = _message(data, is_page=False)
    part = _body(message, "plain") or _body(message, "html")
    if part is None:
        raise ArticleError("mail.without_text")
    subject = clean(str(message.get("subject", "")))
    head = Head(subject or title, author=_sender(message), published=_date(message))
    if part.get_content_type() == "text/html":
        draft = _page(part, head.title)
        return [draft._replace(head=draft.head._replace(**_known(head)))]
    text = _SIGNATURE.split(_text(part), 1)[0]
    return [Draft(head, write_blocks([Block(_unwrapped(block)) for block in blocks_of_text(text)]))]


def read_mhtml(data: bytes, title: str) -> list[Draft]:
    """Return the article of a page that a browser saved with all its parts in one file. Raises
    `ArticleError` if this is no such file."""
    message = _message(data, is_page=True)
    part = _body(message, "html")
    if part is None:
        raise ArticleError("saved_page.without_html")
    subject = clean(str(message.get("subject", "")))
    draft = _page(part, subject or title)
    locations = (part.get("content-location"), message.get("snapshot-content-location"))
    for location in map(str, filter(None, locations)):
        if draft.head.url is None and re.match(r"https?://[^\s/]+\S*\Z", location):
            draft = draft._replace(head=draft.head._replace(url=location))
    return [draft]


def _message(data: bytes, is_page: bool) -> EmailMessage:
    try:
        message = message_from_bytes(data, policy=_POLICY)
        parts = sum(1 for _ in message.walk())
    except (MessageError, ValueError, LookupError, RecursionError, AttributeError) as error:
        raise ArticleError("saved_page.damaged" if is_page else "mail.damaged") from error
    if not isinstance(message, EmailMessage) or not message.keys():
        raise ArticleError("saved_page.wrong_kind" if is_page else "mail.wrong_kind")
    if parts > _MOST_PARTS:
        raise ArticleError("mail.parts", most=_MOST_PARTS)
    return message


def _body(message: EmailMessage, kind: str) -> EmailMessage | None:
    """Return the first part of this kind that is no attachment."""
    for part in message.walk():
        if part.get_content_type() == f"text/{kind}" and part.get_content_disposition() in (
            None,
            "inline",
        ):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip() and isinstance(part, EmailMessage):
                return part
    return None


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        text = data.decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):  # an unknown charset, one of no texts, or no name at all
        text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _page(part: EmailMessage, title: str) -> Draft:
    from bot.sources.formats.html.page import read_html

    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if part.get_content_charset():
        data = b"\xef\xbb\xbf" + _text(part).encode("utf-8", "replace")
    draft = read_html(data, title)[0]
    return draft._replace(head=draft.head._replace(sha256=None))  # the original is the whole file


def _sender(message: EmailMessage) -> str | None:
    """Return the sender's name; an address alone does not count."""
    try:
        name, address = parseaddr(str(message.get("from", "")))
    except (ValueError, IndexError):
        return None
    name = clean(name).strip("\"'")
    return name if name and "@" not in name and name != address else None


def _date(message: EmailMessage) -> str | None:
    try:
        found = message["date"].datetime
    except (AttributeError, TypeError, ValueError, IndexError):
        return None
    return None if found is None else str(found.date().isoformat())


def _known(head: Head) -> dict[str, str]:
    return {key: value for key, value in head._asdict().items() if value}


def _unwrapped(block: str) -> str:
    """Return a paragraph in one line if a program wrapped it."""
    lines = block.split("\n")
    is_wrapped = all(len(line) > _WRAPPED for line in lines[:-1])
    return " ".join(line.strip() for line in lines) if is_wrapped else block
