"""Choice of the blocks of a web page that are its article.

trafilatura gives the first opinion (`opinions` has both). A block that it took is dropped only for
a reason that `reasons` or `trimming` can name: it is a label, a caption with a credit, a pointer to
another article, a teaser, a repeated part, or stands in a part of the page whose name says so. A
block that it dropped from among those that it took is put back. The sentences counted by their
container (the idea of Arc90's Readability), and the page's own JSON-LD, decide only where they hold
much that trafilatura did not take.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import accumulate

from lxml.html import HtmlElement

from bot.sources.formats.html.blocks.page_blocks import PageBlock, blocks_of
from bot.sources.formats.html.blocks.page_parts import (
    Parts,
    drop_other_articles,
    is_prose,
    teasers_of,
)
from bot.sources.formats.html.blocks.wording import (
    SHINGLE,
    Wording,
    count_words,
    same_title,
    words_of,
)
from bot.sources.formats.html.body.boilerplate import is_label
from bot.sources.formats.html.body.captions import drop_film_names, drop_own_credits, own_captions
from bot.sources.formats.html.body.closing_parts import restore_closing_parts
from bot.sources.formats.html.body.headings import heads_links, stands_over_nothing
from bot.sources.formats.html.body.opinions import brief_report, first_opinion, second_opinion
from bot.sources.formats.html.body.reasons import reason_against
from bot.sources.formats.html.body.restoring import (
    complete_lists,
    properties_of,
    restore,
    restore_items_of_items,
)
from bot.sources.formats.html.body.small_pages import main_part
from bot.sources.formats.html.body.standfirsts import standfirsts_of
from bot.sources.formats.html.body.threads import posts_of, thread_of
from bot.sources.formats.html.body.trimming import drop_repeats, is_end, trim_head, trim_tail

_SHORT_BODY = 60
"""Number of words below which a page's declared article is only a summary."""
_LEAST_PROSE = 20
"""Number of words that is less than a brief report has."""


def select(
    tree: HtmlElement, title: str | None, authors: tuple[str, ...], declared: str | None
) -> list[PageBlock]:
    """Return the blocks of the article, in order, without its title.

    Takes the page's tree, what is known of its title and authors, and the article's text as the
    page's JSON-LD declares it, or None. Returns an empty list where the page holds no article.
    """
    drop_other_articles(tree, title)
    drop_own_credits(tree, authors)
    drop_film_names(tree, title)
    posts = posts_of(tree)
    blocks = blocks_of(tree)
    taken = first_opinion(tree)
    wording = Wording(taken)
    sure = [wording.share(block.text) >= 0.5 for block in blocks]
    if thread := thread_of(posts, blocks, sure):
        return thread
    chosen = second_opinion(blocks, sure, Parts(blocks, sure))
    title_ordinal = _title_ordinal(blocks, title)
    if (report := brief_report(blocks, chosen, title_ordinal)) is not None:
        taken, sure, chosen = "", report, report
    parts = Parts(blocks, chosen)
    chosen = _without_reasons_against(blocks, chosen, sure, parts, title_ordinal)
    closing = restore_closing_parts(blocks, chosen, parts)
    opening = standfirsts_of(tree, blocks, chosen, parts, title, authors)
    chosen = [choice or number in opening for number, choice in enumerate(chosen)]
    standfirsts = frozenset(blocks[number].element for number in opening)
    kept = _with_ends(blocks, chosen, sure)
    if declared is not None and count_words(declared) >= max(_SHORT_BODY, 0.5 * _prose(kept)):
        # a shorter one is a summary, whatever the page calls it
        if Wording("\n".join(block.text for block in kept)).share(declared) < 0.5:
            return _declared_blocks(declared, tree)
        kept = _check_declared(kept, declared, standfirsts)
    standing = _standing(blocks, chosen, sure) | closing | properties_of(blocks) | standfirsts
    kept = trim_tail(trim_head(kept, title, authors, standing), authors, standing)
    kept = drop_repeats(kept)
    if _prose(kept) >= _LEAST_PROSE:
        return kept
    whole = _whole(taken, tree, title)
    kept = max(kept, whole, key=_prose)
    if not kept:  # nothing stands out: what is neither a label nor a menu
        small = [block for block in blocks if reason_against(block, parts, is_sure=False) is None]
        kept = trim_tail(trim_head(small, title, authors, frozenset()), authors, frozenset())
        kept = kept or whole
    own = main_part(tree, blocks, parts, title_ordinal)
    if _holds(own, kept):
        every = frozenset(block.element for block in own)
        return trim_tail(trim_head(own, title, authors, every), authors, every)
    return kept


def _without_reasons_against(
    blocks: Sequence[PageBlock],
    chosen: Sequence[bool],
    sure: Sequence[bool],
    parts: Parts,
    title: int | None,
) -> list[bool]:
    """Return the choice, with dropped blocks among it put back, and without each block that there
    is a reason against. ``title`` is the title's ordinal."""
    chosen = list(chosen)
    restore(blocks, chosen, parts, title)
    teasers = teasers_of(blocks, sure, parts, title)
    quoted_here = _own_quotations(blocks, sure, parts)
    kept = [
        choice
        and number not in teasers
        and (number in quoted_here or reason_against(block, parts, is_sure) is None)
        for number, (block, choice, is_sure) in enumerate(zip(blocks, chosen, sure, strict=True))
    ]
    complete_lists(blocks, kept, parts, teasers)
    restore_items_of_items(blocks, kept, parts)
    for number, block in enumerate(blocks[:-1]):
        if block.element.tag == "caption" and blocks[number + 1].kind == "table":
            kept[number] = kept[number + 1]
    for number in own_captions(blocks, kept, parts):
        kept[number] = True
    return [
        is_kept and not stands_over_nothing(number, blocks, kept)
        for number, is_kept in enumerate(kept)
    ]


