"""Markdown (CommonMark, with tables): the form in which every article is kept.

``parse`` takes the markup away and gives the plain text; ``escape`` writes plain text so that it
reads back word for word, whatever characters it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from bot.core.article import Article, Draft, count_words, join_paragraphs
from bot.core.errors import ArticleError

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_ANYWHERE = re.compile(
    r"[\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w)|%(?=%)|\{(?=[#.])|(?<=[ \t])\^"
)
"""Marks of CommonMark, and of `bot.sources.formats.dialects`. A low line between letters or digits
is none."""
_LINE_START = re.compile(r"(?m)^(?:[#>+=-]|:(?=-)|(\d{1,9})(?=[.)]))")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_LINE_ENDS = re.compile(r"(?m)^[ \t]+|[ \t]+$")
_TAG = re.compile(r"<[^<>]*>")
_BREAKING_TAG = re.compile(
    r"</?(?:address|article|aside|blockquote|br|caption|center|dd|details|div|dl|dt|fieldset"
    r"|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|option|p|pre|section|summary"
    r"|table|tbody|td|tfoot|th|thead|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_STRUCK_TAG = re.compile(r"<(?P<end>/?)(?:s|strike|del)\b[^<>]*>", re.IGNORECASE)
_MARK = re.compile(r"(?<!\\)(?:[*\[<`~]|(?<![^\W_])_|_(?![^\W_]))")
_MOST_MARKS = 3 * 10**9
"""Maximum product of a block's marks and its characters: beyond this the parser, which scans from
each mark to the block's end, takes seconds, and no author has written it."""
_MOST_PIECES = 100_000
"""Maximum number of lines and table cells that the parser reads one by one: more take many seconds,
and a book has a tenth of them."""
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
_MARKED = re.compile(r"[\\`*_\[\]<&~!\n]")
_UNREAD = re.compile(
    r"<(script|style|template)\b.*?(</\1\s*>|\Z)|<!--.*?(-->|\Z)", re.DOTALL | re.I
)


_ITEM_WORDS = 25
"""A heading, or a paragraph, of lines that begin with a letter or a similar sign and have no mark
that is not escaped, with the blank lines after it."""
_HEADING_WORDS = 30
"""A heading of more words is a paragraph that happens to begin with ``#``."""


class Block(NamedTuple):
    """One block of an article's text."""

    text: str
    """Plain; white space at neither end; a line break only where one is meant."""
    is_heading: bool = False


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
        yield from _parse(body)
        return
    blank = _BLANK.match(body)
    # ``marked`` is where that which is left to the parser begins
    marked = at = 0 if blank is None else blank.end()
    while at < len(body):
        plain = _PLAIN.match(body, at)
        if plain is not None:
            if marked < at:
                yield from _parse(body[marked:at])
            marked = at = plain.end()
            line, lines = plain.groups()
            yield _block(_unescaped(line or lines), is_heading=line is not None)
            continue
        gap = _GAP.search(body, at)
        at = len(body) if gap is None else gap.end()
    if marked < len(body):
        yield from _parse(body[marked:])


def _unescaped(text: str) -> str:
    """Return the text of lines without marks but behind backslashes: a line break is meant where
    one stands behind a backslash."""
    if "\\" not in text:
        return text.replace("\n", " ")
    return _BACKSLASHED.sub(_plain_character, text)


def _plain_character(match: re.Match[str]) -> str:
    return match[1] or ("\n" if match[0] == "\\\n" else " ")


def _parse(body: str) -> list[Block]:
    """Return the same as `parse`, by the parser. Raises `ArticleError` if that would take too
    long."""
    pieces = body.count("\n") + body.count("|")
    if pieces > _MOST_PIECES:
        raise ArticleError("markdown.pieces", pieces=pieces, most=_MOST_PIECES)
    blocks: list[Block] = []
    tokens = _parser().parse(body)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = index
        text = ""
        if token.type in ("bullet_list_open", "ordered_list_open"):
            end = _closing(tokens, index)
            blocks += [Block(item) for item in _list_items(tokens[index : end + 1])]
        elif token.type == "table_open":
            end = _closing(tokens, index)
            text = "\n".join(_table_lines(tokens[index : end + 1]))
        elif token.type == "inline":
            text = _inline(token)
        elif token.type in ("fence", "code_block"):
            text = token.content
        elif token.type == "html_block":
            text = _html(token.content)
        if text.strip():
            is_heading = index > 0 and tokens[index - 1].type == "heading_open"
            blocks.append(_block(text.strip(), is_heading=is_heading))
        index = end + 1
    return blocks


