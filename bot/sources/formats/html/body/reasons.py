"""The reasons against a block of a web page: what tells that it is no part of the article."""

from __future__ import annotations

from bot.sources.formats.html.blocks.page_blocks import PageBlock
from bot.sources.formats.html.blocks.page_parts import Parts, is_linked
from bot.sources.formats.html.blocks.wording import count_words
from bot.sources.formats.html.body.boilerplate import (
    is_caption,
    is_label,
    is_pointer,
    is_tail_heading,
)
from bot.sources.formats.sentence_ends import ends_as_sentence

_LEAST_LINKS = 2
_LONGEST_LINK = 4
"""Number of words of a menu's link, at most."""


def reason_against(block: PageBlock, parts: Parts, is_sure: bool) -> str | None:
    """Return the reason, in a word or two, why a block does not belong to the article; None if
    there is none.

    ``is_sure`` tells that trafilatura took it: then a link in a list of other things stays.
    """
    name = parts.name(block)
    if block.kind in ("code", "table"):
        return name
    if is_label(block.text) and (block.linked > 0.5 * block.words or not parts.heads_prose(block)):
        return "label"
    if is_pointer(block.text) or _points_elsewhere(block):
        return "pointer"
    if _is_menu(block):
        return "menu"
    if is_caption(block.text):
        return "caption"
    if is_linked(block) and not (is_sure and parts.holds_link(block)):
        # what is a link and nothing else points elsewhere; a sentence may be one as a whole
        is_sentence = ends_as_sentence(block.text)
        if not ((is_sentence and (is_sure or block.words >= 12)) or parts.heads_prose(block)):
            return "link"
    return name


def _points_elsewhere(block: PageBlock) -> bool:
    """Return whether a block is a line such as "Related articles" with links below it."""
    first, _, rest = block.text.partition("\n")
    return bool(rest) and block.linked >= 0.5 * block.words and is_tail_heading(first)


def _is_menu(block: PageBlock) -> bool:
    """Return whether a block is a line that is no sentence, above lines that are short links."""
    first, *links = block.text.split("\n")
    if len(links) < _LEAST_LINKS or ends_as_sentence(first):
        return False
    words = [count_words(line) for line in links]
    return max(words) <= _LONGEST_LINK and block.linked >= sum(words)