def _own_quotations(
    blocks: Sequence[PageBlock], sure: Sequence[bool], parts: Parts
) -> frozenset[int]:
    """Return the ordinals of the quotations that are named as pulled from the text, but whose
    words the text does not have: its authors set their own apart so, too."""
    found = [
        number
        for number, block in enumerate(blocks)
        if sure[number]
        and block.kind in ("quotation", "paragraph")
        and parts.name(block) in ("pullquote", "pull quote")
    ]
    if not found:
        return frozenset()
    texts = [" ".join(words_of(block.text)) for block in blocks]
    return frozenset(
        number
        for number in found
        if texts[number]
        and not any(texts[number] in text for n, text in enumerate(texts) if n != number)
    )


def _with_ends(
    blocks: Sequence[PageBlock], chosen: Sequence[bool], sure: Sequence[bool]
) -> list[PageBlock]:
    """Return the chosen blocks, and the headings below nearly all of them that say that the article
    is over, by which `trim_tail` knows its end. Without headings over links that were left out."""
    words = [block.words if choice else 0 for block, choice in zip(blocks, chosen, strict=True)]
    later = list(accumulate(reversed(words)))[::-1]
    return [
        block
        for number, block in enumerate(blocks)
        if (chosen[number] and (sure[number] or not heads_links(number, blocks, chosen)))
        or (block.kind == "heading" and is_end(block) and later[number] < 0.2 * later[0])
    ]


def _standing(
    blocks: Sequence[PageBlock], chosen: Sequence[bool], sure: Sequence[bool]
) -> frozenset[HtmlElement]:
    """Return the elements of short lines that belong to the article wherever they are: those that
    the extractor was sure of and that are among its paragraphs, and headings right above one."""
    homes = {
        block.element.getparent()
        for block, choice in zip(blocks, chosen, strict=True)
        if choice and is_prose(block)
    }
    found = set()
    for number, block in enumerate(blocks):
        if not chosen[number] or block.element.getparent() not in homes:
            continue
        after = number + 1
        over = after < len(blocks) and chosen[after] and is_prose(blocks[after])
        if over if block.kind == "heading" else sure[number] and not is_end(block):
            found.add(block.element)
    return frozenset(found)


def _prose(blocks: Sequence[PageBlock]) -> int:
    return sum(block.words for block in blocks if is_prose(block))


def _holds(larger: Sequence[PageBlock], smaller: Sequence[PageBlock]) -> bool:
    """Return whether some blocks have all that others say, and more."""
    held = {words for block in larger if (words := " ".join(words_of(block.text)))}
    told = [words for block in smaller if (words := " ".join(words_of(block.text)))]
    return len(held) > len(told) > 0 and all(words in held for words in told)


def _whole(taken: str, tree: HtmlElement, title: str | None) -> list[PageBlock]:
    """Return trafilatura's selection unchanged, for a page of which the checks leave next to
    nothing."""
    return [
        block
        for block in _declared_blocks(taken, tree)
        if any(map(str.isalnum, block.text))
        and not (title and same_title(block.text, title))
        and not is_label(block.text)
    ]


def _title_ordinal(blocks: Sequence[PageBlock], title: str | None) -> int | None:
    """Return the ordinal of the title above the article, or None."""
    for number, block in enumerate(blocks):
        if block.kind == "heading" and title and same_title(block.text, title):
            return number
    return None


def _declared_blocks(declared: str, tree: HtmlElement) -> list[PageBlock]:
    """Return the article from the page's JSON-LD: its lines as paragraphs."""
    lines = [" ".join(line.split()) for line in declared.splitlines()]
    return [PageBlock("paragraph", 0, line, count_words(line), 0, tree) for line in lines if line]


def _check_declared(
    kept: list[PageBlock], declared: str, standfirsts: Set[HtmlElement]
) -> list[PageBlock]:
    """Leave out the text before or after everything that the page itself declares as its
    article, but not its standfirsts."""
    wording = Wording(declared)
    shares = [wording.share(block.text) for block in kept]
    held = sum(b.words for b, share in zip(kept, shares, strict=True) if share >= 0.6)
    words = sum(block.words for block in kept)
    inside = [number for number, share in enumerate(shares) if share >= 0.6]
    if held < 0.75 * words or wording.size < 100:
        return kept
    first, last = inside[0], inside[-1]
    while first and (kept[first - 1].kind == "heading" or kept[first - 1].element in standfirsts):
        first -= 1
    if words_of(kept[last].text)[-SHINGLE:] != words_of(declared)[-SHINGLE:]:
        # it is cut short, or goes on where the page does not: nothing is known of the end
        last = len(kept) - 1
    return kept[first : last + 1]