def _block(text: str, *, is_heading: bool) -> Block:
    return Block(text, is_heading and count_words([text]) <= _HEADING_WORDS)


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


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.core.ruler.before("inline", "endless", _refuse_endless)
    parser.core.ruler.at("inline", _read_inline)
    return parser


def _read_inline(state: StateCore) -> None:
    """markdown-it's rule of that name; text without marks, as in most cells, is not parsed."""
    from markdown_it.token import Token

    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if _MARKED.search(token.content):
                state.md.inline.parse(token.content, state.md, state.env, token.children)
            elif token.content:
                token.children.append(Token("text", "", 0, content=token.content))


def _refuse_endless(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            marks = len(_MARK.findall(token.content))
            if marks * len(token.content) > _MOST_MARKS:
                raise ArticleError("markdown.marks", beginning=token.content[:20], marks=marks)


def _inline(token: Token) -> str:
    """Return the text of a block; struck-out words, which the author has taken back, are left out
    with the space before them."""
    parts: list[str] = []
    struck = 0
    for child in token.children or []:
        tag = _STRUCK_TAG.fullmatch(child.content) if child.type == "html_inline" else None
        if child.type in ("s_open", "s_close") or tag is not None:
            opens = child.nesting > 0 if tag is None else not tag["end"]
            if opens and not struck and parts:
                parts[-1] = parts[-1].removesuffix(" ")
            struck = max(0, struck + (1 if opens else -1))
        elif struck:
            continue
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append("\n")
        elif child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
        elif child.type == "html_inline" and _BREAKING_TAG.fullmatch(child.content):
            parts.append("\n")
    return "".join(parts)


def _html(source: str) -> str:
    """Return the text of a block of HTML, its own blocks on lines of their own."""
    text = _TAG.sub("", _BREAKING_TAG.sub("\n", _UNREAD.sub("", source)))
    lines = (unescape(line).strip() for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def _closing(tokens: Sequence[Token], index: int) -> int:
    level = tokens[index].level
    return next(
        end
        for end in range(index + 1, len(tokens))
        if tokens[end].nesting == -1 and tokens[end].level == level
    )


def _list_items(tokens: Sequence[Token]) -> list[str]:
    """Return the text of a list; that of each item, where they are as long as paragraphs and apart
    like them."""
    opening = [
        at
        for at, token in enumerate(tokens)
        if token.type == "list_item_open" and token.level == tokens[0].level + 1
    ]
    items = ["\n".join(_list_lines(tokens[a:b])) for a, b in pairwise([*opening, len(tokens)])]
    items = [item.strip() for item in items if item.strip()]
    is_apart = any(token.type == "paragraph_open" and not token.hidden for token in tokens)
    if is_apart and count_words(items) >= _ITEM_WORDS * len(items):
        return items
    return ["\n".join(items)] if items else []


def _list_lines(tokens: Sequence[Token]) -> list[str]:
    """Return one line for each item; numbers precede what is numbered, bullets are markup."""
    lines = []
    number = ""
    for token in tokens:
        if token.type == "list_item_open" and token.info:
            number = f"{token.info}{token.markup} "
        elif token.type == "inline":
            lines.append(number + _inline(token))
            number = ""
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.strip("\n"))
        elif token.type == "html_block":
            lines += filter(None, [_html(token.content)])
    return lines


def _table_lines(tokens: Sequence[Token]) -> list[str]:
    """Return a line a row, its cells with a bar between two."""
    lines: list[str] = []
    cells: list[str] = []
    for token in tokens:
        if token.type == "inline":
            cells.append(_inline(token))
        elif token.type == "tr_close":
            lines.append(" | ".join(cells))
            cells = []
    return lines
