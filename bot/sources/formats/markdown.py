"""Markdown (CommonMark, with tables): the form in which every article is kept.

``parse`` takes the markup away and gives the plain text; ``escape`` writes plain text so that it
reads back word for word, whatever characters it holds. What needs the parser is left to
`bot.sources.formats.markdown_parsing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.core.article import Article, Draft, join_paragraphs
from bot.core.errors import ArticleError
from bot.sources.formats.markdown_parsing import Block, block_of, parse_blocks

_ANYWHERE = re.compile(
    r"[\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w)|%(?=%)|=(?==)|\{(?=[#.:{%])|(?<=[ \t])\^"
)
"""Marks of CommonMark, and of `bot.sources.formats.dialects`. A low line between letters or digits
marks nothing."""
_LINE_START = re.compile(r"(?m)^(?:[#>+=-]|:(?=-)|(\d{1,9})(?=[.)]))")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_LINE_ENDS = re.compile(r"(?m)^[ \t]+|(?<![ \t])[ \t]++$")
MOST_PARAGRAPHS = 100_000
"""Maximum number of paragraphs of an article: more than any book has."""
_FAR_REACHING = ("<", "\r", "\0", "```", "~~~", "]:")
"""Markup that may change how a block beyond blank lines is read: HTML, fenced code, definitions of
references."""
_HTML = re.compile(r"(?<!\\)(?:\\\\)*<")
_ESCAPED = r"\\[!-/:-@\[-`{-~]"
_WITHOUT_MARKS = (
    rf"(?:[^\W\d_]|[\"'“”‘’«»„(¿¡—–…]|\d+(?![\d.)])|{_ESCAPED})"
    rf"(?:[^\\`*_\[\]&~|\n#<]|{_ESCAPED})*+(?<!\s)"
)
_PLAIN = re.compile(
    rf"(?:\#{{1,6}}[ ](?P<line>{_WITHOUT_MARKS})"
    rf"|(?P<lines>{_WITHOUT_MARKS}(?:\\?\n{_WITHOUT_MARKS})*+))"
    r"(?:\n(?:[ \t]*\n)+|\n?\Z)"
)
"""A heading, or a paragraph, of lines that begin with a letter or a like sign and hold no mark but
behind a backslash, with the blank lines after it."""
_GAP = re.compile(r"\n(?:[ \t]*\n)+")
_BLANK = re.compile(r"(?:[ \t]*\n)*")
_BACKSLASHED = re.compile(r"\\?\n|\\(.)")


def article_of(slug: str, draft: Draft) -> Article:
    """Return the article a draft is, under this slug; raises `ArticleError` if it holds no text."""
    paragraphs = paragraphs_of(blocks_of(draft.body))
    if not paragraphs:
        raise ArticleError("article.without_body")
    text, spans = join_paragraphs(paragraphs)
    pages = draft.pages if len(draft.pages) == len(spans) else ()
    return Article(slug, draft.head, text, spans, pages)


def paragraphs_of(blocks: Iterable[Block]) -> list[str]:
    """Return the paragraphs' texts: a heading goes with what follows it, the last one with what was
    before it; if there is nothing but headings, each is a paragraph."""
    paragraphs: list[str] = []
    headings: list[str] = []
    for block in blocks:
        if block.is_heading:
            headings.append(block.text)
        else:
            paragraphs.append("\n\n".join([*headings, block.text]))
            headings = []
            if len(paragraphs) > MOST_PARAGRAPHS:
                raise ArticleError("article.paragraphs", most=MOST_PARAGRAPHS)
    if headings and paragraphs:
        paragraphs[-1] = "\n\n".join([paragraphs[-1], *headings])
        return paragraphs
    return paragraphs or headings


def parse(body: str) -> list[Block]:
    """Return the plain text of Markdown's blocks, in order, empty ones left out. Raises
    `ArticleError` for a block with so many marks that its reading would not end."""
    return list(blocks_of(body))


def first_heading(body: str) -> str | None:
    """Return the text of the first heading, None if there is none; what follows it is not read."""
    return next((block.text for block in blocks_of(body) if block.is_heading), None)


def blocks_of(body: str) -> Iterator[Block]:
    """Yield the same blocks as `parse`, one after the other.

    Most of what authors write are paragraphs without any mark, and headings: those between blank
    lines are read here, for the parser takes ten times as long.
    """
    # to look for one character is twenty times as fast as to look for several
    if any(mark[0] in body and mark in body for mark in _FAR_REACHING) and (
        "<" not in body or _HTML.search(body) or any(map(body.__contains__, _FAR_REACHING[1:]))
    ):
        yield from parse_blocks(body)
        return
    blank = _BLANK.match(body)
    # ``marked`` is where that which is left to the parser begins
    marked = at = 0 if blank is None else blank.end()
    while at < len(body):
        plain = _PLAIN.match(body, at)
        if plain is not None:
            if marked < at:
                yield from parse_blocks(body[marked:at])
            marked = at = plain.end()
            line, lines = plain.groups()
            yield block_of(_unescaped(line or lines), is_heading=line is not None)
            continue
        gap = _GAP.search(body, at)
        at = len(body) if gap is None else gap.end()
    if marked < len(body):
        yield from parse_blocks(body[marked:])


def _unescaped(text: str) -> str:
    """Return the text of lines without marks but behind backslashes: a line break is meant where
    one stands behind a backslash."""
    if "\\" not in text:
        return text.replace("\n", " ")
    return _BACKSLASHED.sub(_plain_character, text)


def _plain_character(match: re.Match[str]) -> str:
    return match[1] or ("\n" if match[0] == "\\\n" else " ")


def escape(text: str) -> str:
    """Return Markdown that reads as this text: a paragraph, without white space at its ends, with
    intended line breaks. Characters that no text file can hold (NUL, a lone surrogate) read as
    U+FFFD, as in CommonMark."""
    text = _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    escaped = _ANYWHERE.sub(r"\\\g<0>", text)
    escaped = _LINE_START.sub(
        lambda match: f"{match[1] or ''}\\{'' if match[1] else match[0]}", escaped
    )
    escaped = _LINE_ENDS.sub(lambda match: "".join(f"&#{ord(char)};" for char in match[0]), escaped)
    return escaped.replace("\n", "\\\n")


def write_blocks(blocks: Sequence[Block]) -> str:
    """Return Markdown that reads as these blocks; a heading is one line."""
    return "\n\n".join(
        _heading(block.text) if block.is_heading else escape(block.text) for block in blocks
    )


def _heading(text: str) -> str:
    line = escape(" ".join(text.split("\n")))
    return "## " + re.sub(r"(?<!\\)(#+)$", r"\\\1", line)
