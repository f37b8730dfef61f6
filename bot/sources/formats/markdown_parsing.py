"""The blocks of Markdown, by markdown-it: their plain text, within bounds of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.core.article import count_words
from bot.core.errors import ArticleError
from bot.core.named_tuple import NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

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
_MARKED = re.compile(r"[\\`*_\[\]<&~!\n]")
_UNREAD = re.compile(
    r"<(script|style|template)\b.*?(</\1\s*>|\Z)|<!--.*?(-->|\Z)", re.DOTALL | re.I
)
_ITEM_WORDS = 25
"""Mean number of words from which the items of a list, set apart by blank lines, are paragraphs."""
_HEADING_WORDS = 30
"""A heading of more words is a paragraph that happens to begin with ``#``."""


class Block(NamedTuple):
    """One block of an article's text."""

    text: str
    """Plain; white space at neither end; a line break only where one is meant."""
    is_heading: bool = False


def parse_blocks(body: str) -> list[Block]:
    """Return the blocks of Markdown, in order, empty ones left out. Raises `ArticleError` if its
    reading would take too long."""
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
            blocks.append(block_of(text.strip(), is_heading=is_heading))
        index = end + 1
    return blocks


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


def block_of(text: str, *, is_heading: bool) -> Block:
    """Return a block of this text; what is too long for a heading becomes a paragraph."""
    return Block(text, is_heading and count_words([text]) <= _HEADING_WORDS)
