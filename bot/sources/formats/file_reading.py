"""Conversion of a file's bytes to articles: one reader a format, chosen by the file's kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from bot.core.article import Draft
from bot.core.errors import ArticleError
from bot.sources.formats.dialects import to_commonmark
from bot.sources.formats.front_matter import head_of, names_title, pages_of, split_front_matter
from bot.sources.formats.head_fields import clean
from bot.sources.formats.kinds import document_kind, kind_of
from bot.sources.formats.markdown import first_heading, parse
from bot.sources.formats.plain_text import read_plain

_LONGEST_HEADING = 2000
_BLOCK = re.compile(rb"<(?:article|body|div|h[1-6]|head|main|ol|p|section|table|title|ul)[\s>]")

_MAIL_HEAD = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")

FormatReader = Callable[[bytes, str], list[Draft]]
"""Takes a file's bytes and the title to use if the file names none. The first draft is the file's
own article, those after it are the others that it lists. Raises `ArticleError`."""


def read_markdown_file(data: bytes, title: str) -> list[Draft]:
    """Read Markdown with or without front matter, titled by its first heading if it has none."""
    text = decode(data)
    fields, body = split_front_matter(text)
    body = to_commonmark(body)
    if not names_title(fields):
        heading = first_heading(body)
        title = clean(heading or "") or title
    head = head_of(fields, title)
    return [Draft(head, _without_title(body, head.title), pages_of(fields))]


def read_text_file(data: bytes, title: str) -> list[Draft]:
    """Read plain text, literally, or a page dump."""
    return read_plain(decode(data), title)


def read_html_file(data: bytes, title: str) -> list[Draft]:
    """Read a saved web page."""
    from bot.sources.formats.html.page import read_html

    return read_html(data, title)


def read_pdf_file(data: bytes, title: str) -> list[Draft]:
    from bot.sources.formats.pdf.document import read_pdf

    return read_pdf(data, title)


def read_mail_file(data: bytes, title: str) -> list[Draft]:
    from bot.sources.formats.mail import read_mail

    return read_mail(data, title)


def read_mhtml_file(data: bytes, title: str) -> list[Draft]:
    """Read a web page that was saved with its parts in one file."""
    from bot.sources.formats.mail import read_mhtml

    return read_mhtml(data, title)


def read_notebook_file(data: bytes, title: str) -> list[Draft]:
    from bot.sources.formats.notebook import read_notebook

    (draft,) = read_notebook(data, title)
    return [draft._replace(body=_without_title(draft.body, draft.head.title))]


def _document_reader(kind: str) -> FormatReader:
    """Return a reader of a format that pandoc reads."""

    def read(data: bytes, title: str) -> list[Draft]:
        from bot.sources.formats.office import read_document

        return read_document(kind, data, title)

    return read


READERS: dict[str, FormatReader] = {
    "docx": _document_reader("docx"),
    "epub": _document_reader("epub"),
    "html": read_html_file,
    "mail": read_mail_file,
    "markdown": read_markdown_file,
    "mhtml": read_mhtml_file,
    "notebook": read_notebook_file,
    "odt": _document_reader("odt"),
    "pdf": read_pdf_file,
    "rtf": _document_reader("rtf"),
    "text": read_text_file,
}
"""The readers, by the kind of file."""


def read_file(data: bytes, name: str, title: str | None = None) -> list[Draft]:
    """Return the articles in a file. It is of the kind that its bytes show, where it is a document
    or is called a page, else of that of its name's suffix; plain text where that is not known.
    ``title`` stands in where the file names none, in place of its own name. Raises `ArticleError`
    if it holds no article.
    """
    kind = document_kind(data) or kind_of(name)
    if kind == "html":
        kind = kind_of(name_by_content(data) or name)
    return READERS[kind](data, title or title_of(PurePath(name).stem))


def name_by_content(data: bytes) -> str | None:
    """Return a file name for bytes whose kind shows a signature at the beginning; None if they show
    none, as text does."""
    if kind := document_kind(data):
        return f"document.{kind}"
    beginning = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if (
        beginning.startswith((b"<!doctype html", b"<html", b"<?xml"))
        and b"<html" in data[:4096].lower()
    ) or (_BLOCK.match(beginning) and data.rstrip().endswith(b">")):  # a piece of a page
        return "page.html"
    if (head := _MAIL_HEAD.match(data[:16384])) and b"\nmime-version:" in head[0].lower():
        return "page.mhtml" if b"multipart/related" in head[0].lower() else "mail.eml"
    if beginning.startswith(b"{") and b'"nbformat"' in data:
        return "notebook.ipynb"
    return None


def is_plain(data: bytes, name: str) -> bool:
    """Return whether a file is Markdown or text, for which no third-party library is needed."""
    return kind_of(name) in ("markdown", "text") and document_kind(data) is None


def title_of(stem: str) -> str:
    """Return the title of a file that names none: the file's name, with spaces for the signs that
    replace them."""
    return clean(re.sub(r"[-_\s]+", " ", stem)) or "Untitled"


def decode(data: bytes) -> str:
    """Return a text file's text, with LF line ends; raises `ArticleError` if it is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ArticleError("text.utf16")
    if b"\0" in data:
        raise ArticleError("text.binary")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + data.startswith(b"\xef\xbb\xbf") * 3
        line = len(re.findall(rb"\r\n?|\n", data[:at])) + 1
        raise ArticleError("text.not_utf8", line=line, byte=data[at]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _without_title(body: str, title: str) -> str:
    """Return the body without the heading that gives the title, if it begins with it: the title is
    not part of what is quoted."""
    blank = re.match(r"(?:[ \t]*\n)*", body)
    lines = body[blank.end() if blank else 0 :].split("\n", 2)
    for count in (1, 2):  # "# Title", or a title with a line of === below it
        heading = "\n".join(lines[:count])
        if len(heading) <= _LONGEST_HEADING:
            blocks = parse(heading)
            if [(clean(block.text), block.is_heading) for block in blocks] == [(title, True)]:
                return "\n".join(lines[count:])
    return body
